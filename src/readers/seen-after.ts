import type { CardSeen } from './pcsc-messages.ts';

/**
 * What a report says, after the one before. A card that leaves while it is reset (somebody gives it back, or its process is
 * killed) may be taken for one that is in and does not answer: pcscd notes the removal, then that the reset failed, and stays
 * with that until the next card. Its counter tells: it moves by one with each removal and each insertion, and by nothing else.
 * @see pcsc-lite 1.9.9, eventhandler.c (counter), winscard.c (SCardDisconnect)
 */
export function seenAfter(before: CardSeen | null, reported: CardSeen): CardSeen {
  if (before === null || !reported.isPresent || reported.atr.length > 0) return reported;
  const hasChangedSides = (reported.counter - before.counter) % 2 !== 0;
  return before.isPresent === hasChangedSides ? { ...reported, isPresent: false } : reported;
}
