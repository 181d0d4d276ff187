import type { RecoverableResponse } from '../../protocol/operator.ts';
import type { Central } from '../central.ts';
import { toInstant } from '../instant.ts';
import { cardsOfHolder } from '../repositories/searches.ts';
import type { Actor } from './actor.ts';
import { findSeen } from './find-seen.ts';
import { listRecoverable } from './recoverable.ts';

/**
 * Somebody with what a request for them can be made from.
 * @throws RefusedError `RP-07-nobody`, `RP-07-not-served-here`, with a code of ACT_REFUSALS
 */
export async function describePerson(
  { database }: Central,
  actor: Actor,
  personId: string,
): Promise<RecoverableResponse> {
  const owner = await findSeen(database, actor, personId);
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
