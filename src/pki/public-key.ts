import { createPublicKey, type KeyObject } from 'node:crypto';
import type { KeyAlgorithm } from '../domain/slot.ts';
import { isSignedBy } from './signature-check.ts';

const MAX_SPKI_LENGTH = 1024;
/** @see NIST SP 800-78-4, table 3-2: 65,537 ≤ e < 2^256 */
const MIN_EXPONENT = 65_537n;
const MAX_EXPONENT = 1n << 256n;

const ALGORITHM_BY_MODULUS: Readonly<Record<number, KeyAlgorithm>> = { 2048: 'RSA-2048', 3072: 'RSA-3072' };
const ALGORITHM_BY_CURVE: Readonly<Record<string, KeyAlgorithm>> = {
  prime256v1: 'P-256',
  secp384r1: 'P-384',
};

/** A public key that no PIV slot may have, or bytes that are none. `why` is for the log. */
export class UnsupportedKeyError extends Error {
  override readonly name = 'UnsupportedKeyError';
  readonly why: string;
  constructor(why: string, options?: ErrorOptions) {
    super(`read public key: ${why}`, options);
    this.why = why;
  }
}

/** A checked public key of a slot. */
export interface SlotPublicKey {
  readonly key: KeyObject;
  readonly algorithm: KeyAlgorithm;
}

/**
 * Reads a SubjectPublicKeyInfo from outside.
 * @param spki DER, in exactly the form in which it would be written again
 * @throws UnsupportedKeyError for anything but RSA-2048, RSA-3072, P-256, P-384
 * @see RFC 5280, 4.1.2.7
 */
export function parsePublicKey(spki: Uint8Array): SlotPublicKey {
  if (spki.length === 0 || spki.length > MAX_SPKI_LENGTH)
    throw new UnsupportedKeyError('its length is wrong');
  let key: KeyObject;
  try {
    key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  } catch (cause) {
    throw new UnsupportedKeyError('it is not a SubjectPublicKeyInfo', { cause });
  }
  const algorithm = keyAlgorithm(key);
  if (!key.export({ format: 'der', type: 'spki' }).equals(spki)) {
    throw new UnsupportedKeyError('its encoding is not the canonical one');
  }
  return { key, algorithm };
}

/** The algorithm of a SubjectPublicKeyInfo. @throws UnsupportedKeyError */
export function algorithmOf(spki: Uint8Array): KeyAlgorithm {
  return parsePublicKey(spki).algorithm;
}

/** The SubjectPublicKeyInfo (DER) of a public key, or of the public half of a private one. */
export function spkiOf(key: KeyObject): Uint8Array {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  return new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }));
}

/** The hash that goes with a key: SHA-384 for P-384, else SHA-256. @see NIST SP 800-78-4, table 3-7 */
export function hashFor(algorithm: KeyAlgorithm): 'sha256' | 'sha384' {
  return algorithm === 'P-384' ? 'sha384' : 'sha256';
}

/**
 * Whether the key has signed the message: PKCS #1 v1.5 or ECDSA (DER), with `hashFor` the key.
 * @throws UnsupportedKeyError when `spki` is no key of a slot
 */
export function verifySignature(spki: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const { key, algorithm } = parsePublicKey(spki);
  return isSignedBy(key, hashFor(algorithm), message, signature);
}

function keyAlgorithm(key: KeyObject): KeyAlgorithm {
  const details = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'rsa') {
    const algorithm = ALGORITHM_BY_MODULUS[details.modulusLength ?? 0];
    if (!algorithm) throw new UnsupportedKeyError(`RSA of ${details.modulusLength} bits is not allowed`);
    const exponent = details.publicExponent ?? 0n;
    if (exponent < MIN_EXPONENT || exponent >= MAX_EXPONENT || exponent % 2n === 0n) {
      throw new UnsupportedKeyError('its RSA exponent is not allowed');
    }
    return algorithm;
  }
  if (key.asymmetricKeyType === 'ec') {
    const algorithm = ALGORITHM_BY_CURVE[details.namedCurve ?? ''];
    if (algorithm) return algorithm;
    throw new UnsupportedKeyError(`the curve ${details.namedCurve ?? '(explicit)'} is not allowed`);
  }
  throw new UnsupportedKeyError(`keys of type ${key.asymmetricKeyType} are not allowed`);
}
