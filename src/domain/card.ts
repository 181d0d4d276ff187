import type { ManagementKeyAlgorithm, Slot } from './slot.ts';

/** planned: central has its record, and it was never issued (KR-01). */
export const CARD_STATES = ['planned', 'issued', 'disabled', 'cancelled'] as const;
export type CardState = (typeof CARD_STATES)[number];

export const PERSON_STATES = ['active', 'disabled'] as const;
export type PersonState = (typeof PERSON_STATES)[number];

export const CERTIFICATE_STATES = ['held', 'active', 'revoked', 'superseded'] as const;
/** held: signed, unpublished (RP-18). superseded: left to expire, no longer on the card. */
export type CertificateState = (typeof CERTIFICATE_STATES)[number];

/** What a newer central has said in a word that this program does not know. */
export const UNKNOWN = 'unknown';
export type Unknown = typeof UNKNOWN;

/** A person as a kiosk may know them. */
export interface Person {
  readonly id: string;
  readonly displayName: string;
  readonly state: PersonState | Unknown;
  /** End of the approval for issuance; null when never approved. ISO 8601 UTC. */
  readonly approvedUntil: string | null;
}

/** A card as central's record and the kiosk's copy have it. */
export interface Card {
  readonly id: string;
  /** Chip serial, decimal; null where the chip has none. */
  readonly serial: string | null;
  /** CHUID GUID as a lower-case UUID; never changes. */
  readonly guid: string;
  readonly holderId: string;
  readonly state: CardState | Unknown;
  /** ISO 8601 UTC, to the second; never changes (RP-03). */
  readonly expiresAt: string;
  readonly profileName: string;
  /** An operation of it was begun and has not ended: it is to be finished (RP-17). */
  readonly hasOpenOperation: boolean;
  /** False: it came from another system and central does not hold its management key: it cannot be rewritten (RP-21). */
  readonly isManagementKeyKnown: boolean;
}

/** A secret of a card: version 0 is the factory's or an imported value, others are diversified from central's card id. */
export interface ManagementKeyVersion {
  readonly version: number;
  readonly algorithm: ManagementKeyAlgorithm;
}

/** What a kiosk sees when it looks at a card before anything else is asked. All of it is a hint, none of it a proof. */
export interface CardSighting {
  /** False when SELECT of the PIV application fails. */
  readonly hasPiv: boolean;
  readonly isContactless: boolean;
  readonly serial: string | null;
  readonly guid: string | null;
  /** No CHUID and no certificate: as it came from the factory. */
  readonly isBlank: boolean;
}

/** A certificate as the kiosk's copy has it. */
export interface CertificateSummary {
  readonly cardId: string;
  readonly slot: Slot;
  /** Hex, as in the certificate. */
  readonly serialNumber: string;
  readonly notAfter: string;
  readonly state: CertificateState;
}
