import type { SignedInOperator, SlotOnCard } from '../domain/desk-pages.ts';
import type { Difference } from '../domain/difference.ts';
import type { WitnessedAction } from '../domain/profile.ts';
import type { GivenHow } from '../domain/statement.ts';
import type { Command } from './command.ts';
import type {
  CardInHand,
  LoadedPage,
  MachineFinding,
  PageKey,
  Photo,
  Recoverable,
  SearchResult,
} from './desk-data.ts';
import type { DeskOutcome, DeskPinField } from './desk-state.ts';
import type { ReaderTrouble } from './walk-up-event.ts';

/** An operator's card in a reader, as the copy knows it. */
export interface OperatorCard {
  readonly cardId: string;
  readonly holderName: string;
  /** PIN tries left; null where the card does not say. */
  readonly triesLeft: number | null;
}

/**
 * What can happen at the desk. Every reader's events come here first; what the desk has not claimed goes on to the walk-up. Answers
 * carry the attempt they belong to: what nothing waits for any more is ignored.
 */
export type DeskEvent =
  | { readonly type: 'command'; readonly command: Command }
  | { readonly type: 'cardInserted'; readonly reader: number }
  /** `trouble`: the reader, or the service for all, has gone with it. */
  | { readonly type: 'cardRemoved'; readonly reader: number; readonly trouble: ReaderTrouble | null }
  /** How far the walk-up has come with the card in the other reader. */
  | { readonly type: 'cardInHand'; readonly card: CardInHand }
  | { readonly type: 'idleExpired' }
  | { readonly type: 'pinTyped'; readonly field: DeskPinField; readonly length: number }
  /** Answer to `lookAtCard`, for either. */
  | { readonly type: 'operatorCard'; readonly attempt: number; readonly card: OperatorCard }
  | {
      readonly type: 'signedIn';
      readonly attempt: number;
      readonly operator: SignedInOperator;
      readonly sessionIdleSeconds: number;
    }
  /** Answer to `signIn` and `sign`. */
  | { readonly type: 'wrongPin'; readonly attempt: number; readonly triesLeft: number }
  | { readonly type: 'searched'; readonly attempt: number; readonly result: SearchResult }
  | { readonly type: 'pageLoaded'; readonly attempt: number; readonly loaded: LoadedPage }
  /** Null: central has none. */
  | { readonly type: 'photoLoaded'; readonly attempt: number; readonly picture: Photo | null }
  | { readonly type: 'cardRead'; readonly attempt: number; readonly slots: readonly SlotOnCard[] }
  | { readonly type: 'recoverableLoaded'; readonly attempt: number; readonly recoverable: Recoverable }
  | { readonly type: 'compared'; readonly attempt: number; readonly difference: Difference }
  /** `plannedCardId`: of a new card that was vouched for, the card that is to be; else null. */
  | {
      readonly type: 'signed';
      readonly attempt: number;
      readonly statementId: string;
      readonly plannedCardId: string | null;
    }
  /** Answer to `examine`. */
  | { readonly type: 'examined'; readonly attempt: number; readonly findings: readonly MachineFinding[] }
  | { readonly type: 'acted'; readonly attempt: number; readonly outcome: DeskOutcome }
  /** The no to any attempt; `code` is the stable one of UX-08. An ID-05 of whoever is signed in ends the session. */
  | { readonly type: 'refused'; readonly attempt: number; readonly code: string }
  /** The walk-up has ended, or was taken back. `code`: what it was refused with; null: with nothing that must be said. */
  | { readonly type: 'handedBack'; readonly code: string | null }
  /** Central has ended the session, and somebody else was told. */
  | { readonly type: 'sessionEnded'; readonly code: string };

/** What a card of an operator signs; as in protocol/statement.ts. */
export type SignedAction =
  | { readonly kind: 'vouch'; readonly cardId: string }
  | { readonly kind: 'vouchRequest'; readonly requestId: string }
  | {
      readonly kind: 'witness';
      readonly action: WitnessedAction;
      readonly cardId: string;
      readonly reason: string | null;
    }
  | ({ readonly kind: 'giveCode'; readonly cardId: string } & GivenHow)
  | ({ readonly kind: 'giveNumber'; readonly requestId: string } & GivenHow);

/** A request to be made; as in protocol/operator.ts. */
export type RequestWish =
  | {
      readonly kind: 'existingCard';
      readonly cardId: string;
      readonly certificates: readonly string[];
      readonly without: readonly string[];
      readonly confirmedRemovals: readonly string[];
      readonly note: string | null;
    }
  | {
      readonly kind: 'softCertificate';
      readonly ownerId: string;
      readonly profileName: string;
      readonly certificates: readonly string[];
      readonly note: string | null;
    }
  | {
      readonly kind: 'newCard';
      readonly ownerId: string;
      readonly profileName: string;
      readonly certificates: readonly string[];
      readonly note: string | null;
      readonly inPlaceOf: { readonly cardId: string; readonly reason: string } | null;
    }
  | {
      readonly kind: 'cardUpdate';
      readonly cardId: string;
      readonly reason: string;
      readonly note: string | null;
    };

