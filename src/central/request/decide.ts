/** What becomes of a request that waits: approved, rejected, cancelled (KR-04). Each is in the audit, refused ones too. */
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { tellOfRequest } from '../mail/tell-of.ts';
import { dropPlannedCard } from '../new-card/planned-card.ts';
import { recordAudit } from '../repositories/audit.ts';
import {
  addVerdict,
  demandMove,
  listVerdicts,
  moveRequestTo,
  type RequestRow,
  type VerdictRow,
} from '../repositories/requests.ts';
import { type Actor, actorDetail, actRefusal, demandRight, personOf } from './actor.ts';
import { letThrough } from './file-request.ts';
import { type FoundRequest, holdRequest } from './find.ts';
import { onRecord } from './on-record.ts';
import { refuseRequest } from './request-error.ts';

/**
 * One operator's yes. With the last that is wanted it can be collected.
 * @throws RefusedError with a code of ACT_REFUSALS, of `moveRequestTo`, `RP-02-no-profile`
 */
export function approveRequest(
  central: Central,
  actor: Actor,
  id: string,
  note: string | null,
): Promise<RequestRow> {
  return decide(
    central,
    actor,
    { id, action: 'approve', note },
    async (transaction, { request, isWithdrawn }) => {
      if (isWithdrawn) throw refuseRequest('RP-02-no-profile', request.profileName);
      const now = central.now();
      demandMove(request, 'approved', now);
      await addVerdict(transaction, { ...verdictOf(request, actor, now), verdict: 'approved', note });
      const count = (await listVerdicts(transaction, id)).filter((one) => one.verdict === 'approved').length;
      if (count < request.approvalsWanted) return request;
      await tellOfRequest(central, transaction, 'keysApproved', request, actor.kiosk);
      return letThrough(transaction, request, now);
    },
  );
}

/** One operator's no, with why, ends it. @throws RefusedError as `approveRequest` */
export function rejectRequest(central: Central, actor: Actor, id: string, note: string): Promise<RequestRow> {
  return decide(central, actor, { id, action: 'reject', note }, async (transaction, { request }) => {
    const now = central.now();
    const rejected = await moveRequestTo(transaction, request, 'rejected', now);
    await addVerdict(transaction, { ...verdictOf(request, actor, now), verdict: 'rejected', note });
    return rejected;
  });
}

/** Calls it off, before anything was begun. @throws RefusedError as `approveRequest` */
export function cancelRequest(
  central: Central,
  actor: Actor,
  id: string,
  note: string | null,
): Promise<RequestRow> {
  return decide(central, actor, { id, action: 'cancel', note }, async (transaction, { request }) => {
    await dropPlannedCard(transaction, request);
    // No operation stands behind a soft certificate that could be abandoned instead.
    const isStopped = request.kind === 'softCertificate' && request.state === 'interrupted';
    return moveRequestTo(transaction, request, isStopped ? 'abandoned' : 'cancelled', central.now());
  });
}

interface Decision {
  readonly id: string;
  readonly action: 'approve' | 'reject' | 'cancel';
  readonly note: string | null;
}

const TYPES = {
  approve: 'request.approved',
  reject: 'request.rejected',
  cancel: 'request.cancelled',
} as const;

async function decide(
  central: Central,
  actor: Actor,
  { id, action, note }: Decision,
  work: (transaction: Database, found: FoundRequest) => Promise<RequestRow>,
): Promise<RequestRow> {
  const attempt = { action, request: id, ...(note === null ? {} : { note }) };
  return onRecord(central, actor, attempt, async (transaction) => {
    const found = await holdRequest(transaction, actor, id);
    await demandRight(transaction, actor, action, found);
    const request = await work(transaction, found);
    const detail = {
      ...{ request: id, kind: request.kind, state: request.state, owner: request.ownerId, note },
      ...actorDetail(actor),
    };
    const entry = { type: TYPES[action], actor: actor.name, cardId: request.cardId, detail };
    await recordAudit(central, transaction, entry, central.now());
    return request;
  });
}

/** `demandRight` has let nobody through who is no person. */
function verdictOf(
  { id }: RequestRow,
  actor: Actor,
  givenAt: Date,
): Pick<VerdictRow, 'requestId' | 'operatorId' | 'givenAt'> {
  const operatorId = personOf(actor);
  if (operatorId === null) throw actRefusal('ID-05-not-an-operator', 'approve');
  return { requestId: id, operatorId, givenAt };
}
