import type { PasswordVerdict } from '../../src/domain/password-policy.ts';
import type { SoftPhase } from '../../src/flows/soft-state.ts';

/** What is said to whom recovered keys are saved for as a file on a stick (KR-08, KR-09). */
export interface SoftTexts {
  readonly fileText: string;
  /** Of keys that go onto the person's own computer, in the list of what waits, and what it does. */
  readonly storeTask: string;
  readonly storeText: string;
  readonly softToken: {
    readonly title: string;
    readonly asking: string;
    readonly text: string;
    /** In the place of what the person knows: central's address, and a folder. */
    readonly address: string;
    readonly folder: string;
    readonly typeIt: string;
    readonly once: string;
  };
  readonly chooseMedium: {
    readonly title: string;
    readonly text: (count: number) => string;
    readonly looking: string;
    readonly none: string;
    readonly gone: string;
    readonly choose: string;
    readonly noName: string;
    readonly free: (amount: string) => string;
  };
  readonly softEncryption: {
    readonly title: string;
    readonly text: string;
    readonly usual: string;
    readonly old: string;
    readonly usualText: string;
    /** What is weaker about it, and how it is taken on purpose. */
    readonly oldWarning: string;
  };
  readonly softPassword: {
    readonly title: string;
    readonly text: string;
    readonly repeatTitle: string;
    readonly repeatText: string;
    readonly typed: (count: number) => string;
    readonly rules: Readonly<Record<PasswordVerdict['rule'], (count: number) => string>>;
    readonly policyError: string;
    readonly mismatch: string;
    readonly same: string;
    readonly notYetSame: string;
  };
  readonly savingSoft: {
    readonly title: string;
    readonly phases: Readonly<Record<SoftPhase, string>>;
    readonly leaveIn: string;
  };
  readonly softStopped: { readonly title: string; readonly again: string; readonly putCardIn: string };
  readonly softDone: {
    readonly title: string;
    readonly file: string;
    readonly stick: string;
    readonly keysOf: string;
    readonly password: string;
    readonly takeOut: string;
    readonly next: string;
    readonly more: (count: number) => string;
  };
}
