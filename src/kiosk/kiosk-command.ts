import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { MachineFinding } from '../flows/desk-data.ts';
import type { Readers } from '../readers/readers.ts';
import { type KioskConfiguration, readConfiguration } from './configuration.ts';
import { enrolByCredential } from './enrol-by-credential.ts';
import { enrolLine } from './enrol-line.ts';
import { demandTerminal, openFullScreen } from './full-screen.ts';
import { holdTerminal } from './hold-terminal.ts';
import { identityPath } from './identity-path.ts';
import { startingView } from './starting-view.ts';

const USAGE = `usage: recard kiosk [--config FILE]     the kiosk on this terminal; FILE is /etc/recard/kiosk.toml without it
       recard kiosk enrol …            makes this machine a kiosk; see recard kiosk enrol --help
`;

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
  await enrolByCredential(configuration, process.env.CREDENTIALS_DIRECTORY);
  // Before all else: that it is not enrolled is the first thing to know.
  const identity = identityPath(configuration.stateFolder);
  if (!existsSync(identity)) {
    const { readIdentity } = await import('./identity.ts');
    readIdentity(identity, enrolLine({ centralUrl: configuration.centralUrl, configurationFile }));
  }
  demandTerminal(process);
  holdTerminal(process);
  return drawAndRun(configuration, (readers) => examine({ configuration, configurationFile, readers }));
}

/** The first screen is on the terminal before anything is loaded that it does not need. */
async function drawAndRun(
  configuration: KioskConfiguration,
  examine: (readers: Readers) => Promise<readonly MachineFinding[]>,
): Promise<number> {
  let frameMs = performance.now();
  const screen = await openFullScreen(startingView(configuration, process.stdout), {
    onFrame: () => {
      frameMs = performance.now();
    },
  });
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.once(signal, () => screen.close());
  try {
    const { runKiosk } = await import('./run-kiosk.ts');
    return await runKiosk({
      configuration,
      screen,
      examine,
      sinceFrame: () => performance.now() - frameMs,
    });
  } finally {
    screen.close();
  }
}
