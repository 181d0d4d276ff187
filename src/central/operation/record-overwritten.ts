import type { CrlReason } from '../../domain/crl-reason.ts';
import type { Slot } from '../../domain/slot.ts';
import type { Database } from '../database.ts';
import { findArchivedKey, releasedKeys } from '../repositories/archived-keys.ts';
import {
  type CertificateRow,
  certificatesOfCard,
  certificatesOnCard,
  placeOnCard,
  revokeCertificate,
  takeOffCard,
} from '../repositories/certificates.ts';
import { listOperationKeys, type OperationKeyRow, type OperationRow } from '../repositories/operations.ts';
import { findReason } from '../repositories/reasons.ts';

/**
 * Puts on record what an operation has left on its card when it ends uncompleted. Where central has seen a new key, or
 * has given one out of the archive, the one before it is gone from the card, or is in the retired slot that it was moved to first; a certificate whose key is
 * gone is revoked, so that none is valid without a card (RP-18). The new key is what the card has: by it the holder can
 * prove themselves for the next operation (ID-01), though its certificate was never active.
 * @returns whether a certificate was revoked
 */
export async function recordOverwritten(
  transaction: Database,
  operation: OperationRow,
  now: Date,
): Promise<boolean> {
  const keys = await listOperationKeys(transaction, operation.id);
  const fresh = await findFresh(transaction, operation, keys);
  if (fresh.length === 0) return false;
  const onCard = await certificatesOnCard(transaction, operation.cardId);
  const issued = (await certificatesOfCard(transaction, operation.cardId)).filter(
    ({ operationId }) => operationId === operation.id,
  );
  const crlReason = await reasonForGone(transaction, operation);
  let hasRevoked = false;
  for (const key of fresh) {
    const present = issued.find((certificate) => isOver(certificate, key));
    const before = onCard.get(key.slot);
    if (!present || (before && isOver(before, key))) continue;
    if (before) {
      const retired = retiredSlotOf(keys, key.slot, before);
      hasRevoked =
        (await putAside(transaction, operation.cardId, before, retired, crlReason, now)) || hasRevoked;
    }
    await placeOnCard(transaction, operation.cardId, present, key.slot);
  }
  return hasRevoked;
}

/** Keys that the card has by now as far as central knows: it has shown them, or was given them out of the archive. */
async function findFresh(
  transaction: Database,
  { id }: OperationRow,
  keys: readonly OperationKeyRow[],
): Promise<OperationKeyRow[]> {
  const released = await releasedKeys(transaction, id);
  const fresh: OperationKeyRow[] = [];
  for (const key of keys) {
    const { source, publicKey } = key;
    if (!publicKey || (source !== 'generate' && source !== 'import')) continue;
    const archived = source === 'import' ? await findArchivedKey(transaction, publicKey) : undefined;
    if (source === 'generate' || (archived && released.has(archived.id))) fresh.push(key);
  }
  return fresh;
}

/** Not the reason for the new certificates, which nobody has: only that a key was exposed stays true. */
async function reasonForGone(transaction: Database, { reason }: OperationRow): Promise<CrlReason> {
  const crlReason = (await findReason(transaction, reason, null))?.crlReason;
  return crlReason === 'keyCompromise' ? crlReason : 'cessationOfOperation';
}

/** @returns whether it was revoked */
async function putAside(
  transaction: Database,
  cardId: string,
  before: CertificateRow,
  retired: Slot | null,
  crlReason: CrlReason,
  now: Date,
): Promise<boolean> {
  if (retired) {
    await placeOnCard(transaction, cardId, before, retired);
    return false;
  }
  // A recovered one is the business of the card that it was issued for, unless its key was exposed here.
  const isItsOwn = before.cardId === cardId;
  const isRevoked =
    (isItsOwn || crlReason === 'keyCompromise') &&
    (await revokeCertificate(transaction, before, crlReason, now));
  await takeOffCard(transaction, cardId, isRevoked ? { ...before, state: 'revoked' } : before);
  return isRevoked;
}

/** Where the plan moves a key before its slot is generated anew. */
function retiredSlotOf(keys: readonly OperationKeyRow[], slot: Slot, before: CertificateRow): Slot | null {
  const moved = keys.find((key) => key.movedFrom === slot);
  return moved?.certificate === before.serialNumber ? moved.slot : null;
}

function isOver(certificate: CertificateRow, { slot, publicKey }: OperationKeyRow): boolean {
  return (
    certificate.slot === slot && publicKey !== null && Buffer.compare(certificate.publicKey, publicKey) === 0
  );
}
