import { createECDH, type KeyObject } from 'node:crypto';
import { tlv } from '../piv/tlv.ts';

/** Orders of the two curves. @see NIST SP 800-186, 3.2.1 */
const CURVES = {
  'P-256': {
    name: 'prime256v1',
    order: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  },
  'P-384': {
    name: 'secp384r1',
    order:
      0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  },
} as const;

/**
 * ECDSA over a digest that the host has made, which node:crypto does not offer: it always hashes itself.
 * R comes from node's own key generation; only the arithmetic modulo the order is done here.
 * Not constant in time: good for a card in software, for nothing else.
 * @returns the signature as SEQUENCE of two INTEGERs
 * @see FIPS 186-5, 6.4.1
 */
export function signDigest(key: KeyObject, curve: keyof typeof CURVES, digest: Uint8Array): Uint8Array {
  const { name, order } = CURVES[curve];
  const secret = toBigInt(Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url'));
  const size = curve === 'P-256' ? 32 : 48;
  const hash = toBigInt(digest.subarray(0, size));
  for (;;) {
    const ephemeral = createECDH(name);
    const point = ephemeral.generateKeys();
    const r = toBigInt(point.subarray(1, 1 + size)) % order;
    const s = (inverse(toBigInt(ephemeral.getPrivateKey()), order) * ((hash + r * secret) % order)) % order;
    if (r !== 0n && s !== 0n) return tlv(0x30, integer(r), integer(s));
  }
}

/** Big-endian bytes as a number. */
export function toBigInt(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}

/** A number as big-endian bytes, as few as it takes. */
export function toBytes(value: bigint): Uint8Array {
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
}

/** The inverse of a value modulo a number that shares no factor with it. */
export function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [value % modulus, modulus, 1n, 0n];
  while (b !== 0n) {
    const q = a / b;
    [a, b] = [b, a - q * b];
    [x, y] = [y, x - q * y];
  }
  return ((x % modulus) + modulus) % modulus;
}

function integer(value: bigint): Uint8Array {
  const bytes = toBytes(value);
  return bytes[0]! >= 0x80 ? tlv(0x02, Uint8Array.of(0), bytes) : tlv(0x02, bytes);
}
