import type { CertificateSummary } from './card.ts';
import { isSameCertificate } from './compare-slots.ts';
import type { SlotOnCard } from './desk-pages.ts';
import type { Slot } from './slot.ts';

/**
 * How a certificate that stands on a card fares by the kiosk's copy. unfinished: an operation on the card is not finished, and nobody can
 * say yet. missing: it should be there, and its place is empty.
 */
export type ContentState =
  | 'works'
  | 'expired'
  | 'revoked'
  | 'replaced'
  | 'unfinished'
  | 'notKnown'
  | 'unreadable'
  | 'missing';

export interface CertificateOnCard {
  readonly slot: Slot;
  /** ISO 8601 UTC; null where it cannot be read. */
  readonly notAfter: string | null;
  readonly state: ContentState;
}

/** closed: the card says it only after its PIN. */
export type ObjectPresence = 'there' | 'absent' | 'closed';

/** What is on a card, for whoever has put it in: nothing that tells one person's card from another's. */
export interface CardContents {
  /** In the order of the slots. */
  readonly certificates: readonly CertificateOnCard[];
  readonly photo: ObjectPresence;
  readonly printed: ObjectPresence;
  /** Of the PIN; null where the card does not say. */
  readonly triesLeft: number | null;
}

/**
 * What stands in the slots of a card, held against what the copy has of its holder's certificates, by number and end: a key that was moved
 * is still the same, and another CA's certificate with a like number is not.
 * @param records of the card, and of its holder's other cards as far as they are on it
 * @param onCard in the order of the slots
 * @param now ISO 8601 UTC
 */
export function certificatesOnCard(
  records: readonly CertificateSummary[],
  onCard: readonly SlotOnCard[],
  card: { readonly id: string; readonly isUnfinished: boolean },
  now: string,
): readonly CertificateOnCard[] {
  const read = onCard.map((one): CertificateOnCard => {
    const { slot, serialNumber, notAfter } = one;
    if (serialNumber === null) return { slot, notAfter, state: 'unreadable' };
    const record = records.find((recorded) => isSameCertificate(recorded, one));
    return { slot, notAfter, state: stateOf(record, notAfter, card.isUnfinished, now) };
  });
  const isRead = (recorded: CertificateSummary) =>
    onCard.some((one) => one.slot === recorded.slot || isSameCertificate(one, recorded));
  const missing = card.isUnfinished
    ? []
    : records.filter((one) => one.cardId === card.id && one.state === 'active' && !isRead(one));
  return [
    ...read,
    ...missing.map(({ slot, notAfter }): CertificateOnCard => ({ slot, notAfter, state: 'missing' })),
  ];
}

function stateOf(
  record: CertificateSummary | undefined,
  notAfter: string | null,
  isUnfinished: boolean,
  now: string,
): ContentState {
  if (record?.state === 'revoked') return 'revoked';
  // What a run has put there is not in the copy yet; what is in it may have lost its key.
  if (isUnfinished) return 'unfinished';
  if (record === undefined) return 'notKnown';
  if ((notAfter ?? record.notAfter) <= now) return 'expired';
  if (record.state === 'superseded') return 'replaced';
  return record.state === 'held' ? 'unfinished' : 'works';
}
