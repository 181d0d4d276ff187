import { OPERATOR_ROLES, type OperatorRole } from './operator.ts';
import type { PinPolicy } from './pin-policy.ts';
import type { ActiveSlot, KeyAlgorithm, ManagementKeyAlgorithm, Slot } from './slot.ts';
import type { SoftRules } from './soft-certificate.ts';

/** What happens to an encryption key that is not archived where the card can neither keep nor move it (RP-20). */
export type UnarchivedKeyLoss = 'refuse' | 'allow';

/** Which proof lets somebody set a PIN that they do not know the old one of (ID-02). */
export type PinResetProof = 'operator' | 'code';
export const PIN_RESET_PROOFS: readonly PinResetProof[] = ['operator', 'code'];
/** Of profiles that do not say: attended, since nobody looks whose face it is at a kiosk alone (FIPS 201-3, 2.9.3). */
export const DEFAULT_PIN_RESET_PROOFS: readonly PinResetProof[] = ['operator'];

/** What an operator may be made to do before the eyes of a second one, who signs it with their own card. */
export const WITNESSED_ACTIONS = ['reprovision', 'pinReset', 'cancel', 'disable', 'enable', 'issue'] as const;
export type WitnessedAction = (typeof WITNESSED_ACTIONS)[number];

/** Who may do something with requests under a profile: roles of operators, and whoever the keys or the card belong to. */
export type RequestRole = OperatorRole | 'cardholder';
export const REQUEST_ROLES: readonly RequestRole[] = ['cardholder', ...OPERATOR_ROLES];

export interface RequestRights {
  readonly request: readonly RequestRole[];
  readonly approve: readonly OperatorRole[];
  readonly collect: readonly RequestRole[];
}

/** One slot of a profile. */
export interface ProfileSlot {
  readonly slot: ActiveSlot;
  readonly algorithm: KeyAlgorithm;
  /** Days from issue; the card's own expiry and the CA's cut it short (RP-04). */
  readonly lifetimeDays: number;
  /** Its key is made at central and archived, so that it can be recovered; of 9D only (KR-11). Absent: no. */
  readonly isArchived?: boolean;
}

/** One revision of a credential profile: what a card of this kind holds. */
export interface Profile {
  readonly name: string;
  /** 1, 2, 3 …; every save is a new one. */
  readonly revision: number;
  readonly title: string;
  readonly slots: readonly ProfileSlot[];
  /** Data objects that are written besides CHUID, CCC, Key History and Security Object, which always are. */
  readonly objects: {
    readonly printedInformation: boolean;
    readonly facialImage: boolean;
    readonly fingerprints: boolean;
    readonly discovery: boolean;
  };
  readonly pinPolicy: PinPolicy;
  /** Of a new card: days from its issue to its end. Absent: `DEFAULT_CARD_LIFETIME_DAYS`. */
  readonly cardLifetimeDays?: number;
  readonly managementKeyAlgorithm: ManagementKeyAlgorithm;
  /** Holders must be approved for issuance, and the approval must not have lapsed (RP-06). */
  readonly requiresApprovedHolder: boolean;
  /** Somebody else approves an issuance. Does not hold back a reprovision (RP-08). */
  readonly validateIssuance: boolean;
  /** So many other operators approve, where it is validated; absent: one. */
  readonly approvals?: number;
  /** For recovered keys alone: it is always validated, and has no key that can sign in or sign (KR-04). Absent: no. */
  readonly isKeyRecoveryOnly?: boolean;
  /** Absent: as `DEFAULT_REQUEST_RIGHTS`. */
  readonly requestRights?: RequestRights;
  /** Absent: as `DEFAULT_SOFT_RULES`. */
  readonly softRules?: SoftRules;
  readonly unarchivedKeyLoss: UnarchivedKeyLoss;
  /** Which proofs do for a PIN that is set by the PUK; a code does in the presence of an operator in any case. Absent: `DEFAULT_PIN_RESET_PROOFS`. */
  readonly pinResetProofs?: readonly PinResetProof[];
  /** What no operator does under this profile without a second one. Absent: nothing. */
  readonly witness?: readonly WitnessedAction[];
  /** To be accepted before anything is written (RP-19): text by language. Absent: none. */
  readonly terms?: Readonly<Record<string, string>>;
  /** An operation that was begun so long ago, and that no kiosk carries on, is abandoned (RP-18). */
  readonly abandonAfterHours: number;
}

/** Days from issue to the end of a card, where its profile does not say (RP-04): three years. */
export const DEFAULT_CARD_LIFETIME_DAYS = 1095;

/** Of profiles that do not say, among them all that were saved before it could be said. */
export const DEFAULT_ABANDON_AFTER_HOURS = 720;

/** Of profiles that do not say. */
export const DEFAULT_REQUEST_RIGHTS: RequestRights = {
  request: OPERATOR_ROLES,
  approve: OPERATOR_ROLES,
  collect: REQUEST_ROLES,
};

/** How many other operators have to approve a request under this profile (KR-04). */
export function approvalsWanted(
  profile: Pick<Profile, 'approvals' | 'isKeyRecoveryOnly' | 'validateIssuance'>,
): number {
  return profile.validateIssuance || profile.isKeyRecoveryOnly ? (profile.approvals ?? 1) : 0;
}

/** What its cards have a key of their own in; those for recovered keys alone (KR-04) have none. */
export function ownSlot(
  { isKeyRecoveryOnly, slots }: Pick<Profile, 'isKeyRecoveryOnly' | 'slots'>,
  slot: Slot,
): ProfileSlot | undefined {
  return isKeyRecoveryOnly ? undefined : slots.find((one) => one.slot === slot);
}

/** Where they have none in 9D, the newest recovered key takes its place. */
export function hasOwnEncryptionKey(profile: Pick<Profile, 'isKeyRecoveryOnly' | 'slots'>): boolean {
  return ownSlot(profile, '9D') !== undefined;
}
