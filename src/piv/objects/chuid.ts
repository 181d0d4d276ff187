/** Card Holder Unique Identifier. @see NIST SP 800-73-4 part 1, 3.1.2 and table 9 */
import { concat, type Tlv } from '../tlv.ts';
import { isCardDate } from './card-date.ts';
import { FASC_N_LENGTH } from './fasc-n.ts';
import {
  buildFields,
  decodeText,
  END_FIELD,
  encodeText,
  ObjectFormatError,
  parseFields,
  requiredField,
} from './fields.ts';
import { fromUuid, toUuid } from './uuid.ts';

export interface Chuid {
  /** 25 bytes; `parseFascN` reads them. */
  readonly fascN: Uint8Array;
  /** Four characters; deprecated by the standard, kept where it is. */
  readonly organizationalIdentifier: string | null;
  /** Lower-case UUID. */
  readonly guid: string;
  /** Eight digits, a UTC date; the last day on which the card is good. */
  readonly expiry: string;
  readonly cardholderUuid: string | null;
  /** CMS of the content signer, DER; null to build what it signs. */
  readonly signature: Uint8Array | null;
  /** All fields as they were read, so that building again gives the same bytes; absent in a new one. */
  readonly fields?: readonly Tlv[];
}

const NAME = 'CHUID';
const TAG_FASC_N = 0x30;
const TAG_ORGANIZATIONAL_IDENTIFIER = 0x32;
const TAG_GUID = 0x34;
const TAG_EXPIRY = 0x35;
const TAG_CARDHOLDER_UUID = 0x36;
const TAG_SIGNATURE = 0x3e;

/** @param content without 53. @throws ObjectFormatError */
export function parseChuid(content: Uint8Array): Chuid {
  const fields = parseFields(NAME, content);
  const optional = (tag: number) => fields.find((field) => field.tag === tag)?.value;
  const expiry = decodeText(NAME, 'expiry', requiredField(NAME, 'expiry', fields, TAG_EXPIRY, 8));
  if (!isCardDate(expiry)) throw new ObjectFormatError(NAME, 'its expiry is not a day');
  const organizationalIdentifier = optional(TAG_ORGANIZATIONAL_IDENTIFIER);
  const hasCardholder = optional(TAG_CARDHOLDER_UUID) !== undefined;
  return {
    fascN: requiredField(NAME, 'FASC-N', fields, TAG_FASC_N, FASC_N_LENGTH),
    organizationalIdentifier: organizationalIdentifier
      ? decodeText(NAME, 'organizational identifier', organizationalIdentifier)
      : null,
    guid: toUuid(requiredField(NAME, 'GUID', fields, TAG_GUID, 16)),
    expiry,
    cardholderUuid: hasCardholder
      ? toUuid(requiredField(NAME, 'cardholder UUID', fields, TAG_CARDHOLDER_UUID, 16))
      : null,
    signature: optional(TAG_SIGNATURE) ?? null,
    fields,
  };
}

/** The content, without 53. With `signature: null` it is what the issuer signs. @throws ObjectFormatError, RangeError */
export function buildChuid(chuid: Chuid): Uint8Array {
  if (!isCardDate(chuid.expiry)) throw new ObjectFormatError(NAME, 'its expiry is not a day');
  if (chuid.fascN.length !== FASC_N_LENGTH) throw new ObjectFormatError(NAME, 'its FASC-N has not 25 bytes');
  return buildFields(
    [
      [TAG_FASC_N, chuid.fascN],
      [
        TAG_ORGANIZATIONAL_IDENTIFIER,
        chuid.organizationalIdentifier === null ? null : encodeText(chuid.organizationalIdentifier),
      ],
      [TAG_GUID, fromUuid(chuid.guid)],
      [TAG_EXPIRY, encodeText(chuid.expiry)],
      [TAG_CARDHOLDER_UUID, chuid.cardholderUuid === null ? null : fromUuid(chuid.cardholderUuid)],
      [TAG_SIGNATURE, chuid.signature],
      END_FIELD,
    ],
    chuid.fields,
  );
}

/**
 * The bytes that the issuer's signature covers: all fields but the signature itself (3E), so those before it and FE 00.
 * @param content without 53
 * @throws ObjectFormatError
 */
export function signedChuidContent(content: Uint8Array): Uint8Array {
  const fields = parseFields(NAME, content);
  const index = fields.findIndex((field) => field.tag === TAG_SIGNATURE);
  if (index < 0) return content;
  const endOf = ({ value }: Tlv): number => value.byteOffset - content.byteOffset + value.length;
  const start = index === 0 ? 0 : endOf(fields[index - 1]!);
  return concat(content.subarray(0, start), content.subarray(endOf(fields[index]!)));
}
