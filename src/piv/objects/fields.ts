/** The simple TLV fields that a PIV data object is a list of. @see NIST SP 800-73-4 part 1, appendix A */
import { concat, parseTlvs, type Tlv, TlvError, tlv } from '../tlv.ts';

const TAG_ERROR_DETECTION = 0xfe;

/** A data object is not what the standard says, or cannot be made so. */
export class ObjectFormatError extends Error {
  override readonly name = 'ObjectFormatError';
  /** Its standard name. */
  readonly object: string;
  constructor(object: string, why: string, options?: ErrorOptions) {
    super(`check ${object}: ${why}`, options);
    this.object = object;
  }
}

/** A field to be written; null leaves it out. */
export type Field = readonly [tag: number, value: Uint8Array | null];

/** Error detection code: the empty last field of most objects. */
export const END_FIELD: Field = [TAG_ERROR_DETECTION, new Uint8Array()];

/** @throws ObjectFormatError */
export function parseFields(object: string, content: Uint8Array): Tlv[] {
  try {
    return parseTlvs(content);
  } catch (cause) {
    if (!(cause instanceof TlvError)) throw cause;
    throw new ObjectFormatError(object, 'its structure is broken', { cause });
  }
}

/**
 * Joins fields.
 * @param parsed the fields of the object that these values were read from: their order is kept, and so are fields that
 *   are not among `known`. New ones come before the error detection code, which is not added where it was absent.
 */
export function buildFields(known: readonly Field[], parsed?: readonly Tlv[]): Uint8Array {
  const ordered = parsed === undefined ? known : reorder(known, parsed);
  return concat(...ordered.map(([tag, value]) => (value === null ? new Uint8Array() : tlv(tag, value))));
}

function reorder(known: readonly Field[], parsed: readonly Tlv[]): Field[] {
  const values = new Map(known.filter(([tag]) => tag !== TAG_ERROR_DETECTION));
  const kept = parsed.flatMap(({ tag, value }, index): Field[] => {
    const isFirst = parsed.findIndex((field) => field.tag === tag) === index;
    return isFirst && values.has(tag) ? [[tag, values.get(tag) ?? null]] : [[tag, value]];
  });
  const added = [...values].filter(([tag]) => !parsed.some((field) => field.tag === tag));
  const at = kept.findIndex(([tag]) => tag === TAG_ERROR_DETECTION);
  return at < 0 ? [...kept, ...added] : kept.toSpliced(at, 0, ...added);
}

/** The value of a field that must be there, and have this length where one is given. @throws ObjectFormatError */
export function requiredField(
  object: string,
  name: string,
  fields: readonly Tlv[],
  tag: number,
  length?: number,
): Uint8Array {
  const value = fields.find((field) => field.tag === tag)?.value;
  if (value === undefined) throw new ObjectFormatError(object, `it has no ${name}`);
  if (length !== undefined && value.length !== length) {
    throw new ObjectFormatError(object, `its ${name} has ${value.length} bytes instead of ${length}`);
  }
  return value;
}

/** Text in a field. @throws ObjectFormatError when it is not UTF-8 (of which ASCII is a part) */
export function decodeText(object: string, name: string, value: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(value);
  } catch (cause) {
    throw new ObjectFormatError(object, `its ${name} is not text`, { cause });
  }
}

/** Text as bytes. */
export function encodeText(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
