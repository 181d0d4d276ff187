import { hash } from 'node:crypto';

/** Keys from a password as PKCS #12 makes them. @see RFC 7292, appendix B */

/** What the derived bytes are for. @see RFC 7292, B.3 */
export const PFX_PURPOSE = { key: 1, iv: 2, mac: 3 } as const;

/** Block length of SHA-1 and SHA-256 in bytes, `v` of B.2. */
const BLOCK = 64;

export interface PfxDerivation {
  readonly hash: 'sha1' | 'sha256';
  readonly purpose: 1 | 2 | 3;
  /** From `bmpPassword`. */
  readonly password: Uint8Array;
  readonly salt: Uint8Array;
  readonly iterations: number;
  /** In bytes. */
  readonly length: number;
}

/** What was typed cannot be made into a password of a PFX: it is empty, or no UTF-8. */
export class UnusablePasswordError extends Error {
  override readonly name = 'UnusablePasswordError';
  readonly code = 'KR-08-pfx-password';
  readonly why: string;
  constructor(why: string) {
    super(`protect PFX: ${why}; type another password`);
    this.why = why;
  }
}

/**
 * Derives key, IV or MAC key; what comes about on the way is wiped. Takes about a microsecond an iteration.
 * @see RFC 7292, B.2
 */
export function derivePfxKey(input: PfxDerivation): Uint8Array {
  const diversifier = new Uint8Array(BLOCK).fill(input.purpose);
  const salt = filledBlocks(input.salt);
  const password = filledBlocks(input.password);
  const block = Buffer.concat([diversifier, salt, password]);
  password.fill(0);
  const derived = new Uint8Array(input.length);
  for (let at = 0; at < derived.length; ) {
    const piece = iterate(input.hash, block, input.iterations);
    derived.set(piece.subarray(0, derived.length - at), at);
    at += piece.length;
    addToBlocks(block.subarray(BLOCK), piece);
    piece.fill(0);
  }
  block.fill(0);
  return derived;
}

function iterate(name: 'sha1' | 'sha256', block: Uint8Array, iterations: number): Uint8Array {
  let value = hash(name, block, 'buffer');
  for (let done = 1; done < iterations; done += 1) {
    const next = hash(name, value, 'buffer');
    value.fill(0);
    value = next;
  }
  return value;
}

/** The bytes over and over, until whole blocks are full. */
function filledBlocks(bytes: Uint8Array): Uint8Array {
  const filled = new Uint8Array(Math.ceil(bytes.length / BLOCK) * BLOCK);
  for (let at = 0; at < filled.length; at += bytes.length)
    filled.set(bytes.subarray(0, filled.length - at), at);
  return filled;
}

/** Adds `piece`, over and over, and 1 to each block, as one big number each. */
function addToBlocks(blocks: Uint8Array, piece: Uint8Array): void {
  for (let start = 0; start < blocks.length; start += BLOCK) {
    let carry = 1;
    for (let i = BLOCK - 1; i >= 0; i -= 1) {
      const sum = blocks[start + i]! + piece[i % piece.length]! + carry;
      blocks[start + i] = sum & 0xff;
      carry = sum >> 8;
    }
  }
}

/**
 * A password as PKCS #12 hashes it: UTF-16, big endian, with two zero bytes at the end. By bytes, so that no string of it
 * comes about; the caller wipes it.
 * @param typed UTF-8
 * @throws UnusablePasswordError
 * @see RFC 7292, B.1
 */
export function bmpPassword(typed: Uint8Array): Uint8Array {
  if (typed.length === 0) throw new UnusablePasswordError('there is no password');
  const units = new Uint8Array(typed.length * 2 + 2);
  let length = 0;
  const put = (unit: number) => {
    units[length] = unit >> 8;
    units[length + 1] = unit & 0xff;
    length += 2;
  };
  for (let at = 0; at < typed.length; ) {
    const { codePoint, size } = readUtf8(typed, at);
    at += size;
    if (codePoint < 0x10000) put(codePoint);
    else {
      put(0xd800 + ((codePoint - 0x10000) >> 10));
      put(0xdc00 + ((codePoint - 0x10000) & 0x3ff));
    }
  }
  const password = units.slice(0, length + 2);
  units.fill(0);
  return password;
}

/** First code point of a sequence of 1, 2, 3 and 4 bytes: whatever is encoded longer than needed is refused. */
const SMALLEST = [0, 0, 0x80, 0x800, 0x10000];

function readUtf8(bytes: Uint8Array, at: number): { readonly codePoint: number; readonly size: number } {
  const first = bytes[at]!;
  const size = first < 0x80 ? 1 : first >> 5 === 6 ? 2 : first >> 4 === 14 ? 3 : first >> 3 === 30 ? 4 : 0;
  let codePoint = size === 1 ? first : first & (0x7f >> size);
  for (let i = 1; i < size; i += 1) {
    const byte = bytes[at + i] ?? 0;
    if (byte >> 6 !== 2) throw new UnusablePasswordError('it is no text');
    codePoint = (codePoint << 6) | (byte & 0x3f);
  }
  const isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
  if (size === 0 || codePoint < SMALLEST[size]! || codePoint > 0x10ffff || isSurrogate)
    throw new UnusablePasswordError('it is no text');
  if (codePoint === 0) throw new UnusablePasswordError('a zero character is in it');
  return { codePoint, size };
}
