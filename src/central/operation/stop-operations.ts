import type { Database } from '../database.ts';
import { lockCard } from '../repositories/cards.ts';
import { listOpenOperationsOf } from '../repositories/unfinished-operations.ts';
import { revokeHeld } from './revoke-held.ts';

/**
 * Part of the transaction that disables a holder: what open operations of their cards have issued dies with it. They can
 * be finished after enabling (operation.md D). The caller publishes the list.
 */
export async function stopOperationsOf(transaction: Database, holderId: string, now: Date): Promise<void> {
  for (const { id, cardId } of await listOpenOperationsOf(transaction, holderId)) {
    // A step that is under way ends first; what it has issued dies too.
    await lockCard(transaction, cardId);
    await revokeHeld(transaction, id, now);
  }
}
