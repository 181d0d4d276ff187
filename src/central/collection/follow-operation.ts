/** A request follows the operation that carries it out, in the same transaction (KR-10). */
import type { RequestEvent, RequestState } from '../../domain/request.ts';
import { moveRequest } from '../../domain/request.ts';
import type { Database } from '../database.ts';
import type { AuditEntry } from '../repositories/audit.ts';
import type { OperationRow } from '../repositories/operations.ts';
import {
  changeRequest,
  listRequestCertificates,
  listVerdicts,
  lockRequest,
  moveRequestTo,
  type RequestRow,
} from '../repositories/requests.ts';

type Followed = Pick<OperationRow, 'id' | 'requestId' | 'cardId'>;

/** What the audit calls a request that came into this state; ready: what was begun was called off before its first write. */
const TYPES: Partial<Readonly<Record<RequestState, string>>> = { ready: 'request.withdrawn' };

/**
 * Moves the request of an operation on, if it has one. An event that does not fit its state changes nothing: what is told of an
 * operation may be told late, or twice.
 * @param actor as in the audit
 * @returns what the audit is to have of it
 */
export async function followOperation(
  transaction: Database,
  operation: Followed,
  event: RequestEvent,
  actor: string,
  now: Date,
): Promise<AuditEntry[]> {
  const request = operation.requestId ? await lockRequest(transaction, operation.requestId) : undefined;
  if (!request || moveRequest(request.state, event) === null) return [];
  const moved = await moveRequestTo(transaction, request, event, now);
  await changeRequest(transaction, request.id, { operationId: operation.id });
  return [await tellOf(transaction, moved, operation, actor)];
}

/** Who asked, who approved, who collects, at which kiosk (`actor`), and onto what. */
async function tellOf(
  transaction: Database,
  request: RequestRow,
  { id: operationId, cardId }: Followed,
  actor: string,
): Promise<AuditEntry> {
  const verdicts = await listVerdicts(transaction, request.id);
  const list = await listRequestCertificates(transaction, request.id);
  const wanted = list.filter(({ isWanted, wasOnCard }) => isWanted && !wasOnCard);
  return {
    ...{ type: TYPES[request.state] ?? `request.${request.state}`, actor, cardId, operationId },
    detail: {
      ...{
        request: request.id,
        kind: request.kind,
        owner: request.ownerId,
        requestedBy: request.requestedBy,
      },
      approvedBy: verdicts.filter((one) => one.verdict === 'approved').map(({ operatorId }) => operatorId),
      certificates: wanted.map(({ certificate }) => certificate),
    },
  };
}
