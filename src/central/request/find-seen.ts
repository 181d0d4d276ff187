import { DEFAULT_REQUEST_RIGHTS } from '../../domain/profile.ts';
import type { Database } from '../database.ts';
import { checkServed } from '../kiosk-scope.ts';
import { findPerson, type PersonRow } from '../repositories/people.ts';
import { type Actor, demandRight } from './actor.ts';
import { refuseRequest } from './request-error.ts';

/**
 * Somebody whom this operator may look at, here: everybody for whom they act, and themselves.
 * @throws RefusedError `RP-07-nobody`, `RP-07-not-served-here`, with a code of ACT_REFUSALS
 */
export async function findSeen(database: Database, actor: Actor, personId: string): Promise<PersonRow> {
  const owner = await findPerson(database, personId);
  if (!owner) throw refuseRequest('RP-07-nobody');
  if (actor.kiosk) await checkServed(database, actor.kiosk, { holderId: owner.id });
  const profile = { requestRights: DEFAULT_REQUEST_RIGHTS };
  await demandRight(database, actor, 'see', { owner, profile });
  return owner;
}
