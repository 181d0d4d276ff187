import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256, HpkeError } from '@hpke/core';

/** Secrets sealed to one recipient, base mode. @see RFC 9180 */

const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});
const PUBLIC_KEY_LENGTH = 32;

/** A secret that could not be sealed (bad recipient key) or opened (other key, other context, changed on the way). */
export class SealedSecretError extends Error {
  override readonly name = 'SealedSecretError';
}

export interface Sealed {
  /** Encapsulated key, 32 bytes. */
  readonly enc: Uint8Array;
  readonly ciphertext: Uint8Array;
}

/** The receiving end of one run; its private key never leaves it. */
export interface Recipient {
  /** Raw X25519 public key, 32 bytes. */
  readonly publicKey: Uint8Array;
  /**
   * Opens what was sealed to `publicKey` with the same `aad`. The caller wipes the plaintext.
   * @throws SealedSecretError
   */
  open(sealed: Sealed, aad: Uint8Array): Promise<Uint8Array>;
}

/**
 * Seals a secret so that only this recipient can open it, and only with the same `aad`.
 * @param recipientKey raw X25519 public key, 32 bytes
 * @throws SealedSecretError when the key is none
 */
export async function sealTo(
  recipientKey: Uint8Array,
  aad: Uint8Array,
  plaintext: Uint8Array,
): Promise<Sealed> {
  if (recipientKey.length !== PUBLIC_KEY_LENGTH)
    throw new SealedSecretError('seal secret: the recipient key is not 32 bytes long');
  try {
    const recipientPublicKey = await suite.kem.deserializePublicKey(exact(recipientKey));
    const sealed = await suite.seal({ recipientPublicKey }, exact(plaintext), exact(aad));
    return { enc: new Uint8Array(sealed.enc), ciphertext: new Uint8Array(sealed.ct) };
  } catch (cause) {
    if (!(cause instanceof HpkeError)) throw cause;
    throw new SealedSecretError('seal secret: the recipient key cannot be used', { cause });
  }
}

/** Makes a recipient with a fresh key. */
export async function createRecipient(): Promise<Recipient> {
  const recipientKey = await suite.kem.generateKeyPair();
  const publicKey = new Uint8Array(await suite.kem.serializePublicKey(recipientKey.publicKey));
  return {
    publicKey,
    async open(sealed, aad) {
      try {
        const params = { recipientKey, enc: exact(sealed.enc) };
        return new Uint8Array(await suite.open(params, exact(sealed.ciphertext), exact(aad)));
      } catch (cause) {
        if (!(cause instanceof HpkeError)) throw cause;
        throw new SealedSecretError('open secret: it was sealed to another run or changed on the way', {
          cause,
        });
      }
    },
  };
}

/** The library takes whole buffers only; a view into a larger one would be read past its ends. */
function exact(bytes: Uint8Array): ArrayBuffer {
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}
