import { existsSync } from 'node:fs';
import { mailFolderSettings } from '../central/mail/mail-settings.ts';
import { type RunningCentral, startCentral } from '../central/server.ts';
import { inviteDemoKiosk } from './enrol-kiosk.ts';
import { type DemoPaths, demoPaths } from './paths.ts';
import { makeWorld } from './world.ts';

/** Central of the demo, a process of its own: makes the world at the first time, then serves until the demo has gone. */

/** What the demo is told when central can be used. */
export interface CentralReady {
  readonly url: string;
  readonly crlUrl: string;
  readonly caFile: string;
  readonly databaseUrl: string;
  /** With which the kiosk enrols; null: it is enrolled. */
  readonly token: string | null;
}

async function main(paths: DemoPaths): Promise<void> {
  const central = await startCentral({
    stateDir: paths.central,
    databaseUrl: process.env.DATABASE_URL ?? null,
    host: '127.0.0.1',
    port: 0,
    logFile: paths.centralLog,
    mail: mailFolderSettings(paths.mails),
  });
  process.once('disconnect', () => end(central));
  process.once('SIGTERM', () => end(central));
  // Ctrl-C in the demo's terminal is the demo's business.
  process.on('SIGINT', () => undefined);
  if (!existsSync(paths.marker)) await makeWorld(central.central, paths.cards);
  const token = await inviteDemoKiosk(central.central, paths);
  const { url, crlUrl, caFile, databaseUrl } = central;
  process.send?.({ url, crlUrl, caFile, databaseUrl, token } satisfies CentralReady);
}

async function end(central: RunningCentral): Promise<void> {
  await central.close();
  process.exit(0);
}

await main(demoPaths(process.argv[2]!));
