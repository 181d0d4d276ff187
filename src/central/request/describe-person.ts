import { DEFAULT_REQUEST_RIGHTS } from '../../domain/profile.ts';
import type { RecoverableResponse } from '../../protocol/operator.ts';
import type { Central } from '../central.ts';
import { toInstant } from '../instant.ts';
import { checkServed } from '../kiosk-scope.ts';
import { findPerson } from '../repositories/people.ts';
import { cardsOfHolder } from '../repositories/searches.ts';
import { type Actor, demandRight } from './actor.ts';
import { listRecoverable } from './recoverable.ts';
import { refuseRequest } from './request-error.ts';

/**
 * Somebody with what a request for them can be made from.
 * @throws RefusedError `RP-07-nobody`, `RP-07-not-served-here`, with a code of ACT_REFUSALS
 */
export async function describePerson(
  { database }: Central,
  actor: Actor,
  personId: string,
): Promise<RecoverableResponse> {
  const owner = await findPerson(database, personId);
  if (!owner) throw refuseRequest('RP-07-nobody');
  if (actor.kiosk) await checkServed(database, actor.kiosk, { holderId: owner.id });
  const profile = { requestRights: DEFAULT_REQUEST_RIGHTS };
  await demandRight(database, actor, 'see', { owner, profile });
  // What is only planned is no card yet that anything can be put onto.
  const cards = (await cardsOfHolder(database, owner.id)).filter(({ state }) => state !== 'planned');
  return {
    person: { id: owner.id, displayName: owner.displayName, state: owner.state },
    certificates: await listRecoverable(database, owner.id),
    cards: cards.map(({ id, label, serial, state, profileName, expiresAt }) => ({
      ...{ id, name: label ?? serial ?? id, state, profileName, expiresAt: toInstant(expiresAt) },
    })),
  };
}
