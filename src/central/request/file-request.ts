/** Making a request: of all kinds, by whoever may (KR-01 to KR-05, RP-15). */
import { randomUUID } from 'node:crypto';
import { refuseCard } from '../../domain/eligibility.ts';
import { approvalsWanted, type Profile } from '../../domain/profile.ts';
import type { NewRequest } from '../../protocol/operator.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { toInstant } from '../instant.ts';
import { checkServed } from '../kiosk-scope.ts';
import { tellOfRequest } from '../mail/tell-of.ts';
import { refusal } from '../refused.ts';
import { recordAudits } from '../repositories/audit.ts';
import { type CardRow, lifeOf, lockCard } from '../repositories/cards.ts';
import { findPerson, type PersonRow, toPerson } from '../repositories/people.ts';
import { newestProfile } from '../repositories/profiles.ts';
import { findReason } from '../repositories/reasons.ts';
import {
  addRequest,
  listRequestCertificates,
  listWaitingFor,
  lockRequestsOf,
  moveRequestTo,
  type RequestRow,
} from '../repositories/requests.ts';
import { type Actor, actorDetail, demandRight, personOf } from './actor.ts';
import { type ChosenCertificate, chooseForCard, chooseRecovered } from './choose-certificates.ts';
import { onRecord } from './on-record.ts';
import { refuseRequest } from './request-error.ts';

/** A request that nobody has approved or collected for so long runs out. */
const REQUEST_LIFE_MS = 30 * 24 * 60 * 60 * 1000;
/** 9D and 20 retired slots are all there is on a card; of what is left of it somewhere else nobody wants so many at once. */
const MAX_WANTED = 32;

/** Nothing stands against a card that there is not yet. */
const ANY_CARD = { state: 'issued', expiresAt: '9999-12-31T23:59:59Z', isManagementKeyKnown: true } as const;

/** What a request is about, as central has it. */
interface Subject {
  readonly owner: PersonRow;
  /** The card that is named. */
  readonly card: CardRow | null;
  readonly profile: Profile;
  readonly reason: string | null;
}

/**
 * Makes a request, and lets it through where nobody has to approve it. A refusal is in the audit too (KR-10).
 * @throws RefusedError with a code of ACT_REFUSALS, REFUSALS, `request-error.ts`, or `RP-07-not-served-here`
 */
export async function fileRequest(central: Central, actor: Actor, wish: NewRequest): Promise<RequestRow> {
  const about = { action: 'make', kind: wish.kind, ...named(wish) };
  return onRecord(central, actor, about, async (transaction) => {
    const subject = await findSubject(central, transaction, actor, wish);
    const { owner, card, profile } = subject;
    await demandRight(transaction, actor, 'request', { owner, profile });
    await lockRequestsOf(transaction, owner.id);
    const chosen = await choose(transaction, wish, subject);
    await demandNew(transaction, wish, subject, chosen);
    const now = central.now();
    const made = newRow(wish, subject, actor, now);
    const list = chosen.map((one, position) => ({ ...one, requestId: made.id, position }));
    await addRequest(transaction, made, list);
    const request = await submit(transaction, made, now);
    const wanted = chosen.filter(({ isWanted, wasOnCard }) => isWanted && !wasOnCard);
    await tellOfRequest(central, transaction, 'keysRequested', made, actor.kiosk);
    const detail = {
      ...{ request: made.id, kind: made.kind, owner: owner.id, profile: profile.name, reason: made.reason },
      ...{ certificates: wanted.map(({ certificate }) => certificate), ...actorDetail(actor) },
      removed: chosen.filter(({ isWanted }) => !isWanted).map(({ certificate }) => certificate),
      ...{ approvalsWanted: made.approvalsWanted, note: made.note },
    };
    const entry = { type: 'request.made', actor: actor.name, cardId: card?.id ?? null, detail };
    await recordAudits(central, transaction, [entry], now);
    return request;
  });
}

/** What the audit says of a wish that was refused. */
function named(wish: NewRequest) {
  if (wish.kind === 'existingCard' || wish.kind === 'cardUpdate') return { cardId: wish.cardId };
  return { owner: wish.ownerId, cardId: wish.kind === 'newCard' ? wish.inPlaceOf?.cardId : undefined };
}

