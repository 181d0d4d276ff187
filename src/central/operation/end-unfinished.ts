import type { Central } from '../central.ts';
import { recordAbandoned } from '../collection/settle-collection.ts';
import type { Database } from '../database.ts';
import { tellOfGivenOut } from '../mail/tell-of.ts';
import { recordAbandonedIssue, releaseChip } from '../new-card/abandoned-issue.ts';
import { endCodes } from '../repositories/codes.ts';
import { changeOperation, type OperationRow } from '../repositories/operations.ts';
import { refuseProofs } from '../repositories/proofs.ts';
import { markListStale } from '../repositories/revocation-lists.ts';
import { recordOverwritten } from './record-overwritten.ts';
import { revokeHeld } from './revoke-held.ts';

/**
 * Ends an open operation for good, in the transaction that holds it and its card: what it held is revoked, what it left on
 * the card is on record, its proofs and its code are dead (RP-18, ID-03). Its intents stay open: the secrets that
 * they name may be live, and the next operation tries them (RP-17). Of keys that it was given their owner is told (KR-10).
 * @param isUntouched of a collection: nothing was written, or it was undone; of an issue: nothing was written
 */
export async function endUnfinished(
  central: Pick<Central, 'mail' | 'now'>,
  transaction: Database,
  operation: OperationRow,
  now: Date,
  { isUntouched }: { readonly isUntouched: boolean },
): Promise<void> {
  await revokeHeld(transaction, operation.id, now);
  let isReleased = false;
  if (operation.kind === 'collection') {
    if (!isUntouched) await recordAbandoned(transaction, operation);
  } else if (operation.kind === 'issue' && isUntouched) {
    isReleased = true;
  } else {
    if (operation.kind === 'issue') await recordAbandonedIssue(transaction, operation);
    if (await recordOverwritten(transaction, operation, now)) await markListStale(transaction);
    await endCodes(transaction, operation.cardId, 'dead');
  }
  await tellOfGivenOut(central, transaction, operation);
  await refuseProofs(transaction, operation.id);
  await changeOperation(transaction, operation.id, { state: 'abandoned', endedAt: now });
  if (isReleased) await releaseChip(transaction, operation);
}
