import { type CardAction, mayBeOffered, mayChangeCard } from '../../domain/card-life.ts';
import type { ReasonChooser } from '../../domain/reason.ts';
import type { CardLife } from '../../protocol/operator.ts';
import type { Central } from '../central.ts';
import { namedReason } from '../desk/named-reason.ts';
import { newestRevision } from '../repositories/profiles.ts';
import { listReasons } from '../repositories/reasons.ts';
import type { Actor } from '../request/actor.ts';
import { refuseCardChange } from './card-life-error.ts';
import { type HeldCard, lookUpCard, mayEnable } from './hold-card.ts';

/**
 * What an operator may do with a card's life, and what not and why (OP-03).
 * @throws RefusedError `RP-07-unknown`, `RP-07-not-served-here`, `OP-02-out-of-scope`, `ID-05-not-an-operator`, `ID-05-operator-disabled`
 */
export async function describeLife(
  { database }: Pick<Central, 'database'>,
  actor: Actor,
  cardId: string,
): Promise<CardLife> {
  const found = await lookUpCard(database, actor, cardId);
  const { card } = found;
  demandMaySee(actor, found);
  const refusal = (action: CardAction, chosenBy: readonly ReasonChooser[]) =>
    mayChangeCard(actor.standing, subjectOf(actor, found, chosenBy)) ?? mayBeOffered(card.state, action);
  const choices = async (action: 'cancel' | 'disable') =>
    (await listReasons(database, action)).map((reason) => ({
      ...{ reason: namedReason(reason), refusal: refusal(action, reason.chosenBy) },
    }));
  return {
    card: { id: card.id, name: card.label ?? card.serial ?? card.id, state: card.state },
    reason: card.stateReason,
    may: {
      cancel: await choices('cancel'),
      disable: await choices('disable'),
      enable: refusal('enable', await mayEnable(database, card)),
    },
    witness: [...((await newestRevision(database, card.profileName))?.profile.witness ?? [])],
  };
}

/** Their own card may be looked at; one of somebody for whom they do not act may not. */
function demandMaySee(actor: Actor, found: HeldCard): void {
  const subject = subjectOf(actor, found, ['helpdesk', 'administrator']);
  const refused = mayChangeCard(actor.standing, subject);
  if (refused && refused !== 'OP-02-own-card') throw refuseCardChange(refused, 'see');
}

function subjectOf(actor: Actor, { holder }: HeldCard, chosenBy: readonly ReasonChooser[]) {
  return { holderId: holder.id, isInScope: actor.groupIds.has(holder.groupId), chosenBy };
}
