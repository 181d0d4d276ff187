/** The one queue of all requests (KR-04). */
import { commonRights } from '../../domain/common-rights.ts';
import { OPEN_REQUEST_STATES, REQUEST_STATES, type RequestState } from '../../domain/request.ts';
import type { ListedRequest, QueueView } from '../../protocol/operator.ts';
import type { Database } from '../database.ts';
import { listNewestRevisions } from '../repositories/profiles.ts';
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
  const all = await listNewestRevisions(database);
  const given = all.filter(({ profile }) => commonRights([profile]).approve.includes(role));
  return {
    personId,
    profileNames: given.flatMap(({ profile, withdrawnAt }) => (withdrawnAt === null ? [profile.name] : [])),
    sourceNames: given.map(({ profile }) => profile.name),
  };
}
