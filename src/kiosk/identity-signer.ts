import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EventSigner } from './event-chain.ts';
import { readIdentity } from './identity.ts';

/** Signs with the identity in a kiosk's state folder, read once it is there. */
export function identitySigner(stateFolder: string): () => EventSigner | null {
  const path = join(stateFolder, 'identity.pem');
  let signer: EventSigner | null = null;
  return () => {
    if (signer === null && existsSync(path)) signer = readIdentity(path);
    return signer;
  };
}
