import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;

/** Bytes of a key that seals. */
export const SEALING_KEY_LENGTH = 32;
/** Bytes that what is sealed is longer by. */
export const SEAL_LENGTH = NONCE_LENGTH + TAG_LENGTH;

/**
 * AES-256-GCM: nonce (12) ‖ ciphertext ‖ tag (16).
 * @param associated authenticated with it, so that nothing passes for what belongs elsewhere
 */
export function sealBytes(key: Uint8Array, content: Uint8Array, associated: Uint8Array): Uint8Array {
  const nonce = randomBytes(NONCE_LENGTH);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_LENGTH }).setAAD(associated);
  return new Uint8Array(Buffer.concat([nonce, cipher.update(content), cipher.final(), cipher.getAuthTag()]));
}

/**
 * What `sealBytes` was given; whoever gets it wipes it.
 * @throws Error of node:crypto when it was sealed under another key or for another place, was changed, or is too short
 */
export function openBytes(key: Uint8Array, sealed: Uint8Array, associated: Uint8Array): Uint8Array {
  const nonce = sealed.subarray(0, NONCE_LENGTH);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_LENGTH });
  decipher.setAAD(associated).setAuthTag(sealed.subarray(-TAG_LENGTH));
  const plaintext = decipher.update(sealed.subarray(NONCE_LENGTH, -TAG_LENGTH));
  try {
    decipher.final();
    return Uint8Array.from(plaintext);
  } finally {
    plaintext.fill(0);
  }
}
