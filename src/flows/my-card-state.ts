import type { CardContents } from '../domain/card-contents.ts';
import type { SightedCard } from './walk-up-event.ts';
import type { WalkUpState } from './walk-up-state.ts';

/** A card that is on record, by what it says of itself. */
export interface RecordedCard {
  readonly cardId: string;
  /** Of its chip. */
  readonly serial: string | null;
}

/** Where somebody is who wants to see what is really on the card that they have put in (OP-01). Nobody has proved who they are. */
export interface MyCardState {
  readonly kind: 'onMyCard';
  readonly reader: number;
  readonly attempt: number;
  readonly card: RecordedCard;
  /** Null: it is being read. */
  readonly contents: CardContents | null;
  /** Of the certificates, the one in sight. */
  readonly row: number;
  /** Where they came from, and go back to. */
  readonly from: Extract<WalkUpState, { kind: 'found' | 'refused' }>;
}

/** Refusals of a card for what its record says, and not for whose it is or what it answers. */
const OF_RECORD: readonly string[] = [
  'RP-04-expired',
  'RP-06-disabled',
  'RP-06-holder-disabled',
  'RP-06-not-approved',
  'RP-21-foreign-card',
  'SY-03-central-not-reached',
];

/** The card of a refusal whose contents may be looked at; null: it is not known, or another one is meant. */
export function recordedCard(code: string, { cardId, serial }: SightedCard): RecordedCard | null {
  return cardId !== null && OF_RECORD.includes(code) ? { cardId, serial } : null;
}
