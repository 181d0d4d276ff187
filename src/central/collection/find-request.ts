/** Requests at the kiosk: by whoever has proved themselves, at the card that is in the reader (KR-02, KR-03, KR-06). */
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import type { Subject } from '../operation/may-begin.ts';
import { RefusedError } from '../refused.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import { newestProfile } from '../repositories/profiles.ts';
import { demandMove, lockRequest, type RequestRow } from '../repositories/requests.ts';
import { type Actor, actRefusal, demandRight, holderActor } from '../request/actor.ts';
import { refuseRequest } from '../request/request-error.ts';

/**
 * Holds a request of the person in front, for the card in front.
 * @throws RefusedError `KR-01-no-such-request` also where it is somebody else's; `KR-06-wrong-card`
 */
export async function holdRequestFor(
  transaction: Database,
  { card, holder }: Pick<Subject, 'card' | 'holder'>,
  requestId: string,
): Promise<RequestRow> {
  const request = await lockRequest(transaction, requestId);
  if (!request || request.ownerId !== holder.id) throw refuseRequest('KR-01-no-such-request');
  if (request.cardId === card.id) return request;
  const why = 'it is for another card of yours; put that one in';
  throw new RefusedError(409, 'KR-06-wrong-card', `collect request: ${why}`);
}

/**
 * That it may be begun now, by its owner or whoever collects for them: decided by the newest revision of its profile.
 * @param operator who is signed in; null: the owner
 * @throws RefusedError with a code of `demandMove`; `KR-03-no-right`
 */
export async function demandCollectable(
  central: Pick<Central, 'now'>,
  transaction: Database,
  kiosk: Kiosk,
  owner: Subject['holder'],
  request: RequestRow,
  operator: Actor | null = null,
): Promise<void> {
  demandMove(request, 'begun', central.now());
  await demandCollectRight(transaction, operator ?? holderActor(owner.id, kiosk), owner, request);
}

/** @throws RefusedError `KR-03-no-right`, also where the profile is withdrawn */
export async function demandCollectRight(
  transaction: Database,
  actor: Actor,
  owner: Subject['holder'],
  request: RequestRow,
): Promise<void> {
  const profile = await newestProfile(transaction, request.profileName);
  if (!profile) throw actRefusal('KR-03-no-right', 'collect');
  await demandRight(transaction, actor, 'collect', { owner, profile, request });
}
