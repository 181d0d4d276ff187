/** Where one central's authority is: its folder, its key file, its token. */
import { join } from 'node:path';
import type { CentralPlaces } from './central-configuration.ts';
import { refusedPins } from './token/pin-file.ts';
import { openToken, type Token } from './token/token.ts';

/** In the state folder. */
const REFUSED_PIN_FILE = 'token-pin-refused';

/** The folder of the authority, and the file that opens it. */
export function authorityPlaces({ stateDir, authorityDir, keyFile }: CentralPlaces): {
  readonly folder: string;
  readonly keyFile: string;
} {
  return {
    folder: authorityDir ?? join(stateDir, 'authority'),
    keyFile: keyFile ?? join(stateDir, 'authority.key'),
  };
}

/** Nothing of it is loaded before it is asked for something. Null: none is configured. */
export function tokenOf(places: CentralPlaces): Token | null {
  if (!places.token) return null;
  const pins = refusedPins(join(places.stateDir, REFUSED_PIN_FILE), authorityPlaces(places).keyFile);
  return openToken(places.token, pins);
}
