import { parseArgs } from 'node:util';
import type { CentralConfiguration, CentralPlaces } from '../central-configuration.ts';
import { startCentral } from '../server.ts';
import { type CommandIo, UsageError } from './command-io.ts';

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
      host: { type: 'string', default: '127.0.0.1' },
      port: { type: 'string', default: '0' },
      'http-port': { type: 'string', default: '0' },
      name: { type: 'string', multiple: true, default: [] },
      'published-url': { type: 'string' },
      log: { type: 'string' },
      docs: { type: 'boolean', default: false },
    },
  });
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  const running = await startCentral({
    ...{ stateDir, databaseUrl, host: values.host, names: values.name },
    ...{ port: portNumber(values.port), httpPort: portNumber(values['http-port']) },
    ...(values['published-url'] !== undefined && { publishedUrl: httpUrl(values['published-url']) }),
    ...{ logFile: values.log, showsDocs: values.docs },
  });
  io.stdout.write(`${running.url}\n`);
  await stopped;
  await running.close();
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError('start: a port is 0 to 65535');
  return port;
}

/** Without a path: revocation lists are checked with nothing that TLS would need in turn. */
function httpUrl(text: string): string {
  const url = URL.parse(text);
  if (url?.protocol !== 'http:' || url.pathname !== '/')
    throw new UsageError('start: --published-url is like http://pki.example');
  return url.origin;
}
