import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { KeyAlgorithm } from '../domain/slot.ts';
import { KEY_FACTS } from '../piv/algorithm.ts';
import { concat, tlv } from '../piv/tlv.ts';
import type { StoredKey } from './card-state.ts';

const generate = promisify(generateKeyPair);

/** The algorithm of a private or public key; undefined for one that no slot takes. */
export function algorithmOf(key: KeyObject): KeyAlgorithm | undefined {
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
  if (modulusLength === 2048) return 'RSA-2048';
  if (modulusLength === 3072) return 'RSA-3072';
  if (namedCurve === 'prime256v1') return 'P-256';
  if (namedCurve === 'secp384r1') return 'P-384';
  return undefined;
}

/** Makes a private key off the event loop, so that a screen in the same process goes on drawing. */
export async function generateSlotKey(algorithm: KeyAlgorithm): Promise<KeyObject> {
  const facts = KEY_FACTS[algorithm];
  const pair =
    facts.kind === 'EC'
      ? await generate('ec', { namedCurve: facts.curve })
      : await generate('rsa', { modulusLength: facts.size * 8 });
  return pair.privateKey;
}

/** A private key as the card keeps it. */
export function storeKey(
  key: KeyObject,
  algorithm: KeyAlgorithm,
  rest: Pick<StoredKey, 'isImported' | 'pinPolicy' | 'touchPolicy'>,
): StoredKey {
  return { algorithm, pkcs8: key.export({ format: 'der', type: 'pkcs8' }).toString('base64'), ...rest };
}

/** The private key that is stored. */
export function loadKey(stored: StoredKey): KeyObject {
  return createPrivateKey({ key: Buffer.from(stored.pkcs8, 'base64'), format: 'der', type: 'pkcs8' });
}

/** The public key as data elements, without 7F49: 81 modulus 82 exponent, or 86 point. @see SP 800-73-4 part 2, table 11 */
export function publicKeyElements(privateKey: KeyObject): Uint8Array {
  const jwk = createPublicKey(privateKey).export({ format: 'jwk' });
  const part = (name: 'n' | 'e' | 'x' | 'y') => Buffer.from(jwk[name] ?? '', 'base64url');
  if (jwk.kty === 'RSA') return concat(tlv(0x81, part('n')), tlv(0x82, part('e')));
  return tlv(0x86, Uint8Array.of(0x04), part('x'), part('y'));
}

/**
 * A public key from an uncompressed point.
 * @returns undefined when it is no point of this curve
 */
export function publicKeyFromPoint(curve: 'P-256' | 'P-384', point: Uint8Array): KeyObject | undefined {
  const bytes = curve === 'P-256' ? 32 : 48;
  if (point.length !== 1 + 2 * bytes || point[0] !== 0x04) return undefined;
  const x = Buffer.from(point.subarray(1, 1 + bytes)).toString('base64url');
  const y = Buffer.from(point.subarray(1 + bytes)).toString('base64url');
  try {
    return createPublicKey({ key: { kty: 'EC', crv: curve, x, y }, format: 'jwk' });
  } catch {
    return undefined;
  }
}
