/** The end of setting a new PIN: nothing but two secrets of the card is different. */
import { type CompleteRequest, type OperationResult, operationResult } from '../../protocol/operation.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { toInstant } from '../instant.ts';
import { cardFact } from '../mail/mail-kinds.ts';
import { tell } from '../mail/tell.ts';
import { checkReadBack, checkSecrets } from '../operation/check-written.ts';
import { subjectOf } from '../operation/refuse-meanwhile.ts';
import { recordAudits } from '../repositories/audit.ts';
import { forgetReplacedSecrets } from '../repositories/card-secrets.ts';
import { endCodes } from '../repositories/codes.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import { changeOperation, listIntents, type OperationRow } from '../repositories/operations.ts';

/**
 * The code is spent, and the holder is told (OP-05).
 * @throws RefusedError `SE-03-secret-pending`, `RP-14-pin-not-set`: nothing was changed
 */
export async function completePinReset(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  operation: OperationRow,
  request: CompleteRequest,
): Promise<OperationResult> {
  checkSecrets(operation, await listIntents(transaction, operation.id));
  checkReadBack(operation, [], request);
  const now = central.now();
  const { card } = await subjectOf(transaction, operation);
  await forgetReplacedSecrets(transaction, card.id);
  await endCodes(transaction, card.id, 'spent');
  const result = operationResult.parse({
    ...{ operationId: operation.id, certificates: [], revokedCount: 0, leftoverKeys: [] },
    ...{ unwritableObjects: [], cardExpiresAt: toInstant(card.expiresAt) },
  });
  await changeOperation(transaction, operation.id, {
    ...{ state: 'completed', endedAt: now, refusedWith: null, result: { ...result } },
  });
  await tell(central, transaction, card.holderId, 'pinReset', {
    ...{ kiosk: kiosk.name, ...cardFact(card.serial) },
  });
  const entry = { actor: `kiosk:${kiosk.name}`, cardId: card.id, operationId: operation.id };
  const { proofKind: proof, operatorId } = operation;
  const detail = { kind: 'pinReset', proof, ...(operatorId === null ? {} : { operator: operatorId }) };
  const entries = [
    { ...entry, type: 'operation.completed', detail },
    { ...entry, type: 'pin.reset', detail: { ...detail, owner: card.holderId } },
  ];
  await recordAudits(central, transaction, entries, now);
  return result;
}
