import { CardRemovedError, CardResetError, ReaderUnavailableError } from '../piv/connection.ts';

const REMOVED = [0x8010000c, 0x80100069, 0x80100016];
const RESET = [0x80100068];
const REASONS: ReadonlyMap<number, ReaderUnavailableError['why']> = new Map([
  [0x8010000b, 'held-by-another-program'],
  [0x80100013, 'service-gone'],
  [0x8010001d, 'service-gone'],
  [0x8010001e, 'service-gone'],
  [0x8010006a, 'denied'],
  [0x80100009, 'unplugged'],
  [0x80100017, 'unplugged'],
  [0x8010002e, 'unplugged'],
]);

/** The code in a text of the binding, `… (0x80100069)`: all it gives. Null when there is none. */
export function pcscCode(text: string): number | null {
  const found = /\(0x([0-9a-f]{8})\)/i.exec(text);
  return found ? Number.parseInt(found[1]!, 16) : null;
}

/**
 * The error of the card's language for what PC/SC said; an unknown code counts as an unresponsive card.
 * @see PC/SC-lite, pcsclite.h
 */
export function pcscError(
  intent: string,
  text: string,
): CardRemovedError | CardResetError | ReaderUnavailableError {
  const code = pcscCode(text);
  const message = `${intent}: ${text}`;
  if (code !== null && REMOVED.includes(code)) return new CardRemovedError(message);
  if (code !== null && RESET.includes(code)) return new CardResetError(message);
  return new ReaderUnavailableError(REASONS.get(code ?? 0) ?? 'unresponsive', message);
}
