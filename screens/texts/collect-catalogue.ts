import type { DifferenceChange } from '../../src/domain/difference.ts';

/** What is said to whom something waits for, and of recovered keys on their way onto a card (KR-01, KR-05, KR-07, RP-15). */
export interface CollectTexts {
  readonly tasks: {
    readonly title: string;
    readonly text: string;
    readonly rewrite: string;
    readonly rewriteText: string;
    readonly addKeys: (count: number) => string;
    readonly changeKeys: string;
    readonly otherCard: string;
    readonly newCard: string;
    readonly newCardWithKeys: string;
    readonly file: string;
    readonly update: (reason: string) => string;
    readonly unknown: string;
    /** Stands after what cannot be done now. */
    readonly notNow: string;
    readonly updateText: string;
    readonly keysText: string;
    readonly until: (date: string) => string;
    readonly note: (words: string) => string;
  };
  readonly comparing: { readonly title: string; readonly text: string };
  readonly difference: {
    readonly title: string;
    readonly certificate: string;
    readonly change: string;
    readonly before: string;
    readonly after: string;
    readonly changes: Readonly<Record<DifferenceChange, string>>;
    readonly inUse: string;
    readonly place: (number: number, of: number) => string;
    readonly nowhere: string;
    /** Never empty: each count is said only where there are some. */
    readonly sums: Readonly<Record<DifferenceChange, (count: number) => string>>;
    readonly others: string;
  };
  readonly chooseLeft: {
    readonly title: string;
    readonly text: (count: number) => string;
    readonly stillTooFew: string;
    readonly none: string;
  };
  readonly removal: {
    readonly title: (count: number) => string;
    readonly text: (count: number) => string;
    readonly confirm: string;
  };
  readonly collectWarning: {
    readonly title: string;
    readonly resumeTitle: string;
    readonly resume: string;
    readonly added: (count: number) => string;
    readonly removed: (count: number) => string;
    readonly pinStays: string;
    readonly others: string;
  };
  readonly collected: {
    readonly title: string;
    readonly removed: (count: number) => string;
    readonly pinStays: string;
    readonly next: string;
  };
}
