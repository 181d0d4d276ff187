import { refuseCardChange } from '../card-life/card-life-error.ts';
import { lookUpCard } from '../card-life/hold-card.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { abandonOperation } from '../operation/abandon.ts';
import { RefusedError } from '../refused.ts';
import { findOperation } from '../repositories/operations.ts';
import { type Actor, actorDetail } from '../request/actor.ts';
import { refuseAbandon } from './operation-lines.ts';

/**
 * Ends an operation that nobody will finish, as the command at central does, within an operator's scope (OP-05). Asked again it does nothing.
 * @param note why, in their own words
 * @throws RefusedError `RP-17-no-operation`, `RP-17-closed`, `RP-07-not-served-here`, with a code of CARD_REFUSALS
 */
export async function abandonAtDesk(
  central: Central,
  actor: Actor,
  operationId: string,
  note: string,
): Promise<void> {
  const owner = await demandMayAbandon(central.database, actor, operationId);
  const isStillWanted = async (transaction: Database) => {
    await demandMayAbandon(transaction, actor, operationId);
    return true;
  };
  const by = { note, owner, ...actorDetail(actor) };
  await abandonOperation(central, operationId, { actor: actor.name, by, why: null, isStillWanted });
}

/** @returns the cardholder */
async function demandMayAbandon(database: Database, actor: Actor, operationId: string): Promise<string> {
  const operation = await findOperation(database, operationId);
  if (!operation)
    throw new RefusedError(404, 'RP-17-no-operation', 'abandon operation: there is no such operation');
  const { holder } = await lookUpCard(database, actor, operation.cardId);
  const refused = refuseAbandon({ holderId: holder.id, groupId: holder.groupId }, actor);
  if (refused) throw refuseCardChange(refused, 'abandon operation of');
  return holder.id;
}
