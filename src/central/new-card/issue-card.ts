/** Collecting a new card: opening the operation that writes it, or taking it up again (KR-01 to KR-07). */
import type { IssueRequest } from '../../protocol/new-card.ts';
import type { OperationPlan } from '../../protocol/operation.ts';
import type { Central } from '../central.ts';
import { followOperation } from '../collection/follow-operation.ts';
import type { Database } from '../database.ts';
import { actingAt, demandAgreement, nameOf } from '../operation/acting.ts';
import { resumeOperation } from '../operation/begin.ts';
import { checkProof } from '../operation/may-begin.ts';
import { readPlan } from '../operation/plan.ts';
import { demandKeysOfCard } from '../operation/read-secret.ts';
import { RefusedError } from '../refused.ts';
import { type AuditEntry, recordAudits } from '../repositories/audit.ts';
import { changeCode } from '../repositories/codes.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import { changeProof, type ProofRow } from '../repositories/proofs.ts';
import { type Actor, holderActor } from '../request/actor.ts';
import { onRecord } from '../request/on-record.ts';
import { refuseRequest } from '../request/request-error.ts';
import { chooseRecord, otherCard } from './choose-record.ts';
import { demandIssue, type HeldIssue, holdIssue } from './hold-issue.ts';
import { openIssue } from './open-issue.ts';
import { witnessedIssue } from './witnessed-issue.ts';

const RECIPIENT_KEY_LENGTH = 32;

/** Who collects, where. */
export interface Collector {
  readonly kiosk: Kiosk;
  /** An operator who is signed in; null: whoever has typed the number counts as the owner. */
  readonly actor: Actor | null;
}

/**
 * Opens the operation that makes a blank card somebody's, or resumes the one that is open. What is refused is in the audit (KR-10).
 * @throws RefusedError with a code of REFUSALS, COLLECTION_PROBLEMS, `demandMove`; `ID-01-not-proved`, `RP-09-not-yours`, `ID-03-code-dead`,
 * `KR-01-no-such-request`, `KR-01-not-blank`, `KR-01-card-is-somebodys`, `KR-06-wrong-card`, `KR-03-no-right`; `SE-03-no-master-key`
 */
export async function issueCard(
  central: Central,
  { kiosk, actor: signedIn }: Collector,
  requestId: string,
  wish: IssueRequest,
): Promise<OperationPlan> {
  if (wish.recipientKey.length !== RECIPIENT_KEY_LENGTH) {
    throw new RefusedError(400, 'SE-07-bad-request', 'collect card: the recipient key has 32 bytes');
  }
  const acting = await actingAt(central, kiosk, signedIn, wish.proofId);
  const actor = acting.operator;
  const attempt = { action: 'collect', kind: 'newCard', request: requestId };
  return onRecord(central, actor ?? atKiosk(kiosk), attempt, async (transaction) => {
    const held = await holdProven(central, transaction, kiosk, requestId, wish);
    const subject = await demandIssue(central, transaction, kiosk, held, actor);
    const { open, card, proof } = held;
    await demandSameChip(transaction, held, wish);
    await demandKeysOfCard(central, transaction, card);
    const { holder } = subject;
    const profile = await witnessedIssue(transaction, subject.profile, held.request);
    const agreement = { action: 'issue', cardId: card.id, reason: null, profile, holder, open } as const;
    const agreed = await demandAgreement(central, transaction, acting, agreement, wish);
    const entries: AuditEntry[] = [];
    const run = { acting, proofKind: proof.kind, entries };
    const operation = open
      ? await resumeOperation(central, transaction, { card, holder }, open, wish, run)
      : await openIssue(central, transaction, held, { subject, wish, run });
    entries.push(...agreed.map((entry) => ({ ...entry, operationId: operation.id })));
    await changeProof(transaction, proof.id, { operationId: operation.id });
    if (proof.codeId) await changeCode(transaction, proof.codeId, { operationId: operation.id });
    const plan = await readPlan(transaction, operation, open !== undefined);
    const now = central.now();
    const event = open ? 'resumed' : 'begun';
    entries.push(...(await followOperation(transaction, operation, event, nameOf(acting), now)));
    await recordAudits(central, transaction, entries, now);
    return plan;
  });
}

/** The request, for which whoever asks has typed the number at this kiosk, or an operator has vouched. */
export async function holdProven(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  requestId: string,
  { proofId }: Pick<IssueRequest, 'proofId'>,
): Promise<HeldIssue & { readonly proof: ProofRow }> {
  const held = await holdIssue(central, transaction, requestId);
  if (!held) throw refuseRequest('KR-01-no-such-request');
  const { card, open } = held;
  const proof = await checkProof(central, transaction, kiosk, { proofId, cardId: card.id }, open);
  if (proof.kind !== 'card') return { ...held, proof };
  throw new RefusedError(403, 'ID-01-not-proved', 'collect card: it is collected with the number for it');
}

/** The card in the reader is the one that the number was typed for; between both another request may have got its record. */
async function demandSameChip(
  transaction: Database,
  held: HeldIssue,
  { serial }: Pick<IssueRequest, 'serial'>,
): Promise<void> {
  const choice = await chooseRecord(transaction, held, { serial, guid: null });
  if (choice instanceof RefusedError) throw choice;
  if (choice.kind !== 'own') throw otherCard();
}

/** Before anybody is known: as the audit names what was refused. */
function atKiosk(kiosk: Kiosk): Actor {
  return { ...holderActor('', kiosk), standing: { kind: 'command' } };
}
