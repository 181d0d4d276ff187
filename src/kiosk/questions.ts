import { UNKNOWN } from '../domain/card.ts';
import { isForCardholders } from '../domain/reason.ts';
import type { WalkUpEvent } from '../flows/walk-up-event.ts';
import type { AnswerResponse } from '../protocol/proof.ts';
import { compareTask, openWorkOf, type Waiting, waitingTasks } from './ask-waiting.ts';
import { type BlankVisit, type CardVisit, CENTRAL_NOT_REACHED, type Refused, refuse } from './card-visit.ts';
import type { CentralClient } from './central-client.ts';
import type { PinBuffers } from './pin-buffers.ts';
import { proveByCode } from './prove-by-code.ts';
import { planIssue, proveByNumber, proveVouched } from './prove-by-number.ts';
import { proveHolder } from './prove-holder.ts';
import type { Replica } from './replica.ts';
import { termsIn } from './terms.ts';

/** What is asked of a card and of central before anything is written, each answered by one event. Each throws AbortError. */

/** One question, for one attempt of the flow. */
export interface Asking {
  readonly client: CentralClient;
  readonly replica: Replica;
  readonly pins: PinBuffers;
  readonly attempt: number;
  /** That is spoken now; terms are read in it. */
  readonly language: string;
  /** An operator is signed in, and may have chosen the reason. */
  readonly isAssisted: boolean;
  readonly signal: AbortSignal;
}

const NOTHING: Waiting = { tasks: [], terms: null };

/** A proof that central has accepted. */
interface Accepted {
  readonly proofId: string;
  readonly open: AnswerResponse['openOperation'];
  readonly by?: 'pin';
}

/** ID-01: by the PIN that was typed. */
export async function askByPin(asking: Asking, visit: CardVisit): Promise<WalkUpEvent> {
  const { client, pins, attempt, signal } = asking;
  const { session, known } = visit;
  const pin = () => pins.view('current');
  const proof = await proveHolder({ client, session, cardId: known.card.id, pin, signal });
  if (proof.kind === 'refused') return refusedBy(attempt, proof);
  if (proof.kind === 'wrongPin') return { type: 'wrongPin', attempt, triesLeft: proof.triesLeft };
  return proved(asking, visit, { ...proof, by: 'pin' });
}

/** ID-02: by the one-time code that was typed. */
export async function askByCode(asking: Asking, visit: CardVisit): Promise<WalkUpEvent> {
  const { client, pins, attempt, signal } = asking;
  const proving = proveByCode({ client, visit, code: pins.view('code'), signal });
  const proof = await proving.finally(() => pins.wipe(['code']));
  if (proof.kind === 'refused') return refusedBy(attempt, proof);
  if (proof.kind === 'wrongCode') return { type: 'wrongCode', attempt, triesLeft: proof.triesLeft };
  return proved(asking, visit, proof);
}

/** ID-02: by the operator who stands beside. Their statement says whose card this is; central looks at it with each thing that is asked. */
export async function askByOperator(
  asking: Asking,
  visit: CardVisit,
  { proofId }: { readonly proofId: string },
): Promise<WalkUpEvent> {
  return proved(asking, visit, { proofId, open: null });
}

/** ID-02: the same of a new card. */
export async function askVouched(
  { client, attempt, signal, language }: Asking,
  visit: BlankVisit,
  statementId: string,
): Promise<WalkUpEvent> {
  const proof = await proveVouched({ client, visit, statementId, language, signal });
  if (proof.kind === 'refused') return refusedBy(attempt, proof);
  return { type: 'numberProved', attempt, issue: proof.issue, problem: proof.problem };
}

/** KR-02: what goes into a file that an operator hands over for its owner. */
export async function askSoft(
  { client, attempt, signal, language }: Asking,
  requestId: string,
): Promise<WalkUpEvent> {
  const answer = await client.shownRequest(requestId, signal);
  if (answer.kind === 'unreachable') return refusedBy(attempt, CENTRAL_NOT_REACHED);
  if (answer.kind === 'refused') return refusedBy(attempt, refuse(answer.code, true));
  const { kind, state, requestedAt, expiresAt, note, reason, soft, owner } = answer.value;
  const task = {
    ...{ requestId, kind, state, requestedAt, expiresAt, note, reason, soft },
    ...{ isForThisCard: true, obstacle: null, difference: null },
    terms: termsIn(soft?.terms ?? null, language),
  };
  return { type: 'softOffered', attempt, task, ownerName: owner.displayName };
}

