/** A holder who has forgotten their PIN gets a new one, and nothing else of their card changes (ID-02, OP-02). */
import { randomBytes, randomUUID } from 'node:crypto';
import type { OperationPlan } from '../../protocol/operation.ts';
import type { PinResetRequest } from '../../protocol/pin-reset.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { readAftermath } from '../operation/aftermath.ts';
import { resumeOperation } from '../operation/begin.ts';
import { checkProof, findSubject, type Subject } from '../operation/may-begin.ts';
import { planSecrets } from '../operation/new-operation.ts';
import { readPlan } from '../operation/plan.ts';
import { pukCandidates } from '../operation/puk-candidates.ts';
import { demandKeysOfCard } from '../operation/read-secret.ts';
import { isPinSet } from '../operation/unfinished.ts';
import { RefusedError } from '../refused.ts';
import { type AuditEntry, recordAudits } from '../repositories/audit.ts';
import { findCardSecret } from '../repositories/card-secrets.ts';
import { changeCode } from '../repositories/codes.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import { addOperation, findOpenOperation, type OperationRow } from '../repositories/operations.ts';
import { changeProof, type ProofRow } from '../repositories/proofs.ts';

const RECIPIENT_KEY_LENGTH = 32;

/**
 * Opens the operation that sets a new PIN, or takes it up again.
 * @throws RefusedError with a code of REFUSALS; `ID-01-not-proved`, `RP-09-not-yours`, `ID-03-code-dead`; `ID-02-code-needed`,
 * `ID-02-pin-not-set`, `RP-17-finish-first`, `SE-03-no-master-key`: nothing was begun
 */
export async function resetPin(
  central: Central,
  kiosk: Kiosk,
  cardId: string,
  request: PinResetRequest,
): Promise<OperationPlan> {
  if (request.recipientKey.length !== RECIPIENT_KEY_LENGTH) {
    throw new RefusedError(400, 'SE-07-bad-request', 'reset PIN: the recipient key has 32 bytes');
  }
  return central.database.transaction(async (transaction) => {
    const subject = await findSubject(central, transaction, kiosk, cardId);
    const open = await findOpenOperation(transaction, cardId);
    const proof = await checkProof(central, transaction, kiosk, { ...request, cardId }, open);
    if (open && open.kind !== 'pinReset') throw finishFirst();
    await demandProof(transaction, proof, open);
    await demandKeysOfCard(central, transaction, subject.card);
    const entries: AuditEntry[] = [];
    const operation = open
      ? await resumeOperation(central, transaction, kiosk, subject, open, request, proof.kind, entries)
      : await openNew(central, transaction, kiosk, subject, request, proof, entries);
    await changeProof(transaction, proof.id, { operationId: operation.id });
    if (proof.codeId) await changeCode(transaction, proof.codeId, { operationId: operation.id });
    await recordAudits(central, transaction, entries, central.now());
    return readPlan(transaction, operation, open !== undefined);
  });
}

/** Whoever knows the PIN needs none set, but may finish what has set it. @throws RefusedError `ID-02-code-needed` */
async function demandProof(
  transaction: Database,
  { kind }: ProofRow,
  open: OperationRow | undefined,
): Promise<void> {
  if (kind !== 'card' || (open && (await isPinSet(transaction, open)))) return;
  const why = 'whoever has entered the PIN knows it; use a one-time code, or have an operator come';
  throw new RefusedError(403, 'ID-02-code-needed', `reset PIN: ${why}`);
}

async function openNew(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  { card, profile }: Subject,
  { capabilities, recipientKey }: PinResetRequest,
  proof: ProofRow,
  entries: AuditEntry[],
): Promise<OperationRow> {
  const secrets = planSecrets(card, profile, capabilities, {
    ...(await readAftermath(transaction, card)),
    isImported: (await findCardSecret(transaction, card.id, 'managementKey', 0)) !== undefined,
  });
  const operation: OperationRow = {
    ...{ id: randomUUID(), cardId: card.id, kioskId: kiosk.id, state: 'open' },
    ...{ kind: 'pinReset', requestId: null, reason: '' },
    ...{ profileName: profile.name, profileRevision: profile.revision },
    // Its management key stays: it is there to show that this is the card.
    image: {
      ...{ objects: [], emptiedCertificates: [], removedKeys: [] },
      ...{ ...secrets, managementKeyNext: null },
    },
    ...{
      nonce: new Uint8Array(randomBytes(32)),
      recipientKey,
      proofKind: proof.kind,
      operatorId: proof.vouchedById,
    },
    ...{ acceptsKeyLoss: false, startedAt: central.now(), endedAt: null, refusedWith: null, result: null },
  };
  await demandPuk(transaction, operation);
  await addOperation(transaction, operation);
  const entry = { type: 'operation.begun', actor: `kiosk:${kiosk.name}`, cardId: card.id };
  const detail = { kind: 'pinReset', proof: proof.kind, profile: profile.name, revision: profile.revision };
  entries.push({ ...entry, operationId: operation.id, detail });
  return operation;
}

/** Said before anything is begun, and not when somebody has typed their new PIN twice. @throws RefusedError `ID-02-pin-not-set` */
async function demandPuk(transaction: Database, operation: OperationRow): Promise<void> {
  if ((await pukCandidates(transaction, operation)).length > 0) return;
  const why = 'central knows no PUK that opens this card; give its holder a new card';
  throw new RefusedError(409, 'ID-02-pin-not-set', `reset PIN: ${why}`);
}

function finishFirst(): RefusedError {
  const why = 'another operation of this card is not finished, and sets a new PIN as well; finish that';
  return new RefusedError(409, 'RP-17-finish-first', `reset PIN: ${why}`);
}
