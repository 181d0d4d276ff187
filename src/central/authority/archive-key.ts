import { createHmac, randomBytes } from 'node:crypto';
import { openBytes, SEALING_KEY_LENGTH, sealBytes } from './sealed-bytes.ts';
import { KeyStoreError, openSealed } from './sealed-file.ts';

const PURPOSE = 'archive key';

/** What a sealed key belongs to; authenticated with it, so that none passes for another. */
export interface ArchivePlace {
  readonly id: string;
  /** SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
}

/**
 * Seals archived keys for the database (SE-04). Only ever asked to seal and to open, so that it can live in a PKCS #11 token.
 */
export interface KeyArchiveKey {
  /** Tells this key from another; no secret. SHA-256, hex. */
  readonly fingerprint: string;
  seal(privateKey: Uint8Array, place: ArchivePlace): Promise<Uint8Array>;
  /** Whoever gets it wipes it. @throws KeyStoreError `wrongKey` when it was sealed under another key, for another place, or changed */
  open(sealed: Uint8Array, place: ArchivePlace): Promise<Uint8Array>;
}

/**
 * Opens the key in its sealed file; makes it at the first time.
 * @param secret content of the key file
 * @throws KeyStoreError
 */
export async function openArchiveKey(path: string, secret: Uint8Array): Promise<KeyArchiveKey> {
  const make = async () => new Uint8Array(randomBytes(SEALING_KEY_LENGTH));
  const key = await openSealed(path, PURPOSE, secret, make);
  if (key.length !== SEALING_KEY_LENGTH)
    throw new KeyStoreError('damaged', path, 'it holds no archive key; put the backup in its place');
  return {
    fingerprint: createHmac('sha256', key).update('recard archive key\0fingerprint').digest('hex'),
    seal: async (privateKey, place) => sealBytes(key, privateKey, associated(place)),
    async open(sealed, place) {
      try {
        return openBytes(key, sealed, associated(place));
      } catch (cause) {
        const remedy = `it does not open archived key ${place.id}; put back the folder of the central that sealed it`;
        throw new KeyStoreError('wrongKey', path, remedy, { cause });
      }
    },
  };
}

function associated({ id, publicKey }: ArchivePlace): Uint8Array {
  return Buffer.concat([new TextEncoder().encode(`recard archived key\0${id}\0`), publicKey]);
}
