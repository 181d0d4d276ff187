import type { Central } from '../central.ts';
import { followOperation } from '../collection/follow-operation.ts';
import type { Database } from '../database.ts';
import { RefusedError } from '../refused.ts';
import { recordAudits } from '../repositories/audit.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import { noteInImage, type OperationRow } from '../repositories/operations.ts';
import { publishRevocationList } from '../revocation.ts';
import { mayHaveWritten } from './aftermath.ts';
import { endUnfinished } from './end-unfinished.ts';
import { holdOperation } from './open-operation.ts';

/**
 * Abandons an operation in which nothing can have been written: no secret was to change but a PIN, no new key has been seen
 * (RP-17); a collection while its kiosk says so. Asked again it does nothing.
 * @throws RefusedError `RP-17-already-writing`, `RP-17-closed` when it is completed
 */
export async function cancelOperation(central: Central, kiosk: Kiosk, operationId: string): Promise<void> {
  await central.database.transaction(async (transaction) => {
    const operation = await holdOperation(transaction, kiosk, operationId);
    if (operation.state === 'abandoned') return;
    if (operation.state === 'completed') {
      throw new RefusedError(409, 'RP-17-closed', 'cancel: the operation is completed');
    }
    if (await isUnderWay(transaction, operation)) {
      throw new RefusedError(409, 'RP-17-already-writing', 'cancel: the card is being written');
    }
    const now = central.now();
    const isCollection = operation.kind === 'collection';
    if (isCollection) await noteInImage(transaction, operationId, { hasPassed: false });
    await endUnfinished(central, transaction, operation, now, {
      isUntouched: operation.kind !== 'reprovision',
    });
    const actor = `kiosk:${kiosk.name}`;
    const followed = await followOperation(transaction, operation, 'withdrawn', actor, now);
    const entry = { type: 'operation.cancelled', actor, cardId: operation.cardId, operationId };
    await recordAudits(central, transaction, [entry, ...followed], now);
  });
  await publishRevocationList(central, 'issuing');
}

/**
 * A collection of one run is where the kiosk says that it is: only it knows whether it has moved, removed or put a key on the card, and
 * whether it has undone that on a card that is too small. What was given out in it stays in doubt (`readCollectionDoubt`).
 */
function isUnderWay(transaction: Database, operation: OperationRow): Promise<boolean> {
  if (operation.kind !== 'collection') return mayHaveWritten(transaction, operation);
  return Promise.resolve(operation.image.wasResumed === true);
}
