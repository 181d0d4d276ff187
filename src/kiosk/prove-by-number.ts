import { UNKNOWN } from '../domain/card.ts';
import type { IssueView } from '../flows/issue-state.ts';
import { NEWER_CENTRAL } from '../flows/waiting-task.ts';
import type { IssuePreviewResponse } from '../protocol/new-card.ts';
import { type BlankVisit, CENTRAL_NOT_REACHED, type Refused, refuse } from './card-visit.ts';
import type { CentralClient } from './central-client.ts';
import { termsIn } from './terms.ts';

/** Central of an older release issues no cards (SY-06). */
const NO_SUCH_PAGE = 'SE-07-no-such-page';

/** What came of a number. */
export type NumberProof =
  | { readonly kind: 'proved'; readonly issue: IssueView; readonly problem: string | null }
  /** At least 1 is left. */
  | { readonly kind: 'wrongNumber'; readonly triesLeft: number }
  | Refused;

export interface NumberProofRequest {
  readonly client: CentralClient;
  /** Learns which card it is to be. */
  readonly visit: BlankVisit;
  /** ASCII digits, as typed; wiped by the caller. */
  readonly number: Uint8Array;
  /** That is spoken now. */
  readonly language: string;
  readonly signal: AbortSignal;
}

/**
 * Central checks the number of whoever collects a new card, and says what comes onto it (KR-01, ID-02). The card is only asked
 * what it can. @throws AbortError
 */
export async function proveByNumber(request: NumberProofRequest): Promise<NumberProof> {
  const { client, visit, number, signal } = request;
  const { serial, guid } = visit;
  return issueProved(request, await client.proveByNumber({ code: number, serial, guid }, signal));
}

/** The same with an operator's statement in the place of the number. @throws AbortError */
export async function proveVouched(
  request: Omit<NumberProofRequest, 'number'> & { readonly statementId: string },
): Promise<Exclude<NumberProof, { kind: 'wrongNumber' }>> {
  const { client, visit, statementId, signal } = request;
  const { serial, guid } = visit;
  const proof = await issueProved(request, await client.proveVouched({ statementId, serial, guid }, signal));
  return proof.kind === 'wrongNumber' ? refuse('ID-01-not-proved', true) : proof;
}

async function issueProved(
  { client, visit, language, signal }: Omit<NumberProofRequest, 'number'>,
  answer: Awaited<ReturnType<CentralClient['proveByNumber']>>,
): Promise<NumberProof> {
  const { serial } = visit;
  if (answer.kind === 'unreachable') return CENTRAL_NOT_REACHED;
  if (answer.kind === 'refused') {
    if (answer.triesLeft !== undefined) return { kind: 'wrongNumber', triesLeft: answer.triesLeft };
    return answer.code === NO_SUCH_PAGE ? refuse('RP-07-blank') : refuse(answer.code, true);
  }
  const { proofId, requestId, cardId, pinPolicy, openOperation, inPlaceOf } = answer.value;
  visit.proofId = proofId;
  visit.issue = { cardId, requestId, pinPolicy };
  const planned = await planIssue(client, visit, [], signal);
  if (planned.kind === 'refused') return planned;
  const card: IssueView['card'] = {
    ...{ cardId, serial, expiresAt: planned.cardExpiresAt, certificates: [], triesLeft: null },
    ...{ holderName: answer.value.holderName, profileTitle: answer.value.profileTitle },
    hasOpenOperation: openOperation !== null,
  };
  const terms = termsIn(planned.terms, language);
  const issue = { requestId, card, changes: planned.changes, leavesOut: [], terms };
  return {
    ...{ kind: 'proved', problem: planned.problem },
    issue: { ...issue, isResume: openOperation !== null, inPlaceOf: inPlaceOf?.card ?? null },
  };
}

/** What comes onto the new card when some keys are left for another time (KR-07). @throws AbortError */
export async function planIssue(
  client: CentralClient,
  { proofId, issue, serial, session }: BlankVisit,
  leavesOut: readonly string[],
  signal: AbortSignal,
): Promise<({ readonly kind: 'planned' } & IssuePreviewResponse) | Refused> {
  if (proofId === null || issue === null) return refuse('ID-01-not-proved', true);
  // Before the warning not one write instruction is sent, not even to ask (RP-13).
  const capabilities = await session.presumedCapabilities();
  const asked = { proofId, serial, capabilities, leavesOut: [...leavesOut] };
  const answer = await client.previewIssue(issue.requestId, asked, signal);
  if (answer.kind === 'unreachable') return CENTRAL_NOT_REACHED;
  if (answer.kind === 'refused') return refuse(answer.code, true);
  if (answer.value.problem === UNKNOWN) return refuse(NEWER_CENTRAL);
  return { kind: 'planned', ...answer.value };
}
