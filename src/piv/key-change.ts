/** What makes, moves, imports and deletes slot keys. All of it needs the management key. */
import type { KeyAlgorithm, Slot } from '../domain/slot.ts';
import { KEY_FACTS } from './algorithm.ts';
import { unwrapAnswer } from './answer.ts';
import { INS_GENERATE_ASYMMETRIC_KEY_PAIR, INS_IMPORT_KEY, INS_MOVE_KEY, LE_MAX } from './apdu.ts';
import type { Exchange } from './exchange.ts';
import { toPublicKeyInfo } from './public-key.ts';
import { keyReference } from './reference.ts';
import { concat, tlv } from './tlv.ts';

const TAG_CONTROL_REFERENCE = 0xac;
const TAG_ALGORITHM = 0x80;
const TAG_PUBLIC_KEY = 0x7f49;
const TAG_SCALAR = 0x06;
const DELETE = 0xff;

/** A private key as a card imports it: unsigned big-endian numbers, leading zeros or not. */
export type PrivateKeyParts =
  | {
      readonly kind: 'RSA';
      readonly p: Uint8Array;
      readonly q: Uint8Array;
      /** d mod (p - 1). */
      readonly dp: Uint8Array;
      /** d mod (q - 1). */
      readonly dq: Uint8Array;
      /** q⁻¹ mod p. */
      readonly qInv: Uint8Array;
    }
  | { readonly kind: 'EC'; readonly scalar: Uint8Array };

/**
 * Generates a key pair; the key that was in the slot is gone, even when the answer is lost.
 * @returns SubjectPublicKeyInfo, DER
 * @see NIST SP 800-73-4 part 2, 3.3.2
 */
export async function generateKey(
  exchange: Exchange,
  slot: Slot,
  algorithm: KeyAlgorithm,
): Promise<Uint8Array> {
  const intent = `generate ${algorithm} in ${slot}`;
  const { id, kind } = KEY_FACTS[algorithm];
  const answer = await exchange.run(intent, {
    ins: INS_GENERATE_ASYMMETRIC_KEY_PAIR,
    p1: 0,
    p2: keyReference(slot),
    data: tlv(TAG_CONTROL_REFERENCE, tlv(TAG_ALGORITHM, Uint8Array.of(id))),
    le: kind === 'RSA' ? LE_MAX : 256,
  });
  return toPublicKeyInfo(intent, algorithm, unwrapAnswer(intent, TAG_PUBLIC_KEY, answer));
}

/** Vendor: puts a private key into a slot. @throws RangeError when the parts do not fit the algorithm */
export async function importKey(
  exchange: Exchange,
  slot: Slot,
  algorithm: KeyAlgorithm,
  parts: PrivateKeyParts,
): Promise<void> {
  const intent = `import ${algorithm} into ${slot}`;
  const facts = KEY_FACTS[algorithm];
  if (parts.kind !== facts.kind) throw new RangeError(`${intent}: the key is ${parts.kind}`);
  const elements = encodeParts(intent, parts, facts.size);
  const data = concat(...elements);
  try {
    const command = { ins: INS_IMPORT_KEY, p1: facts.id, p2: keyReference(slot), data, isSecret: true };
    await exchange.run(intent, command);
  } finally {
    data.fill(0);
    for (const element of elements) element.fill(0);
  }
}

/** Vendor: moves a key; `from` is empty afterwards, what was in `to` is gone. */
export async function moveKey(exchange: Exchange, from: Slot, to: Slot): Promise<void> {
  const command = { ins: INS_MOVE_KEY, p1: keyReference(to), p2: keyReference(from) };
  await exchange.run(`move key ${from} to ${to}`, command);
}

/** Vendor: deletes a key. */
export async function deleteKey(exchange: Exchange, slot: Slot): Promise<void> {
  await exchange.run(`delete key ${slot}`, { ins: INS_MOVE_KEY, p1: DELETE, p2: keyReference(slot) });
}

function encodeParts(intent: string, parts: PrivateKeyParts, size: number): Uint8Array[] {
  if (parts.kind === 'EC') return [element(intent, TAG_SCALAR, parts.scalar, size)];
  const numbers = [parts.p, parts.q, parts.dp, parts.dq, parts.qInv];
  return numbers.map((number, index) => element(intent, index + 1, number, size / 2));
}

function element(intent: string, tag: number, number: Uint8Array, length: number): Uint8Array {
  const first = number.findIndex((byte) => byte !== 0);
  const significant = first < 0 ? number.subarray(number.length) : number.subarray(first);
  if (significant.length === 0 || significant.length > length) {
    throw new RangeError(`${intent}: a part of the key has ${significant.length} bytes instead of ${length}`);
  }
  const padded = new Uint8Array(length);
  padded.set(significant, length - significant.length);
  const encoded = tlv(tag, padded);
  padded.fill(0);
  return encoded;
}
