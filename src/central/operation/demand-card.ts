import type { Database } from '../database.ts';
import { RefusedError } from '../refused.ts';
import { hasAuthenticatedCard } from '../repositories/operations.ts';

/**
 * Only a card that has passed mutual authentication with its management key in this run is the right one (operation.md B).
 * @param intent what was asked for, as the message begins
 * @throws RefusedError `SE-03-card-not-authenticated`
 */
export async function demandAuthenticatedCard(
  transaction: Database,
  operationId: string,
  intent: string,
): Promise<void> {
  if (await hasAuthenticatedCard(transaction, operationId)) return;
  const why = `${intent}: the card has not passed with its management key`;
  throw new RefusedError(409, 'SE-03-card-not-authenticated', why);
}
