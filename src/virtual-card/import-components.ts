import { createECDH, createPrivateKey, type KeyObject } from 'node:crypto';
import type { KeyAlgorithm } from '../domain/slot.ts';
import { KEY_FACTS } from '../piv/algorithm.ts';
import { find, type Tlv } from '../piv/tlv.ts';
import { inverse, toBigInt, toBytes } from './raw-ecdsa.ts';

/**
 * The private key from the elements of IMPORT: 01 p, 02 q (03–05 follow from them), or 06 the scalar.
 * @returns undefined when they make no key of this algorithm
 */
export function keyFromComponents(algorithm: KeyAlgorithm, elements: readonly Tlv[]): KeyObject | undefined {
  const facts = KEY_FACTS[algorithm];
  try {
    return facts.kind === 'EC' ? ecKey(facts.curve, facts.size, elements) : rsaKey(facts.size, elements);
  } catch {
    return undefined;
  }
}

function rsaKey(bytes: number, elements: readonly Tlv[]): KeyObject | undefined {
  const [p, q] = [
    toBigInt(find(elements, 1) ?? new Uint8Array()),
    toBigInt(find(elements, 2) ?? new Uint8Array()),
  ];
  const n = toBytes(p * q);
  if (n.length !== bytes) return undefined;
  const e = 65_537n;
  const d = inverse(e, (p - 1n) * (q - 1n));
  const numbers = { n: p * q, e, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
  const parts = Object.entries(numbers).map(([name, value]) => [
    name,
    Buffer.from(toBytes(value)).toString('base64url'),
  ]);
  return createPrivateKey({ key: { kty: 'RSA', ...Object.fromEntries(parts) }, format: 'jwk' });
}

function ecKey(curve: 'P-256' | 'P-384', bytes: number, elements: readonly Tlv[]): KeyObject | undefined {
  const scalar = find(elements, 6);
  if (scalar?.length !== bytes) return undefined;
  const ecdh = createECDH(curve === 'P-256' ? 'prime256v1' : 'secp384r1');
  ecdh.setPrivateKey(scalar);
  const point = ecdh.getPublicKey();
  const text = (part: Uint8Array) => Buffer.from(part).toString('base64url');
  return createPrivateKey({
    key: {
      kty: 'EC',
      crv: curve,
      d: text(scalar),
      x: text(point.subarray(1, 1 + bytes)),
      y: text(point.subarray(1 + bytes)),
    },
    format: 'jwk',
  });
}
