/** Operations that somebody may have to look after: open, stuck, refused, abandoned lately (OP-05). */
import { mayChangeCard } from '../../domain/card-life.ts';
import type { OperationLine, Refusal } from '../../domain/desk-pages.ts';
import { OPERATOR_ROLES } from '../../domain/operator.ts';
import type { Central } from '../central.ts';
import { toInstant } from '../instant.ts';
import { LATELY_MS, unfinishedState } from '../operation/unfinished-state.ts';
import { titlesOfReasons } from '../repositories/reasons.ts';
import { searchUnfinished, type UnfinishedOperation } from '../repositories/unfinished-operations.ts';
import type { Actor } from '../request/actor.ts';
import { cardName } from './describe-card.ts';

const MAX_OPERATIONS = 200;

/** Of those for whom the operator acts, and whom this kiosk serves; and how many there are without the limit. */
export async function listOperations(
  central: Central,
  actor: Actor,
): Promise<{ readonly operations: OperationLine[]; readonly total: number }> {
  const now = central.now();
  const { found, total } = await searchUnfinished(central.database, {
    abandonedAfter: new Date(now.getTime() - LATELY_MS),
    groupIds: [...actor.groupIds],
    scopeId: actor.kiosk?.scopeId ?? null,
    limit: MAX_OPERATIONS,
  });
  const titles = await titlesOfReasons(central.database);
  const operations = found.map((one) => {
    const reasonTitles = titles.get(one.operation.reason);
    return {
      ...toOperationLine(one, actor, now),
      ...(reasonTitles && { reasonTitles: { ...reasonTitles } }),
    };
  });
  return { operations, total };
}

export function toOperationLine(unfinished: UnfinishedOperation, actor: Actor, now: Date): OperationLine {
  const { operation, card, holder, holderId, kiosk, lastWordAt } = unfinished;
  const { id, kind, reason, startedAt } = operation;
  const isOver = operation.state !== 'open';
  return {
    ...{ id, kind, reason, kiosk, state: unfinishedState(unfinished, now) },
    ...{ card: { id: card.id, name: cardName(card) }, holder: { id: holderId, displayName: holder } },
    ...{ startedAt: toInstant(startedAt), lastWordAt: toInstant(lastWordAt) },
    mayAbandon: isOver ? 'RP-17-closed' : refuseAbandon(unfinished, actor),
  };
}

/** Both roles may, in their scope; of a card of their own another operator does. @returns null when they may */
export function refuseAbandon(
  { holderId, groupId }: Pick<UnfinishedOperation, 'holderId' | 'groupId'>,
  actor: Actor,
) {
  const isInScope = actor.groupIds.has(groupId);
  return mayChangeCard(actor.standing, { holderId, isInScope, chosenBy: OPERATOR_ROLES }) satisfies Refusal;
}
