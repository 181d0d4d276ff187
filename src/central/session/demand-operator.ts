import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { findCard } from '../repositories/cards.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import { findPerson, type PersonRow } from '../repositories/people.ts';
import { type Actor, actRefusal, operatorActor } from '../request/actor.ts';
import { refuseSession } from './session-error.ts';

export interface SignedIn {
  readonly person: PersonRow;
  readonly actor: Actor;
}

/**
 * Whoever signs in, or has, is an operator now, with a card that is in use: looked up each time, so that a right that is taken away is gone at
 * once.
 * @throws RefusedError `ID-05-own-card-refused`, `ID-05-not-an-operator`, `ID-05-operator-disabled`
 */
export async function demandOperator(
  central: Central,
  database: Database,
  kiosk: Kiosk,
  cardId: string,
): Promise<SignedIn> {
  const card = await findCard(database, cardId);
  const person = card && (await findPerson(database, card.holderId));
  if (!person || card.state !== 'issued' || card.expiresAt <= central.now())
    throw refuseSession('ID-05-own-card-refused');
  const actor = await operatorActor(database, person, kiosk);
  const { standing } = actor;
  if (standing.kind === 'operator' && standing.role === null)
    throw actRefusal('ID-05-not-an-operator', 'sign in');
  if (standing.kind === 'operator' && !standing.isActive)
    throw actRefusal('ID-05-operator-disabled', 'sign in');
  return { person, actor };
}
