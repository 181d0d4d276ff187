import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KioskConfiguration } from './configuration.ts';
import { identityPath } from './identity-path.ts';

/** Name of the unit's credential (LoadCredential=) with the token that `recard central kiosk add` has printed. */
const CREDENTIAL = 'enrolment-token';
/** What the unit says where the administrator has put down no token. */
const NO_TOKEN = 'none';

/**
 * Enrols a machine that is no kiosk yet with the token that its unit was given as a credential: nobody has to type anything at
 * it. Nothing happens where there is an identity, or no token. A token works once, so a file that is forgotten opens nothing.
 * @throws EnrolError
 */
export async function enrolByCredential(
  { stateFolder, centralUrl: url }: KioskConfiguration,
  credentialsFolder: string | undefined,
): Promise<void> {
  const identityFile = identityPath(stateFolder);
  if (credentialsFolder === undefined || existsSync(identityFile)) return;
  const token = readToken(join(credentialsFolder, CREDENTIAL));
  if (token === null) return;
  const { enrol } = await import('./enrol.ts');
  await enrol({ url, token, identityFile, replaces: false });
}

function readToken(path: string): string | null {
  if (!existsSync(path)) return null;
  const text = readFileSync(path, 'utf8').trim();
  return text === '' || text === NO_TOKEN ? null : text;
}
