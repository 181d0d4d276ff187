import { parseArgs } from 'node:util';
import { createPcscReaders } from '../readers/pcsc-readers.ts';
import { readConfiguration } from './configuration.ts';
import { ENROL_USAGE, enrolCommand } from './enrol-command.ts';
import { showFullScreen } from './full-screen.ts';
import { createKiosk, type Kiosk } from './kiosk.ts';

const USAGE = `usage: recard kiosk [--config FILE]     the kiosk on this terminal; FILE is /etc/recard/kiosk.toml without it
       recard kiosk enrol …            makes this machine a kiosk; see recard kiosk enrol --help
`;

/**
 * `recard kiosk --config FILE`: the kiosk on this terminal, with the readers of this machine, until it is told to end.
 * `recard kiosk enrol …`: makes this machine a kiosk.
 */
export async function kioskCommand(args: readonly string[]): Promise<number> {
  if (args.some((word) => word === '--help' || word === '-h')) {
    process.stdout.write(args[0] === 'enrol' ? ENROL_USAGE : USAGE);
    return 0;
  }
  if (args[0] === 'enrol') return enrolCommand(args.slice(1));
  const { values } = parseArgs({ args: [...args], options: { config: { type: 'string' } } });
  const configuration = readConfiguration(values.config ?? '/etc/recard/kiosk.toml');
  const readers = createPcscReaders();
  try {
    return await runKiosk(createKiosk({ configuration, readers }));
  } finally {
    // Their processes would keep one alive that is not enrolled, and cannot be a kiosk.
    await readers.close();
  }
}

async function runKiosk(kiosk: Kiosk): Promise<number> {
  await kiosk.start();
  try {
    const screen = await showFullScreen(kiosk);
    for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.once(signal, () => screen.close());
    await screen.ended;
  } finally {
    await kiosk.close();
  }
  return 0;
}
