/** Opening an operation, or taking up the one that is open. */
import type { ProofKind } from '../../../db/central/operation-schema.ts';
import type { BeginRequest, OperationPlan } from '../../protocol/operation.ts';
import type { Central } from '../central.ts';
import { demandUpdate } from '../collection/card-update.ts';
import { followOperation } from '../collection/follow-operation.ts';
import { demandGivenUp, giveUpCollection } from '../collection/give-up.ts';
import type { Database } from '../database.ts';
import { RefusedError } from '../refused.ts';
import { type AuditEntry, recordAudits } from '../repositories/audit.ts';
import { changeCode } from '../repositories/codes.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import {
  changeOperation,
  findOpenOperation,
  forgetExchanges,
  listOperationKeys,
  type OperationRow,
} from '../repositories/operations.ts';
import { changeProof } from '../repositories/proofs.ts';
import { forgetRevoked } from './forget-revoked.ts';
import { checkProof, findSubject, type Subject } from './may-begin.ts';
import { openOperation } from './new-operation.ts';
import { renewOperationKey } from './operation-key.ts';
import { readPlan } from './plan.ts';
import { demandKeysOfCard } from './read-secret.ts';

const RECIPIENT_KEY_LENGTH = 32;

/**
 * Opens the operation of a card, or resumes the one that is open.
 * @throws RefusedError with a code of REFUSALS; `RP-09-not-yours`; `RP-12-no-such-reason`; `KR-02-collecting` over an open
 * collection; those of `demandUpdate` for a request that waits;
 * `RP-20-confirm-loss` when a key would be lost and nobody has confirmed it; `SE-03-no-master-key` before anything is begun
 */
export async function beginOperation(
  central: Central,
  kiosk: Kiosk,
  request: BeginRequest,
): Promise<OperationPlan> {
  if (request.recipientKey.length !== RECIPIENT_KEY_LENGTH) {
    throw new RefusedError(400, 'SE-07-bad-request', 'begin: the recipient key has 32 bytes');
  }
  return central.database.transaction(async (transaction) => {
    const subject = await findSubject(central, transaction, kiosk, request.cardId);
    const unfinished = await findOpenOperation(transaction, request.cardId);
    const proof = await checkProof(central, transaction, kiosk, request, unfinished);
    const open = await reprovisionOf(transaction, kiosk, subject, unfinished, proof.kind);
    const entries: AuditEntry[] = [];
    if (unfinished && !open)
      entries.push(...(await giveUpCollection(transaction, kiosk, unfinished, central.now())));
    if (!open) await demandUpdate(central, transaction, kiosk, subject, request);
    await demandKeysOfCard(central, transaction, subject.card);
    const operation = open
      ? await resumeOperation(central, transaction, kiosk, subject, open, request, proof.kind, entries)
      : await openOperation(central, transaction, kiosk, subject, request, proof.kind, entries);
    await changeProof(transaction, proof.id, { operationId: operation.id });
    if (proof.codeId) await changeCode(transaction, proof.codeId, { operationId: operation.id });
    const plan = await readPlan(transaction, operation, open !== undefined);
    const event = open ? 'resumed' : 'begun';
    const now = central.now();
    entries.push(...(await followOperation(transaction, operation, event, `kiosk:${kiosk.name}`, now)));
    await recordAudits(central, transaction, entries, now);
    return plan;
  });
}

/** An open operation that a begin takes up. @throws RefusedError `KR-02-collecting` for a collection that can be finished */
export async function reprovisionOf(
  transaction: Database,
  kiosk: Kiosk,
  subject: Subject,
  unfinished: OperationRow | undefined,
  proofKind: ProofKind,
): Promise<OperationRow | undefined> {
  if (unfinished?.kind !== 'collection') return unfinished;
  await demandGivenUp(transaction, kiosk, subject, unfinished, proofKind);
  return undefined;
}

/** The same image, for a new run: secrets are sealed to its key from now on, and it rests on the proof that it brings. */
export async function resumeOperation(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  { card, holder }: Pick<Subject, 'card' | 'holder'>,
  open: OperationRow,
  request: Pick<BeginRequest, 'recipientKey'>,
  proofKind: ProofKind,
  entries: AuditEntry[],
): Promise<OperationRow> {
  await forgetRevoked(transaction, open.id, central.now());
  for (const key of await listOperationKeys(transaction, open.id)) {
    await renewOperationKey(central, transaction, open, { card, holder, kiosk, entries }, key);
  }
  const change = { recipientKey: request.recipientKey, kioskId: kiosk.id, refusedWith: null, proofKind };
  // The card passes anew in every run, before anything secret is given out to it.
  await forgetExchanges(transaction, open.id);
  await changeOperation(transaction, open.id, change);
  const entry = { type: 'operation.resumed', actor: `kiosk:${kiosk.name}`, cardId: open.cardId };
  entries.push({ ...entry, operationId: open.id, detail: { proof: proofKind } });
  return { ...open, ...change };
}
