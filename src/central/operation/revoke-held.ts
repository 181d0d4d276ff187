import type { Database } from '../database.ts';
import { findCertificate, revokeCertificate } from '../repositories/certificates.ts';
import { changeOperationKey, listOperationKeys } from '../repositories/operations.ts';
import { markListStale } from '../repositories/revocation-lists.ts';

/**
 * Revokes what an operation has issued and not activated. The keys stay on record: over the same ones new certificates
 * are issued when it is resumed.
 */
export async function revokeHeld(transaction: Database, operationId: string, now: Date): Promise<void> {
  for (const key of await listOperationKeys(transaction, operationId)) {
    const certificate = key.certificate ? await findCertificate(transaction, key.certificate) : undefined;
    if (certificate?.state !== 'held') continue;
    await revokeCertificate(transaction, certificate, 'cessationOfOperation', now);
    await changeOperationKey(transaction, operationId, key.slot, { certificate: null });
  }
  await markListStale(transaction);
}
