import type { AnswerResponse } from '../../protocol/proof.ts';
import type { Database } from '../database.ts';
import { findIntent, findOpenOperation, type OperationRow } from '../repositories/operations.ts';

/** What a kiosk is told of a card's operation that is not finished, once its holder has proved themselves. */
export async function unfinishedOperation(
  database: Database,
  cardId: string,
): Promise<AnswerResponse['openOperation']> {
  const open = await findOpenOperation(database, cardId);
  if (!open) return null;
  const { id: operationId, reason, kind, requestId } = open;
  return { operationId, reason, kind, requestId, isPinSet: await isPinSet(database, open) };
}

/**
 * Whether this operation has given the card a new PIN, for certain (RP-14). Intended and never told of does not count: the
 * PIN on the card may then be the one that it had before, and another one is asked for.
 */
export async function isPinSet(database: Database, { id }: OperationRow): Promise<boolean> {
  return (await findIntent(database, id, 'pin'))?.state === 'written';
}
