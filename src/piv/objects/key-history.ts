/** Key History Object: how many retired keys there are, not which. @see NIST SP 800-73-4 part 1, 3.3.3 and table 19 */
import type { Tlv } from '../tlv.ts';
import {
  buildFields,
  decodeText,
  END_FIELD,
  encodeText,
  ObjectFormatError,
  parseFields,
  requiredField,
} from './fields.ts';

export interface KeyHistory {
  /** Retired keys whose certificate is on the card, from 82 on without a gap. */
  readonly onCardCount: number;
  /** Retired keys whose certificate is only at `url`. */
  readonly offCardCount: number;
  /** Where the certificates are to be had; null when there is no such place. */
  readonly url: string | null;
  readonly fields?: readonly Tlv[];
}

const NAME = 'Key History';
const TAG_ON_CARD = 0xc1;
const TAG_OFF_CARD = 0xc2;
const TAG_URL = 0xf3;
const MAX_RETIRED_KEYS = 20;

/** @throws ObjectFormatError also when there are more than 20 keys */
export function parseKeyHistory(content: Uint8Array): KeyHistory {
  const fields = parseFields(NAME, content);
  const onCardCount = requiredField(NAME, 'count of keys on the card', fields, TAG_ON_CARD, 1)[0]!;
  const offCardCount = requiredField(NAME, 'count of keys elsewhere', fields, TAG_OFF_CARD, 1)[0]!;
  checkCounts(onCardCount, offCardCount);
  const url = fields.find((field) => field.tag === TAG_URL)?.value;
  const text = url ? decodeText(NAME, 'URL', url) : '';
  return { onCardCount, offCardCount, url: text === '' ? null : text, fields };
}

/** @throws ObjectFormatError when there are more than 20 keys */
export function buildKeyHistory(history: KeyHistory): Uint8Array {
  const { onCardCount, offCardCount, url, fields } = history;
  checkCounts(onCardCount, offCardCount);
  return buildFields(
    [
      [TAG_ON_CARD, Uint8Array.of(onCardCount)],
      [TAG_OFF_CARD, Uint8Array.of(offCardCount)],
      [TAG_URL, url === null ? emptyUrl(fields) : encodeText(url)],
      END_FIELD,
    ],
    fields,
  );
}

/** Without a URL the field is absent; where it was read as an empty one it stays so. */
function emptyUrl(fields: readonly Tlv[] | undefined): Uint8Array | null {
  return fields?.some(({ tag, value }) => tag === TAG_URL && value.length === 0) ? new Uint8Array() : null;
}

function checkCounts(onCardCount: number, offCardCount: number): void {
  if (onCardCount + offCardCount > MAX_RETIRED_KEYS) {
    throw new ObjectFormatError(NAME, 'it counts more than 20 retired keys');
  }
}
