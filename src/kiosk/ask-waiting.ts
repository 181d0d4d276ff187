import { UNKNOWN } from '../domain/card.ts';
import type { Difference } from '../domain/difference.ts';
import type { PlannedChange } from '../domain/planned-change.ts';
import { NEWER_CENTRAL, type WaitingTask } from '../flows/waiting-task.ts';
import type { OpenWork } from '../flows/walk-up-event.ts';
import type { TermsView } from '../flows/walk-up-state.ts';
import type { AnswerResponse } from '../protocol/proof.ts';
import type { WaitingResponse } from '../protocol/request.ts';
import { type CardVisit, CENTRAL_NOT_REACHED, type Refused, refuse } from './card-visit.ts';
import type { CentralClient } from './central-client.ts';
import { termsIn } from './terms.ts';

/** Central of an older release has no such page: then nothing waits (SY-06). */
const NO_SUCH_PAGE = 'SE-07-no-such-page';

/** What waits for somebody. */
export interface Waiting {
  readonly tasks: readonly WaitingTask[];
  /** Of their card's profile (RP-19). */
  readonly terms: TermsView | null;
}

/**
 * What waits for whoever has proved themselves with this card (KR-01, RP-15). Nothing is written.
 * @param language that is spoken @throws AbortError
 */
export async function waitingTasks(
  client: CentralClient,
  { known, session }: CardVisit,
  proofId: string,
  language: string,
  signal: AbortSignal,
): Promise<Waiting | Refused> {
  // Before the warning not one write instruction is sent, not even to ask (RP-13).
  const capabilities = await session.presumedCapabilities();
  const answer = await client.waiting({ proofId, cardId: known.card.id, capabilities }, signal);
  if (answer.kind === 'unreachable') return CENTRAL_NOT_REACHED;
  if (answer.kind === 'ok') return waitingIn(answer.value, language);
  return answer.code === NO_SUCH_PAGE ? { tasks: [], terms: null } : refuse(answer.code, true);
}

/** Each with what is to be accepted before it: keys come onto this card, or into a file, under the terms of its own profile (RP-19). */
function waitingIn({ items, terms: ofCard }: WaitingResponse, language: string): Waiting {
  const terms = termsIn(ofCard, language);
  const tasks = items.map((item) => ({
    ...item,
    terms: item.kind === 'existingCard' ? terms : termsIn(item.soft?.terms ?? null, language),
  }));
  return { tasks, terms };
}

/** What an update of this card does when some keys are left for another time (KR-07). @throws AbortError */
export async function compareTask(
  client: CentralClient,
  { known, session, proofId }: CardVisit,
  chosen: { readonly requestId: string; readonly leavesOut: readonly string[] },
  signal: AbortSignal,
): Promise<{ readonly kind: 'compared'; readonly difference: Difference } | Refused> {
  if (proofId === null) return refuse('ID-01-not-proved', true);
  const capabilities = await session.presumedCapabilities();
  const leavesOut = [...chosen.leavesOut];
  const asked = { proofId, cardId: known.card.id, capabilities, leavesOut };
  const answer = await client.difference(chosen.requestId, asked, signal);
  if (answer.kind === 'unreachable') return CENTRAL_NOT_REACHED;
  if (answer.kind === 'refused') return refuse(answer.code, true);
  return { kind: 'compared', difference: answer.value };
}

/** It is finished also where nobody can say what becomes of each key. */
async function changesOf(
  client: CentralClient,
  { known, session, proofId }: CardVisit,
  reason: string,
  signal: AbortSignal,
): Promise<readonly PlannedChange[]> {
  if (proofId === null) return [];
  const capabilities = await session.presumedCapabilities();
  const asked = { proofId, cardId: known.card.id, reason, capabilities };
  const answer = await client.preview(asked, signal);
  return answer.kind === 'ok' ? answer.value.changes : [];
}

/**
 * How an unfinished operation is taken up again, and what a collection does; a refusal where it is of a kind that this kiosk
 * does not know (SY-06). @throws AbortError
 */
export async function openWorkOf(
  { kind, reason, isPinSet, requestId }: NonNullable<AnswerResponse['openOperation']>,
  client: CentralClient,
  visit: CardVisit,
  signal: AbortSignal,
): Promise<OpenWork | Refused> {
  // A card that was never issued is not proved like this: its number takes it up again.
  if (kind === UNKNOWN || kind === 'issue' || kind === 'empty') return refuse(NEWER_CENTRAL);
  if (kind === 'pinReset') return { kind, keepsPin: isPinSet };
  if (kind === 'reprovision') {
    const changes = await changesOf(client, visit, reason, signal);
    return { kind, reason, keepsPin: isPinSet, changes };
  }
  if (requestId === null) return refuse(NEWER_CENTRAL);
  // It is finished also where nobody can say any more what it does: that was confirmed when it was begun.
  const asked = await compareTask(client, visit, { requestId, leavesOut: [] }, signal);
  return { kind, requestId, difference: asked.kind === 'compared' ? asked.difference : null };
}
