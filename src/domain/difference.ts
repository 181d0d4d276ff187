/** What an update of one card with recovered keys does to its encryption certificates, before → after (KR-05). */
import type { CertificateState, Unknown } from './card.ts';
import type { Slot } from './slot.ts';

/** A certificate whose key is, or may be, on a card. */
export interface ListedCertificate {
  /** Hex, as in the certificate. */
  readonly serialNumber: string;
  readonly subject: string;
  /** ISO 8601 UTC. */
  readonly notBefore: string;
  readonly notAfter: string;
  readonly state: CertificateState | Unknown;
  /** Central has its key, and can give it back. */
  readonly isArchived: boolean;
}

/**
 * kept: it stays where it is. moved: it stays, in another slot. added: it is put there. removed: it is taken off. left: it is
 * wanted, and not put there this time: by the person's choice, or since central has not got its key.
 */
export const DIFFERENCE_CHANGES = ['kept', 'moved', 'added', 'removed', 'left'] as const;
export type DifferenceChange = (typeof DIFFERENCE_CHANGES)[number];

export interface DifferenceEntry {
  readonly change: DifferenceChange;
  /** Where it was; null: nowhere on this card. */
  readonly from: Slot | null;
  /** Where it will be; null: nowhere. Of an added one: there is no place for it (KR-07). */
  readonly to: Slot | null;
  readonly certificate: ListedCertificate;
}

/** What stands against an update as it is: each is a refusal of its collection too. */
export const COLLECTION_PROBLEMS = [
  /** The card takes no private keys. */
  'KR-11-cannot-import',
  /** 9D and 20 retired slots are all there is: the person chooses what is left for another time (KR-07). */
  'KR-07-too-few-slots',
  /** The last copy of a key that is not archived would be removed. */
  'KR-05-last-copy',
  /** A gap would be left among the retired slots, and the card can neither move a key nor take it anew. */
  'KR-07-gap',
] as const;
export type CollectionProblem = (typeof COLLECTION_PROBLEMS)[number];

export interface Difference {
  /** In the order of `DIFFERENCE_CHANGES`; each group in the order of its slots. */
  readonly entries: readonly DifferenceEntry[];
  readonly problem: CollectionProblem | Unknown | null;
}
