import type { Database } from '../database.ts';
import { findCertificate, revokeCertificate } from '../repositories/certificates.ts';
import { changeOperationKey, listOperationKeys } from '../repositories/operations.ts';
import { markListStale } from '../repositories/revocation-lists.ts';

/**
 * Revokes what an operation has issued and not activated. The keys stay on record: over the same ones new certificates
 * are issued when it is resumed.
 */
export async function revokeHeld(transaction: Database, operationId: string, now: Date): Promise<void> {
  let hasRevoked = false;
  for (const key of await listOperationKeys(transaction, operationId)) {
    const certificate = key.certificate ? await findCertificate(transaction, key.certificate) : undefined;
    if (certificate?.state !== 'held') continue;
    hasRevoked =
      (await revokeCertificate(transaction, certificate, 'cessationOfOperation', now)) || hasRevoked;
    await changeOperationKey(transaction, operationId, key.slot, { certificate: null });
  }
  if (hasRevoked) await markListStale(transaction);
}
