import type { Slot } from '../../domain/slot.ts';
import type { Database } from '../database.ts';
import { findArchivedKey } from '../repositories/archived-keys.ts';
import { type CertificateRow, findCertificate, revokeCertificate } from '../repositories/certificates.ts';
import { changeOperationKey, listOperationKeys, type OperationKeyRow } from '../repositories/operations.ts';
import { challengeColumns } from './key-challenge.ts';

/**
 * Takes certificates that were revoked since they were issued or planned out of an open operation, so that a run gets new
 * ones: over the same key, or over a new one where the key was reported as exposed. A kept key that is exposed stays with
 * what it has: the next reprovision replaces it (RP-05).
 * @returns their slots
 */
export async function forgetRevoked(transaction: Database, operationId: string, now: Date): Promise<Slot[]> {
  const slots: Slot[] = [];
  for (const key of await listOperationKeys(transaction, operationId)) {
    const certificate = key.certificate ? await findCertificate(transaction, key.certificate) : undefined;
    if (!certificate?.revokedAt) continue;
    if (!(await canHaveAnother(transaction, key, certificate))) continue;
    // Of one that is on the CRL only, central's record says so from now on.
    if (certificate.operationId === operationId) {
      await revokeCertificate(transaction, certificate, certificate.crlReason ?? 'unspecified', now);
    }
    const exposed = { publicKey: null, attestation: null, ...challengeColumns(null) };
    await changeOperationKey(transaction, operationId, key.slot, {
      ...{ certificate: null, ...(isExposed(certificate) ? exposed : {}) },
    });
    slots.push(key.slot);
  }
  return slots;
}

async function canHaveAnother(
  transaction: Database,
  { source, lifetimeDays, publicKey, operationId }: OperationKeyRow,
  certificate: CertificateRow,
): Promise<boolean> {
  if (source === 'generate') return true;
  // In a retired slot a certificate stays as it is, revoked or not.
  if (source === 'move' || lifetimeDays === 0) return false;
  if (!isExposed(certificate)) return true;
  // An archived key that was made for this operation: nothing was ever encrypted to it, and another one is made.
  const archived = publicKey && (await findArchivedKey(transaction, publicKey));
  return archived?.operationId === operationId;
}

function isExposed({ crlReason }: CertificateRow): boolean {
  return crlReason === 'keyCompromise';
}
