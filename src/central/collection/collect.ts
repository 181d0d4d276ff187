/** Collecting recovered keys onto a card: opening the operation, or taking it up again (KR-02 to KR-07). */

import { UNKNOWN } from '../../domain/card.ts';
import type { CollectionProblem, Difference } from '../../domain/difference.ts';
import type { OperationPlan } from '../../protocol/operation.ts';
import type { CollectRequest } from '../../protocol/request.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { type Acting, detailOf, nameOf } from '../operation/acting.ts';
import { isHalfWritten, readCollectionDoubt } from '../operation/aftermath.ts';
import { checkProof, findSubject, type Subject } from '../operation/may-begin.ts';
import { readPlan } from '../operation/plan.ts';
import { demandKeysOfCard } from '../operation/read-secret.ts';
import { RefusedError } from '../refused.ts';
import { type AuditEntry, recordAudits } from '../repositories/audit.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import {
  changeOperation,
  findOpenOperation,
  forgetExchanges,
  noteInImage,
  type OperationRow,
} from '../repositories/operations.ts';
import { changeProof } from '../repositories/proofs.ts';
import type { RequestRow } from '../repositories/requests.ts';
import { type Actor, holderActor, personOf } from '../request/actor.ts';
import { onRecord } from '../request/on-record.ts';
import { findDifference, readCollectionFacts } from './find-difference.ts';
import { demandCollectable, demandCollectRight, holdRequestFor } from './find-request.ts';
import { followOperation } from './follow-operation.ts';
import { giveUp } from './give-up.ts';
import { openCollection } from './open-collection.ts';

const RECIPIENT_KEY_LENGTH = 32;

/**
 * Opens the operation that carries out a request, or resumes the one that is open; its image stays as it was frozen then, whatever is left
 * out or confirmed now. What is refused is in the audit (KR-10).
 * @param signedIn an operator who collects for its owner, who enters the PIN (KR-02); null: the owner
 * @throws RefusedError with a code of REFUSALS, COLLECTION_PROBLEMS, `demandMove`; `ID-01-not-proved`, `RP-09-not-yours`, `KR-02-pin-needed`,
 * `KR-01-no-such-request`, `KR-06-wrong-card`, `KR-06-other-kind`, `KR-03-no-right`, `KR-05-confirm-removal`, `RP-19-accept-terms`; `RP-17-finish-first`,
 * `RP-17-rewrite-first` over what was begun before; `SE-03-no-master-key`
 */
export async function collectRequest(
  central: Central,
  kiosk: Kiosk,
  requestId: string,
  request: CollectRequest,
  signedIn: Actor | null = null,
): Promise<OperationPlan> {
  if (request.recipientKey.length !== RECIPIENT_KEY_LENGTH) {
    throw new RefusedError(400, 'SE-07-bad-request', 'collect request: the recipient key has 32 bytes');
  }
  const { cardId } = request;
  const attempt = { action: 'collect', request: requestId, cardId };
  return onRecord(central, signedIn ?? kioskActor(kiosk), attempt, async (transaction) => {
    const subject = await findSubject(central, transaction, kiosk, cardId);
    const open = await findOpenOperation(transaction, cardId);
    const proof = await checkProof(central, transaction, kiosk, request, open);
    const wanted = await holdRequestFor(transaction, subject, requestId);
    if (wanted.kind !== 'existingCard') {
      throw refused(
        'KR-06-other-kind',
        'it puts no keys onto a card that there is; choose it from the list again',
      );
    }
    if (proof.kind !== 'card') {
      throw refused(
        'KR-02-pin-needed',
        'its owner enters the PIN of the card for it; a one-time code does not do',
        403,
      );
    }
    const entries: AuditEntry[] = [];
    const acting = { kiosk, signedIn, operator: signedIn };
    const begin = { central, transaction, acting, subject, entries };
    const resumed = open?.requestId === wanted.id ? open : undefined;
    const operation = resumed
      ? await resume(begin, resumed, wanted, request)
      : await openNew(begin, open, wanted, request);
    await changeProof(transaction, proof.id, { operationId: operation.id });
    const plan = await readPlan(transaction, operation, resumed !== undefined);
    const now = central.now();
    const event = resumed ? 'resumed' : 'begun';
    entries.push(...(await followOperation(transaction, operation, event, nameOf(acting), now)));
    await recordAudits(central, transaction, entries, now);
    return plan;
  });
}

