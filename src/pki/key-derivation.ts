import { createHmac } from 'node:crypto';

/**
 * KDF in counter mode with HMAC-SHA-256: K(i) = HMAC(key, [i] ‖ label ‖ 00 ‖ context ‖ [L]), i and L of 32 bits, L in bits.
 * @param length bytes wanted
 * @see NIST SP 800-108r1, 4.1
 */
export function deriveKey(
  key: Uint8Array,
  label: Uint8Array,
  context: Uint8Array,
  length: number,
): Uint8Array {
  const derived = new Uint8Array(length);
  for (let at = 0, i = 1; at < length; at += 32, i += 1) {
    const block = createHmac('sha256', key)
      .update(uint32(i))
      .update(label)
      .update(Uint8Array.of(0))
      .update(context)
      .update(uint32(length * 8))
      .digest();
    derived.set(block.subarray(0, length - at), at);
    block.fill(0);
  }
  return derived;
}

/**
 * The secret of one card, in one version, from the card master key.
 * @param label what it is for
 * @param cardId central's card id
 */
export function diversify(
  masterKey: Uint8Array,
  label: string,
  cardId: string,
  version: number,
  length: number,
): Uint8Array {
  const text = new TextEncoder();
  const context = Buffer.concat([text.encode(cardId), Uint8Array.of(0), uint32(version)]);
  return deriveKey(masterKey, text.encode(label), context, length);
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}