/** KR-01, ID-02: by the number for a new card that was typed, and what comes onto that. */
export async function askByNumber(
  { client, pins, attempt, signal, language }: Asking,
  visit: BlankVisit,
): Promise<WalkUpEvent> {
  const proving = proveByNumber({ client, visit, number: pins.view('number'), language, signal });
  const proof = await proving.finally(() => pins.wipe(['number']));
  if (proof.kind === 'refused') return refusedBy(attempt, proof);
  if (proof.kind === 'wrongNumber') return { type: 'wrongCode', attempt, triesLeft: proof.triesLeft };
  return { type: 'numberProved', attempt, issue: proof.issue, problem: proof.problem };
}

/** KR-07: what comes onto a new card without what is left for another time. */
export async function askIssuePlan(
  { client, attempt, signal }: Asking,
  visit: BlankVisit,
  leavesOut: readonly string[],
): Promise<WalkUpEvent> {
  const plan = await planIssue(client, visit, leavesOut, signal);
  if (plan.kind === 'refused') return refusedBy(attempt, plan);
  return { type: 'issuePlanned', attempt, changes: plan.changes, problem: plan.problem };
}

/** RP-13, RP-20: what a rewrite for this reason would do. */
export async function askPreview(
  { client, attempt, signal, language }: Asking,
  { session, proofId, known }: CardVisit,
  reason: string,
): Promise<WalkUpEvent> {
  if (proofId === null) return refusedBy(attempt, refuse('ID-01-not-proved', true));
  // Before the warning not one write instruction is sent, not even to ask (RP-13).
  const capabilities = await session.presumedCapabilities();
  const answer = await client.preview({ proofId, cardId: known.card.id, reason, capabilities }, signal);
  if (answer.kind === 'unreachable') return refusedBy(attempt, CENTRAL_NOT_REACHED);
  if (answer.kind === 'refused') return refusedBy(attempt, refuse(answer.code, true));
  const { encryptionKey, changes, terms } = answer.value;
  // What it would do cannot be told to anybody here.
  if (encryptionKey === UNKNOWN) return refusedBy(attempt, refuse('SY-06-newer-kiosk'));
  const losesKey = encryptionKey === 'lose';
  return { type: 'checked', attempt, losesKey, encryptionKey, changes, terms: termsIn(terms, language) };
}

/** KR-05, KR-07: what an update does without what is left for another time. */
export async function askDifference(
  { client, attempt, signal }: Asking,
  visit: CardVisit,
  chosen: { readonly requestId: string; readonly leavesOut: readonly string[] },
): Promise<WalkUpEvent> {
  const asked = await compareTask(client, visit, chosen, signal);
  if (asked.kind === 'refused') return refusedBy(attempt, asked);
  return { type: 'compared', attempt, difference: asked.difference };
}

/** A no, as the flow is told. */
export function refusedBy(attempt: number, refused: Refused): WalkUpEvent {
  const { code, canRetry, card, canEmpty, statusWord } = refused;
  const more = { ...(card ? { card } : {}), ...(canEmpty ? { canEmpty } : {}) };
  const answered = statusWord === undefined ? {} : { statusWord };
  return { type: 'cardRefused', attempt, code, canRetry, ...more, ...answered };
}

/** Central is asked what waits, unless something is to be finished first. */
async function proved(
  { client, replica, attempt, signal, language, isAssisted }: Asking,
  visit: CardVisit,
  proof: Accepted,
): Promise<WalkUpEvent> {
  visit.proofId = proof.proofId;
  const isNeedless = proof.by === 'pin' && proof.open?.kind === 'pinReset' && !proof.open.isPinSet;
  // Whoever knows the PIN needs none set: what was begun for that is given up by whatever comes next.
  const open = proof.open && !isNeedless ? await openWorkOf(proof.open, client, visit, signal) : null;
  if (open?.kind === 'refused') return refusedBy(attempt, open);
  // Keys that were being put onto the card are given up for a new PIN, whose terms are told here, too.
  const isAsked = open === null || (open.kind === 'collection' && proof.by !== 'pin');
  const waiting = isAsked ? await waitingTasks(client, visit, proof.proofId, language, signal) : NOTHING;
  if ('kind' in waiting) return refusedBy(attempt, waiting);
  const reasons = replica.reasons();
  const isChosen = open?.kind === 'collection' || open?.kind === 'pinReset' || isAssisted;
  const isReasonWanted = !isChosen && waiting.tasks.length === 0;
  if (isReasonWanted && !reasons.some(isForCardholders))
    return refusedBy(attempt, refuse('RP-12-no-reasons', true));
  return { type: 'proved', attempt, reasons, open, tasks: waiting.tasks, terms: waiting.terms };
}
