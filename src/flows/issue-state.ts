import type { PlannedChange } from '../domain/planned-change.ts';
import type { AcceptedTerms, CardView, TermsView } from './walk-up-state.ts';

/** Where somebody is who collects a new card with a number from the helpdesk (KR-01, ID-02). */

/** A card in hand that is nobody's yet. */
export interface BlankView {
  /** By central's record, where it has one: an issue was cut off on this card. */
  readonly cardId: string | null;
  /** Of its chip. */
  readonly serial: string | null;
  /** It was begun and not finished (RP-17). */
  readonly isUnfinished: boolean;
}

/** What comes onto a blank card, by central's word. */
export interface IssueView {
  readonly requestId: string;
  /** Of the card that is to be. */
  readonly card: CardView;
  /** It was begun before: what it does stands. */
  readonly isResume: boolean;
  readonly changes: readonly PlannedChange[];
  /** Serial numbers of recovered certificates that are left for another time (KR-07). */
  readonly leavesOut: readonly string[];
  /** How the card is called that this one takes the place of; null: it takes none, or central has no name for it. */
  readonly inPlaceOf: string | null;
  /** To be accepted before anything is written (RP-19); null: there are none. */
  readonly terms: TermsView | null;
}

interface WithBlank {
  readonly reader: number;
  readonly card: BlankView;
}

interface WithIssue extends IssueView {
  readonly reader: number;
}

export type IssueState =
  /** An empty card, or one that was begun: whoever has a number can go on. */
  | ({
      readonly kind: 'blank';
      /** The person has no number: says whom to ask. */
      readonly explainsHelp: boolean;
    } & WithBlank)
  | ({
      readonly kind: 'enterNumber';
      readonly length: number;
      readonly error: null | 'wrong' | 'length';
      /** Of the code in the number, after a wrong one; null before. */
      readonly triesLeft: number | null;
    } & WithBlank)
  /** Central checks the number, and says what comes onto the card. */
  | ({ readonly kind: 'provingNumber'; readonly attempt: number } & WithBlank)
  /** There is too little room on the card: which keys are left for another time (KR-07). */
  | ({
      readonly kind: 'issueChoice';
      readonly row: number;
      /** The choice that was made did not do. */
      readonly isStillTooFew: boolean;
      /** Enter was pressed, and nothing is marked. */
      readonly hasChosenNone: boolean;
    } & WithIssue)
  /** Central works out what comes onto it with that choice. */
  | ({ readonly kind: 'planningIssue'; readonly attempt: number } & WithIssue)
  /** The card stays in; to be confirmed before anything is written (RP-13). */
  | ({ readonly kind: 'issueWarning'; readonly acceptsTerms: AcceptedTerms | null } & WithIssue);
