import type { Unknown } from '../../src/domain/card.ts';
import type { PlannedChangeKind } from '../../src/domain/planned-change.ts';

/** What is said of the keys of a card before its first write (RP-13). */
export interface PlanTexts {
  readonly plan: {
    readonly title: string;
    /** Of a card that is empty yet. */
    readonly issueTitle: (holder: string) => string;
    readonly text: string;
    /** Of what was begun before. */
    readonly resumeText: string;
    readonly keyFor: string;
    readonly change: string;
    readonly until: string;
    readonly changes: Readonly<Record<PlannedChangeKind | Unknown, string>>;
    readonly lost: (count: number) => string;
    /** Of a card that takes the place of another: what that one has and this one does not get. */
    readonly lostWithOld: (count: number) => string;
    /** Central keeps what leaves the card. */
    readonly removed: string;
    /** There is no room for all on the card. */
    readonly left: string;
    readonly nothingLost: string;
  };
}
