/** The one queue of all requests (KR-04). */
import { DEFAULT_REQUEST_RIGHTS } from '../../domain/profile.ts';
import { OPEN_REQUEST_STATES, REQUEST_STATES, type RequestState } from '../../domain/request.ts';
import type { ListedRequest, QueueView } from '../../protocol/operator.ts';
import type { Database } from '../database.ts';
import { listProfiles } from '../repositories/profiles.ts';
import { searchRequests } from '../repositories/request-queue.ts';
import type { Actor } from './actor.ts';
import { describeRequests } from './describe-request.ts';

export interface QueueWish {
  readonly view: QueueView;
  /** Besides the view; null: as it says. */
  readonly state: RequestState | null;
  readonly ownerId: string | null;
  readonly cardId: string | null;
  readonly limit: number;
}

const STATES: Readonly<Record<QueueView, readonly RequestState[] | null>> = {
  toApprove: ['awaitingApproval'],
  waiting: OPEN_REQUEST_STATES,
  done: REQUEST_STATES.filter((state) => !OPEN_REQUEST_STATES.includes(state)),
  all: null,
};

/**
 * Newest first, but what is to be approved oldest first: nothing is left behind its limit for good. An operator sees those of the people for whom they act, at a kiosk
 * of those whom it serves.
 */
export async function listRequests(
  database: Database,
  actor: Actor,
  { view, state, ownerId, cardId, limit }: QueueWish,
): Promise<{ readonly requests: ListedRequest[]; readonly total: number }> {
  const { standing, kiosk, groupIds } = actor;
  const found = await searchRequests(database, {
    ...{ states: state === null ? STATES[view] : [state], ownerId, cardId, limit },
    groupIds: standing.kind === 'operator' ? [...groupIds] : null,
    scopeId: kiosk?.scopeId ?? null,
    oldestFirst: view === 'toApprove',
    approver: view === 'toApprove' ? await approverOf(database, actor) : null,
  });
  return { requests: await describeRequests(database, found.requests), total: found.total };
}

async function approverOf(database: Database, { standing }: Actor) {
  if (standing.kind !== 'operator' || standing.role === null) return null;
  const { role, personId } = standing;
  const profiles = (await listProfiles(database)).filter(({ requestRights }) =>
    (requestRights ?? DEFAULT_REQUEST_RIGHTS).approve.includes(role),
  );
  return { personId, profileNames: profiles.map(({ name }) => name) };
}
