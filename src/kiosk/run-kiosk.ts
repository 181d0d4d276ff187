import { holdStateFolder } from '../configuration/state-folder.ts';
import type { MachineFinding } from '../flows/desk-data.ts';
import { createPcscReaders, type KeptReaders } from '../readers/pcsc-readers.ts';
import type { Readers } from '../readers/readers.ts';
import type { KioskConfiguration } from './configuration.ts';
import { ConsoleFont } from './console-font.ts';
import type { FullScreen } from './full-screen.ts';
import { createKiosk, type Kiosk } from './kiosk.ts';
import { serviceManager } from './service-manager.ts';
import { Watchdog } from './watchdog.ts';

/**
 * The status with which a kiosk ends that an administrator has left for maintenance: kiosk.service does not start it again then, and a
 * login prompt takes the terminal (SE-06). EX_TEMPFAIL of sysexits.h.
 */
export const MAINTENANCE = 75;

/** A kiosk on a screen that is there already. */
interface RunOptions {
  readonly configuration: KioskConfiguration;
  readonly screen: FullScreen;
  /** Milliseconds since something was drawn. */
  readonly sinceFrame: () => number;
  /** The doctor, for the page that finds faults. */
  readonly examine: (readers: Readers) => Promise<readonly MachineFinding[]>;
}

/**
 * The kiosk with the readers of this machine, until its screen is closed.
 * @returns the status to end with
 * @throws StateFolderError, IdentityError, DatabaseNotOpenedError
 */
export async function runKiosk({ configuration, screen, sinceFrame, examine }: RunOptions): Promise<number> {
  const letGo = holdStateFolder('kiosk', configuration.stateFolder, 0o700);
  const readers = createPcscReaders();
  try {
    const kiosk = createKiosk({ configuration, readers, examine: () => examine(readers) });
    const watchdog = createWatchdog(readers, sinceFrame);
    try {
      return await show(kiosk, screen, watchdog);
    } finally {
      watchdog?.close();
      await kiosk.close();
    }
  } finally {
    // Their processes would keep one alive that is not enrolled, and cannot be a kiosk.
    await readers.close();
    letGo();
  }
}

async function show(kiosk: Kiosk, screen: FullScreen, watchdog: Watchdog | null): Promise<number> {
  let status = 0;
  let failure: unknown;
  void kiosk.left.then(() => {
    status = MAINTENANCE;
    screen.close();
  });
  screen.show(kiosk);
  const font = new ConsoleFont(process.env.RECARD_LARGE_FONT);
  const stopFont = kiosk.onView((view) => font.follow(view));
  kiosk.start().then(
    () => watchdog?.ready(),
    (error: unknown) => {
      failure = error;
      screen.close();
    },
  );
  await screen.ended;
  stopFont();
  font.close();
  if (failure !== undefined) throw failure;
  return status;
}

/** Null where no service manager has started the kiosk. What it says goes to the journal, as standard error. */
function createWatchdog(readers: KeptReaders, screen: () => number): Watchdog | null {
  const manager = serviceManager(process.env, process.pid);
  if (manager === null) return null;
  const vitals = { 'the readers': () => readers.askAlive(), 'the screen': screen };
  return new Watchdog({ manager, vitals, say: (line) => process.stderr.write(`${line}\n`) });
}
