/** What becomes of the certificates that a card had, once the new ones are verified (RP-12, RP-18). */
import type { CrlReason } from '../../domain/crl-reason.ts';
import type { Reason } from '../../domain/reason.ts';
import type { Slot } from '../../domain/slot.ts';
import type { Database } from '../database.ts';
import {
  type CertificateRow,
  certificatesOnCard,
  changeCertificate,
  revokeCertificate,
} from '../repositories/certificates.ts';
import type { OperationKeyRow } from '../repositories/operations.ts';

export interface Treatment {
  readonly cardId: string;
  readonly keys: readonly OperationKeyRow[];
  readonly reason: Reason;
  /** Their key or certificate could not be taken off the card: what it says is revoked, whatever the reason (RP-01). */
  readonly leftoverSlots: readonly Slot[];
  readonly now: Date;
}

/** Treats every certificate that the card's record has and the image replaces or moves. @returns how many were revoked */
export async function treatOldCertificates(transaction: Database, treatment: Treatment): Promise<number> {
  const onCard = await certificatesOnCard(transaction, treatment.cardId);
  let revokedCount = 0;
  for (const certificate of onCard.values()) {
    if (treatment.keys.some((key) => isKept(key, certificate))) continue;
    const isRevoked = await treat(transaction, treatment, certificate);
    if (isRevoked) revokedCount += 1;
  }
  return revokedCount;
}

async function treat(
  transaction: Database,
  treatment: Treatment,
  certificate: CertificateRow,
): Promise<boolean> {
  const { keys, now } = treatment;
  const { serialNumber } = certificate;
  const crlReason = revocationReason(treatment, certificate);
  const isRevoked = crlReason !== null && (await revokeCertificate(transaction, certificate, crlReason, now));
  const moved = keys.find((key) => key.certificate === serialNumber);
  if (moved) {
    await changeCertificate(transaction, serialNumber, { slot: moved.slot });
    return isRevoked;
  }
  await changeCertificate(transaction, serialNumber, { isOnCard: false });
  const isRevokedNow = isRevoked || certificate.state === 'revoked';
  if (!isRevokedNow) await changeCertificate(transaction, serialNumber, { state: 'superseded' });
  return isRevoked;
}

/** Null: it is left to expire. What is on the CRL already is revoked in central's record too (RP-05). */
function revocationReason(treatment: Treatment, certificate: CertificateRow): CrlReason | null {
  const { reason, leftoverSlots, keys } = treatment;
  const crlReason = reason.crlReason ?? 'superseded';
  if (certificate.revokedAt || leftoverSlots.includes(certificate.slot)) return crlReason;
  if (certificate.slot !== '9D') return reason.oldCertificates === 'revoke' ? crlReason : null;
  const isMoved = keys.some((key) => key.certificate === certificate.serialNumber);
  // In a retired slot it stays good for what was encrypted to it, unless the reason says otherwise.
  if (isMoved) return reason.oldEncryptionCertificate === 'revoke' ? crlReason : null;
  return reason.oldEncryptionCertificate === 'leave' ? null : crlReason;
}

/** It stays where it is. Elsewhere in the image: it is moved there. */
function isKept(key: OperationKeyRow, certificate: CertificateRow): boolean {
  return key.slot === certificate.slot && key.certificate === certificate.serialNumber;
}
