import { CardRemovedError, CardResetError, ReaderUnavailableError } from '../piv/connection.ts';
import { CommandRefusedError, MalformedAnswerError } from '../piv/status-word.ts';
import { TlvError } from '../piv/tlv.ts';

const READER_CODES = {
  'held-by-another-program': 'UX-06-reader-busy',
  denied: 'UX-06-reader-busy',
  'service-gone': 'UX-06-service-gone',
  unplugged: 'UX-06-reader-gone',
  unresponsive: 'UX-06-card-unresponsive',
} as const satisfies Record<ReaderUnavailableError['why'], string>;

/** The code of the screen for what a card or its reader did; null when it is not about them. */
export function codeOfCardTrouble(error: unknown): string | null {
  if (error instanceof ReaderUnavailableError) return READER_CODES[error.why];
  if (error instanceof CardRemovedError) return 'RP-17-card-removed';
  if (error instanceof CardResetError) return 'RP-17-interrupted';
  if (isNonsense(error)) return 'SE-07-card-answer';
  return null;
}

/** What the card answered, where that is what went wrong; whatever it was wrapped in on its way. */
export function statusWordIn(error: unknown): { readonly statusWord?: number } {
  for (let one = error; one instanceof Error; one = one.cause)
    if (one instanceof CommandRefusedError) return { statusWord: one.sw };
  return {};
}

/** The card answered, but not with what the standard says: one answer is lost, the next may be good (SE-07). */
export function isNonsense(error: unknown): boolean {
  return (
    error instanceof CommandRefusedError || error instanceof MalformedAnswerError || error instanceof TlvError
  );
}
