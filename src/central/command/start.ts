import { parseArgs } from 'node:util';
import type { CentralConfiguration, CentralPlaces } from '../central-configuration.ts';
import { startCentral } from '../server.ts';
import { type CommandIo, UsageError } from './command-io.ts';

/** Longer than anything that central waits for when it ends. */
const END_LIMIT_MS = 25_000;

/**
 * `central start [--host ADDRESS] [--port N] [--http-port N] [--name NAME]… [--published-url URL] [--log FILE] [--docs]`: runs
 * until SIGINT or SIGTERM; a second one ends it at once. What is not said here is as in the configuration. Prints where
 * kiosks find it.
 */
export async function startCommand(
  configuration: CentralConfiguration,
  places: CentralPlaces,
  args: readonly string[],
  io: CommandIo,
): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      host: { type: 'string' },
      port: { type: 'string' },
      'http-port': { type: 'string' },
      name: { type: 'string', multiple: true },
      'published-url': { type: 'string' },
      log: { type: 'string' },
      docs: { type: 'boolean', default: false },
    },
  });
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  const running = await startCentral({
    ...places,
    host: values.host ?? configuration.listen ?? '127.0.0.1',
    port: portNumber(values.port) ?? configuration.port ?? 0,
    httpPort: portNumber(values['http-port']) ?? configuration.httpPort,
    names: values.name ?? configuration.names,
    kioskUrl: configuration.kioskUrl,
    publishedUrl: httpUrl(values['published-url']) ?? configuration.publishedUrl,
    logFile: values.log ?? configuration.logFile,
    showsDocs: values.docs,
  });
  io.stdout.write(`${running.url}\n`);
  await stopped;
  // Whatever hangs: the unit would only kill it later.
  setTimeout(() => process.exit(1), END_LIMIT_MS).unref();
  await running.close();
}

function portNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError('start: a port is 0 to 65535');
  return port;
}

/** Without a path: revocation lists are checked with nothing that TLS would need in turn. */
function httpUrl(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  if (url?.protocol !== 'http:' || url.pathname !== '/')
    throw new UsageError('start: --published-url is like http://pki.example');
  return url.origin;
}
