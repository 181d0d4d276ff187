import type { CardContents } from '../domain/card-contents.ts';
import type { Difference } from '../domain/difference.ts';
import type { EncryptionKeyFate } from '../domain/encryption-key.ts';
import type { PasswordVerdict } from '../domain/password-policy.ts';
import type { PinVerdict } from '../domain/pin-policy.ts';
import type { PlannedChange } from '../domain/planned-change.ts';
import type { OfferedReason } from '../domain/reason.ts';
import type { Command } from './command.ts';
import type { HandOverWish } from './desk-event.ts';
import type { IssueView } from './issue-state.ts';
import type { MediumView, PasswordField, SavedFile, SoftPhase } from './soft-state.ts';
import type { WaitingTask } from './waiting-task.ts';
import type { AcceptedTerms, CardView, Helper, ResultView, TermsView, WritingView } from './walk-up-state.ts';

/** Buffers for what is typed in secret, `code` for the one-time code, `number` for that of a new card; the flow knows their lengths only. */
export const PIN_FIELDS = ['current', 'new', 'repeat', 'code', 'number'] as const;
export type PinField = (typeof PIN_FIELDS)[number];

/** Which card something happened to, as far as that is known. */
export interface SightedCard {
  readonly cardId: string | null;
  /** Of its chip. */
  readonly serial: string | null;
}

/** An operation that is not finished, and how it is taken up again. */
export type OpenWork =
  | {
      readonly kind: 'reprovision';
      /** A code of the reasons. */
      readonly reason: string;
      /** It has set the PIN that was just typed: no other is asked for (RP-14). */
      readonly keepsPin: boolean;
      /** What it does to the keys of the card; none where central does not say. */
      readonly changes?: readonly PlannedChange[];
    }
  | {
      readonly kind: 'collection';
      readonly requestId: string;
      /** What it does, as it was begun; null where central does not say. */
      readonly difference: Difference | null;
    }
  /** `keepsPin`: it has set the PIN that was just typed. */
  | { readonly kind: 'pinReset'; readonly keepsPin: boolean };

