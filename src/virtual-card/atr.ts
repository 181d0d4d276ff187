import { concat } from '../piv/tlv.ts';
import type { Personality } from './personality.ts';

/** Category 80: compact TLV data objects follow, no status at the end. @see ISO/IEC 7816-4, 12.1.1 */
const CATEGORY = 0x80;
const ISSUER_DATA = new TextEncoder().encode('Recard');

/** T=1, IFSC 254, BWI/CWI 1/5. @see ISO/IEC 7816-3, 8.2 */
const CONTACT_INTERFACE = [0x13, 0x00, 0x00, 0x81, 0x31, 0xfe, 0x15];
/** TD1 80, TD2 01: how every PC/SC reader writes a contactless card. @see PC/SC part 3, 3.1.3.2.3.1 */
const CONTACTLESS_INTERFACE = [0x80, 0x01];

/** The answer to reset. Command chaining and extended length are announced in the historical bytes. */
export function buildAtr(personality: Personality, isContactless: boolean): Uint8Array {
  const capabilities = [0x73, 0xc0, 0x21, personality.hasExtendedLength ? 0xc0 : 0x80];
  const historical = concat(Uint8Array.of(CATEGORY, ...capabilities, 0x50 | ISSUER_DATA.length), ISSUER_DATA);
  const format = (isContactless ? 0x80 : 0xf0) | historical.length;
  const interfaceBytes = isContactless ? CONTACTLESS_INTERFACE : CONTACT_INTERFACE;
  const body = concat(Uint8Array.of(format, ...interfaceBytes), historical);
  const check = body.reduce((sum, byte) => sum ^ byte, 0);
  return concat(Uint8Array.of(0x3b), body, Uint8Array.of(check));
}
