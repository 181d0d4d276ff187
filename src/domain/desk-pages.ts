/** What the operator's pages show of people, cards, requests and this kiosk (OP-01): by central's word at one moment. */
import type { CardState, CertificateState, PersonState, Unknown } from './card.ts';
import { CARD_REFUSALS } from './card-life.ts';
import type { ListedCertificate } from './difference.ts';
import { REFUSALS as ELIGIBILITY_REFUSALS } from './eligibility.ts';
import { ACT_REFUSALS } from './may-act.ts';
import type { OperatorRole } from './operator.ts';
import type { WitnessedAction } from './profile.ts';
import type { OldCertificates, OldEncryptionCertificate } from './reason.ts';
import type { OperationKind, RequestKind, RequestState } from './request.ts';
import type { Slot } from './slot.ts';

/** Why a code cannot be sent to its holder. */
export const SEND_REFUSALS = ['OP-02-no-mail', 'OP-02-no-address'] as const;

/** Why an operator may not: each is a stable code. */
export const DESK_REFUSALS = [
  ...ACT_REFUSALS,
  ...CARD_REFUSALS.filter((code) => code !== 'ID-05-not-an-operator' && code !== 'ID-05-operator-disabled'),
  ...ELIGIBILITY_REFUSALS,
  'RP-12-not-for-cardholders',
  /** It would be cancelled by that, which wants a witness. */
  'OP-02-cancel-first',
  /** Its profile is withdrawn. */
  'RP-02-no-profile',
  /** The operation has ended. */
  'RP-17-closed',
  /** Another operation of the card is not finished. */
  'RP-17-finish-first',
  ...SEND_REFUSALS,
] as const;
/** Null: they may. */
export type Refusal = (typeof DESK_REFUSALS)[number] | Unknown | null;

/** What was done to, for or by somebody: a line of the audit. Newest first. */
export interface HistoryLine {
  /** ISO 8601 UTC. */
  readonly at: string;
  /** As in the audit: `operation.completed`. */
  readonly type: string;
  /** As in the audit: `operator:helga`, `kiosk:hall`, `command`. */
  readonly actor: string;
  readonly kiosk: string | null;
  /** In somebody's words, or the code of what was refused. */
  readonly note: string | null;
}

export interface NamedPerson {
  readonly id: string;
  readonly displayName: string;
}

export interface NamedCard {
  readonly id: string;
  /** Label, chip serial or id. */
  readonly name: string;
}

/** A card in the list of a person. */
export interface PersonsCard extends NamedCard {
  readonly serial: string | null;
  readonly state: CardState | Unknown;
  readonly profileTitle: string;
  readonly expiresAt: string;
  readonly hasOpenOperation: boolean;
}

/** A request in the queue. */
export interface RequestLine {
  readonly id: string;
  readonly kind: RequestKind | Unknown;
  readonly state: RequestState | Unknown;
  readonly owner: NamedPerson;
  readonly card: NamedCard | null;
  /** A code of the reasons. */
  readonly reason: string | null;
  readonly note: string | null;
  readonly requestedBy: string;
  readonly requestedAt: string;
  readonly expiresAt: string;
  readonly approvals: number;
  readonly approvalsWanted: number;
  /** How many keys are wanted. */
  readonly certificates: number;
}

export interface PersonPage {
  readonly person: NamedPerson & {
    readonly login: string | null;
    readonly mail: string;
    /** Name of the group. */
    readonly group: string;
    readonly state: PersonState | Unknown;
    readonly approvedUntil: string | null;
    readonly hasPhoto: boolean;
  };
  readonly cards: readonly PersonsCard[];
  /** Each with the slot for which it was issued. */
  readonly certificates: readonly (ListedCertificate & {
    readonly card: NamedCard;
    readonly slot: Slot | Unknown;
  })[];
  readonly requests: readonly RequestLine[];
  readonly history: readonly HistoryLine[];
  /** How many there are, of which the newest are listed; absent: as many as listed, or central does not say. */
  readonly totals?:
    | { readonly certificates: number; readonly requests: number; readonly history: number }
    | undefined;
  /** Each kind of request that can be made for them. */
  readonly may: { readonly request: Refusal };
  /** Profiles that a new card or a soft certificate can be asked for by. */
  readonly profiles: readonly { readonly name: string; readonly title: string }[];
}

