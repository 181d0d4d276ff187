import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { KeyFolder } from './key-folder.ts';
import { KeyStoreError } from './sealed-file.ts';

const NAME = 'imported-secrets';
const CIPHER = 'aes-256-gcm';
const KEY_LENGTH = 32;
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;

/** Whose secret it is; authenticated with it, so that no value passes for another. */
export interface SecretPlace {
  readonly cardId: string;
  readonly secret: 'managementKey' | 'puk';
  readonly version: number;
}

/**
 * Seals secrets of cards that another system made (RP-21), for the database: nonce (12) ‖ ciphertext ‖ tag (16), AES-256-GCM
 * under a key in a file of its own, made when the first secret is sealed.
 */
export interface ImportedSecrets {
  /** Of the file that the key is in. */
  readonly name: string;
  /** @throws KeyStoreError */
  seal(secret: Uint8Array, place: SecretPlace): Promise<Uint8Array>;
  /** Whoever gets it wipes it. @throws KeyStoreError `missing`; `wrongKey` when it was sealed under another key or changed */
  open(sealed: Uint8Array, place: SecretPlace): Promise<Uint8Array>;
}

export function importedSecrets(folder: KeyFolder): ImportedSecrets {
  let known: Uint8Array | null = null;
  return {
    name: NAME,
    async seal(secret, place) {
      known ??= await folder.open(NAME, async () => new Uint8Array(randomBytes(KEY_LENGTH)));
      const nonce = randomBytes(NONCE_LENGTH);
      const cipher = createCipheriv(CIPHER, known, nonce).setAAD(associated(place));
      return new Uint8Array(
        Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()]),
      );
    },
    async open(sealed, place) {
      const path = folder.pathOf(NAME);
      known ??= await folder.read(NAME);
      if (!known)
        throw new KeyStoreError('missing', path, 'copy it from the central that took the card over');
      try {
        return decrypt(known, sealed, place, path);
      } catch (error) {
        // The right file may be put there while central runs.
        known = null;
        throw error;
      }
    },
  };
}

function decrypt(key: Uint8Array, sealed: Uint8Array, place: SecretPlace, path: string): Uint8Array {
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_LENGTH), {
    authTagLength: TAG_LENGTH,
  });
  decipher.setAAD(associated(place)).setAuthTag(sealed.subarray(-TAG_LENGTH));
  const plaintext = decipher.update(sealed.subarray(NONCE_LENGTH, -TAG_LENGTH));
  try {
    decipher.final();
    return Uint8Array.from(plaintext);
  } catch (cause) {
    const remedy = `it does not open a secret of card ${place.cardId}; copy it from the central that took the card over`;
    throw new KeyStoreError('wrongKey', path, remedy, { cause });
  } finally {
    plaintext.fill(0);
  }
}

function associated({ cardId, secret, version }: SecretPlace): Uint8Array {
  return new TextEncoder().encode(`recard card secret\0${cardId}\0${secret}\0${version}`);
}
