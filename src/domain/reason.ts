/** Why a card is rewritten, and what becomes of the certificates it had. Rows kept by central, not code (RP-12). */
import type { CrlReason } from './crl-reason.ts';
import type { OperatorRole } from './operator.ts';

/** What a reason is chosen for. replace: a new card in the place of the one that is gone, which is cancelled. */
export type ReasonOperation = 'reprovision' | 'cancel' | 'replace' | 'disable';
/** Who may choose it. */
export type ReasonChooser = 'cardholder' | OperatorRole;

/**
 * What becomes of the old signing and authentication certificates: of a reprovision once the new ones are verified. hold: on the list
 * until the card is enabled again.
 */
export const OLD_CERTIFICATES = ['revoke', 'leave', 'hold'] as const;
export type OldCertificates = (typeof OLD_CERTIFICATES)[number];
/** What becomes of the old encryption certificate. */
export const OLD_ENCRYPTION_CERTIFICATES = [
  'keep',
  'replace',
  'revoke',
  'leave',
  'newIfRevoked',
  'hold',
] as const;
export type OldEncryptionCertificate = (typeof OLD_ENCRYPTION_CERTIFICATES)[number];
/** What takes the place of the encryption key; same, where nothing has to. */
export type EncryptionKey = 'same' | 'new' | 'newIfRevoked';

export interface Reason {
  readonly code: string;
  /** By language (`en`, `de`, `fr`, `es`): what the person reads in the list. */
  readonly titles: Readonly<Record<string, string>>;
  readonly oldCertificates: OldCertificates;
  readonly oldEncryptionCertificate: OldEncryptionCertificate;
  readonly encryptionKey: EncryptionKey;
  readonly crlReason: CrlReason | null;
  /** Position in the list. */
  readonly position: number;
}

/** Whether it is offered to whoever rewrites their own card; central decides again (RP-12). */
export function isForCardholders({
  chosenBy,
}: {
  readonly chosenBy?: readonly string[] | undefined;
}): boolean {
  return chosenBy === undefined || chosenBy.includes('cardholder');
}

/** As it is offered. Of one that the kiosk's copy does not have yet only what it is called is known. */
export type OfferedReason = Pick<Reason, 'code' | 'titles'> & Partial<Reason & CopiedReason>;

/** As kiosks copy it: those of operators too, by whose name what they have begun or asked for is called. */
export interface CopiedReason extends Reason {
  readonly chosenBy?: readonly string[] | undefined;
}

/** As central keeps it. */
export interface KeptReason extends Reason {
  readonly operations: readonly ReasonOperation[];
  readonly chosenBy: readonly ReasonChooser[];
}
