/** A request for a new card with the record of that card, held: the card first, as everywhere. */
import { refuseCard } from '../../domain/eligibility.ts';
import type { Profile } from '../../domain/profile.ts';
import type { Central } from '../central.ts';
import { demandCollectRight } from '../collection/find-request.ts';
import type { Database } from '../database.ts';
import { toInstant } from '../instant.ts';
import { checkServed } from '../kiosk-scope.ts';
import { RefusedError, refusal } from '../refused.ts';
import { type CardRow, lifeOfIssue, lockCard } from '../repositories/cards.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import { findOpenOperation, type OperationRow } from '../repositories/operations.ts';
import { findPerson, type PersonRow, toPerson } from '../repositories/people.ts';
import { newestProfile } from '../repositories/profiles.ts';
import { demandMove, lockRequest, type RequestRow } from '../repositories/requests.ts';
import { type Actor, holderActor } from '../request/actor.ts';
import { refuseRequest } from '../request/request-error.ts';
import { lifeFrom, planCard } from './planned-card.ts';

/** What an issue is about. */
export interface HeldIssue {
  readonly request: RequestRow;
  readonly card: CardRow;
  /** It was begun and is not finished. */
  readonly open: OperationRow | undefined;
}

/** Whom it is for, and by which rules. */
export interface IssueSubject {
  readonly holder: PersonRow;
  readonly profile: Profile;
}

/**
 * @returns undefined where there is no such request for a new card
 * @throws RefusedError of `demandMove` while it cannot be collected, or any more
 */
export async function holdIssue(
  central: Pick<Central, 'now'>,
  transaction: Database,
  requestId: string,
): Promise<HeldIssue | undefined> {
  const held = await lockRequest(transaction, requestId);
  if (held?.kind !== 'newCard') return undefined;
  const now = central.now();
  // One that an older central let through has no record yet.
  if (held.newCardId === null) demandMove(held, 'begun', now);
  const request = held.newCardId === null ? await planCard(transaction, held, now) : held;
  const card = request.newCardId === null ? undefined : await lockCard(transaction, request.newCardId);
  if (!card) throw refuseRequest('KR-01-no-such-request');
  const open = await findOpenOperation(transaction, card.id);
  if (open?.requestId !== request.id) demandMove(request, 'begun', now);
  return { request, card, open };
}

/**
 * That this person may get this card here, now (RP-06, KR-03): by the newest revision of its profile.
 * @param actor an operator who is signed in; null: whoever has typed the number counts as its owner
 * @throws RefusedError with a code of REFUSALS; `RP-07-not-served-here`, `KR-03-no-right`, `KR-03-out-of-scope`
 */
export async function demandIssue(
  central: Pick<Central, 'now'>,
  transaction: Database,
  kiosk: Kiosk,
  { request, card, open }: HeldIssue,
  actor: Actor | null,
): Promise<IssueSubject> {
  const holder = await findPerson(transaction, request.ownerId);
  if (!holder) throw refusal('RP-07-unknown');
  await checkServed(transaction, kiosk, { holderId: holder.id });
  const profile = await newestProfile(transaction, request.profileName);
  if (!profile) {
    const why = `there is no profile ${request.profileName} any more; ask for another card`;
    throw new RefusedError(409, 'RP-02-no-profile', `collect card: ${why}`);
  }
  const now = central.now();
  // Its life begins with its issue.
  const life = open ? card : { ...card, ...lifeFrom(profile, now) };
  const refused = refuseCard(lifeOfIssue(life), toPerson(holder), profile, toInstant(now));
  if (refused) throw refusal(refused);
  await demandCollectRight(transaction, actor ?? holderActor(holder.id, kiosk), holder, request);
  return { holder, profile };
}
