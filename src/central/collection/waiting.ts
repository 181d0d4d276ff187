/** What waits for a cardholder who has proved themselves, and what it would do to the card in the reader (KR-05, RP-15). */
import type { ProofKind } from '../../../db/central/operation-schema.ts';
import type { Difference } from '../../domain/difference.ts';
import { moveRequest, type RequestEvent } from '../../domain/request.ts';
import type {
  DifferenceRequest,
  WaitingItem,
  WaitingRequest,
  WaitingResponse,
} from '../../protocol/request.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { toInstant } from '../instant.ts';
import { readCollectionDoubt } from '../operation/aftermath.ts';
import { checkProof, findSubject, type Subject } from '../operation/may-begin.ts';
import { termsOf } from '../operation/terms.ts';
import { RefusedError } from '../refused.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import { findOpenOperation, type OperationRow } from '../repositories/operations.ts';
import {
  demandMove,
  listRequestCertificates,
  listWaitingFor,
  type RequestRow,
} from '../repositories/requests.ts';
import { type Actor, holderActor } from '../request/actor.ts';
import { describeSoft } from '../soft/describe-soft.ts';
import { type DifferenceWish, findDifference, readCollectionFacts } from './find-difference.ts';
import { demandCollectRight, holdRequestFor } from './find-request.ts';
import { differenceUnderWay } from './under-way.ts';

/** As the protocol allows. */
const MAX_ITEMS = 100;

/**
 * All that is open for this person, oldest first, and the terms of the card's profile.
 * @param signedIn an operator who collects it for them; null: they do
 * @throws RefusedError with a code of REFUSALS, `ID-01-not-proved`, `RP-09-not-yours`, `ID-03-code-dead`
 */
export async function listWaiting(
  central: Central,
  kiosk: Kiosk,
  request: WaitingRequest,
  signedIn: Actor | null = null,
): Promise<WaitingResponse> {
  return central.database.transaction(async (transaction) => {
    const seen = await see(central, transaction, kiosk, request);
    const now = central.now();
    const waiting = await listWaitingFor(transaction, seen.subject.holder.id);
    // A sweep may not have been by yet.
    const live = waiting.filter(({ id, expiresAt }) => expiresAt > now || id === seen.open?.requestId);
    const items: WaitingItem[] = [];
    for (const one of live.slice(0, MAX_ITEMS))
      items.push(
        await describe(
          central,
          transaction,
          signedIn ?? holderActor(seen.subject.holder.id, kiosk),
          seen,
          one,
        ),
      );
    return { items, terms: termsOf(seen.subject.profile) };
  });
}

/**
 * What a request would do when these are left out; of one that is under way: what it does.
 * @throws RefusedError as `listWaiting`; `KR-01-no-such-request`, `KR-06-wrong-card`, `KR-06-other-kind`
 */
export async function previewCollection(
  central: Central,
  kiosk: Kiosk,
  requestId: string,
  request: DifferenceRequest,
): Promise<Difference> {
  return central.database.transaction(async (transaction) => {
    const seen = await see(central, transaction, kiosk, request);
    const wanted = await holdRequestFor(transaction, seen.subject, requestId);
    const difference = await differenceFor(transaction, seen, wanted, request.leavesOut);
    if (difference) return difference;
    throw new RefusedError(
      409,
      'KR-06-other-kind',
      'look at request: it puts no keys onto a card that there is',
    );
  });
}

/** Who stands there, with which card. */
interface Seen {
  readonly subject: Subject;
  readonly open: OperationRow | undefined;
  readonly proofKind: ProofKind;
  readonly capabilities: DifferenceWish['capabilities'];
}

async function see(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  request: WaitingRequest,
): Promise<Seen> {
  const subject = await findSubject(central, transaction, kiosk, request.cardId);
  const open = await findOpenOperation(transaction, request.cardId);
  const proof = await checkProof(central, transaction, kiosk, request, open);
  return { subject, open, proofKind: proof.kind, capabilities: request.capabilities };
}

async function describe(
  central: Central,
  transaction: Database,
  actor: Actor,
  seen: Seen,
  request: RequestRow,
): Promise<WaitingItem> {
  const { id, kind, state, note, reason, requestedAt, expiresAt } = request;
  const difference = await differenceFor(transaction, seen, request, []);
  const obstacle = await obstacleTo(central, transaction, actor, seen, request);
  return {
    ...{ requestId: id, kind, state, note, reason },
    ...{ requestedAt: toInstant(requestedAt), expiresAt: toInstant(expiresAt) },
    ...{ isForThisCard: obstacle === null, obstacle },
    hasRecoveredKeys: kind === 'newCard' && (await recovers(transaction, request)),
    difference: difference && { ...difference, entries: [...difference.entries] },
    soft: kind === 'softCertificate' ? await describeSoft(transaction, request) : null,
  };
}

/** Some of its certificates are to come onto the card. */
async function recovers(transaction: Database, { id }: RequestRow): Promise<boolean> {
  return (await listRequestCertificates(transaction, id)).some(({ isWanted }) => isWanted);
}

/** The code of what keeps a request from being carried out now, with this card and this proof; null: nothing does. */
async function obstacleTo(
  central: Central,
  transaction: Database,
  actor: Actor,
  { subject: { card, holder }, open, proofKind }: Seen,
  request: RequestRow,
): Promise<string | null> {
  const now = central.now();
  // For a collection its owner enters the PIN (KR-02); a rewrite sets a new one.
  const lacksPin = proofKind === 'card' ? null : 'KR-02-pin-needed';
  const lacksRight = () => refusalOf(() => demandCollectRight(transaction, actor, holder, request));
  switch (request.kind) {
    case 'newCard':
      return (
        (await refusalOf(() => demandMove(request, collectingEvent(request), now))) ??
        'KR-01-needs-blank-card'
      );
    case 'softCertificate':
      // Nothing on this card stands against one that was interrupted.
      return (
        (await refusalOf(() => demandMove(request, collectingEvent(request), now))) ??
        lacksPin ??
        lacksRight()
      );
    case 'existingCard':
    case 'cardUpdate':
      if (request.cardId !== card.id) return 'KR-06-wrong-card';
      if (open?.requestId === request.id) return request.kind === 'existingCard' ? lacksPin : null;
      return (
        (await refusalOf(() => demandMove(request, 'begun', now))) ??
        (open && open.kind !== 'pinReset' ? 'RP-17-finish-first' : null) ??
        (request.kind === 'existingCard' ? lacksPin : null) ??
        lacksRight()
      );
  }
}

/** Begins it, or takes it up again. */
function collectingEvent({ state }: RequestRow): RequestEvent {
  return moveRequest(state, 'resumed') === null ? 'begun' : 'resumed';
}

async function refusalOf(demand: () => unknown): Promise<string | null> {
  try {
    await demand();
    return null;
  } catch (error) {
    if (error instanceof RefusedError) return error.code;
    throw error;
  }
}

/** Null for what is no collection onto this card. */
async function differenceFor(
  transaction: Database,
  { subject: { card, profile }, open, capabilities }: Seen,
  request: RequestRow,
  leavesOut: readonly string[],
): Promise<Difference | null> {
  if (request.kind !== 'existingCard' || request.cardId !== card.id) return null;
  if (open?.requestId === request.id) return differenceUnderWay(transaction, card, open);
  const doubt = await readCollectionDoubt(transaction, card.id);
  const facts = await readCollectionFacts(transaction, request.id, card, profile, doubt);
  return findDifference(facts, { capabilities, leavesOut });
}
