/** BER-TLV as PIV uses it: tags of one to three bytes, definite lengths. @see ISO/IEC 7816-4, 5.2.2 */

/** Bytes that are not the TLV they should be. */
export class TlvError extends Error {
  override readonly name = 'TlvError';
}

/** One element. `tag` is the number that its bytes spell (0x5FC102, 0x7C). */
export interface Tlv {
  readonly tag: number;
  readonly value: Uint8Array;
}

/** Encodes one element; a list of parts is concatenated, so that a request reads like the standard. */
export function tlv(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return concat(tagBytes(tag), lengthBytes(length), ...parts);
}

/**
 * Splits bytes into elements until their end.
 * @throws TlvError when a tag or length is malformed or an element is longer than what is there
 */
export function parseTlvs(bytes: Uint8Array): Tlv[] {
  const elements: Tlv[] = [];
  let at = 0;
  while (at < bytes.length) {
    const { element, end } = readTlv(bytes, at);
    elements.push(element);
    at = end;
  }
  return elements;
}

/**
 * Parses exactly one element with this tag.
 * @throws TlvError when it is another tag, truncated, or followed by more
 */
export function unwrap(tag: number, bytes: Uint8Array): Uint8Array {
  const { element, end } = readTlv(bytes, 0);
  if (element.tag !== tag)
    throw new TlvError(`read TLV: expected tag ${hexTag(tag)}, found ${hexTag(element.tag)}`);
  if (end !== bytes.length) throw new TlvError(`read TLV ${hexTag(tag)}: ${bytes.length - end} bytes follow`);
  return element.value;
}

/** The value of the first element with this tag, or undefined. */
export function find(elements: readonly Tlv[], tag: number): Uint8Array | undefined {
  return elements.find((element) => element.tag === tag)?.value;
}

/** Joins byte strings. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** The bytes of a tag number, most significant first. */
export function tagBytes(tag: number): Uint8Array {
  if (tag > 0xffff) return Uint8Array.of(tag >>> 16, (tag >>> 8) & 0xff, tag & 0xff);
  if (tag > 0xff) return Uint8Array.of(tag >>> 8, tag & 0xff);
  return Uint8Array.of(tag);
}

function lengthBytes(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  if (length <= 0xff) return Uint8Array.of(0x81, length);
  if (length <= 0xffff) return Uint8Array.of(0x82, length >>> 8, length & 0xff);
  return Uint8Array.of(0x83, length >>> 16, (length >>> 8) & 0xff, length & 0xff);
}

function readTlv(bytes: Uint8Array, start: number): { element: Tlv; end: number } {
  let at = start;
  const next = (what: string): number => {
    const byte = bytes[at];
    if (byte === undefined) throw new TlvError(`read TLV: ${what} is cut off at byte ${at}`);
    at += 1;
    return byte;
  };
  let tag = next('a tag');
  if ((tag & 0x1f) === 0x1f) {
    let more = true;
    for (let i = 0; more; i += 1) {
      if (i === 2) throw new TlvError(`read TLV: a tag at byte ${start} is longer than three bytes`);
      const byte = next('a tag');
      tag = tag * 256 + byte;
      more = (byte & 0x80) !== 0;
    }
  }
  let length = next('a length');
  if (length >= 0x80) {
    const count = length & 0x7f;
    if (count === 0 || count > 3)
      throw new TlvError(`read TLV: the length form ${hexTag(length)} is not used by PIV`);
    length = 0;
    for (let i = 0; i < count; i += 1) length = length * 256 + next('a length');
  }
  const end = at + length;
  if (end > bytes.length) {
    throw new TlvError(`read TLV ${hexTag(tag)}: ${length} bytes announced, ${bytes.length - at} are there`);
  }
  return { element: { tag, value: bytes.subarray(at, end) }, end };
}

function hexTag(tag: number): string {
  return tag.toString(16).toUpperCase().padStart(2, '0');
}
