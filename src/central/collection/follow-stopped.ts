import type { KioskEvent } from '../../protocol/event.ts';
import type { Database } from '../database.ts';
import type { AuditEntry } from '../repositories/audit.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import { lockOperation } from '../repositories/operations.ts';
import { followOperation } from './follow-operation.ts';

/** As kiosks call the end of a run that was not completed. */
const STOPPED = 'operation.stopped';

/**
 * A kiosk tells that its run has stopped: the request of an operation that is still its own, and still open, counts as interrupted.
 * What is told late changes nothing.
 * @returns what the audit is to have of it
 */
export async function followStopped(
  transaction: Database,
  kiosk: Kiosk,
  events: readonly Pick<KioskEvent, 'type' | 'operationId'>[],
  now: Date,
): Promise<AuditEntry[]> {
  const stopped = events.flatMap(({ type, operationId }) => (type === STOPPED ? (operationId ?? []) : []));
  const entries: AuditEntry[] = [];
  for (const id of new Set(stopped)) {
    const operation = await lockOperation(transaction, id);
    if (operation?.state !== 'open' || operation.kioskId !== kiosk.id) continue;
    entries.push(...(await followOperation(transaction, operation, 'stopped', `kiosk:${kiosk.name}`, now)));
  }
  return entries;
}
