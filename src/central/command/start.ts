import { parseArgs } from 'node:util';
import { startCentral } from '../server.ts';
import { type CommandIo, UsageError } from './command-io.ts';

/** `central start [--host 127.0.0.1] [--port N] [--log FILE] [--docs]`: runs until SIGINT or SIGTERM. */
export async function startCommand(
  stateDir: string,
  databaseUrl: string | null,
  args: readonly string[],
  io: CommandIo,
): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      host: { type: 'string', default: '127.0.0.1' },
      port: { type: 'string', default: '0' },
      log: { type: 'string' },
      docs: { type: 'boolean', default: false },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError('start: a port is 0 to 65535');
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  const host = values.host as '127.0.0.1';
  const running = await startCentral({
    ...{ stateDir, databaseUrl, host, port },
    ...{ logFile: values.log, showsDocs: values.docs },
  });
  io.stdout.write(`${running.url}\n`);
  await stopped;
  await running.close();
}
