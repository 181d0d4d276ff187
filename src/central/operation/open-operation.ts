import { runName } from '../../protocol/operation.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { RefusedError } from '../refused.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import { lockOperation, type OperationRow } from '../repositories/operations.ts';
import { publishSoon } from '../revocation.ts';
import { refuseMeanwhile } from './refuse-meanwhile.ts';

/**
 * Holds an operation that this kiosk is carrying out, until the transaction ends.
 * @throws RefusedError `RP-17-no-operation`, `RP-17-elsewhere` when another kiosk, or a later run, has resumed it
 */
export async function holdOperation(
  transaction: Database,
  kiosk: Kiosk,
  operationId: string,
): Promise<OperationRow> {
  const operation = await lockOperation(transaction, operationId);
  if (!operation) throw new RefusedError(404, 'RP-17-no-operation', 'go on: there is no such operation');
  if (operation.kioskId !== kiosk.id) {
    throw new RefusedError(409, 'RP-17-elsewhere', 'go on: the operation was taken up at another kiosk');
  }
  const isOfAnotherRun = kiosk.run !== undefined && kiosk.run !== runName(operation.recipientKey);
  if (operation.state === 'open' && isOfAnotherRun) {
    throw new RefusedError(409, 'RP-17-elsewhere', 'go on: the operation was taken up by another run');
  }
  return operation;
}

/** Does one step of an operation that is still open. @throws RefusedError also `RP-17-closed` */
export async function inOpenOperation<T>(
  central: Central,
  kiosk: Kiosk,
  operationId: string,
  step: (transaction: Database, operation: OperationRow) => Promise<T>,
): Promise<T> {
  return central.database.transaction(async (transaction) =>
    step(transaction, await holdOpen(transaction, kiosk, operationId)),
  );
}

/**
 * The same for a step that gives something out: only while the card may still be rewritten. Else what was issued is
 * revoked, with the list published.
 * @throws RefusedError also a code of REFUSALS
 */
export async function inSoundOperation<T>(
  central: Central,
  kiosk: Kiosk,
  operationId: string,
  step: (transaction: Database, operation: OperationRow) => Promise<T>,
): Promise<T> {
  const outcome = await central.database.transaction(async (transaction) => {
    const operation = await holdOpen(transaction, kiosk, operationId);
    const refused = await refuseMeanwhile(central, transaction, kiosk, operation);
    return refused ? { refused } : { refused: null, result: await step(transaction, operation) };
  });
  if (outcome.refused === null) return outcome.result;
  publishSoon(central);
  throw outcome.refused;
}

async function holdOpen(transaction: Database, kiosk: Kiosk, operationId: string): Promise<OperationRow> {
  const operation = await holdOperation(transaction, kiosk, operationId);
  if (operation.state === 'open') return operation;
  throw new RefusedError(409, 'RP-17-closed', `go on: the operation is ${operation.state}`);
}
