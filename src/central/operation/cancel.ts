import type { Central } from '../central.ts';
import { RefusedError } from '../refused.ts';
import { recordAudit } from '../repositories/audit.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import { publishRevocationList } from '../revocation.ts';
import { mayHaveWritten } from './aftermath.ts';
import { endUnfinished } from './end-unfinished.ts';
import { holdOperation } from './open-operation.ts';

/**
 * Abandons an operation in which nothing can have been written: no secret was to change but a PIN, no new key has been seen
 * (RP-17). Asked again it does nothing.
 * @throws RefusedError `RP-17-already-writing`, `RP-17-closed` when it is completed
 */
export async function cancelOperation(central: Central, kiosk: Kiosk, operationId: string): Promise<void> {
  await central.database.transaction(async (transaction) => {
    const operation = await holdOperation(transaction, kiosk, operationId);
    if (operation.state === 'abandoned') return;
    if (operation.state === 'completed') {
      throw new RefusedError(409, 'RP-17-closed', 'cancel: the operation is completed');
    }
    if (await mayHaveWritten(transaction, operationId)) {
      throw new RefusedError(409, 'RP-17-already-writing', 'cancel: the card is being written');
    }
    const now = central.now();
    await endUnfinished(transaction, operation, now);
    const entry = { type: 'operation.cancelled', actor: `kiosk:${kiosk.name}`, cardId: operation.cardId };
    await recordAudit(central, transaction, { ...entry, operationId }, now);
  });
  await publishRevocationList(central, 'issuing');
}