/** What opening and resuming have in common. */
interface Beginning {
  readonly central: Central;
  readonly transaction: Database;
  readonly acting: Acting;
  readonly subject: Subject;
  readonly entries: AuditEntry[];
}

async function openNew(
  { central, transaction, acting, subject, entries }: Beginning,
  open: OperationRow | undefined,
  wanted: RequestRow,
  request: CollectRequest,
): Promise<OperationRow> {
  const { card, holder, profile } = subject;
  const { kiosk, operator } = acting;
  await demandCollectable(central, transaction, kiosk, holder, wanted, operator);
  // Whoever has entered the PIN needs none set.
  if (open?.kind === 'pinReset') entries.push(...(await giveUp(central, transaction, kiosk, open)));
  else if (open)
    throw refused('RP-17-finish-first', 'another operation of this card is not finished; finish it first');
  if (await isHalfWritten(transaction, card.id)) {
    throw refused('RP-17-rewrite-first', 'this card was left half written; rewrite it first');
  }
  await demandKeysOfCard(central, transaction, card);
  const doubt = await readCollectionDoubt(transaction, card.id);
  const facts = await readCollectionFacts(transaction, wanted.id, card, profile, doubt);
  const difference = findDifference(facts, request);
  demandPossible(difference);
  demandConfirmed(difference, request.confirmedRemovals);
  const order = { requestId: wanted.id, request, facts, difference };
  return openCollection(central, transaction, acting, subject, order, entries);
}

/** The same image, for a new run. Whoever has lost the right to collect meanwhile does not go on (KR-03). */
async function resume(
  { central, transaction, acting, subject, entries }: Beginning,
  open: OperationRow,
  wanted: RequestRow,
  { recipientKey }: CollectRequest,
): Promise<OperationRow> {
  const { kiosk, operator } = acting;
  const actor = operator ?? holderActor(subject.holder.id, kiosk);
  await demandCollectRight(transaction, actor, subject.holder, wanted);
  await demandKeysOfCard(central, transaction, subject.card);
  await forgetExchanges(transaction, open.id);
  const change = {
    ...{ recipientKey, kioskId: kiosk.id, refusedWith: null, proofKind: 'card' as const },
    operatorId: operator && personOf(operator),
  };
  await changeOperation(transaction, open.id, change);
  await noteInImage(transaction, open.id, { wasResumed: true });
  const entry = { type: 'operation.resumed', actor: nameOf(acting), cardId: open.cardId };
  const detail = { ...detailOf(acting, subject.holder), proof: 'card', request: wanted.id };
  entries.push({ ...entry, operationId: open.id, detail });
  return { ...open, ...change };
}

const PROBLEMS: Readonly<Record<CollectionProblem, string>> = {
  'KR-11-cannot-import': 'this card takes no key from outside; use one that does (YubiKey and the like)',
  'KR-07-too-few-slots': 'there are not places enough on this card; choose what is left for another time',
  'KR-05-last-copy': 'nothing would be left of a key that is not archived; have another request made',
  'KR-07-gap':
    'this card cannot close the gap that would be left; have another request made, or rewrite it first',
};

function demandPossible({ problem }: Difference): void {
  if (problem !== null && problem !== UNKNOWN) throw refused(problem, PROBLEMS[problem]);
}

/** Exactly what is removed, neither less nor something else (KR-05). */
function demandConfirmed({ entries }: Difference, confirmed: readonly string[]): void {
  const removed = entries.flatMap(({ change, certificate }) =>
    change === 'removed' ? [certificate.serialNumber] : [],
  );
  if (removed.length === new Set(confirmed).size && removed.every((serial) => confirmed.includes(serial)))
    return;
  const why = 'each certificate that it takes off the card has to be confirmed; look at the change again';
  throw refused('KR-05-confirm-removal', why);
}

/** Before anybody is known: as the audit names what was refused. */
function kioskActor(kiosk: Kiosk) {
  return { ...holderActor('', kiosk), standing: { kind: 'command' as const } };
}

function refused(code: string, why: string, status = 409): RefusedError {
  return new RefusedError(status, code, `collect request: ${why}`);
}
