/**
 * Families of cards, for support codes: what is new is added at the end, and nothing is moved. Nothing is ever decided by it: what a card
 * can do is probed (src/domain/capabilities.ts).
 */
export const CARD_FAMILIES = [
  'other',
  'virtual',
  'yubikey-5',
  'yubikey-4',
  'yubikey-neo',
  'idprime',
  'jcop',
  'contactless',
  'none',
] as const;
export type CardFamily = (typeof CARD_FAMILIES)[number];

/** What their makers put into the historical bytes, in Latin-1. */
const MARKS: readonly (readonly [string, CardFamily])[] = [
  ['Recard', 'virtual'],
  ['YubiKey', 'yubikey-5'],
  ['Yubikey4', 'yubikey-4'],
  ['YubikeyNEO', 'yubikey-neo'],
  ['\x80\x31\x80\x65\xb0', 'idprime'],
  ['JCOP', 'jcop'],
];

/** Which family an answer to reset speaks of. @param atr null: no card was there @see ISO/IEC 7816-4, 12.1.1 */
export function cardFamilyOf(atr: Uint8Array | null): CardFamily {
  if (atr === null || atr.length === 0) return 'none';
  const text = [...atr].map((byte) => String.fromCharCode(byte)).join('');
  const marked = MARKS.find(([mark]) => text.includes(mark));
  if (marked) return marked[1];
  return text.startsWith('\x3b') && text.startsWith('\x80\x01', 2) ? 'contactless' : 'other';
}
