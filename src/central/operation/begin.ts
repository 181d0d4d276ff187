/** Opening an operation, or taking up the one that is open. */
import type { ProofKind } from '../../../db/central/operation-schema.ts';
import type { BeginRequest, OperationPlan } from '../../protocol/operation.ts';
import type { Central } from '../central.ts';
import { demandUpdate } from '../collection/card-update.ts';
import { followOperation } from '../collection/follow-operation.ts';
import { demandGivenUp, giveUp } from '../collection/give-up.ts';
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
import { type Actor, personOf } from '../request/actor.ts';
import {
  type Acting,
  actingAt,
  demandAgreement,
  demandMayReprovision,
  detailOf,
  nameOf,
  onRecordOf,
} from './acting.ts';
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
 * collection, `RP-17-finish-first` over a PIN reset; those of `demandUpdate` for a request that waits;
 * of `demandMayReprovision` and `demandAgreement`; `RP-20-confirm-loss` when a key would be lost and nobody has confirmed it; `SE-03-no-master-key` before anything is begun
 */
export async function beginOperation(
  central: Central,
  kiosk: Kiosk,
  request: BeginRequest,
  signedIn: Actor | null = null,
): Promise<OperationPlan> {
  if (request.recipientKey.length !== RECIPIENT_KEY_LENGTH) {
    throw new RefusedError(400, 'SE-07-bad-request', 'begin: the recipient key has 32 bytes');
  }
  const acting = await actingAt(central, kiosk, signedIn, request.proofId);
  const { cardId, reason } = request;
  return onRecordOf(central, acting, { action: 'reprovision', cardId, reason }, async (transaction) => {
    const subject = await findSubject(central, transaction, kiosk, request.cardId);
    const unfinished = await findOpenOperation(transaction, request.cardId);
    const proof = await checkProof(central, transaction, kiosk, request, unfinished);
    const open = await reprovisionOf(transaction, kiosk, subject, unfinished, proof.kind);
    const entries: AuditEntry[] = [];
    if (unfinished && !open) entries.push(...(await giveUp(central, transaction, kiosk, unfinished)));
    if (!open) await demandUpdate(central, transaction, kiosk, subject, request);
    await demandMayReprovision(central, transaction, acting, subject, { open, reason });
    await demandKeysOfCard(central, transaction, subject.card);
    const agreement = {
      ...({ action: 'reprovision', cardId, reason: open?.reason ?? reason, open } as const),
      ...{ profile: subject.profile, holder: subject.holder },
    };
    const agreed = await demandAgreement(central, transaction, acting, agreement, request);
    const run = { acting, proofKind: proof.kind, entries };
    const operation = open
      ? await resumeOperation(central, transaction, subject, open, request, run)
      : await openOperation(central, transaction, subject, request, run);
    entries.push(...agreed.map((entry) => ({ ...entry, operationId: operation.id })));
    await changeProof(transaction, proof.id, { operationId: operation.id });
    if (proof.codeId) await changeCode(transaction, proof.codeId, { operationId: operation.id });
    const plan = await readPlan(transaction, operation, open !== undefined);
    const event = open ? 'resumed' : 'begun';
    const now = central.now();
    entries.push(...(await followOperation(transaction, operation, event, nameOf(acting), now)));
    await recordAudits(central, transaction, entries, now);
    return plan;
  });
}

/** One run of an operation, from its begin or its being taken up. */
export interface NewRun {
  readonly acting: Acting;
  readonly proofKind: ProofKind;
  /** What is told here is recorded at the end of the transaction. */
  readonly entries: AuditEntry[];
}

/**
 * An open operation that a begin takes up. A PIN reset is given up by whoever does not need it: what it has done to the PIN, they have proved.
 * A code belongs to it, and would die with it (ID-03).
 * @throws RefusedError `KR-02-collecting` for a collection that can be finished, `RP-17-finish-first` for a PIN reset after a code
 */
export async function reprovisionOf(
  transaction: Database,
  kiosk: Kiosk,
  subject: Subject,
  unfinished: OperationRow | undefined,
  proofKind: ProofKind,
): Promise<OperationRow | undefined> {
  if (unfinished?.kind === 'pinReset') {
    if (proofKind !== 'code') return undefined;
    const why = 'a new PIN is being set for this card; finish that first';
    throw new RefusedError(409, 'RP-17-finish-first', `begin: ${why}`);
  }
  if (unfinished?.kind !== 'collection') return unfinished;
  await demandGivenUp(transaction, kiosk, subject, unfinished, proofKind);
  return undefined;
}

/** The same image, for a new run: secrets are sealed to its key from now on, and it rests on the proof that it brings. */
export async function resumeOperation(
  central: Central,
  transaction: Database,
  { card, holder }: Pick<Subject, 'card' | 'holder'>,
  open: OperationRow,
  request: Pick<BeginRequest, 'recipientKey'>,
  { acting, proofKind, entries }: NewRun,
): Promise<OperationRow> {
  const { kiosk, operator } = acting;
  await forgetRevoked(transaction, open.id, central.now());
  for (const key of await listOperationKeys(transaction, open.id)) {
    await renewOperationKey(central, transaction, open, { card, holder, kiosk, entries }, key);
  }
  const change = {
    ...{ recipientKey: request.recipientKey, kioskId: kiosk.id, refusedWith: null, proofKind },
    operatorId: operator && personOf(operator),
  };
  // The card passes anew in every run, before anything secret is given out to it.
  await forgetExchanges(transaction, open.id);
  await changeOperation(transaction, open.id, change);
  const entry = { type: 'operation.resumed', actor: nameOf(acting), cardId: open.cardId };
  const detail = { proof: proofKind, ...detailOf(acting, holder) };
  entries.push({ ...entry, operationId: open.id, detail });
  return { ...open, ...change };
}
