/** Whom and what a wish is about, as central has them now; and that nothing stands against it by its card, holder or profile. */
import { refuseCard } from '../../domain/eligibility.ts';
import type { Standing } from '../../domain/may-act.ts';
import type { Profile } from '../../domain/profile.ts';
import type { NewRequest } from '../../protocol/operator.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { toInstant } from '../instant.ts';
import { checkServed } from '../kiosk-scope.ts';
import { refusal } from '../refused.ts';
import { type CardRow, lifeOf, lockCard } from '../repositories/cards.ts';
import { findPerson, type PersonRow, toPerson } from '../repositories/people.ts';
import { newestProfile } from '../repositories/profiles.ts';
import { findReason, listReasons } from '../repositories/reasons.ts';
import { type Actor, mayChoose } from './actor.ts';
import { refuseRequest } from './request-error.ts';

/** Nothing stands against a card that there is not yet. */
export const ANY_CARD = {
  state: 'issued',
  expiresAt: '9999-12-31T23:59:59Z',
  isManagementKeyKnown: true,
} as const;

/** What a request is about, as central has it. */
export interface WishSubject {
  readonly owner: PersonRow;
  /** The card that is named. */
  readonly card: CardRow | null;
  readonly profile: Profile;
  readonly reason: string | null;
  /** Who asks: a reason is one that they may choose. */
  readonly standing: Standing;
}

/** What the audit says of a wish that was refused. */
export function namedIn(wish: NewRequest) {
  if (wish.kind === 'existingCard' || wish.kind === 'cardUpdate') return { cardId: wish.cardId };
  return { owner: wish.ownerId, cardId: wish.kind === 'newCard' ? wish.inPlaceOf?.cardId : undefined };
}

/**
 * Holds the card that is named.
 * @throws RefusedError with a code of REFUSALS, `RP-07-nobody`, `RP-07-not-their-card`, `RP-02-no-profile`
 */
export async function findWishSubject(
  transaction: Database,
  actor: Actor,
  wish: NewRequest,
): Promise<WishSubject> {
  const cardId = namedIn(wish).cardId ?? null;
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
  return { owner, card, profile, reason: reasonOf(wish), standing: actor.standing };
}

/** By a code of the reasons; null: there is none. */
export function reasonOf(wish: NewRequest): string | null {
  if (wish.kind === 'cardUpdate') return wish.reason;
  return wish.kind === 'newCard' ? (wish.inPlaceOf?.reason ?? null) : null;
}

/**
 * That it can be done at all. A card that is to be written may be (RP-06, RP-21); one that is to be replaced may be in any state, but not its
 * holder.
 * @throws RefusedError with a code of REFUSALS, `RP-12-no-such-reason`
 */
export async function demandPossible(
  central: Central,
  transaction: Database,
  { kind }: NewRequest,
  { owner, card, profile, reason, standing }: WishSubject,
): Promise<void> {
  const isWritten = kind === 'existingCard' || kind === 'cardUpdate';
  const life = isWritten && card ? lifeOf(card) : ANY_CARD;
  const refused = refuseCard(life, toPerson(owner), profile, toInstant(central.now()));
  if (refused) throw refusal(refused);
  // There is nothing yet that could be written, or replaced.
  if (card?.state === 'planned') throw refusal('RP-07-blank');
  const chosenFor = kind === 'newCard' ? 'replace' : 'reprovision';
  if (reason === null) return;
  const chosen = await findReason(transaction, reason, chosenFor);
  if (chosen && mayChoose(standing, chosen)) return;
  const choosable = (await listReasons(transaction, chosenFor)).filter((one) => mayChoose(standing, one));
  const codes = choosable.map(({ code }) => code).join(', ');
  throw refuseRequest('RP-12-no-such-reason', `${reason}; there are ${codes}`);
}
