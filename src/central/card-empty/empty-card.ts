/** A cancelled card is made blank, so that its plastic can be issued again. Whoever holds it need not prove who they are. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { EmptyRequest } from '../../protocol/empty-card.ts';
import type { OperationPlan } from '../../protocol/operation.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { checkServed } from '../kiosk-scope.ts';
import { endUnfinished } from '../operation/end-unfinished.ts';
import { readPlan } from '../operation/plan.ts';
import { demandKeysOfCard } from '../operation/read-secret.ts';
import { RefusedError, refusal } from '../refused.ts';
import { recordAudit } from '../repositories/audit.ts';
import { type CardRow, lockCard } from '../repositories/cards.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import {
  addOperation,
  changeOperation,
  findOpenOperation,
  forgetExchanges,
  type OperationRow,
} from '../repositories/operations.ts';
import { planEmptyImage } from './empty-image.ts';

const RECIPIENT_KEY_LENGTH = 32;

/**
 * Opens the operation that empties a cancelled card, or takes it up again. The card shows by its management key that it is the one.
 * @throws RefusedError `RP-07-unknown`, `RP-07-not-served-here`, `RP-06-not-cancelled`, `RP-06-cannot-empty`, `RP-21-foreign-card`,
 * `SE-03-no-master-key`
 */
export async function emptyCard(
  central: Central,
  kiosk: Kiosk,
  cardId: string,
  { capabilities, recipientKey }: EmptyRequest,
): Promise<OperationPlan> {
  if (recipientKey.length !== RECIPIENT_KEY_LENGTH) {
    throw new RefusedError(400, 'SE-07-bad-request', 'empty card: the recipient key has 32 bytes');
  }
  return central.database.transaction(async (transaction) => {
    const card = await lockCard(transaction, cardId);
    if (!card) throw refusal('RP-07-unknown');
    await checkServed(transaction, kiosk, card);
    demandCancelled(card);
    await demandKeysOfCard(central, transaction, card);
    const now = central.now();
    const found = await findOpenOperation(transaction, card.id);
    if (found && found.kind !== 'empty')
      await endUnfinished(central, transaction, found, now, { isUntouched: false });
    const open = found?.kind === 'empty' ? found : undefined;
    const operation = open
      ? await takeUp(transaction, kiosk, open, recipientKey)
      : await openNew(central, transaction, kiosk, card, { capabilities, recipientKey });
    const entry = { actor: `kiosk:${kiosk.name}`, cardId: card.id, operationId: operation.id };
    const type = open ? 'operation.resumed' : 'operation.begun';
    const detail = { kind: 'empty', serial: card.serial };
    await recordAudit(central, transaction, { ...entry, type, detail }, now);
    return readPlan(transaction, operation, open !== undefined);
  });
}

function demandCancelled({ state, isManagementKeyKnown }: CardRow): void {
  if (state !== 'cancelled') {
    const why = 'it is not cancelled; have it cancelled first';
    throw new RefusedError(409, 'RP-06-not-cancelled', `empty card: ${why}`);
  }
  if (!isManagementKeyKnown) throw refusal('RP-21-foreign-card');
}

/** For a new run: it passes anew before anything secret is given out. */
async function takeUp(
  transaction: Database,
  kiosk: Kiosk,
  open: OperationRow,
  recipientKey: Uint8Array,
): Promise<OperationRow> {
  const change = { recipientKey, kioskId: kiosk.id, refusedWith: null };
  await forgetExchanges(transaction, open.id);
  await changeOperation(transaction, open.id, change);
  return { ...open, ...change };
}

async function openNew(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  card: CardRow,
  { capabilities, recipientKey }: EmptyRequest,
): Promise<OperationRow> {
  const operation: OperationRow = {
    ...{ id: randomUUID(), cardId: card.id, kioskId: kiosk.id, state: 'open' },
    ...{ kind: 'empty', requestId: null, reason: '' },
    ...{ profileName: card.profileName, profileRevision: card.profileRevision },
    image: await planEmptyImage(transaction, card, capabilities),
    // The PIN is set by the PUK, as after a proof by code.
    ...{ nonce: new Uint8Array(randomBytes(32)), recipientKey, proofKind: 'code', operatorId: null },
    ...{ acceptsKeyLoss: true, startedAt: central.now(), endedAt: null, refusedWith: null, result: null },
  };
  await addOperation(transaction, operation);
  return operation;
}
