/** What the operator's desk shows besides the pages of src/domain/desk-pages.ts. Nothing of it is a secret. */
import type { CardState, PersonState, Unknown } from '../domain/card.ts';
import type {
  AuditLine,
  CardPage,
  HistoryLine,
  NamedCard,
  NamedPerson,
  OperationLine,
  PersonPage,
  Refusal,
  RequestLine,
} from '../domain/desk-pages.ts';
import type { Difference, ListedCertificate } from '../domain/difference.ts';
import type { WitnessedAction } from '../domain/profile.ts';
import type { Slot } from '../domain/slot.ts';
import type { ReaderTrouble } from './walk-up-event.ts';

/** The card in the other reader, as far as the walk-up has come with it. */
export type CardInHand =
  | { readonly kind: 'none' }
  | { readonly kind: 'looking'; readonly reader: number }
  | {
      readonly kind: 'known';
      readonly reader: number;
      readonly cardId: string;
      readonly holderName: string;
      readonly serial: string | null;
    }
  /** `cardId`: of the record that an issue was begun for on it (RP-17). */
  | {
      readonly kind: 'blank';
      readonly reader: number;
      readonly cardId: string | null;
      readonly serial: string | null;
    }
  /** It cannot be reprovisioned. `cardId`: where it is known whose it is; its page can be opened then. */
  | {
      readonly kind: 'refused';
      readonly reader: number;
      readonly code: string;
      readonly cardId: string | null;
      readonly serial: string | null;
    }
  /** It is being worked on, or was and is waited for. */
  | { readonly kind: 'busy'; readonly reader: number };

/** A person or a card that was found in the copy. */
export type FoundLine =
  | {
      readonly kind: 'person';
      readonly personId: string;
      readonly displayName: string;
      readonly mail: string | null;
      readonly login: string | null;
      readonly state: PersonState | Unknown;
    }
  | {
      readonly kind: 'card';
      readonly cardId: string;
      /** Label, chip serial or id. */
      readonly name: string;
      readonly serial: string | null;
      readonly state: CardState | Unknown;
      readonly holder: NamedPerson;
    };

/** What the copy has for what was typed, best first. */
export interface SearchResult {
  /** What was searched for: the list may be older than the text above it. */
  readonly query: string;
  readonly lines: readonly FoundLine[];
  readonly hasMore: boolean;
}

/** As in protocol/operator.ts. toApprove: by whoever is signed in. waiting: not over. */
export const QUEUE_VIEWS = ['toApprove', 'waiting', 'done'] as const;
export type QueueView = (typeof QUEUE_VIEWS)[number];

/** A request with all that belongs to it. */
export interface RequestPage extends RequestLine {
  /** Of the reason, by language; absent: there is none, or central does not say. */
  readonly reasonTitles?: Readonly<Record<string, string>> | undefined;
  readonly profileName: string;
  readonly list: readonly (ListedCertificate & { readonly wasOnCard: boolean; readonly isWanted: boolean })[];
  readonly verdicts: readonly {
    readonly by: NamedPerson;
    readonly verdict: 'approved' | 'rejected' | Unknown;
    readonly note: string | null;
    readonly givenAt: string;
  }[];
  /** Of recovered keys onto an existing card, as things are; null: of no such request. */
  readonly difference: Difference | null;
  readonly may: {
    readonly approve: Refusal;
    readonly reject: Refusal;
    readonly cancel: Refusal;
    readonly collect: Refusal;
    /** Absent: an older central, and as `collect`. */
    readonly giveNumber?: Refusal | undefined;
    /** The number by mail, besides; absent: central does not say. */
    readonly send?: Refusal | undefined;
  };
  /** The number is given out with a signature of the operator's own card; absent: it is not. */
  readonly isCodeSigned?: boolean;
  readonly history: readonly HistoryLine[];
  /** What its profile wants a second operator for; absent: nothing, or central does not say. */
  readonly witness?: readonly (WitnessedAction | Unknown)[];
}

/** A certificate that a request can be made from. */
export interface RecoverableLine extends ListedCertificate {
  readonly issuedFor: NamedCard;
  /** Where it is now; empty: on no card. */
  readonly isOn: readonly (NamedCard & { readonly slot: Slot | Unknown })[];
}

/** What a request for somebody's keys starts from. */
export interface Recoverable {
  readonly certificates: readonly RecoverableLine[];
}

/** A face, as pixels: row by row, three bytes a pixel (red, green, blue). For one view, never stored. */
export interface Photo {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/** What a load is of. */
export type PageKey =
  | { readonly kind: 'person'; readonly personId: string }
  | { readonly kind: 'card'; readonly cardId: string }
  | { readonly kind: 'requests'; readonly view: QueueView }
  | { readonly kind: 'request'; readonly requestId: string }
  | { readonly kind: 'operations' }
  /** `before`: where older lines go on; null: from the newest on. */
  | { readonly kind: 'audit'; readonly before: number | null };

/** What a load has brought. */
export type LoadedPage =
  | { readonly kind: 'person'; readonly page: PersonPage }
  | { readonly kind: 'card'; readonly page: CardPage }
  | { readonly kind: 'requests'; readonly lines: readonly RequestLine[]; readonly total: number }
  | { readonly kind: 'request'; readonly page: RequestPage }
  | {
      readonly kind: 'operations';
      readonly lines: readonly OperationLine[];
      readonly total?: number | undefined;
    }
  /** `older`: where the lines that are older than these go on; absent or null: there are none. */
  | {
      readonly kind: 'audit';
      readonly lines: readonly AuditLine[];
      readonly before?: number | null;
      readonly older?: number | null;
    };

/** One thing that was looked at on this machine, as `recard doctor` has it: in English, since commands are in it. */
export interface MachineFinding {
  /** Stable: `card-service`. */
  readonly subject: string;
  /** `note`: worth knowing. `wrong`: something has to be done. */
  readonly verdict: 'good' | 'note' | 'wrong';
  readonly says: string;
  /** What to do; null where nothing is to be done. */
  readonly remedy: string | null;
}

/** How this kiosk is (OP-04). Figures and names only: nothing that a person has typed, and no address with a token. */
export interface KioskPage {
  readonly version: string;
  readonly kioskName: string;
  readonly isCentralReached: boolean;
  /** The code with which central refuses this kiosk; null while it does not. */
  readonly refusedAs: string | null;
  /** Null while there is no copy. */
  readonly dataAgeSeconds: number | null;
  /** Of the copy, in the log of its scope; null while there is none. */
  readonly dataRevision: number | null;
  readonly diskFreeMiB: number | null;
  /** How far the clock is ahead of central's; null while that is not known. */
  readonly clockOffsetMs: number | null;
  /** Events that are not sent yet. */
  readonly unsentEvents: number | null;
  /** The code with which central has last taken none; null while it takes them. */
  readonly unsentBecause: string | null;
  readonly isCardServiceUp: boolean;
  readonly readers: readonly {
    readonly reader: number;
    readonly name: string;
    readonly hasCard: boolean;
    readonly trouble: ReaderTrouble | null;
  }[];
}
