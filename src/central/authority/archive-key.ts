import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { KeyStoreError, openSealed } from './sealed-file.ts';

const PURPOSE = 'archive key';
const CIPHER = 'aes-256-gcm';
const KEY_LENGTH = 32;
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;

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
  const key = await openSealed(path, PURPOSE, secret, async () => new Uint8Array(randomBytes(KEY_LENGTH)));
  if (key.length !== KEY_LENGTH)
    throw new KeyStoreError('damaged', path, 'it holds no archive key; put the backup in its place');
  return {
    fingerprint: createHmac('sha256', key).update('recard archive key\0fingerprint').digest('hex'),
    seal: async (privateKey, place) => encrypt(key, privateKey, place),
    open: async (sealed, place) => decrypt(key, sealed, place, path),
  };
}

/** Nonce (12) ‖ ciphertext ‖ tag (16). */
function encrypt(key: Uint8Array, privateKey: Uint8Array, place: ArchivePlace): Uint8Array {
  const nonce = randomBytes(NONCE_LENGTH);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_LENGTH }).setAAD(associated(place));
  return new Uint8Array(
    Buffer.concat([nonce, cipher.update(privateKey), cipher.final(), cipher.getAuthTag()]),
  );
}

function decrypt(key: Uint8Array, sealed: Uint8Array, place: ArchivePlace, path: string): Uint8Array {
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_LENGTH), {
    authTagLength: TAG_LENGTH,
  });
  decipher.setAAD(associated(place)).setAuthTag(sealed.subarray(-TAG_LENGTH));
  const plaintext = decipher.update(sealed.subarray(NONCE_LENGTH, -TAG_LENGTH));
  try {
    decipher.final();
    return Uint8Array.from(plaintext);
  } catch (cause) {
    const remedy = `it does not open archived key ${place.id}; put back the folder of the central that sealed it`;
    throw new KeyStoreError('wrongKey', path, remedy, { cause });
  } finally {
    plaintext.fill(0);
  }
}

function associated({ id, publicKey }: ArchivePlace): Uint8Array {
  return Buffer.concat([new TextEncoder().encode(`recard archived key\0${id}\0`), publicKey]);
}
