/** Making a request: of all kinds, by whoever may (KR-01 to KR-05, RP-15). */
import { randomUUID } from 'node:crypto';
import { isEncryptionSlot, SLOTS } from '../../domain/slot.ts';
import type { NewRequest } from '../../protocol/operator.ts';
import { refuseCardChange } from '../card-life/card-life-error.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { tellOfRequest } from '../mail/tell-of.ts';
import { planCard } from '../new-card/planned-card.ts';
import { retireReplaced } from '../new-card/settle-issue.ts';
import { archivedAmong } from '../repositories/archived-keys.ts';
import { type AuditEntry, recordAudits } from '../repositories/audit.ts';
import type { CardRow } from '../repositories/cards.ts';
import { certificatesOnCard } from '../repositories/certificates.ts';
import { findReason } from '../repositories/reasons.ts';
import {
  addRequest,
  listRequestCertificates,
  listWaitingFor,
  lockRequestsOf,
  moveRequestTo,
  type RequestRow,
} from '../repositories/requests.ts';
import { publishRevocationList } from '../revocation.ts';
import { type Actor, actorDetail, demandRight, personOf } from './actor.ts';
import { approvalsOf } from './approvals-of.ts';
import { isCancelledFirst, isRetiredAtOnce } from './cancelled-first.ts';
import { type ChosenCertificate, chooseForCard, chooseRecovered } from './choose-certificates.ts';
import { onRecord } from './on-record.ts';
import { refuseRequest } from './request-error.ts';
import { demandPossible, findWishSubject, namedIn, reasonOf, type WishSubject } from './wish-subject.ts';

/** A request that nobody has approved or collected for so long runs out. */
const REQUEST_LIFE_MS = 30 * 24 * 60 * 60 * 1000;
/** 9D and 20 retired slots are all there is on a card; of what is left of it somewhere else nobody wants so many at once. */
const MAX_WANTED = 32;
/** In the order in which a card has them. */
const ENCRYPTION_SLOTS = SLOTS.filter(isEncryptionSlot);

/**
 * Makes a request, and lets it through where nobody has to approve it. A refusal is in the audit too (KR-10).
 * @throws RefusedError with a code of ACT_REFUSALS, REFUSALS, `request-error.ts`, `OP-02-cancel-first`, `OP-02-own-card`, or `RP-07-not-served-here`
 */
export async function fileRequest(central: Central, actor: Actor, wish: NewRequest): Promise<RequestRow> {
  const said = { reason: reasonOf(wish) ?? undefined, note: wish.note ?? undefined };
  const about = { action: 'make', kind: wish.kind, ...namedIn(wish), ...said };
  const filed = await onRecord(central, actor, about, async (transaction) => {
    const subject = await findWishSubject(transaction, actor, wish);
    const { owner, card, profile } = subject;
    await demandRight(transaction, actor, 'request', { owner, profile });
    demandOthersCard(actor, wish, subject);
    await demandPossible(central, transaction, wish, subject);
    await lockRequestsOf(transaction, owner.id);
    const chosen = await choose(transaction, wish, subject);
    await demandRight(transaction, actor, 'request', { owner, profile, chosen });
    await demandNew(transaction, wish, subject, chosen);
    const now = central.now();
    // A card update is a reprovision, which approval does not hold back (RP-08).
    const approvals = wish.kind === 'cardUpdate' ? 0 : await approvalsOf(transaction, profile, chosen);
    const made = newRow(wish, subject, actor, approvals, now);
    const list = chosen.map((one, position) => ({ ...one, requestId: made.id, position }));
    await addRequest(transaction, made, list);
    const request = await submit(transaction, made, now);
    const retired = await retireExposed(central, transaction, actor, made, card);
    const wanted = chosen.filter(({ isWanted, wasOnCard }) => isWanted && !wasOnCard);
    await tellOfRequest(central, transaction, 'keysRequested', made, actor.kiosk);
    const detail = {
      ...{ request: made.id, kind: made.kind, owner: owner.id, profile: profile.name, reason: made.reason },
      ...{ certificates: wanted.map(({ certificate }) => certificate), ...actorDetail(actor) },
      removed: chosen.filter(({ isWanted }) => !isWanted).map(({ certificate }) => certificate),
      ...{ approvalsWanted: made.approvalsWanted, note: made.note },
    };
    const entry = { type: 'request.made', actor: actor.name, cardId: card?.id ?? null, detail };
    await recordAudits(central, transaction, [entry, ...retired], now);
    return request;
  });
  if (filed.kind === 'newCard' && filed.cardId !== null) await publishRevocationList(central, 'issuing');
  return filed;
}

