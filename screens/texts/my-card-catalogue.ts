import type { ContentState, ObjectPresence } from '../../src/domain/card-contents.ts';

/** What is said of what is really on a card, to whoever has put it in (OP-01). */
export interface MyCardTexts {
  readonly myCard: {
    /** What the key does. */
    readonly key: string;
    readonly readingTitle: string;
    readonly reading: string;
    readonly title: string;
    /** In one line of 74 letters, as are the three that stand in its place where there is more to say. */
    readonly read: string;
    readonly notAsItShouldBe: string;
    readonly notFinished: string;
    readonly oldKeys: string;
    readonly certificateFor: string;
    readonly until: string;
    readonly state: string;
    readonly noCertificates: string;
    readonly states: Readonly<Record<ContentState, string>>;
    /** At most 15 letters, both. */
    readonly photo: string;
    readonly details: string;
    readonly presence: Readonly<Record<ObjectPresence, string>>;
    readonly pinBlocked: string;
    readonly pinNotTold: string;
    /** How to see what waits. */
    readonly waits: string;
  };
}