/** One route each; central decides again. */
export type DeskAct =
  | { readonly name: 'makeRequest'; readonly request: RequestWish }
  | { readonly name: 'approve'; readonly requestId: string }
  | { readonly name: 'reject'; readonly requestId: string; readonly note: string }
  | { readonly name: 'cancelRequest'; readonly requestId: string; readonly note: string | null }
  | {
      readonly name: 'giveCode';
      readonly cardId: string;
      readonly code: 'short' | 'long';
      /** By mail; nobody here sees it. */
      readonly isSent: boolean;
      /** What the operator has signed of exactly this; null where central wants none. */
      readonly statementId: string | null;
    }
  | {
      readonly name: 'giveNumber';
      readonly requestId: string;
      readonly code: 'short' | 'long';
      readonly isSent: boolean;
      readonly statementId: string | null;
    }
  | {
      readonly name: 'disable' | 'cancelCard';
      readonly cardId: string;
      readonly reason: string;
      readonly note: string | null;
      readonly witnessId: string | null;
    }
  | {
      readonly name: 'enable';
      readonly cardId: string;
      readonly note: string | null;
      readonly witnessId: string | null;
    }
  | { readonly name: 'abandon'; readonly operationId: string; readonly note: string }
  | { readonly name: 'leaveKiosk' };

/** How the cardholder shows who they are: they type it at their turn, or the operator's signature stands for it. */
export type HandedProof =
  | { readonly by: 'pin' | 'code' | 'number' }
  | { readonly by: 'operator'; readonly statementId: string };

/** What the walk-up goes on with, at the cardholder's turn (RP-10, KR-02). */
export type HandOverWish =
  | {
      readonly kind: 'reprovision';
      readonly cardId: string;
      /** A code of the reasons. */
      readonly reason: string;
      /** By language; the copy knows those of cardholders only. */
      readonly reasonTitles?: Readonly<Record<string, string>>;
      /** Of the card update that is carried out by it (RP-15). */
      readonly requestId: string | null;
      readonly proof: HandedProof;
      readonly witnessId: string | null;
    }
  | {
      readonly kind: 'pinReset';
      readonly cardId: string;
      readonly proof: HandedProof;
      readonly witnessId: string | null;
    }
  /** Onto the card in the reader; its owner types the PIN, whatever else there is. */
  | { readonly kind: 'collection'; readonly cardId: string; readonly requestId: string }
  /** Onto the blank card in the reader. */
  | {
      readonly kind: 'issue';
      readonly requestId: string;
      readonly proof: HandedProof;
      readonly witnessId: string | null;
    }
  /** A file on a stick; the owner types the password. */
  | { readonly kind: 'soft'; readonly requestId: string; readonly proof: HandedProof };

/** What the desk asks for; one runner performs it and sends what came of it back as events. */
export type DeskEffect =
  /** This reader is the desk's: the walk-up lets go of its card and hears nothing of it. */
  | { readonly run: 'claim'; readonly reader: number }
  /** It is the walk-up's again, with whatever is in it. */
  | { readonly run: 'unclaim'; readonly reader: number }
  /** Whose card this is, by the copy and the card; it is given back at once. */
  | {
      readonly run: 'lookAtCard';
      readonly attempt: number;
      readonly reader: number;
      readonly who: DeskPinField;
    }
  /** VERIFY with the `operator` buffer, sign central's challenge, begin a session; the card is given back. */
  | {
      readonly run: 'signIn';
      readonly attempt: number;
      readonly reader: number;
      readonly cardId: string;
    }
  /** End the session at central, wipe its token, forget what is under way for it. */
  | { readonly run: 'signOut' }
  | { readonly run: 'search'; readonly attempt: number; readonly query: string }
  | { readonly run: 'load'; readonly attempt: number; readonly page: PageKey }
  | { readonly run: 'photo'; readonly attempt: number; readonly personId: string }
  /** What stands on the card in hand; only reading. */
  | {
      readonly run: 'readCard';
      readonly attempt: number;
      readonly reader: number;
      readonly cardId: string;
    }
  | { readonly run: 'recoverable'; readonly attempt: number; readonly personId: string }
  /** What a request would do to the card, before it is made (KR-05). */
  | {
      readonly run: 'compare';
      readonly attempt: number;
      readonly cardId: string;
      readonly certificates: readonly string[];
      readonly without: readonly string[];
    }
  /** VERIFY with the buffer of `who` and sign the statement; the card is given back. */
  | {
      readonly run: 'sign';
      readonly attempt: number;
      readonly who: DeskPinField;
      readonly reader: number;
      /** Whose card signs. */
      readonly signerCardId: string;
      readonly action: SignedAction;
    }
  /** What is wrong with this machine, and what to do about it (OP-04). */
  | { readonly run: 'examine'; readonly attempt: number }
  /** Central has put it on record: the kiosk ends (SE-06). */
  | { readonly run: 'leaveKiosk' }
  | { readonly run: 'act'; readonly attempt: number; readonly act: DeskAct }
  /** The walk-up goes on with this; keys and screen are its own until `handedBack`. */
  | { readonly run: 'handOver'; readonly wish: HandOverWish }
  /** The walk-up lets go, where nothing is written; `handedBack` comes then. */
  | { readonly run: 'takeBack' }
  | { readonly run: 'wipePins'; readonly fields: readonly DeskPinField[] }
  /** Nobody waits for the answer to this attempt any more. */
  | { readonly run: 'cancel'; readonly attempt: number };
