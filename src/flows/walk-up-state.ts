import type { CertificateSummary } from '../domain/card.ts';
import type { EncryptionKeyFate } from '../domain/encryption-key.ts';
import type { PinVerdict } from '../domain/pin-policy.ts';
import type { PlannedChange } from '../domain/planned-change.ts';
import type { OfferedReason } from '../domain/reason.ts';
import type { OperationKind } from '../domain/request.ts';
import type { CollectState } from './collect-state.ts';
import type { IssueState } from './issue-state.ts';
import type { MyCardState, RecordedCard } from './my-card-state.ts';
import type { ChosenSoft, SoftState } from './soft-state.ts';
import type { WaitingTask } from './waiting-task.ts';
import type { ReaderTrouble } from './walk-up-event.ts';

/** Where a walk-up cardholder is. PINs are known by their length only. */

/** What is shown of a card that may be reprovisioned. */
export interface CardView {
  readonly cardId: string;
  readonly serial: string | null;
  readonly holderName: string;
  readonly profileTitle: string;
  readonly expiresAt: string;
  readonly certificates: readonly CertificateSummary[];
  /** PIN tries left; null where the card does not say. */
  readonly triesLeft: number | null;
  /** A rewrite of this card was begun and not finished: its PIN may be the old or the new one (RP-17). */
  readonly hasOpenOperation: boolean;
}

/** A card whose life has ended, as central's record has it. */
export interface CancelledView {
  readonly cardId: string;
  readonly serial: string | null;
}

/** How somebody has shown who they are. */
export type ProvedBy = 'pin' | 'code' | 'operator';

/** Somebody of the helpdesk who is signed in at this kiosk, and helps. */
export interface Helper {
  readonly name: string;
}

/** What is to be accepted before anything is written (RP-19), in the language that is spoken. */
export interface TermsView {
  readonly id: string;
  readonly language: string;
  readonly text: string;
  /** The same in all languages that there are, by language; absent: in this one only. */
  readonly texts?: Readonly<Record<string, string>>;
}

/** What was accepted, and in which language. */
export type AcceptedTerms = Pick<TermsView, 'id' | 'language'>;

/** How far the writing is; mirrors the encoder's progress. */
export interface WritingView {
  readonly phase: string;
  readonly subject: string | null;
  readonly algorithm: string | null;
  readonly done: number;
  readonly total: number;
  readonly remainingMs: number;
}

/** What the last screen says (UX-07). */
export interface ResultView {
  readonly certificates: readonly {
    readonly slot: string;
    readonly subject: string;
    readonly serialNumber: string;
    readonly notAfter: string;
  }[];
  readonly revokedCount: number;
  readonly leftoverKeys: readonly string[];
  /** Tags of objects that the card would not take (`5FC108`). */
  readonly unwritableObjects: readonly string[];
  readonly cardExpiresAt: string;
}

/** A card that was taken out in the middle of its writing, and what was done to it. */
export interface Awaited {
  readonly cardId: string;
  readonly work: OperationKind;
}

/** While an unfinished card is waited for, every other one is refused (RP-17). */
interface Awaiting {
  readonly awaits: Awaited | null;
}

/** Everything after the card was found carries these. */
interface WithCard {
  readonly reader: number;
  readonly card: CardView;
}

/** What somebody may do who has proved themselves. */
interface Proven extends WithCard {
  readonly by: ProvedBy;
  readonly reasons: readonly OfferedReason[];
  /** What waits for them; mostly nothing. */
  readonly tasks: readonly WaitingTask[];
}

/** A run that changes the card, and what else waits for its holder. */
interface AtWork {
  readonly work: OperationKind;
  /** What can be done next with this card. */
  readonly stillWaiting: number;
  /** Keys that a collection takes off it; absent: none. */
  readonly removed?: number;
}

