import { randomBytes } from 'node:crypto';
import type { CardSecretKind } from '../../domain/card-secret.ts';
import type { KeyFolder } from './key-folder.ts';
import { openBytes, SEALING_KEY_LENGTH, sealBytes } from './sealed-bytes.ts';
import { KeyStoreError } from './sealed-file.ts';

const NAME = 'imported-secrets';

/** Whose secret it is; authenticated with it, so that no value passes for another. */
export interface SecretPlace {
  readonly cardId: string;
  readonly secret: CardSecretKind;
  readonly version: number;
}

/**
 * Seals secrets of cards that another system made (RP-21), for the database, under a key in a file of its own,
 * made when the first secret is sealed.
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
      known ??= await folder.open(NAME, async () => new Uint8Array(randomBytes(SEALING_KEY_LENGTH)));
      return sealBytes(known, secret, associated(place));
    },
    async open(sealed, place) {
      const path = folder.pathOf(NAME);
      known ??= await folder.read(NAME);
      if (!known)
        throw new KeyStoreError('missing', path, 'copy it from the central that took the card over');
      try {
        return openBytes(known, sealed, associated(place));
      } catch (cause) {
        // The right file may be put there while central runs.
        known = null;
        const remedy = `it does not open a secret of card ${place.cardId}; copy it from the central that took the card over`;
        throw new KeyStoreError('wrongKey', path, remedy, { cause });
      }
    },
  };
}

function associated({ cardId, secret, version }: SecretPlace): Uint8Array {
  return new TextEncoder().encode(`recard card secret\0${cardId}\0${secret}\0${version}`);
}
