import type { CardPage, Refusal } from '../../domain/desk-pages.ts';
import { refuseCard } from '../../domain/eligibility.ts';
import { mayReprovision } from '../../domain/may-reprovision.ts';
import { OPERATOR_ROLES } from '../../domain/operator.ts';
import type { ReasonChooser } from '../../domain/reason.ts';
import type { HeldCard } from '../card-life/hold-card.ts';
import type { Central } from '../central.ts';
import { toInstant } from '../instant.ts';
import { refuseSend } from '../may-give-code.ts';
import { lifeOf } from '../repositories/cards.ts';
import type { OperationRow } from '../repositories/operations.ts';
import { toPerson } from '../repositories/people.ts';
import { newestProfile } from '../repositories/profiles.ts';
import { listReasons } from '../repositories/reasons.ts';
import { type Actor, mayChoose, refuseAct } from '../request/actor.ts';
import { isCancelledFirst, isRetiredAtOnce } from '../request/cancelled-first.ts';
import { ANY_CARD } from '../request/wish-subject.ts';
import { namedReason } from './named-reason.ts';

/**
 * What an operator may do with a card besides ending, stopping and going on with its life: by role and scope first, then by what
 * central knows of card, holder and profile. What only the plastic shows is found out when it is tried.
 * @param open its operation that is not finished
 */
export async function cardRights(
  central: Pick<Central, 'database' | 'mail' | 'now'>,
  actor: Actor,
  { card, holder }: HeldCard,
  open: OperationRow | undefined,
): Promise<Pick<CardPage['may'], 'reprovision' | 'replace' | 'pinReset' | 'giveCode' | 'send' | 'request'>> {
  const { database, now } = central;
  const profile = await newestProfile(database, card.profileName);
  const ofLife: Refusal = profile
    ? refuseCard(lifeOf(card), toPerson(holder), profile, toInstant(now()))
    : 'RP-02-no-profile';
  const isInScope = actor.groupIds.has(holder.groupId);
  const refusal = (chosenBy: readonly ReasonChooser[]): Refusal =>
    mayReprovision(actor.standing, { holderId: holder.id, isInScope, chosenBy }) ?? ofLife;
  const forAll = refusal(OPERATOR_ROLES);
  const mayRequest = profile
    ? await refuseAct(database, actor, 'request', { owner: holder, profile })
    : ofLife;
  const ofHolder = profile ? refuseCard(ANY_CARD, toPerson(holder), profile, toInstant(now())) : ofLife;
  const isBusy = open !== undefined && open.kind !== 'pinReset';
  const isFirst = await isCancelledFirst(database, actor, card);
  return {
    reprovision: (await listReasons(database, 'reprovision')).map((reason) => ({
      ...{ reason: namedReason(reason), refusal: refusal(reason.chosenBy) },
    })),
    pinReset: forAll ?? (isBusy ? 'RP-17-finish-first' : null),
    giveCode: forAll,
    send: refuseSend(central, holder),
    request: mayRequest ?? ofLife,
    replace: (await listReasons(database, 'replace')).map((one) => ({
      reason: { code: one.code, titles: one.titles },
      refusal:
        mayRequest ??
        (forAll === 'OP-02-own-card' ? forAll : ofHolder) ??
        (mayChoose(actor.standing, one) ? null : 'OP-02-no-right') ??
        (isFirst && isRetiredAtOnce(one) ? 'OP-02-cancel-first' : null),
    })),
  };
}
