/** The end of emptying a card: nothing is on it by what was read back, and its chip is anybody's again. */
import { isEncryptionSlot } from '../../domain/slot.ts';
import { hexTag, OBJECT_TAGS } from '../../piv/reference.ts';
import { type CompleteRequest, type OperationResult, operationResult } from '../../protocol/operation.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { toInstant } from '../instant.ts';
import { checkReadBack } from '../operation/check-written.ts';
import { subjectOf } from '../operation/refuse-meanwhile.ts';
import { RefusedError } from '../refused.ts';
import { recordAudits } from '../repositories/audit.ts';
import { forgetReplacedSecrets } from '../repositories/card-secrets.ts';
import { changeCard } from '../repositories/cards.ts';
import { certificatesOnCard, changeCertificate, takeOffCard } from '../repositories/certificates.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import {
  changeOperation,
  listIntents,
  type OperationRow,
  type SecretIntentRow,
} from '../repositories/operations.ts';

/** Many cards have it fixed, and it says nothing of anybody. */
const MAY_STAY: readonly string[] = [hexTag(OBJECT_TAGS.DISCOVERY)];

/**
 * The card stays cancelled; its serial number is free for another record.
 * @throws RefusedError `SE-03-secret-pending`, `RP-18-verify-failed`: nothing was changed
 */
export async function completeEmptied(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  operation: OperationRow,
  request: CompleteRequest,
): Promise<OperationResult> {
  demandFactorySecrets(operation, await listIntents(transaction, operation.id));
  demandNothingLeft(request);
  checkReadBack(operation, [], request);
  const now = central.now();
  const { card } = await subjectOf(transaction, operation);
  await takeAllOff(transaction, card.id);
  await changeCard(transaction, card.id, { serial: null });
  await forgetReplacedSecrets(transaction, card.id);
  const result = operationResult.parse({
    ...{ operationId: operation.id, certificates: [], revokedCount: 0, leftoverKeys: [] },
    ...{ unwritableObjects: request.unwritableObjects, cardExpiresAt: toInstant(card.expiresAt) },
  });
  await changeOperation(transaction, operation.id, {
    ...{ state: 'completed', endedAt: now, refusedWith: null, result: { ...result } },
  });
  const entry = { actor: `kiosk:${kiosk.name}`, cardId: card.id, operationId: operation.id };
  const detail = { serial: card.serial, unwritableObjects: result.unwritableObjects };
  const entries = [
    { ...entry, type: 'operation.completed', detail: { kind: 'empty' } },
    { ...entry, type: 'card.emptied', detail },
  ];
  await recordAudits(central, transaction, entries, now);
  return result;
}

/** A certificate for encryption outlives its card where its key is on the next one: what becomes of it was decided when the card was cancelled. */
async function takeAllOff(transaction: Database, cardId: string): Promise<void> {
  for (const [slot, row] of await certificatesOnCard(transaction, cardId)) {
    const outlives = row.cardId === cardId && isEncryptionSlot(slot);
    if (outlives) await changeCertificate(transaction, row.serialNumber, { isOnCard: false });
    else await takeOffCard(transaction, cardId, row);
  }
}

/** @throws RefusedError `SE-03-secret-pending` unless each was set */
function demandFactorySecrets({ image }: OperationRow, intents: readonly SecretIntentRow[]): void {
  const wanted = ['puk', 'pin', ...(image.managementKeyNext ? ['managementKey'] : [])];
  const pending = wanted.find(
    (one) => !intents.some(({ secret, state }) => secret === one && state === 'written'),
  );
  if (pending === undefined) return;
  const why = `the ${pending} is not the factory's yet`;
  throw new RefusedError(409, 'SE-03-secret-pending', `complete: ${why}`);
}

/** @throws RefusedError `RP-18-verify-failed` */
function demandNothingLeft({ leftoverKeys, unwritableObjects }: CompleteRequest): void {
  const left = [...leftoverKeys, ...unwritableObjects.filter((tag) => !MAY_STAY.includes(tag))];
  if (left.length === 0) return;
  const why = `${left.join(', ')} is still on the card; destroy it`;
  throw new RefusedError(409, 'RP-18-verify-failed', `complete: ${why}`);
}
