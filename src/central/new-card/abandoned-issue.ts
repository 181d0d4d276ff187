/** What an issue leaves behind that was not completed: a chip whose record waits for the next request (RP-17). */
import type { Reason } from '../../domain/reason.ts';
import type { Database } from '../database.ts';
import { mayHaveWritten } from '../operation/aftermath.ts';
import { findArchivedKey, releasedKeys } from '../repositories/archived-keys.ts';
import { changeCard, findCard } from '../repositories/cards.ts';
import {
  certificatesOnCard,
  findCertificate,
  placeOnCard,
  recoveredOnCard,
  takeOffCard,
} from '../repositories/certificates.ts';
import { changeCode, lockLiveCode } from '../repositories/codes.ts';
import { listOperationKeys, type OperationRow } from '../repositories/operations.ts';
import { listAbandonedSinceCompleted } from '../repositories/unfinished-operations.ts';

/** What an abandoned issue has left on the chip is nobody's. */
export const LEFTOVERS: Reason = {
  ...{ code: '', titles: {}, position: 0 },
  ...{ oldCertificates: 'revoke', oldEncryptionCertificate: 'revoke', encryptionKey: 'new' },
  crlReason: 'cessationOfOperation',
};

/** Keys that were given out for it count as there; what was made for it is on record already (`recordOverwritten`). */
export async function recordAbandonedIssue(
  transaction: Database,
  { id, cardId }: Pick<OperationRow, 'id' | 'cardId'>,
): Promise<void> {
  const released = await releasedKeys(transaction, id);
  for (const { slot, certificate, publicKey } of await listOperationKeys(transaction, id)) {
    const archived = publicKey ? await findArchivedKey(transaction, publicKey) : undefined;
    const row = certificate ? await findCertificate(transaction, certificate) : undefined;
    const isGivenOut = archived !== undefined && released.has(archived.id);
    if (!row || row.cardId === cardId || !isGivenOut) continue;
    const before = (await certificatesOnCard(transaction, cardId)).get(slot);
    if (before) await takeOffCard(transaction, cardId, before);
    await placeOnCard(transaction, cardId, row, slot);
  }
}

/** The card is written anew as a whole: what was restored to it before is gone. */
export async function forgetRestored(transaction: Database, cardId: string): Promise<void> {
  for (const row of await recoveredOnCard(transaction, cardId)) await takeOffCard(transaction, cardId, row);
}

/** Nothing was written: the chip is anybody's again, and the same number does for another one. */
export async function releaseChip(
  transaction: Database,
  { cardId }: Pick<OperationRow, 'cardId'>,
): Promise<void> {
  const code = await lockLiveCode(transaction, cardId);
  if (code?.state === 'accepted') await changeCode(transaction, code.id, { operationId: null });
  const card = await findCard(transaction, cardId);
  if (!card || card.managementKeyVersion > 0 || card.pukVersion > 0) return;
  for (const operation of await listAbandonedSinceCompleted(transaction, cardId)) {
    if (await mayHaveWritten(transaction, operation)) return;
  }
  await changeCard(transaction, cardId, { serial: null });
}
