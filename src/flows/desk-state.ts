/** Where an operator is at the kiosk (OP-01 to OP-05, ID-05). What is typed in secret is known by its length only. */
import type {
  AuditLine,
  CardPage,
  GivenDigits,
  OperationLine,
  PersonPage,
  RequestLine,
  SignedInOperator,
  SlotOnCard,
} from '../domain/desk-pages.ts';
import type { Difference, ListedCertificate } from '../domain/difference.ts';
import type {
  MachineFinding,
  Photo,
  QueueView,
  RecoverableLine,
  RequestPage,
  SearchResult,
} from './desk-data.ts';

/** Buffers for PINs of the desk: of whoever is signed in, and of a second operator who confirms. */
export const DESK_PIN_FIELDS = ['operator', 'witness'] as const;
export type DeskPinField = (typeof DESK_PIN_FIELDS)[number];

/** An answer is waited for (its attempt), or was a no; what was there before stays in sight until then. */
interface Asked {
  readonly attempt: number | null;
  /** A stable code; null: there was no no. */
  readonly refused: string | null;
}

export const PERSON_TABS = ['cards', 'certificates', 'requests', 'history'] as const;
export type PersonTab = (typeof PERSON_TABS)[number];

/** Tests of this kiosk that change nothing (OP-04). */
export type KioskTest =
  /** `keys`: the last that were pressed, oldest first. */
  | { readonly kind: 'keyboard'; readonly keys: readonly string[] }
  | { readonly kind: 'colours' }
  /** `seen`: what came and went, oldest first. */
  | {
      readonly kind: 'reader';
      readonly seen: readonly { readonly reader: number; readonly isIn: boolean }[];
    }
  /** What `recard doctor` finds, the worst first; null: it is still looking, or was refused. */
  | ({
      readonly kind: 'faults';
      readonly findings: readonly MachineFinding[] | null;
      readonly selected: number;
    } & Asked);

export type DeskPage =
  /** What there is, by number. `code`: why what was chosen cannot be; null: nothing is said. */
  | { readonly kind: 'home'; readonly selected: number; readonly said: string | null }
  /** Typing searches at once. */
  | ({
      readonly kind: 'search';
      readonly query: string;
      readonly result: SearchResult | null;
      readonly selected: number;
      /** Enter came before the list did, as from a scanner: the first line is opened when it is there. */
      readonly opensFirst: boolean;
    } & Asked)
  | ({
      readonly kind: 'person';
      readonly personId: string;
      readonly page: PersonPage | null;
      readonly tab: PersonTab;
      /** In the list of the tab. */
      readonly selected: number;
      /** Asked for by a key; null: not asked for, or put away. */
      readonly photo: ({ readonly picture: Photo | null } & Asked) | null;
      readonly said: string | null;
    } & Asked)
  | ({
      readonly kind: 'card';
      readonly cardId: string;
      readonly page: CardPage | null;
      /** What stands on the card itself, where it is in the reader; null: not read. */
      readonly onCard: ({ readonly slots: readonly SlotOnCard[] | null } & Asked) | null;
      /** In the list of slots. */
      readonly selected: number;
      readonly said: string | null;
    } & Asked)
  | ({
      readonly kind: 'requests';
      readonly view: QueueView;
      readonly lines: readonly RequestLine[] | null;
      readonly total: number;
      readonly selected: number;
      readonly said: string | null;
    } & Asked)
  | ({
      readonly kind: 'request';
      readonly requestId: string;
      readonly page: RequestPage | null;
      /** In the list of certificates. */
      readonly selected: number;
      readonly said: string | null;
    } & Asked)
  | ({
      readonly kind: 'operations';
      readonly lines: readonly OperationLine[] | null;
      /** How many there are; absent: as many as lines, or central does not say. */
      readonly total?: number | undefined;
      readonly selected: number;
      readonly said: string | null;
    } & Asked)
  | { readonly kind: 'kiosk'; readonly test: KioskTest | null; readonly said: string | null }
  | ({
      readonly kind: 'audit';
      readonly lines: readonly AuditLine[] | null;
      /** Where older ones go on; null or absent: there are none. */
      readonly older?: number | null;
      readonly selected: number;
      readonly said: string | null;
    } & Asked);
export type DeskPageKind = DeskPage['kind'];