/** What can happen to a walk-up. Answers carry the attempt they belong to, so that a late one is ignored. */
export type WalkUpEvent =
  | { readonly type: 'command'; readonly command: Command }
  | { readonly type: 'cardInserted'; readonly reader: number }
  | { readonly type: 'cardRemoved'; readonly reader: number }
  /** An operator has left their own card in: it is looked at only when somebody asks for it. */
  | { readonly type: 'cardLeft'; readonly reader: number }
  /** How a reader fares; `trouble` is the stable code of what is wrong with it, or null. */
  | { readonly type: 'readerHealth'; readonly reader: number; readonly trouble: ReaderTrouble | null }
  | { readonly type: 'idleExpired' }
  /** This reader has the operator's own card from now on: the walk-up lets go of it, and hears nothing of it. */
  | { readonly type: 'claimed'; readonly reader: number }
  /** The pages of an operator lie over it from now on. */
  | { readonly type: 'covered' }
  /** The screens speak this language from now on. */
  | { readonly type: 'spoken'; readonly language: string }
  /** Somebody has signed in, or out (null). */
  | { readonly type: 'assisted'; readonly operator: Helper | null }
  /** What an operator has handed over, at the cardholder's turn. */
  | { readonly type: 'asked'; readonly wish: HandOverWish }
  /** The operator takes it back, where nothing is being written. */
  | { readonly type: 'takenBack' }
  /** A PIN buffer has changed. `matches`: new and repeat are equal (for `repeat`). */
  | {
      readonly type: 'pinTyped';
      readonly field: PinField;
      readonly length: number;
      readonly verdicts: readonly PinVerdict[];
      readonly matches: boolean;
    }
  /** The password of a soft certificate has changed. */
  | {
      readonly type: 'passwordTyped';
      readonly field: PasswordField;
      readonly length: number;
      readonly verdicts: readonly PasswordVerdict[];
      readonly matches: boolean;
    }
  /** What goes into a file that an operator hands over, and whose keys they are. */
  | {
      readonly type: 'softOffered';
      readonly attempt: number;
      readonly task: WaitingTask;
      readonly ownerName: string;
    }
  /** What is plugged in: at first, and whenever something comes or goes. */
  | { readonly type: 'mediaSeen'; readonly attempt: number; readonly media: readonly MediumView[] }
  | { readonly type: 'softProgressed'; readonly attempt: number; readonly phase: SoftPhase }
  | { readonly type: 'softSaved'; readonly attempt: number; readonly file: SavedFile }
  /** In ASCII, to be shown once. */
  | {
      readonly type: 'tokenGiven';
      readonly attempt: number;
      readonly token: Uint8Array;
      readonly url: string | null;
    }
  /** Nothing was saved. */
  | { readonly type: 'softStopped'; readonly attempt: number; readonly code: string }
  | { readonly type: 'cardFound'; readonly attempt: number; readonly card: CardView }
  | {
      readonly type: 'cardRefused';
      readonly attempt: number;
      readonly code: string;
      readonly canRetry: boolean;
      /** What could be seen of it, where it was not in hand yet. */
      readonly card?: SightedCard;
      /** Of the card's last answer, where that was what went wrong. */
      readonly statusWord?: number;
      /** It is cancelled, and can be made blank. */
      readonly canEmpty?: boolean;
    }
  | {
      readonly type: 'proved';
      readonly attempt: number;
      readonly reasons: readonly OfferedReason[];
      /** What was begun with this card and is not finished. */
      readonly open: OpenWork | null;
      /** What waits for the person; not asked for where something is to be finished. */
      readonly tasks: readonly WaitingTask[];
      /** To be accepted before a new PIN is set (RP-19). */
      readonly terms?: TermsView | null;
    }
  /** What is on the card, as it says itself and the copy has it. */
  | { readonly type: 'contentsRead'; readonly attempt: number; readonly contents: CardContents }
  /** A card that is nobody's yet, or that an issue was cut off on: its number goes on. */
  | { readonly type: 'blankFound'; readonly attempt: number; readonly card: SightedCard }
  /** Central has taken the number, and says what comes onto the card. `problem`: what stands against it. */
  | {
      readonly type: 'numberProved';
      readonly attempt: number;
      readonly issue: IssueView;
      readonly problem: string | null;
    }
  /** What comes onto a new card when some keys are left for another time. */
  | {
      readonly type: 'issuePlanned';
      readonly attempt: number;
      readonly changes: readonly PlannedChange[];
      readonly problem: string | null;
    }
  | { readonly type: 'wrongPin'; readonly attempt: number; readonly triesLeft: number }
  /** `triesLeft`: of the one-time code, by itself or in a number. */
  | { readonly type: 'wrongCode'; readonly attempt: number; readonly triesLeft: number }
  /** The card cannot be looked at until its reader is free or back. */
  | { readonly type: 'waitsForReader'; readonly attempt: number; readonly trouble: ReaderTrouble }
  | {
      readonly type: 'checked';
      readonly attempt: number;
      readonly losesKey: boolean;
      /** By central's word; absent: it follows from the reason. */
      readonly encryptionKey?: EncryptionKeyFate;
      /** Key by key; none where central does not say. */
      readonly changes?: readonly PlannedChange[];
      readonly terms?: TermsView | null;
    }
  /** What an update does when some keys are left for another time. */
  | { readonly type: 'compared'; readonly attempt: number; readonly difference: Difference }
  | {
      readonly type: 'progressed';
      readonly attempt: number;
      readonly progress: WritingView;
      readonly hasBegunWriting: boolean;
    }
  | { readonly type: 'waitsForCentral'; readonly attempt: number; readonly waits: boolean }
  | { readonly type: 'completed'; readonly attempt: number; readonly result: ResultView }
  /** The operation ended without a result. `hasBegunWriting` decides between refused and interrupted. */
  | {
      readonly type: 'stopped';
      readonly attempt: number;
      readonly code: string;
      readonly hasBegunWriting: boolean;
      /** Of the card's last answer, where that was what went wrong. */
      readonly statusWord?: number;
    };

/** Room was made sure of, there was none, and all was put back: the card holds what it held before. */
export const CARD_TOO_SMALL = 'RP-17-card-too-small';

/** What can be wrong with a reader and heals by itself (UX-06). */
export const READER_TROUBLES = ['UX-06-reader-busy', 'UX-06-reader-gone', 'UX-06-service-gone'] as const;
export type ReaderTrouble = (typeof READER_TROUBLES)[number];

