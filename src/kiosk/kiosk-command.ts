import { parseArgs } from 'node:util';
import { holdStateFolder } from '../configuration/state-folder.ts';
import type { MachineFinding } from '../flows/desk-data.ts';
import { createPcscReaders, type KeptReaders } from '../readers/pcsc-readers.ts';
import type { Readers } from '../readers/readers.ts';
import { type KioskConfiguration, readConfiguration } from './configuration.ts';
import { enrolByCredential } from './enrol-by-credential.ts';
import { demandTerminal, showFullScreen } from './full-screen.ts';
import { holdTerminal } from './hold-terminal.ts';
import { IdentityFile, identityPath } from './identity-file.ts';
import { createKiosk, type Kiosk } from './kiosk.ts';
import { serviceManager } from './service-manager.ts';
import { Watchdog } from './watchdog.ts';

const USAGE = `usage: recard kiosk [--config FILE]     the kiosk on this terminal; FILE is /etc/recard/kiosk.toml without it
       recard kiosk enrol …            makes this machine a kiosk; see recard kiosk enrol --help
`;

/**
 * The status with which a kiosk ends that an administrator has left for maintenance: kiosk.service does not start it again then, and a
 * login prompt takes the terminal (SE-06). EX_TEMPFAIL of sysexits.h.
 */
export const MAINTENANCE = 75;

/** What the doctor may look at. */
interface ExaminedKiosk {
  readonly configuration: KioskConfiguration;
  readonly configurationFile: string;
  readonly readers: Readers;
}

/**
 * `recard kiosk --config FILE`: the kiosk on this terminal, with the readers of this machine, until it is told to end.
 * `recard kiosk enrol …`: makes this machine a kiosk.
 * @param examine the doctor, for the page that finds faults
 */
export async function kioskCommand(
  args: readonly string[],
  examine: (kiosk: ExaminedKiosk) => Promise<readonly MachineFinding[]>,
): Promise<number> {
  if (args[0] === 'enrol') {
    // Writing certificates is a fifth of all that would be loaded before the first frame.
    const { enrolCommand } = await import('./enrol-command.ts');
    return enrolCommand(args.slice(1));
  }
  if (args.some((word) => word === '--help' || word === '-h')) {
    process.stdout.write(USAGE);
    return 0;
  }
  const { values } = parseArgs({ args: [...args], options: { config: { type: 'string' } } });
  const configurationFile = values.config ?? '/etc/recard/kiosk.toml';
  const configuration = readConfiguration(configurationFile);
  const letGo = holdStateFolder('kiosk', configuration.stateFolder, 0o700);
  await enrolByCredential(configuration, process.env.CREDENTIALS_DIRECTORY);
  // Before all else: that it is not enrolled is the first thing to know.
  new IdentityFile(identityPath(configuration.stateFolder)).current();
  demandTerminal(process);
  holdTerminal(process);
  const readers = createPcscReaders();
  try {
    const look = () => examine({ configuration, configurationFile, readers });
    return await runKiosk(createKiosk({ configuration, readers, examine: look }), readers);
  } finally {
    // Their processes would keep one alive that is not enrolled, and cannot be a kiosk.
    await readers.close();
    letGo();
  }
}

async function runKiosk(kiosk: Kiosk, readers: KeptReaders): Promise<number> {
  let frameMs = performance.now();
  const watchdog = createWatchdog(readers, () => performance.now() - frameMs);
  let status = 0;
  let failure: unknown;
  try {
    const screen = await showFullScreen(kiosk, undefined, () => {
      frameMs = performance.now();
      watchdog?.ready();
    });
    for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.once(signal, () => screen.close());
    void kiosk.left.then(() => {
      status = MAINTENANCE;
      screen.close();
    });
    // Threads and central can wait for the first frame.
    kiosk.start().catch((error: unknown) => {
      failure = error;
      screen.close();
    });
    await screen.ended;
    if (failure !== undefined) throw failure;
  } finally {
    watchdog?.close();
    await kiosk.close();
  }
  return status;
}

/** Null where no service manager has started the kiosk. What it says goes to the journal, as standard error. */
function createWatchdog(readers: KeptReaders, screen: () => number): Watchdog | null {
  const manager = serviceManager(process.env, process.pid);
  if (manager === null) return null;
  const vitals = { 'the readers': () => readers.askAlive(), 'the screen': screen };
  return new Watchdog({ manager, vitals, say: (line) => process.stderr.write(`${line}\n`) });
}
