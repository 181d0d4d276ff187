/**
 * Whether a card is spoken to over the air. Readers write every contactless card as 3B 8n 80 01 …; where a reader
 * does not, its own name says which of its interfaces it is.
 * @see PC/SC part 3, 3.1.3.2.3.1
 */
export function isContactlessCard(atr: Uint8Array, readerName: string): boolean {
  const isWrittenByReader =
    atr[0] === 0x3b && (atr[1]! & 0xf0) === 0x80 && atr[2] === 0x80 && atr[3] === 0x01;
  return isWrittenByReader || /contactless|\bPICC\b|\bNFC\b/i.test(readerName);
}
