/** Key references and data objects of the PIV application. @see NIST SP 800-73-4 part 1, tables 3 and 4 */
import { RETIRED_SLOTS, type RetiredSlot, type Slot } from '../domain/slot.ts';

/** Key reference of the card administration key. */
export const MANAGEMENT_KEY_REFERENCE = 0x9b;
/** Reference of the PIV Card Application PIN. */
export const PIN_REFERENCE = 0x80;
export const PUK_REFERENCE = 0x81;

/** Data objects by their standard name; certificates by `certificateTag`. */
export const OBJECT_TAGS = {
  CCC: 0x5fc107,
  CHUID: 0x5fc102,
  FINGERPRINTS: 0x5fc103,
  SECURITY_OBJECT: 0x5fc106,
  FACIAL_IMAGE: 0x5fc108,
  PRINTED_INFORMATION: 0x5fc109,
  DISCOVERY: 0x7e,
  KEY_HISTORY: 0x5fc10c,
  IRIS: 0x5fc121,
  SECURE_MESSAGING_SIGNER: 0x5fc122,
  PAIRING_CODE: 0x5fc123,
} as const;

const ACTIVE_CERTIFICATE_TAGS = { '9A': 0x5fc105, '9C': 0x5fc10a, '9D': 0x5fc10b, '9E': 0x5fc101 } as const;
const FIRST_RETIRED_CERTIFICATE_TAG = 0x5fc10d;

/** The byte that names a slot in P2. */
export function keyReference(slot: Slot): number {
  return Number.parseInt(slot, 16);
}

/** The tag of the object that holds a slot's certificate. */
export function certificateTag(slot: Slot): number {
  if (slot in ACTIVE_CERTIFICATE_TAGS) {
    return ACTIVE_CERTIFICATE_TAGS[slot as keyof typeof ACTIVE_CERTIFICATE_TAGS];
  }
  return FIRST_RETIRED_CERTIFICATE_TAG + RETIRED_SLOTS.indexOf(slot as RetiredSlot);
}

/** A tag as the protocol writes it: `5FC102`, `7E`. */
export function hexTag(tag: number): string {
  return tag.toString(16).toUpperCase().padStart(2, '0');
}

/** The number of a tag that `hexTag` or the protocol wrote. */
export function tagNumber(hex: string): number {
  if (!/^([0-9A-F]{2}){1,3}$/.test(hex)) throw new RangeError(`read tag: ${JSON.stringify(hex)} is not one`);
  return Number.parseInt(hex, 16);
}
