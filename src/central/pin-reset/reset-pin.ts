/** A holder who has forgotten their PIN gets a new one, and nothing else of their card changes (ID-02, OP-02). */
import { randomBytes, randomUUID } from 'node:crypto';
import type { OperationPlan } from '../../protocol/operation.ts';
import type { PinResetRequest } from '../../protocol/pin-reset.ts';
import type { Central } from '../central.ts';
import { giveUp } from '../collection/give-up.ts';
import type { Database } from '../database.ts';
import { actingAt, demandAgreement, detailOf, nameOf, onRecordOf } from '../operation/acting.ts';
import { readAftermath } from '../operation/aftermath.ts';
import { type NewRun, resumeOperation } from '../operation/begin.ts';
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
import { type Actor, personOf } from '../request/actor.ts';
import { demandForOther } from '../statement/may-say.ts';

const RECIPIENT_KEY_LENGTH = 32;

/**
 * Opens the operation that sets a new PIN, or takes it up again.
 * @throws RefusedError with a code of REFUSALS; `ID-01-not-proved`, `RP-09-not-yours`, `ID-03-code-dead`; `ID-02-code-needed`,
 * `ID-02-pin-not-set`, `RP-17-finish-first`, `SE-03-no-master-key`, of `demandForOther` and `demandAgreement`: nothing was begun
 */
export async function resetPin(
  central: Central,
  kiosk: Kiosk,
  cardId: string,
  request: PinResetRequest,
  signedIn: Actor | null = null,
): Promise<OperationPlan> {
  if (request.recipientKey.length !== RECIPIENT_KEY_LENGTH) {
    throw new RefusedError(400, 'SE-07-bad-request', 'reset PIN: the recipient key has 32 bytes');
  }
  const acting = await actingAt(central, kiosk, signedIn, request.proofId);
  return onRecordOf(central, acting, { action: 'pinReset', cardId }, async (transaction) => {
    const subject = await findSubject(central, transaction, kiosk, cardId);
    const unfinished = await findOpenOperation(transaction, cardId);
    const proof = await checkProof(central, transaction, kiosk, { ...request, cardId }, unfinished);
    const open = unfinished?.kind === 'pinReset' ? unfinished : undefined;
    const entries: AuditEntry[] = [];
    if (unfinished && !open) entries.push(...(await makeWay(central, transaction, kiosk, unfinished, proof)));
    await demandProof(transaction, proof, open);
    if (acting.signedIn) demandForOther(acting.signedIn, subject.holder);
    await demandKeysOfCard(central, transaction, subject.card);
    const { holder, profile } = subject;
    const agreement = { action: 'pinReset', cardId, reason: null, profile, holder, open } as const;
    const agreed = await demandAgreement(central, transaction, acting, agreement, request);
    const run = { acting, proofKind: proof.kind, entries };
    const operation = open
      ? await resumeOperation(central, transaction, subject, open, request, run)
      : await openNew(central, transaction, subject, request, run);
    entries.push(...agreed.map((entry) => ({ ...entry, operationId: operation.id })));
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

/**
 * Keys that were being put onto the card wait for somebody who knows its PIN: nobody does, and they are given up. A rewrite sets a new PIN as well.
 * @throws RefusedError `RP-17-finish-first`
 */
async function makeWay(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  unfinished: OperationRow,
  { kind }: ProofRow,
): Promise<AuditEntry[]> {
  if (unfinished.kind === 'collection' && kind !== 'card') {
    return giveUp(central, transaction, kiosk, unfinished);
  }
  const why = 'another operation of this card is not finished; finish that';
  throw new RefusedError(409, 'RP-17-finish-first', `reset PIN: ${why}`);
}

async function openNew(
  central: Central,
  transaction: Database,
  { card, holder, profile }: Subject,
  { capabilities, recipientKey }: PinResetRequest,
  { acting, proofKind, entries }: NewRun,
): Promise<OperationRow> {
  const { kiosk, operator } = acting;
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
      proofKind,
      operatorId: operator && personOf(operator),
    },
    ...{ acceptsKeyLoss: false, startedAt: central.now(), endedAt: null, refusedWith: null, result: null },
  };
  await demandPuk(transaction, operation);
  await addOperation(transaction, operation);
  const entry = { type: 'operation.begun', actor: nameOf(acting), cardId: card.id };
  const detail = { kind: 'pinReset', proof: proofKind, profile: profile.name, revision: profile.revision };
  entries.push({
    ...{ ...entry, operationId: operation.id },
    detail: { ...detailOf(acting, holder), ...detail },
  });
  return operation;
}

/** Said before anything is begun, and not when somebody has typed their new PIN twice. @throws RefusedError `ID-02-pin-not-set` */
async function demandPuk(transaction: Database, operation: OperationRow): Promise<void> {
  if ((await pukCandidates(transaction, operation)).length > 0) return;
  const why = 'central knows no PUK that opens this card; give its holder a new card';
  throw new RefusedError(409, 'ID-02-pin-not-set', `reset PIN: ${why}`);
}
