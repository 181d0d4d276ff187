/** The card that somebody wants to cancel, disable or enable, once it is sure that they may. */
import { type CardAction, mayChangeCard, mayHappen } from '../../domain/card-life.ts';
import type { KeptReason, ReasonChooser } from '../../domain/reason.ts';
import type { Database } from '../database.ts';
import { checkServed } from '../kiosk-scope.ts';
import { refusal } from '../refused.ts';
import { type CardRow, findCard, lockCard } from '../repositories/cards.ts';
import { findPerson, type PersonRow } from '../repositories/people.ts';
import { findReason, listReasons } from '../repositories/reasons.ts';
import type { Actor } from '../request/actor.ts';
import { noSuchReason, refuseCardChange } from './card-life-error.ts';

export interface HeldCard {
  readonly card: CardRow;
  readonly holder: PersonRow;
}

/**
 * Holds the card until the transaction ends.
 * @throws RefusedError `RP-07-unknown`, `RP-07-not-served-here`
 */
export async function holdCard(transaction: Database, actor: Actor, cardId: string): Promise<HeldCard> {
  return withHolder(transaction, actor, await lockCard(transaction, cardId));
}

/** The same without holding it. */
export async function lookUpCard(database: Database, actor: Actor, cardId: string): Promise<HeldCard> {
  return withHolder(database, actor, await findCard(database, cardId));
}

async function withHolder(database: Database, actor: Actor, card: CardRow | undefined): Promise<HeldCard> {
  const holder = card && (await findPerson(database, card.holderId));
  if (!card || !holder) throw refusal('RP-07-unknown');
  if (actor.kiosk) await checkServed(database, actor.kiosk, card);
  return { card, holder };
}

/** @throws RefusedError `RP-12-no-such-reason` */
export async function demandReason(
  transaction: Database,
  action: Exclude<CardAction, 'enable'>,
  code: string,
): Promise<KeptReason> {
  const reason = await findReason(transaction, code, action);
  if (reason) return reason;
  const codes = (await listReasons(transaction, action)).map((one) => one.code);
  throw noSuchReason(action, code, codes);
}

/** @throws RefusedError with a code of CARD_REFUSALS */
export function demandMayChange(
  actor: Actor,
  action: CardAction,
  { card, holder }: HeldCard,
  chosenBy: readonly ReasonChooser[],
): void {
  const isInScope = actor.groupIds.has(holder.groupId);
  const subject = { holderId: holder.id, isInScope, chosenBy };
  const refused = mayChangeCard(actor.standing, subject) ?? mayHappen(card.state, action);
  if (refused) throw refuseCardChange(refused, action);
}

/** Whoever may choose what a card was disabled for may enable it; where nobody said why, whoever may disable one at all. */
export async function mayEnable(
  transaction: Database,
  { stateReason }: CardRow,
): Promise<readonly ReasonChooser[]> {
  const reason = stateReason === null ? undefined : await findReason(transaction, stateReason, null);
  if (reason) return reason.chosenBy;
  return (await listReasons(transaction, 'disable')).flatMap(({ chosenBy }) => chosenBy);
}