/** For a reason of operators nobody has a card of their own rewritten or replaced (RP-10, RP-12). @throws RefusedError `OP-02-own-card` */
function demandOthersCard({ standing }: Actor, { kind }: NewRequest, { owner, card }: WishSubject): void {
  if (standing.kind !== 'operator' || standing.personId !== owner.id || card === null) return;
  if (kind === 'cardUpdate' || kind === 'newCard')
    throw refuseCardChange('OP-02-own-card', 'make request for');
}

/**
 * A card that somebody else may have is not waited for until the new one is collected.
 * @throws RefusedError `OP-02-cancel-first`
 */
async function retireExposed(
  central: Central,
  transaction: Database,
  actor: Actor,
  { kind, reason: code }: RequestRow,
  card: CardRow | null,
): Promise<readonly AuditEntry[]> {
  if (kind !== 'newCard' || card === null || code === null) return [];
  const reason = await findReason(transaction, code, null);
  if (!reason || !isRetiredAtOnce(reason)) return [];
  if (await isCancelledFirst(transaction, actor, card)) throw refuseRequest('OP-02-cancel-first');
  return retireReplaced(central, transaction, actor, { cardId: card.id, reason: code });
}

async function choose(
  transaction: Database,
  wish: NewRequest,
  { owner, profile, card }: WishSubject,
): Promise<ChosenCertificate[]> {
  if (wish.kind === 'cardUpdate') return [];
  const replaced = wish.kind === 'newCard' && card ? await keysToRestore(transaction, card) : [];
  const chosen =
    wish.kind === 'existingCard'
      ? await chooseForCard(transaction, { ...wish, ownerId: owner.id })
      : await chooseRecovered(transaction, owner.id, [...wish.certificates, ...replaced]);
  // A first card needs no recovered key; a profile for key recovery only gives no card without one.
  const mayBeEmpty = wish.kind === 'newCard' && !profile.isKeyRecoveryOnly;
  if (chosen.length === 0 && !mayBeEmpty) throw refuseRequest('KR-01-no-certificate');
  if (chosen.filter(({ isWanted }) => isWanted).length > MAX_WANTED) throw refuseRequest('KR-01-too-many');
  return chosen;
}

/**
 * What was encrypted for the card that is replaced, and for those before it, is to be read with the new one too: its key in 9D or behind, as the
 * reason says, then its history. What is not archived went with the card.
 */
async function keysToRestore(transaction: Database, { id, holderId }: CardRow): Promise<string[]> {
  const onCard = await certificatesOnCard(transaction, id);
  const rows = ENCRYPTION_SLOTS.flatMap((slot) => onCard.get(slot) ?? []);
  const publicKeys = rows.map(({ publicKey }) => publicKey);
  const archived = await archivedAmong(transaction, holderId, publicKeys);
  return rows
    .filter(({ publicKey }) => archived.has(Buffer.from(publicKey).toString('hex')))
    .map(({ serialNumber }) => serialNumber);
}

/** The same wish twice is one too many: the one that is open is named. */
async function demandNew(
  transaction: Database,
  { kind }: NewRequest,
  { owner, card, profile }: WishSubject,
  chosen: readonly ChosenCertificate[],
): Promise<void> {
  for (const open of await listWaitingFor(transaction, owner.id)) {
    const isAlike =
      open.kind === kind && open.cardId === (card?.id ?? null) && open.profileName === profile.name;
    if (!isAlike) continue;
    const list = await listRequestCertificates(transaction, open.id);
    if (listed(list) === listed(chosen)) throw refuseRequest('KR-01-open-already', open.id);
  }
}

function listed(chosen: readonly ChosenCertificate[]): string {
  return chosen
    .flatMap(({ certificate, isWanted }) => (isWanted ? [certificate] : []))
    .sort()
    .join();
}

function newRow(
  wish: NewRequest,
  { owner, card, profile, reason }: WishSubject,
  actor: Actor,
  approvals: number,
  now: Date,
): RequestRow {
  return {
    ...{ id: randomUUID(), kind: wish.kind, state: 'requested', ownerId: owner.id, cardId: card?.id ?? null },
    ...{ profileName: profile.name, reason, requestedById: personOf(actor), requestedBy: actor.name },
    approvalsWanted: approvals,
    ...{ note: wish.note, requestedAt: now, expiresAt: new Date(now.getTime() + REQUEST_LIFE_MS) },
    ...{ endedAt: null, operationId: null, newCardId: null, locator: null },
  };
}

async function submit(transaction: Database, made: RequestRow, now: Date): Promise<RequestRow> {
  if (made.approvalsWanted > 0) return moveRequestTo(transaction, made, 'submitted', now);
  return letThrough(transaction, made, now);
}

/** Nothing stands against its collection any more. */
export async function letThrough(transaction: Database, request: RequestRow, now: Date): Promise<RequestRow> {
  const approved = await moveRequestTo(transaction, request, 'approved', now);
  const ready = await moveRequestTo(transaction, approved, 'prepared', now);
  return ready.kind === 'newCard' ? planCard(transaction, ready, now) : ready;
}
