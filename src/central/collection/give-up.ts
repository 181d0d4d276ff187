import type { ProofKind } from '../../../db/central/operation-schema.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { endUnfinished } from '../operation/end-unfinished.ts';
import type { Subject } from '../operation/may-begin.ts';
import { RefusedError } from '../refused.ts';
import type { AuditEntry } from '../repositories/audit.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import type { OperationRow } from '../repositories/operations.ts';
import { lockRequest } from '../repositories/requests.ts';
import { holderActor } from '../request/actor.ts';
import { demandCollectRight } from './find-request.ts';
import { followOperation } from './follow-operation.ts';

/**
 * A rewrite over an open collection: what was begun is finished first, by whoever can. Who has proved themselves by a code cannot, nor who
 * may not collect any more: for them it is given up, so that the card can be rewritten all the same (RP-17).
 * @throws RefusedError `KR-02-collecting` to somebody who can finish it
 */
export async function demandGivenUp(
  transaction: Database,
  kiosk: Kiosk,
  { holder }: Pick<Subject, 'holder'>,
  open: OperationRow,
  proofKind: ProofKind,
): Promise<void> {
  if (proofKind !== 'card') return;
  const request = open.requestId ? await lockRequest(transaction, open.requestId) : undefined;
  if (!request) return;
  try {
    await demandCollectRight(transaction, holderActor(holder.id, kiosk), holder, request);
  } catch (error) {
    if (error instanceof RefusedError) return;
    throw error;
  }
  const why = 'recovered keys are being put onto this card; finish that first';
  throw new RefusedError(409, 'KR-02-collecting', `begin: ${why}`);
}

/** Ends it; what follows finds out what it has left. @returns what the audit is to have of it */
export async function giveUp(
  central: Pick<Central, 'mail' | 'now'>,
  transaction: Database,
  kiosk: Kiosk,
  open: OperationRow,
): Promise<AuditEntry[]> {
  const now = central.now();
  await endUnfinished(central, transaction, open, now, { isUntouched: false });
  const actor = `kiosk:${kiosk.name}`;
  const followed = await followOperation(transaction, open, 'abandoned', actor, now);
  const entry = { type: 'operation.abandoned', actor, cardId: open.cardId, operationId: open.id };
  return [
    { ...entry, detail: { kind: open.kind, why: 'something else is done with the card' } },
    ...followed,
  ];
}
