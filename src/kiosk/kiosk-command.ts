import { parseArgs } from 'node:util';
import { createPcscReaders } from '../readers/pcsc-readers.ts';
import { readConfiguration } from './configuration.ts';
import { enrolCommand } from './enrol-command.ts';
import { showFullScreen } from './full-screen.ts';
import { createKiosk } from './kiosk.ts';

/**
 * `recard kiosk --config FILE`: the kiosk on this terminal, with the readers of this machine, until it is told to end.
 * `recard kiosk enrol …`: makes this machine a kiosk.
 */
export async function kioskCommand(args: readonly string[]): Promise<number> {
  if (args[0] === 'enrol') return enrolCommand(args.slice(1));
  const { values } = parseArgs({ args: [...args], options: { config: { type: 'string' } } });
  const configuration = readConfiguration(values.config ?? '/etc/recard/kiosk.toml');
  const readers = createPcscReaders();
  const kiosk = createKiosk({ configuration, readers });
  await kiosk.start();
  const screen = await showFullScreen(kiosk);
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.once(signal, () => screen.close());
  try {
    await screen.ended;
  } finally {
    await kiosk.close();
    await readers.close();
  }
  return 0;
}