/** What an operator can do (OP-02), and what shows more. */
export const DESK_ACTIONS = [
  // A card
  'reprovision',
  'requestUpdate',
  'requestExisting',
  'requestReplacement',
  'giveCode',
  'unblockPin',
  'disable',
  'enable',
  'cancelCard',
  'readCard',
  // A person
  'requestNewCard',
  'requestSoft',
  'showPhoto',
  // A request
  'approve',
  'reject',
  'cancelRequest',
  'collect',
  'giveNumber',
  // Operations, this kiosk, everywhere
  'abandon',
  'openHolder',
  'openCard',
  'testKeyboard',
  'testColours',
  'testReader',
  'findFaults',
  'leaveKiosk',
  'signOut',
] as const;
export type DeskActionName = (typeof DESK_ACTIONS)[number];

/** A line of what can be done here: by which key, and why not (OP-03). */
export interface DeskAction {
  /** Upper case. */
  readonly key: string;
  readonly name: DeskActionName;
  /** A stable code; null: it can be done. */
  readonly refusal: string | null;
}

/** What a dialog is about: for its title, and for what is sent. */
export interface DeskSubject {
  readonly personId: string | null;
  readonly personName: string | null;
  readonly cardId: string | null;
  readonly cardName: string | null;
  readonly requestId: string | null;
  readonly operationId: string | null;
}

/** A line to choose. `titles` by language, where central has them; else the screens know `value`. */
export interface DeskOption {
  readonly value: string;
  readonly titles: Readonly<Record<string, string>> | null;
  /** It cannot be chosen, and why: said when it is. */
  readonly refusal: string | null;
}

/**
 * reason: of the reasons. profile: of a new card or soft certificate. code: `short-shown`, `short-sent`, `long-shown`, `long-sent`.
 * proof: how the holder shows who they are: `pin`, `operator`, `code`; of a new card `number` or `operator`.
 */
export type DeskChoice = 'reason' | 'profile' | 'code' | 'proof';

/** What has been chosen so far. Null: not yet, or not in this dialog. */
export interface DeskChosen {
  readonly reason: DeskOption | null;
  readonly profile: DeskOption | null;
  readonly code: string | null;
  readonly proof: string | null;
  /** Serial numbers: of a request for keys, besides what the card has. */
  readonly certificates: readonly string[];
  /** Serial numbers of what is taken off the card; each was confirmed by its own yes (KR-05). */
  readonly without: readonly string[];
  readonly difference: Difference | null;
  readonly note: string | null;
  /** The operator's signature: that the holder is here, or of what is given to them (ID-02). */
  readonly statementId: string | null;
  /** The card that is to be, of a new card that was vouched for. */
  readonly plannedCardId: string | null;
  readonly witnessId: string | null;
}

/** One step of a dialog. Esc goes one back, and what was typed in it is gone. */
export type DeskStep =
  | {
      readonly kind: 'choose';
      readonly what: DeskChoice;
      readonly options: readonly DeskOption[];
      readonly selected: number;
      /** Why what was chosen cannot be. */
      readonly said: string | null;
    }
  /** Central is asked for what the next step shows. */
  | { readonly kind: 'asking'; readonly what: 'recoverable' | 'difference'; readonly attempt: number }
  /** Which keys. Marked are `wanted`, and what is `on` the card and not in `without`. */
  | {
      readonly kind: 'pick';
      readonly certificates: readonly RecoverableLine[];
      /** Of the request's own card: what is there stays unless it is unmarked. */
      readonly cardId: string | null;
      readonly wanted: readonly string[];
      readonly without: readonly string[];
      readonly row: number;
      readonly said: string | null;
    }
  | { readonly kind: 'difference'; readonly difference: Difference; readonly row: number }
  /** Each of these is taken off: Y says yes to all of them by name (KR-05). */
  | { readonly kind: 'removal'; readonly certificates: readonly ListedCertificate[]; readonly row: number }
  /** In one's own words. `isDemanded`: it cannot be left empty. */
  | {
      readonly kind: 'write';
      readonly text: string;
      readonly isDemanded: boolean;
      readonly error: null | 'empty';
    }
  /** What will be done, to whom: Enter (RP-13). */
  | { readonly kind: 'confirm' }
  /** A second operator puts their card into the other reader. `said`: why the last one would not do. */
  | { readonly kind: 'witnessCard'; readonly said: string | null }
  | { readonly kind: 'lookingAtWitness'; readonly reader: number; readonly attempt: number }
  /** PIN of the operator who is signed in, or of the witness: their card signs this very action. */
  | {
      readonly kind: 'sign';
      readonly who: DeskPinField;
      readonly reader: number;
      readonly cardId: string;
      readonly holderName: string;
      readonly triesLeft: number | null;
      readonly length: number;
      readonly error: null | 'wrong' | 'length';
      /** The last try is left, and Enter was pressed: now a yes is wanted on purpose. */
      readonly asksForLastTry: boolean;
    }
  | {
      readonly kind: 'signing';
      readonly who: DeskPinField;
      readonly reader: number;
      readonly cardId: string;
      readonly holderName: string;
      readonly attempt: number;
    }
  /** The witness has taken the reader of the cardholder: their card is to be put back. */
  | { readonly kind: 'cardBack'; readonly wants: WantedCard }
  | { readonly kind: 'working'; readonly attempt: number }
  /** What came of it. Enter or Esc closes. */
  | { readonly kind: 'said'; readonly outcome: DeskOutcome };