export type WalkUpState =
  | CollectState
  | SoftState
  | IssueState
  | MyCardState
  /** Nothing to work on. `passedOver` is the reader of a card that the person does not want. */
  | { readonly kind: 'insertCard'; readonly passedOver: number | null }
  | ({
      readonly kind: 'looking';
      readonly reader: number;
      readonly attempt: number;
      /** What keeps the kiosk from looking; it goes on by itself. */
      readonly trouble: ReaderTrouble | null;
    } & Awaiting)
  /** A screen that ends here, and stays when the card is out: it is to be read. `code` is the stable one of UX-08. */
  | ({
      readonly kind: 'refused';
      readonly reader: number;
      readonly code: string;
      readonly isCardIn: boolean;
      readonly canRetry: boolean;
      /** The card, where it is cancelled and can be made blank. */
      readonly cancelled?: CancelledView;
      /** What its record says is why; what is on it may be looked at. */
      readonly onRecord?: RecordedCard;
      /** What was wished is for one particular card: no other is looked at (RP-11). */
      readonly isForOneCard?: boolean;
    } & Awaiting)
  /** What is lost when a cancelled card is made blank: wants a yes on purpose. */
  | {
      readonly kind: 'emptyWarning';
      readonly reader: number;
      readonly card: CancelledView;
      /** It was begun, and goes on. */
      readonly isResume: boolean;
    }
  | ({ readonly kind: 'found' } & WithCard)
  | ({
      readonly kind: 'enterPin';
      readonly length: number;
      readonly error: null | 'wrong' | 'length';
      /** The last try is left, and Enter was pressed: now a yes is wanted on purpose. */
      readonly asksForLastTry: boolean;
    } & WithCard)
  /** A one-time code of the helpdesk, in place of the PIN (ID-02). */
  | ({
      readonly kind: 'enterCode';
      readonly length: number;
      readonly error: null | 'wrong' | 'length';
      /** Of the code, after a wrong one; null before. */
      readonly triesLeft: number | null;
      /** The person has no code either: says whom to ask. */
      readonly explainsHelp: boolean;
    } & WithCard)
  | ({ readonly kind: 'proving'; readonly attempt: number; readonly by: ProvedBy } & WithCard)
  /** What waits for the person, and last the rewriting of the card, which is always there. */
  | ({ readonly kind: 'chooseTask'; readonly selected: number } & Proven)
  | ({ readonly kind: 'chooseReason'; readonly selected: number } & Proven)
  /** Central looks at the wish before a warning is shown. */
  | ({
      readonly kind: 'checking';
      readonly attempt: number;
      readonly selected: number;
      /** Of the card update that is carried out by it (RP-15); null where the person has chosen the reason. */
      readonly requestId: string | null;
    } & Proven)
  | ({
      readonly kind: 'warning';
      readonly selected: number;
      readonly requestId: string | null;
      /** An encryption key that exists nowhere else will be lost (RP-20): needs a confirmation of its own. */
      readonly losesKey: boolean;
      /** What becomes of the encryption key by central's word; null: it follows from the reason. */
      readonly encryptionKey: EncryptionKeyFate | null;
      readonly hasAcceptedLoss: boolean;
      /** An unfinished operation is being finished: its reason stands. */
      readonly isResume: boolean;
      /** The unfinished operation has set the PIN already: it stays, and no new one is asked for (RP-14). */
      readonly keepsPin: boolean;
      /** What becomes of each key; none where central does not say. */
      readonly changes: readonly PlannedChange[];
      readonly acceptsTerms: AcceptedTerms | null;
    } & Proven)
  /** Read and accepted before anything else is said of what is done (RP-19). `row`: the first line in sight. */
  | {
      readonly kind: 'terms';
      /** Null: an operator has vouched for the owner of a file. */
      readonly reader: number | null;
      readonly card: CardView;
      readonly row: number;
      readonly terms: TermsView;
      readonly next: AfterTerms;
    }
  /** A new PIN, and nothing else (ID-02): to be confirmed before it is chosen. */
  | ({
      readonly kind: 'pinWarning';
      readonly by: ProvedBy;
      /** It was begun and not finished (RP-17). */
      readonly isResume: boolean;
      /** The PIN that was just typed is the new one: only the rest is done. */
      readonly keepsPin: boolean;
      readonly acceptsTerms: AcceptedTerms | null;
    } & WithCard)
  /** What is kept, replaced, moved, or lost, key by key, before the warning (RP-13). `row`: of the list, the one in sight. */
  | ({
      readonly kind: 'plan';
      readonly row: number;
      readonly warning: PlannedWarning;
    } & WithCard)
  | ({
      readonly kind: 'newPin';
      readonly field: 'new' | 'repeat';
      readonly length: number;
      readonly verdicts: readonly PinVerdict[];
      /** The repeated PIN equals the new one so far typed. */
      readonly matches: boolean;
      readonly error: null | 'policy' | 'mismatch';
      readonly warning: WarningState;
    } & WithCard)
  | ({
      readonly kind: 'writing';
      readonly attempt: number;
      readonly progress: WritingView | null;
      /** False until the first write: cancel is still there (RP-17). */
      readonly hasBegunWriting: boolean;
      readonly waitsForCentral: boolean;
      /** Esc was pressed: says that taking the card out is safe. */
      readonly explainsLeaving: boolean;
    } & WithCard &
      AtWork)
  /** Everything was read back; central's answer is missing, and the card is not needed for it (operation.md D). */
  | ({ readonly kind: 'written'; readonly attempt: number; readonly isCardIn: boolean } & WithCard & AtWork)
  | ({
      readonly kind: 'done';
      readonly reader: number;
      readonly result: ResultView;
      readonly isCardIn: boolean;
    } & AtWork)
  /** The card was taken out, or something broke, after the first write: putting it in again finishes it. */
  | {
      readonly kind: 'interrupted';
      readonly reader: number;
      readonly code: string;
      readonly isCardIn: boolean;
      readonly cardId: string;
      readonly work: OperationKind;
      /** Everything is on the card, but central has refused to make it valid (operation.md D). */
      readonly isWritten: boolean;
    };

/** What is to be confirmed before a new PIN is chosen. */
export type WarningState = PlannedWarning | Extract<WalkUpState, { kind: 'pinWarning' }>;
/** Of what central tells key by key. */
export type PlannedWarning = Extract<WalkUpState, { kind: 'warning' | 'issueWarning' }>;
/** What is gone on with when the terms are accepted: what is to be confirmed, or the keys that go into a file. */
export type AfterTerms =
  | WarningState
  | Extract<WalkUpState, { kind: 'difference' }>
  | ({ readonly kind: 'softCertificate' } & ChosenSoft);

export type WalkUpKind = WalkUpState['kind'];
