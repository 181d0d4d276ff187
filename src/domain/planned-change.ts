/** What an operation does to the keys of a card, before its first write: what its holder is shown (RP-13, KR-05). */
import type { Unknown } from './card.ts';
import type { ListedCertificate } from './difference.ts';
import type { Slot } from './slot.ts';

/**
 * new: there was none. replaced: another key takes its place, for which the old one is of no more use. renewed: the same key with a new
 * certificate. kept: key and certificate stay. restored: archived, and put there again. moved: the same, in another slot. removed: it is
 * taken off, and central can give it back, or nothing was encrypted for it. lost: it is taken off and exists nowhere else (RP-20).
 * left: for another time (KR-07).
 */
export const PLANNED_CHANGES = [
  'new',
  'replaced',
  'renewed',
  'kept',
  'restored',
  'moved',
  'removed',
  'lost',
  'left',
] as const;
export type PlannedChangeKind = (typeof PLANNED_CHANGES)[number];

export interface PlannedChange {
  readonly change: PlannedChangeKind | Unknown;
  /** Where the key was; null: nowhere on this card. Of one that is lost with the card before it: where it is on that. */
  readonly from: Slot | null;
  /** Where it will be; null: nowhere. */
  readonly to: Slot | null;
  /** That of the key as it is on record; of a new key null; of a replaced one that of the key before it. */
  readonly certificate: ListedCertificate | null;
  /** ISO 8601 UTC; end of the certificate that the key has afterwards, as far as that is known. */
  readonly notAfter: string | null;
}
