import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import type { KeyFolder } from './key-folder.ts';

const NAME = 'import-identity';

/** What files for central are encrypted to: an age X25519 identity in a sealed file, made when it is first asked for. */
export interface ImportIdentity {
  /** `age1…`, to be given to whoever writes the file. @throws KeyStoreError */
  recipient(): Promise<string>;
  /** `AGE-SECRET-KEY-1…`. @throws KeyStoreError */
  open(): Promise<string>;
}

export function importIdentity(folder: KeyFolder): ImportIdentity {
  const open = async () => {
    const content = await folder.open(NAME, async () =>
      new TextEncoder().encode(await generateX25519Identity()),
    );
    const identity = new TextDecoder().decode(content);
    content.fill(0);
    return identity;
  };
  return { open, recipient: async () => identityToRecipient(await open()) };
}
