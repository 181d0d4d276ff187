import {
  constants,
  createECDH,
  createHash,
  type KeyObject,
  publicEncrypt,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import type { KeyAlgorithm } from '../domain/slot.ts';
import { parsePublicKey } from './public-key.ts';

const PLAINTEXT_LENGTH = 32;

const CURVES = {
  'P-256': { name: 'prime256v1', pointLength: 65 },
  'P-384': { name: 'secp384r1', pointLength: 97 },
} as const;

/** A value for an encryption key to be proved with; goes to the kiosk. */
export interface KeyChallenge {
  readonly kind: 'decrypt' | 'agree';
  /** decrypt: PKCS #1 v1.5 ciphertext. agree: uncompressed point of an ephemeral key. */
  readonly value: Uint8Array;
}

/** What central keeps, and what it gives out. `expected` stays at central. */
export interface ExpectedAnswer {
  readonly challenge: KeyChallenge;
  /** decrypt: the plaintext. agree: SHA-256 of the x coordinate of the shared point. 32 bytes either way. */
  readonly expected: Uint8Array;
}

/**
 * Makes a challenge that only the holder of the private key can answer (RP-18, for 9D and 82–95).
 * @param spki SubjectPublicKeyInfo of the key to be proved
 * @throws UnsupportedKeyError
 */
export function makeKeyChallenge(spki: Uint8Array): ExpectedAnswer {
  const { key, algorithm } = parsePublicKey(spki);
  return algorithm === 'P-256' || algorithm === 'P-384'
    ? agreeChallenge(spki, algorithm)
    : decryptChallenge(key);
}

/** Whether an answer is the expected one, in constant time. */
export function isExpectedAnswer(expected: Uint8Array, answer: Uint8Array): boolean {
  return expected.length === answer.length && expected.length > 0 && timingSafeEqual(expected, answer);
}

function decryptChallenge(key: KeyObject): ExpectedAnswer {
  const plaintext = randomBytes(PLAINTEXT_LENGTH);
  const value = publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, plaintext);
  return {
    challenge: { kind: 'decrypt', value: new Uint8Array(value) },
    expected: new Uint8Array(plaintext),
  };
}

function agreeChallenge(
  spki: Uint8Array,
  algorithm: Extract<KeyAlgorithm, 'P-256' | 'P-384'>,
): ExpectedAnswer {
  const curve = CURVES[algorithm];
  const ephemeral = createECDH(curve.name);
  const point = ephemeral.generateKeys();
  const shared = ephemeral.computeSecret(spki.subarray(spki.length - curve.pointLength));
  const expected = new Uint8Array(createHash('sha256').update(shared).digest());
  shared.fill(0);
  return { challenge: { kind: 'agree', value: new Uint8Array(point) }, expected };
}