/** What the flow asks for; one runner performs it and sends what came of it back as events. */
export type WalkUpEffect =
  /** Look at the card and ask the copy (and central) whether it may be reprovisioned. */
  | { readonly run: 'look'; readonly reader: number; readonly attempt: number }
  /** Read what is on the card, which may be in nobody's hand, and hold it against the copy. */
  | {
      readonly run: 'readContents';
      readonly reader: number;
      readonly attempt: number;
      readonly cardId: string;
    }
  /** VERIFY with the `current` buffer, and let the card sign central's challenge (ID-01). */
  | { readonly run: 'prove'; readonly reader: number; readonly attempt: number; readonly cardId: string }
  /** Have central check the one-time code in the `code` buffer (ID-02). */
  | {
      readonly run: 'proveByCode';
      readonly reader: number;
      readonly attempt: number;
      readonly cardId: string;
    }
  /** An operator has vouched for whoever is there: their accepted statement is the proof (ID-02). */
  | {
      readonly run: 'proveByOperator';
      readonly attempt: number;
      readonly cardId: string;
      /** Of the statement. */
      readonly proofId: string;
    }
  /** The same of a new card, in the place of its number. */
  | {
      readonly run: 'proveVouched';
      readonly reader: number;
      readonly attempt: number;
      readonly proofId: string;
    }
  /** Set a new PIN, or take that up again, and nothing else; the PIN buffers are handed to the encoder. */
  | {
      readonly run: 'resetPin';
      readonly attempt: number;
      readonly cardId: string;
      /** The proven PIN stays: it was set in a run before this one. */
      readonly keepsPin: boolean;
      readonly acceptsTerms: AcceptedTerms | null;
      /** A second operator's statement. */
      readonly witnessId: string | null;
    }
  /** Have central check the number in the `number` buffer for the blank card, and say what comes onto it (KR-01, ID-02). */
  | { readonly run: 'proveByNumber'; readonly reader: number; readonly attempt: number }
  /** Ask central what comes onto a new card when these keys are left for another time (KR-07). */
  | {
      readonly run: 'planIssue';
      readonly attempt: number;
      readonly requestId: string;
      readonly leavesOut: readonly string[];
    }
  /** Make the blank card somebody's, or take that up again; the new PIN is handed to the encoder. */
  | {
      readonly run: 'issue';
      readonly attempt: number;
      readonly cardId: string;
      readonly requestId: string;
      readonly leavesOut: readonly string[];
      readonly acceptsTerms: AcceptedTerms | null;
      /** A second operator's statement. */
      readonly witnessId: string | null;
    }
  /** Ask central what this reason would do to this card. */
  | { readonly run: 'check'; readonly attempt: number; readonly cardId: string; readonly reason: string }
  /** Begin the operation and write the card; the PIN buffers are handed to the encoder. */
  | {
      readonly run: 'reprovision';
      readonly attempt: number;
      readonly cardId: string;
      readonly reason: string;
      readonly acceptsKeyLoss: boolean;
      /** The proven PIN stays; no new one was typed. */
      readonly keepsPin: boolean;
      /** The card update that is carried out by it (RP-15). */
      readonly requestId: string | null;
      readonly acceptsTerms: AcceptedTerms | null;
      /** A second operator's statement. */
      readonly witnessId: string | null;
    }
  /** Ask central what an update does when these keys are left for another time (KR-07). */
  | {
      readonly run: 'compare';
      readonly attempt: number;
      readonly cardId: string;
      readonly requestId: string;
      readonly leavesOut: readonly string[];
    }
  /** Bring recovered keys onto the card, or take that up again; the proven PIN is handed to the encoder, and stays. */
  | {
      readonly run: 'collect';
      readonly attempt: number;
      readonly cardId: string;
      readonly requestId: string;
      readonly leavesOut: readonly string[];
      /** Serial numbers of what the person has agreed to lose from the card, each by name (KR-05). */
      readonly confirmedRemovals: readonly string[];
      readonly acceptsTerms: AcceptedTerms | null;
    }
  /** Make a cancelled card blank, or take that up again. Nobody has proved who they are, and no PIN is wanted. */
  | { readonly run: 'empty'; readonly reader: number; readonly attempt: number; readonly cardId: string }
  /** Look what is plugged in, again and again, until something else is asked for (KR-08). */
  | { readonly run: 'watchMedia'; readonly attempt: number }
  /** Have central give the keys out, make the file under the password that was typed, and save it on the stick. */
  | {
      readonly run: 'saveSoft';
      readonly attempt: number;
      /** Null: no card is needed, since an operator has vouched for the owner. */
      readonly cardId: string | null;
      /** Of their statement; null: the card in hand proves the owner. */
      readonly proofId: string | null;
      readonly requestId: string;
      /** Name of the stick. */
      readonly medium: string;
      /** The older encryption (KR-09). */
      readonly isOld: boolean;
      readonly acceptsTerms: AcceptedTerms | null;
    }
  /** Have central give a token by which a request is collected on the person's own computer. */
  | {
      readonly run: 'giveToken';
      readonly attempt: number;
      readonly requestId: string;
      /** As in `saveSoft`. */
      readonly proofId: string | null;
      readonly acceptsTerms: AcceptedTerms | null;
    }
  /** Ask central what goes into a file that an operator hands over. */
  | { readonly run: 'offerSoft'; readonly attempt: number; readonly requestId: string }
  /** The password of a soft certificate, and a token that is shown. */
  | { readonly run: 'wipePasswords' }
  /** Stop waiting for the answer to this attempt, while nothing has been written. */
  | { readonly run: 'cancel'; readonly attempt: number }
  | { readonly run: 'wipePins'; readonly fields: readonly PinField[] }
  /** Give the card back: connection closed, proof forgotten. */
  | { readonly run: 'release' }
  | {
      readonly run: 'record';
      readonly event: string;
      readonly code: string | null;
      readonly card: SightedCard;
    };