/** What central has on record of a slot. */
export interface SlotOnRecord {
  readonly slot: Slot | Unknown;
  readonly serialNumber: string;
  readonly subject: string;
  readonly notAfter: string;
  /** onHold: revoked until the card is enabled (`certificateHold`). */
  readonly state: CertificateState | 'onHold' | Unknown;
  readonly isArchived: boolean;
}

/** A reason that an operator may give, by language. */
export interface NamedReason {
  readonly code: string;
  readonly titles: Readonly<Record<string, string>>;
  /** What becomes of the card's certificates by it (RP-12, RP-13); absent: central does not say. */
  readonly oldCertificates?: OldCertificates | Unknown;
  readonly oldEncryptionCertificate?: OldEncryptionCertificate | Unknown;
}
export interface ReasonChoice {
  readonly reason: NamedReason;
  readonly refusal: Refusal;
}

export interface CardPage {
  readonly card: PersonsCard & {
    readonly guid: string;
    /** Why it is disabled or cancelled: a code of the reasons. */
    readonly reason: string | null;
    readonly profileName: string;
  };
  readonly holder: NamedPerson & { readonly state: PersonState | Unknown };
  readonly slots: readonly SlotOnRecord[];
  readonly history: readonly HistoryLine[];
  /** What is under way with it. */
  readonly operation: OperationLine | null;
  readonly requests: readonly RequestLine[];
  readonly may: {
    readonly reprovision: readonly ReasonChoice[];
    readonly cancel: readonly ReasonChoice[];
    readonly disable: readonly ReasonChoice[];
    /** Another card asked for in its place, whatever state it is in. */
    readonly replace: readonly ReasonChoice[];
    readonly enable: Refusal;
    readonly pinReset: Refusal;
    readonly giveCode: Refusal;
    /** A code by mail, besides; absent: central does not say. */
    readonly send?: Refusal | undefined;
    readonly request: Refusal;
  };
  /** A code is given out with a signature of the operator's own card. */
  readonly isCodeSigned: boolean;
  /** What its profile wants a second operator for (OP-02). */
  readonly witness: readonly (WitnessedAction | Unknown)[];
}

/** What stands on the card in the reader itself, slot by slot. Null serial number: a certificate that cannot be read. */
export interface SlotOnCard {
  readonly slot: Slot;
  readonly serialNumber: string | null;
  readonly subject: string | null;
  readonly notAfter: string | null;
}

/** refused: written, and central would not make it valid. stuck: no word from its kiosk for an hour (OP-05). */
export const OPERATION_LINE_STATES = ['open', 'stuck', 'refused', 'abandoned'] as const;
export type OperationLineState = (typeof OPERATION_LINE_STATES)[number];
export interface OperationLine {
  readonly id: string;
  readonly kind: OperationKind | Unknown;
  readonly state: OperationLineState | Unknown;
  readonly card: NamedCard;
  readonly holder: NamedPerson;
  readonly kiosk: string;
  /** A code of the reasons; empty where there is none. */
  readonly reason: string;
  /** By language; absent: there is none, or central does not say. */
  readonly reasonTitles?: Readonly<Record<string, string>> | undefined;
  readonly startedAt: string;
  readonly lastWordAt: string;
  readonly mayAbandon: Refusal;
}

/** A line of this kiosk's audit. */
export interface AuditLine extends HistoryLine {
  readonly holder: string | null;
  readonly card: string | null;
}

/** Who is signed in at a kiosk (ID-05). */
export interface SignedInOperator {
  readonly id: string;
  readonly displayName: string;
  readonly role: OperatorRole | Unknown;
  /** Name of the group that they act for. */
  readonly group: string;
}

/** A one-time code or number as it is given out, once. */
export interface GivenDigits {
  /** Null: it was sent by mail. */
  readonly digits: string | null;
  readonly sentTo: string | null;
  readonly expiresAt: string;
}

/** Somebody or a card found by a search in the kiosk's copy (OP-01). */
export interface SearchHit {
  /** card: it is the card that was found, and its holder with it. Then all that is said of a card is there. */
  readonly kind: 'person' | 'card';
  readonly personId: string;
  readonly displayName: string;
  readonly mail: string;
  readonly login: string | null;
  readonly personState: PersonState | Unknown;
  readonly cardId: string | null;
  /** Label, chip serial or id. */
  readonly cardName: string | null;
  readonly cardSerial: string | null;
  readonly cardState: CardState | Unknown | null;
  readonly profileTitle: string | null;
}