/** The card that a dialog needs in the other reader. blank: any that is nobody's. */
export type WantedCard =
  | { readonly kind: 'card'; readonly cardId: string }
  | { readonly kind: 'blank'; readonly cardId: null };

/** What came of an action. */
export type DeskOutcome =
  | { readonly kind: 'refused'; readonly code: string }
  /** Central was asked to do it, and has not said what came of it. */
  | { readonly kind: 'unanswered'; readonly code: string }
  /** At the cardholder's turn, whatever was written by then. */
  | { readonly kind: 'stopped'; readonly code: string }
  /** The card that it needs was taken out, or another one is in: nothing was done. */
  | { readonly kind: 'cardOut'; readonly code: string }
  | { readonly kind: 'requested'; readonly requestId: string; readonly isToBeApproved: boolean }
  /** left: the kiosk ends now. */
  | { readonly kind: 'approved' | 'rejected' | 'cancelled' | 'abandoned' | 'left' }
  /** Shown this once. */
  | { readonly kind: 'given'; readonly given: GivenDigits }
  /** What became of the card's certificates: serial numbers. */
  | {
      readonly kind: 'changed';
      readonly revoked: readonly string[];
      readonly held: readonly string[];
      readonly released: readonly string[];
    };

/** One action on its way. */
export interface DeskDialog {
  readonly action: DeskActionName;
  readonly subject: DeskSubject;
  readonly chosen: DeskChosen;
  readonly step: DeskStep;
  /** The steps before, oldest first: Esc comes back to the last. */
  readonly past: readonly DeskStep[];
}

/** Somebody who has signed in. */
interface AtDesk {
  readonly operator: SignedInOperator;
  /** The card they have signed in with. */
  readonly cardId: string;
  /** By central's word: the session ends when nothing was asked for so long. */
  readonly sessionIdleSeconds: number;
  /** Of that card's PIN after a wrong one; absent: as many as after a right one. */
  readonly triesLeft?: number;
  /** The first is home, the last is seen; never more than three steps from home. */
  readonly pages: readonly DeskPage[];
}

export type DeskState =
  /** No operator: the walk-up has the screen. */
  | { readonly kind: 'away' }
  /** Put your own card into a free reader. */
  | { readonly kind: 'askCard' }
  | { readonly kind: 'lookingAtOperator'; readonly reader: number; readonly attempt: number }
  | {
      readonly kind: 'enterOperatorPin';
      readonly reader: number;
      readonly cardId: string;
      readonly holderName: string;
      readonly triesLeft: number | null;
      readonly length: number;
      readonly error: null | 'wrong' | 'length';
      readonly asksForLastTry: boolean;
    }
  | {
      readonly kind: 'signingIn';
      readonly reader: number;
      readonly cardId: string;
      readonly holderName: string;
      readonly attempt: number;
    }
  /** This card's holder cannot sign in. `code`: why. */
  | { readonly kind: 'signInRefused'; readonly reader: number; readonly code: string }
  /** Signed out by something that must be said: a right that was taken away, a reader that is gone. */
  | { readonly kind: 'signedOut'; readonly code: string }
  | ({ readonly kind: 'open'; readonly dialog: DeskDialog | null } & AtDesk)
  /** The walk-up has the screen and the keys, with a line that says who helps. */
  | ({
      readonly kind: 'handedOver';
      readonly action: DeskActionName;
      readonly subject: DeskSubject;
    } & AtDesk);
export type DeskStateKind = DeskState['kind'];
