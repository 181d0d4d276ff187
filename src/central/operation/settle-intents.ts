import type { ManagementKeyVersion } from '../../domain/card.ts';
import type { Database } from '../database.ts';
import { changeCard } from '../repositories/cards.ts';
import { changeOperation, type OperationRow, saveIntent } from '../repositories/operations.ts';
import { listPendingIntents } from '../repositories/unfinished-operations.ts';

/**
 * The card has passed with one of the keys that it had at begin: so it is known what became of the changes that abandoned
 * operations intended and never told of. From here on this is the key on record, and the only one that it can have
 * besides this operation's own.
 */
export async function settleEarlierIntents(
  transaction: Database,
  operation: OperationRow,
  passed: ManagementKeyVersion,
  now: Date,
): Promise<void> {
  const { image, cardId } = operation;
  const known = image.managementKeyBefore.find(
    ({ version, algorithm }) => version === passed.version && algorithm === passed.algorithm,
  );
  if (!known || image.managementKeyBefore.length === 1) return;
  await changeOperation(transaction, operation.id, { image: { ...image, managementKeyBefore: [known] } });
  const pending = await listPendingIntents(transaction, cardId, 'managementKey');
  for (const { intent } of pending) {
    const state = intent.version === known.version ? 'written' : 'unchanged';
    await saveIntent(transaction, { ...intent, state, decidedAt: now });
  }
  if (!pending.some(({ intent }) => intent.version === known.version)) return;
  await changeCard(transaction, cardId, {
    managementKeyVersion: known.version,
    managementKeyAlgorithm: known.algorithm,
    canChangeManagementKey: true,
  });
}