async function findSubject(
  central: Central,
  transaction: Database,
  actor: Actor,
  wish: NewRequest,
): Promise<Subject> {
  const cardId = named(wish).cardId ?? null;
  const card = cardId === null ? null : ((await lockCard(transaction, cardId)) ?? null);
  if (cardId !== null && !card) throw refusal('RP-07-unknown');
  const ownerId = 'ownerId' in wish ? wish.ownerId : (card as CardRow).holderId;
  const owner = await findPerson(transaction, ownerId);
  if (!owner) throw refuseRequest('RP-07-nobody');
  if (actor.kiosk) await checkServed(transaction, actor.kiosk, { holderId: owner.id });
  if (card && card.holderId !== owner.id) throw refuseRequest('RP-07-not-their-card');
  const profileName = 'profileName' in wish ? wish.profileName : (card as CardRow).profileName;
  const profile = await newestProfile(transaction, profileName);
  if (!profile) throw refuseRequest('RP-02-no-profile', profileName);
  demandAlive(central, wish, { owner, card, profile });
  const reason = reasonOf(wish);
  if (reason !== null && !(await findReason(transaction, reason)))
    throw refuseRequest('RP-12-no-such-reason', reason);
  return { owner, card, profile, reason };
}

function reasonOf(wish: NewRequest): string | null {
  if (wish.kind === 'cardUpdate') return wish.reason;
  return wish.kind === 'newCard' ? (wish.inPlaceOf?.reason ?? null) : null;
}

/** A card that is to be written may be (RP-06, RP-21); one that is to be replaced may be in any state, but not its holder. */
function demandAlive(
  central: Central,
  { kind }: NewRequest,
  { owner, card, profile }: Omit<Subject, 'reason'>,
): void {
  const isWritten = kind === 'existingCard' || kind === 'cardUpdate';
  const life = isWritten && card ? lifeOf(card) : ANY_CARD;
  const refused = refuseCard(life, toPerson(owner), profile, toInstant(central.now()));
  if (refused) throw refusal(refused);
}

async function choose(
  transaction: Database,
  wish: NewRequest,
  { owner, profile }: Subject,
): Promise<ChosenCertificate[]> {
  if (wish.kind === 'cardUpdate') return [];
  const chosen =
    wish.kind === 'existingCard'
      ? await chooseForCard(transaction, { ...wish, ownerId: owner.id })
      : await chooseRecovered(transaction, owner.id, wish.certificates);
  // A first card needs no recovered key; a profile for key recovery only gives no card without one.
  const mayBeEmpty = wish.kind === 'newCard' && !profile.isKeyRecoveryOnly;
  if (chosen.length === 0 && !mayBeEmpty) throw refuseRequest('KR-01-no-certificate');
  if (chosen.filter(({ isWanted }) => isWanted).length > MAX_WANTED) throw refuseRequest('KR-01-too-many');
  return chosen;
}

/** The same wish twice is one too many: the one that is open is named. */
async function demandNew(
  transaction: Database,
  { kind }: NewRequest,
  { owner, card, profile }: Subject,
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
  { owner, card, profile, reason }: Subject,
  actor: Actor,
  now: Date,
): RequestRow {
  return {
    ...{ id: randomUUID(), kind: wish.kind, state: 'requested', ownerId: owner.id, cardId: card?.id ?? null },
    ...{ profileName: profile.name, reason, requestedById: personOf(actor), requestedBy: actor.name },
    // A card update is a reprovision, which approval does not hold back (RP-08).
    approvalsWanted: wish.kind === 'cardUpdate' ? 0 : approvalsWanted(profile),
    ...{ note: wish.note, requestedAt: now, expiresAt: new Date(now.getTime() + REQUEST_LIFE_MS) },
    ...{ endedAt: null, operationId: null },
  };
}

async function submit(transaction: Database, made: RequestRow, now: Date): Promise<RequestRow> {
  if (made.approvalsWanted > 0) return moveRequestTo(transaction, made, 'submitted', now);
  return letThrough(transaction, made, now);
}

/** Nothing stands against its collection any more. */
export async function letThrough(transaction: Database, request: RequestRow, now: Date): Promise<RequestRow> {
  return moveRequestTo(
    transaction,
    await moveRequestTo(transaction, request, 'approved', now),
    'prepared',
    now,
  );
}
