/** Card Capability Container. @see NIST SP 800-73-4 part 1, 3.1.1 and table 8 */
import type { Tlv } from '../tlv.ts';
import { buildFields, END_FIELD, type Field, parseFields, requiredField } from './fields.ts';

export interface CardCapabilityContainer {
  /** GSC-RID, manufacturer, card type and 14 bytes of the card: 21 bytes. */
  readonly cardIdentifier: Uint8Array;
  /** All fields as they were read; absent in a new one. */
  readonly fields?: readonly Tlv[];
}

const NAME = 'Card Capability Container';
const TAG_CARD_IDENTIFIER = 0xf0;
const IDENTIFIER_LENGTH = 21;
const GSC_RID = [0xa0, 0x00, 0x00, 0x01, 0x16] as const;
const MANUFACTURER_UNSPECIFIED = 0xff;
const CARD_TYPE_JAVA = 0x02;
const UNIQUE_LENGTH = 14;
const NOTHING = new Uint8Array();

/** What a PIV card says after its identifier: container and grammar 2.1, no PKCS #15, data model 10, the rest empty. */
const PIV_FIELDS: readonly Field[] = [
  [0xf1, Uint8Array.of(0x21)],
  [0xf2, Uint8Array.of(0x21)],
  [0xf3, NOTHING],
  [0xf4, Uint8Array.of(0x00)],
  [0xf5, Uint8Array.of(0x10)],
  [0xf6, NOTHING],
  [0xf7, NOTHING],
  [0xfa, NOTHING],
  [0xfb, NOTHING],
  [0xfc, NOTHING],
  [0xfd, NOTHING],
  END_FIELD,
];

/** @throws ObjectFormatError */
export function parseCcc(content: Uint8Array): CardCapabilityContainer {
  const fields = parseFields(NAME, content);
  const cardIdentifier = requiredField(
    NAME,
    'card identifier',
    fields,
    TAG_CARD_IDENTIFIER,
    IDENTIFIER_LENGTH,
  );
  return { cardIdentifier, fields };
}

export function buildCcc({ cardIdentifier, fields }: CardCapabilityContainer): Uint8Array {
  return buildFields([[TAG_CARD_IDENTIFIER, cardIdentifier], ...(fields ? [] : PIV_FIELDS)], fields);
}

/** A card identifier from up to 14 bytes that only this card has (its GUID will do). */
export function cardIdentifier(unique: Uint8Array): Uint8Array {
  const identifier = new Uint8Array(IDENTIFIER_LENGTH);
  identifier.set([...GSC_RID, MANUFACTURER_UNSPECIFIED, CARD_TYPE_JAVA]);
  identifier.set(unique.subarray(0, UNIQUE_LENGTH), IDENTIFIER_LENGTH - UNIQUE_LENGTH);
  return identifier;
}
