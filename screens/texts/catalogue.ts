import type { CertificateState } from '../../src/domain/card.ts';
import type { PinRule } from '../../src/domain/pin-policy.ts';
import type { AssistTexts } from './assist-catalogue.ts';
import type { CardLineTexts } from './card-line-catalogue.ts';
import type { CollectTexts } from './collect-catalogue.ts';
import type { DeskTexts } from './desk-catalogue.ts';
import type { EmptyTexts } from './empty-catalogue.ts';
import type { IssueTexts } from './issue-catalogue.ts';
import type { MyCardTexts } from './my-card-catalogue.ts';
import type { PlanTexts } from './plan-catalogue.ts';
import type { ScreenCode } from './screen-codes.ts';
import type { SeeingTexts } from './seeing-catalogue.ts';
import type { SoftTexts } from './soft-catalogue.ts';
import type { SupportTexts } from './support-catalogue.ts';

/** What a refusal says: what is wrong, why, and what the person can do next. */
export interface RefusalText {
  readonly title: string;
  readonly why: string;
  readonly next: string;
}

export type RefusalTexts = Readonly<Record<ScreenCode, RefusalText>>;

/** Of a card that is rewritten. */
export const STEPS = ['card', 'pin', 'reason', 'confirm', 'newPin', 'writing', 'done'] as const;
/** Of keys that are brought onto a card: its PIN stays. */
export const COLLECT_STEPS = ['card', 'pin', 'choice', 'confirm', 'writing', 'done'] as const;
/** Of an empty card that becomes somebody's. */
export const ISSUE_STEPS = ['card', 'number', 'confirm', 'newPin', 'writing', 'done'] as const;
/** Of a cancelled card that becomes empty. */
export const EMPTY_STEPS = ['card', 'confirm', 'writing', 'done'] as const;
/** Of a new PIN, and nothing else. */
export const PIN_STEPS = ['card', 'pin', 'confirm', 'newPin', 'writing', 'done'] as const;
/** Of keys that are saved as a file. */
export const SOFT_STEPS = ['card', 'pin', 'choice', 'stick', 'password', 'saving', 'done'] as const;
export type Step =
  | (typeof STEPS)[number]
  | (typeof ISSUE_STEPS)[number]
  | (typeof COLLECT_STEPS)[number]
  | (typeof EMPTY_STEPS)[number]
  | (typeof SOFT_STEPS)[number];

/** What a key (pair) of a card is good for, in the words of its holder. */
export type KeyUse = 'signIn' | 'sign' | 'encrypt' | 'doors' | 'oldEncrypt' | 'other';

/** What the encoder calls the parts of its work; the flow passes the names on. */
type WritingPhase =
  | 'inspect'
  | 'authenticate'
  | 'pin'
  | 'key'
  | 'import'
  | 'certificate'
  | 'object'
  | 'remove'
  | 'secret'
  | 'verify'
  | 'complete';

