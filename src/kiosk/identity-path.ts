import { join } from 'node:path';

/** Where a kiosk's identity is in its state folder. */
export function identityPath(stateFolder: string): string {
  return join(stateFolder, 'identity.pem');
}
