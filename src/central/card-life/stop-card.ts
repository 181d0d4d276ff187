/** What goes with a card that is cancelled or disabled: proofs, codes, operations, and what was asked for onto it. */
import { type RequestState, WAITING_REQUEST_STATES } from '../../domain/request.ts';
import type { Central } from '../central.ts';
import { followOperation } from '../collection/follow-operation.ts';
import type { Database } from '../database.ts';
import { endUnfinished } from '../operation/end-unfinished.ts';
import { revokeHeld } from '../operation/revoke-held.ts';
import type { AuditEntry } from '../repositories/audit.ts';
import { changeCode, lockLiveCode } from '../repositories/codes.ts';
import { findOpenOperation } from '../repositories/operations.ts';
import { refuseProofsOfCard } from '../repositories/proofs.ts';
import { listOpenOnto, lockRequest, moveRequestTo } from '../repositories/requests.ts';
import type { Actor } from '../request/actor.ts';

/** Nobody proves themselves by what was proven or given before: neither now nor after the card was enabled. */
export async function endProofs(transaction: Database, cardId: string): Promise<void> {
  const code = await lockLiveCode(transaction, cardId);
  if (code) await changeCode(transaction, code.id, { state: 'dead' });
  await refuseProofsOfCard(transaction, cardId);
}

/** What it has issued dies; it can be finished after enabling (operation.md D). */
export async function stopOperation(transaction: Database, cardId: string, now: Date): Promise<void> {
  const open = await findOpenOperation(transaction, cardId);
  if (open) await revokeHeld(transaction, open.id, now);
}

/** It is abandoned. @returns what the audit is to have of it */
export async function endOperation(
  central: Pick<Central, 'mail' | 'now'>,
  transaction: Database,
  actor: Actor,
  cardId: string,
): Promise<AuditEntry[]> {
  const now = central.now();
  const open = await findOpenOperation(transaction, cardId);
  if (!open) return [];
  await endUnfinished(central, transaction, open, now, { isUntouched: false });
  const followed = await followOperation(transaction, open, 'abandoned', actor.name, now);
  const entry = { type: 'operation.abandoned', actor: actor.name, cardId, operationId: open.id };
  return [{ ...entry, detail: { kind: open.kind, why: 'the card is cancelled' } }, ...followed];
}

/** What waits to be done to a card that is not to be written any more. @returns what the audit is to have of it */
export async function cancelRequestsOnto(
  transaction: Database,
  actor: Actor,
  cardId: string,
  now: Date,
): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for (const { id } of await listOpenOnto(transaction, cardId)) {
    const request = await lockRequest(transaction, id);
    if (!request || !isWaiting(request.state)) continue;
    const { state } = await moveRequestTo(transaction, request, 'cancelled', now);
    const detail = { request: id, kind: request.kind, state, note: 'the card is cancelled' };
    entries.push({ type: 'request.cancelled', actor: actor.name, cardId, detail });
  }
  return entries;
}

function isWaiting(state: RequestState): boolean {
  return WAITING_REQUEST_STATES.includes(state);
}