/** Everything that is said, in one language. A missing or an extra entry in a language is a type error (UX-05). */
export interface Texts
  extends AssistTexts,
    CardLineTexts,
    CollectTexts,
    DeskTexts,
    EmptyTexts,
    IssueTexts,
    MyCardTexts,
    PlanTexts,
    SeeingTexts,
    SoftTexts,
    SupportTexts {
  /** As the language calls itself. */
  readonly languageName: string;
  readonly steps: Readonly<Record<Step, string>>;
  readonly keys: {
    readonly goOn: string;
    readonly back: string;
    readonly changeCard: string;
    readonly tryAgain: string;
    readonly choose: string;
    readonly erase: string;
    readonly digits: string;
    readonly otherWay: string;
    /** The other way where it is the PIN that is missing. */
    readonly forgotPin: string;
    /** Where it is the number of a new card. */
    readonly noNumber: string;
    /** The letter that says yes in this language; the key map knows all of them. */
    readonly yesKey: string;
    readonly useLastTry: string;
    readonly leaveForLater: string;
    readonly startOver: string;
    readonly cancel: string;
    readonly leave: string;
    readonly understood: string;
    readonly acceptLoss: string;
    readonly acceptTerms: string;
    readonly declineTerms: string;
    readonly acceptRemoval: string;
    /** The older encryption of a file. */
    readonly takeOld: string;
    /** Of a cancelled card: so that it can be used again. */
    readonly emptyCard: string;
    readonly empty: string;
    readonly mark: string;
    /** Names of keys as they are printed on them. */
    readonly space: string;
    readonly enter: string;
    readonly control: string;
    readonly arrows: string;
    readonly scroll: string;
    readonly next: string;
    readonly takeCardOut: string;
    readonly putCardIn: string;
    readonly pleaseWait: string;
    readonly idle: (seconds: number) => string;
    /** The same where the line is nearly full. */
    readonly idleBrief: (seconds: number) => string;
  };
  readonly status: {
    /** The program has just been started. */
    readonly starting: string;
    readonly centralReached: string;
    readonly centralNotReached: string;
    readonly centralRefuses: string;
    readonly dataAge: (age: string) => string;
    readonly noData: string;
    readonly cardsReady: string;
    readonly cardsDown: string;
    readonly noReader: string;
    readonly noRoom: string;
  };
  /** In one line, such as a name and what it is the name of. */
  readonly labelled: (label: string, text: string) => string;
  readonly seconds: (count: number) => string;
  readonly minutes: (count: number) => string;
  readonly hours: (count: number) => string;
  readonly tooSmall: { readonly message: string; readonly leaveCardIn: string };
  readonly insertCard: {
    readonly title: string;
    readonly how: string;
    readonly what: string;
    readonly noReaderTitle: string;
    readonly passedOverTitle: string;
    readonly passedOver: string;
    readonly passedOverAgain: string;
    readonly centralNotReached: string;
    readonly centralRefuses: (code: string) => string;
    readonly cardServiceDown: string;
    readonly noReader: string;
  };
  readonly looking: { readonly title: string; readonly text: string; readonly goesOn: string };
  readonly refused: { readonly nothingChanged: string; readonly takeOut: string; readonly nextStep: string };
  readonly refusals: RefusalTexts;
  readonly unknownRefusal: RefusalText;
  readonly found: {
    readonly title: string;
    readonly text: string;
    readonly unfinishedTitle: string;
    readonly unfinished: string;
    readonly blockedTitle: string;
    readonly blocked: string;
    readonly holder: string;
    readonly profile: string;
    readonly validUntil: string;
    readonly serial: string;
    readonly certificateFor: string;
    readonly certificateState: string;
    readonly noCertificates: string;
    readonly more: (count: number) => string;
    readonly centralNotReached: string;
  };
  readonly uses: Readonly<Record<KeyUse, string>>;
  readonly certificateStates: Readonly<Record<CertificateState | 'expired' | 'unfinished', string>>;
  readonly enterPin: {
    readonly title: string;
    readonly text: string;
    readonly unfinished: string;
    readonly triesLeft: (count: number) => string;
    readonly wrong: string;
    readonly tooShort: string;
    readonly lastTry: string;
    readonly confirmLastTry: string;
  };
  readonly enterCode: {
    readonly title: string;
    readonly text: string;
    readonly blocked: string;
    readonly wrong: string;
    readonly length: string;
    readonly helpTitle: string;
    readonly help: string;
    readonly helpOperator: string;
    readonly helpNext: string;
  };
  readonly proving: { readonly title: string; readonly text: string };
  readonly provingCode: { readonly title: string; readonly text: string };
  readonly chooseReason: {
    readonly title: string;
    readonly text: string;
    readonly none: string;
    readonly moreAbove: (count: number) => string;
    readonly moreBelow: (count: number) => string;
  };
  readonly checking: { readonly title: string; readonly text: string };
  readonly warning: {
    readonly title: string;
    readonly resumeTitle: string;
    readonly resume: string;
    /** Of a card that is finished with the PIN that was just typed. */
    readonly keepsPin: string;
    /** Of one where nobody knows whether its PIN is new. */
    readonly choosesPin: string;
    readonly reason: (title: string) => string;
    readonly erased: string;
    readonly oldRevoked: string;
    readonly oldLeft: string;
    readonly sameKey: string;
    readonly newKey: string;
    readonly newKeyOldArchived: string;
    readonly newKeyIfRevoked: string;
    readonly keyLost: string;
    readonly expiry: (date: string) => string;
    readonly account: string;
    readonly leaveCardIn: string;
  };
  readonly keyLoss: {
    readonly title: string;
    readonly text: string;
    readonly consequence: string;
    readonly confirm: string;
  };
  readonly newPin: {
    readonly title: string;
    readonly text: string;
    readonly repeatTitle: string;
    readonly repeatText: string;
    readonly rules: Readonly<Record<Exclude<PinRule, 'length'>, string>> & {
      readonly length: (min: number, max: number) => string;
    };
    readonly policyError: string;
    readonly mismatch: string;
    readonly same: string;
    readonly notYetSame: string;
  };
  readonly writing: {
    readonly title: string;
    readonly leaveCardIn: string;
    readonly begin: string;
    readonly phases: Readonly<Record<WritingPhase, (use: string) => string>>;
    readonly otherPhase: string;
    readonly soFar: (done: number, total: number) => string;
    readonly remaining: (time: string) => string;
    readonly aFewSeconds: string;
    readonly waitingForCentral: string;
    readonly waited: (time: string) => string;
    readonly mayLeave: string;
    readonly leaving: string;
  };
  readonly written: {
    readonly title: string;
    readonly mayTake: string;
    readonly isOut: string;
    readonly until: string;
  };
  readonly done: {
    readonly title: string;
    readonly cardIsOut: string;
    readonly takeCard: string;
    readonly newPin: string;
    readonly newCertificates: string;
    readonly oldRevoked: (count: number) => string;
    readonly cardValid: (date: string) => string;
    readonly leftover: (slots: string) => string;
    /** What the card would not take, of the things that its holder knows. */
    readonly notTaken: (things: string) => string;
    readonly things: { readonly photo: string; readonly printed: string; readonly fingerprints: string };
  };
  readonly interrupted: {
    readonly title: string;
    readonly putInAgain: string;
    readonly takeOutAndIn: string;
    readonly notLost: string;
    readonly notValidTitle: string;
    readonly notValid: string;
  };
}
