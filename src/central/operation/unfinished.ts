import type { AnswerResponse } from '../../protocol/proof.ts';
import type { Database } from '../database.ts';
import { findIntent, findOpenOperation } from '../repositories/operations.ts';

/** What a kiosk is told of a card's operation that is not finished, once its holder has proved themselves. */
export async function unfinishedOperation(
  database: Database,
  cardId: string,
): Promise<AnswerResponse['openOperation']> {
  const open = await findOpenOperation(database, cardId);
  if (!open) return null;
  const intent = await findIntent(database, open.id, 'pin');
  // Without an outcome nobody knows which PIN it is, and a run after the first one finds it there: no third is asked for.
  const isPinRenewed = intent !== undefined;
  return { operationId: open.id, reason: open.reason, isPinRenewed };
}
