import type { Central } from '../central.ts';
import { followOperation } from '../collection/follow-operation.ts';
import type { Database } from '../database.ts';
import { RefusedError } from '../refused.ts';
import { recordAudits } from '../repositories/audit.ts';
import { lockOperation, type OperationRow } from '../repositories/operations.ts';
import { publishRevocationList } from '../revocation.ts';
import { endUnfinished } from './end-unfinished.ts';

export interface Abandonment {
  /** As in the audit: `command`, `sweep`, `operator:LOGIN`. */
  readonly actor: string;
  /** What the audit says of them besides. */
  readonly by?: Readonly<Record<string, unknown>>;
  /** Why, in somebody's own words; null when nobody said. */
  readonly why: string | null;
  /** Asked while the operation is held: false leaves it as it is. */
  readonly isStillWanted?: (transaction: Database, operation: OperationRow) => Promise<boolean>;
}

/**
 * Ends an operation that nobody will finish. Its card is not lost: the next operation opens it with whatever secrets it
 * has by now. Asked again it does nothing. @returns whether it was abandoned now
 * @throws RefusedError `RP-17-no-operation`, `RP-17-closed` when it is completed
 */
export async function abandonOperation(
  central: Central,
  operationId: string,
  { actor, by, why, isStillWanted }: Abandonment,
): Promise<boolean> {
  const isAbandoned = await central.database.transaction(async (transaction) => {
    const operation = await hold(transaction, operationId);
    if (operation.state === 'abandoned') return false;
    if (operation.state === 'completed') {
      throw new RefusedError(409, 'RP-17-closed', 'abandon operation: it is completed');
    }
    if (isStillWanted && !(await isStillWanted(transaction, operation))) return false;
    const now = central.now();
    await endUnfinished(central, transaction, operation, now, { isUntouched: false });
    const followed = await followOperation(transaction, operation, 'abandoned', actor, now);
    const entry = { type: 'operation.abandoned', actor, cardId: operation.cardId, operationId };
    const detail = { reason: operation.reason, ...(why === null ? {} : { why }), ...by };
    await recordAudits(central, transaction, [{ ...entry, detail }, ...followed], now);
    return true;
  });
  await publishRevocationList(central, 'issuing');
  return isAbandoned;
}

async function hold(transaction: Database, operationId: string): Promise<OperationRow> {
  const operation = await lockOperation(transaction, operationId);
  if (!operation) {
    throw new RefusedError(404, 'RP-17-no-operation', 'abandon operation: there is no such operation');
  }
  return operation;
}
