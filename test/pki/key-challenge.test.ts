import {
  constants,
  createHash,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
  sign,
} from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { KeyAlgorithm } from '../../src/domain/slot.ts';
import { isExpectedAnswer, type KeyChallenge, makeKeyChallenge } from '../../src/pki/key-challenge.ts';
import { algorithmOf, spkiOf, verifySignature } from '../../src/pki/public-key.ts';

const PAIRS: readonly (readonly [KeyAlgorithm, { readonly privateKey: KeyObject }])[] = [
  ['RSA-2048', generateKeyPairSync('rsa', { modulusLength: 2048 })],
  ['RSA-3072', generateKeyPairSync('rsa', { modulusLength: 3072 })],
  ['P-256', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
  ['P-384', generateKeyPairSync('ec', { namedCurve: 'P-384' })],
];

/** What a card does with a challenge. */
function answer(challenge: KeyChallenge, privateKey: KeyObject): Uint8Array {
  if (challenge.kind === 'decrypt') {
    // OpenSSL refuses to take this padding off in newer builds: taken off by hand, as a card leaves it to its caller.
    const block = privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, challenge.value);
    return block.subarray(block.indexOf(0, 2) + 1);
  }
  const { crv } = privateKey.export({ format: 'jwk' });
  const half = (challenge.value.length - 1) / 2;
  const [x, y] = [1, 1 + half].map((at) =>
    Buffer.from(challenge.value.subarray(at, at + half)).toString('base64url'),
  );
  const publicKey = createPublicKey({ key: { kty: 'EC', crv, x, y }, format: 'jwk' });
  return createHash('sha256').update(diffieHellman({ privateKey, publicKey })).digest();
}

describe.each(PAIRS)('a key of %s', (algorithm, { privateKey }) => {
  const spki = spkiOf(privateKey);

  test('is recognised', () => {
    expect(algorithmOf(spki)).toBe(algorithm);
  });

  test('answers its challenge', () => {
    const { challenge, expected } = makeKeyChallenge(spki);
    expect(isExpectedAnswer(expected, answer(challenge, privateKey))).toBe(true);
  });

  test('does not answer the challenge of before', () => {
    const before = makeKeyChallenge(spki);
    const { expected } = makeKeyChallenge(spki);
    expect(isExpectedAnswer(expected, answer(before.challenge, privateKey))).toBe(false);
    expect(isExpectedAnswer(expected, new Uint8Array(0))).toBe(false);
  });

  test('signs, and for nothing but what it signed', () => {
    const message = new TextEncoder().encode('recard operation proof');
    const signature = sign(algorithm === 'P-384' ? 'sha384' : 'sha256', message, privateKey);
    expect(verifySignature(spki, message, signature)).toBe(true);
    expect(verifySignature(spki, message.with(0, 0), signature)).toBe(false);
  });
});
