/** A card update: a request that waits for a card, and is carried out by rewriting it for the same reason (RP-15). */
import type { BeginRequest } from '../../protocol/operation.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import type { Subject } from '../operation/may-begin.ts';
import { RefusedError } from '../refused.ts';
import type { AuditEntry } from '../repositories/audit.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import type { OperationRow } from '../repositories/operations.ts';
import { listReadyUpdates } from '../repositories/requests.ts';
import { demandCollectable, holdRequestFor } from './find-request.ts';
import { followOperation } from './follow-operation.ts';

/**
 * That a reprovision carries out the request that it names.
 * @throws RefusedError `KR-01-no-such-request`, `KR-06-wrong-card`, `RP-15-other-reason`, and as `demandCollectable`
 */
export async function demandUpdate(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  { card, holder }: Subject,
  { requestId, reason }: Pick<BeginRequest, 'requestId' | 'reason'>,
): Promise<void> {
  if (!requestId) return;
  const request = await holdRequestFor(transaction, { card, holder }, requestId);
  if (request.kind !== 'cardUpdate' || request.reason !== reason) {
    const why = 'that request is not for a rewrite with this reason; choose it from the list again';
    throw new RefusedError(409, 'RP-15-other-reason', `begin: ${why}`);
  }
  await demandCollectable(central, transaction, kiosk, holder, request);
}

/** Whoever rewrote the card with that reason has done what was asked for, also without having been sent. */
export async function finishUpdates(
  transaction: Database,
  { id, cardId, kind, reason }: OperationRow,
  actor: string,
  now: Date,
): Promise<AuditEntry[]> {
  if (kind !== 'reprovision') return [];
  const entries: AuditEntry[] = [];
  for (const request of await listReadyUpdates(transaction, { cardId, reason }, now)) {
    const operation = { id, cardId, requestId: request.id };
    entries.push(...(await followOperation(transaction, operation, 'begun', actor, now)));
    entries.push(...(await followOperation(transaction, operation, 'finished', actor, now)));
  }
  return entries;
}
