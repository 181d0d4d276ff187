/** A request with what decides over it, held or looked at. */
import type { Profile } from '../../domain/profile.ts';
import type { Database } from '../database.ts';
import { checkServed } from '../kiosk-scope.ts';
import { findPerson, type PersonRow } from '../repositories/people.ts';
import { newestRevision } from '../repositories/profiles.ts';
import { findRequest, lockRequest, type RequestRow } from '../repositories/requests.ts';
import type { Actor } from './actor.ts';
import { refuseRequest } from './request-error.ts';

export interface FoundRequest {
  readonly request: RequestRow;
  readonly owner: PersonRow;
  /** The newest revision; of a withdrawn profile too, so that what waits under it can be called off. */
  readonly profile: Profile;
  readonly isWithdrawn: boolean;
}

/**
 * Holds a request until the transaction ends.
 * @throws RefusedError `KR-01-no-such-request`, `RP-07-not-served-here`
 */
export async function holdRequest(transaction: Database, actor: Actor, id: string): Promise<FoundRequest> {
  return complete(transaction, actor, await lockRequest(transaction, id));
}

/** The same without holding it. */
export async function lookUpRequest(database: Database, actor: Actor, id: string): Promise<FoundRequest> {
  return complete(database, actor, await findRequest(database, id));
}

async function complete(
  database: Database,
  actor: Actor,
  request: RequestRow | undefined,
): Promise<FoundRequest> {
  const owner = request && (await findPerson(database, request.ownerId));
  if (!request || !owner) throw refuseRequest('KR-01-no-such-request');
  if (actor.kiosk) await checkServed(database, actor.kiosk, { holderId: owner.id });
  const revision = await newestRevision(database, request.profileName);
  if (!revision) throw refuseRequest('RP-02-no-profile', request.profileName);
  return { request, owner, profile: revision.profile, isWithdrawn: revision.withdrawnAt !== null };
}
