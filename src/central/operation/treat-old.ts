/** What becomes of the certificates that a card had, once the new ones are verified (RP-12, RP-18). */
import type { CrlReason } from '../../domain/crl-reason.ts';
import type { Reason } from '../../domain/reason.ts';
import { SLOTS, type Slot } from '../../domain/slot.ts';
import type { Database } from '../database.ts';
import {
  type CertificateRow,
  certificatesOnCard,
  placeOnCard,
  revokeCertificate,
  takeOffCard,
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
  const onCard = [...(await certificatesOnCard(transaction, treatment.cardId)).values()];
  const treated = onCard.filter((certificate) => !treatment.keys.some((key) => isKept(key, certificate)));
  // What goes first, then what moves: always into a slot that is free by then.
  const target = (certificate: CertificateRow) =>
    SLOTS.indexOf(movedTo(treatment, certificate)?.slot ?? SLOTS[0]);
  treated.sort((a, b) => target(a) - target(b));
  let revokedCount = 0;
  for (const certificate of treated) {
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
  const { now, cardId } = treatment;
  const crlReason = revocationReason(treatment, certificate);
  const isRevoked = crlReason !== null && (await revokeCertificate(transaction, certificate, crlReason, now));
  const moved = movedTo(treatment, certificate);
  if (moved) {
    await placeOnCard(transaction, cardId, certificate, moved.slot);
    return isRevoked;
  }
  const state = isRevoked ? 'revoked' : certificate.state;
  await takeOffCard(transaction, cardId, { ...certificate, state });
  return isRevoked;
}

/** Null: it is left to expire. What is on the CRL already is revoked in central's record too (RP-05). */
function revocationReason(treatment: Treatment, certificate: CertificateRow): CrlReason | null {
  const { reason, leftoverSlots } = treatment;
  const crlReason = reason.crlReason ?? 'superseded';
  // Recovered from another card, whose business it is, unless its key was exposed here.
  const isRecovered = certificate.cardId !== treatment.cardId;
  if (isRecovered && crlReason !== 'keyCompromise') return null;
  if (certificate.revokedAt || leftoverSlots.includes(certificate.slot)) return crlReason;
  if (certificate.slot !== '9D') return reason.oldCertificates === 'revoke' ? crlReason : null;
  const isMoved = movedTo(treatment, certificate) !== undefined;
  // In a retired slot it stays good for what was encrypted to it, unless the reason says otherwise.
  if (isMoved) return reason.oldEncryptionCertificate === 'revoke' ? crlReason : null;
  return reason.oldEncryptionCertificate === 'leave' ? null : crlReason;
}

function movedTo({ keys }: Treatment, { serialNumber }: CertificateRow): OperationKeyRow | undefined {
  return keys.find((key) => key.certificate === serialNumber);
}

/** It stays where it is. Elsewhere in the image: it is moved there. */
function isKept(key: OperationKeyRow, certificate: CertificateRow): boolean {
  return key.slot === certificate.slot && key.certificate === certificate.serialNumber;
}
