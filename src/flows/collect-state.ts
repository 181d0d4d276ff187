import type { Difference } from '../domain/difference.ts';
import type { OfferedReason } from '../domain/reason.ts';
import type { WaitingTask } from './waiting-task.ts';
import type { AcceptedTerms, CardView } from './walk-up-state.ts';

/** Where somebody is who brings recovered keys onto their card (KR-05, KR-07). They have proved themselves by their PIN. */

/** A collection that was chosen, and what is gone back to from it. */
export interface Collecting {
  readonly reader: number;
  readonly card: CardView;
  readonly task: WaitingTask;
  /** As central has worked it out for `leavesOut`. */
  readonly difference: Difference;
  /** Serial numbers of wanted certificates that are left for another time. */
  readonly leavesOut: readonly string[];
  /** Null: there are none, or not yet (RP-19). */
  readonly acceptsTerms: AcceptedTerms | null;
  readonly tasks: readonly WaitingTask[];
  readonly reasons: readonly OfferedReason[];
}

/** A collection that a run before has begun: what it does was confirmed then. */
export interface Resuming {
  readonly reader: number;
  readonly card: CardView;
  readonly requestId: string;
  /** As it was begun; null where that is not known. */
  readonly difference: Difference | null;
}

export type CollectState =
  /** What is on the card and what will be, before → after (KR-05). `row`: of the list, the one in sight. */
  | ({ readonly kind: 'difference'; readonly row: number } & Collecting)
  /** There is too little room on the card: which keys are left for another time (KR-07). */
  | ({
      readonly kind: 'chooseLeft';
      readonly row: number;
      /** The choice that was made did not do. */
      readonly isStillTooFew: boolean;
      /** Enter was pressed, and nothing is marked. */
      readonly hasChosenNone: boolean;
    } & Collecting)
  /** Central works the difference out for that choice. */
  | ({ readonly kind: 'comparing'; readonly attempt: number } & Collecting)
  /** A removal is confirmed by itself (KR-05). */
  | ({ readonly kind: 'confirmRemoval'; readonly row: number } & Collecting)
  /** The card stays in and its PIN stays: to be confirmed before anything is written. */
  | ({ readonly kind: 'collectWarning'; readonly isResume: false } & Collecting)
  | ({ readonly kind: 'collectWarning'; readonly isResume: true } & Resuming);
