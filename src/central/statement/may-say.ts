/** Whether an operator may say something: when it is asked for, when it is signed, and again when it is used. */
import { type CardRefusal, mayChangeCard } from '../../domain/card-life.ts';
import { OPERATOR_ROLES } from '../../domain/operator.ts';
import { DEFAULT_PIN_RESET_PROOFS, type Profile } from '../../domain/profile.ts';
import { refuseCardChange } from '../card-life/card-life-error.ts';
import type { Database } from '../database.ts';
import { RefusedError } from '../refused.ts';
import type { PersonRow } from '../repositories/people.ts';
import type { RequestRow } from '../repositories/requests.ts';
import { type Actor, actRefusal, demandRight, personOf } from '../request/actor.ts';
import type { FoundRequest } from '../request/find.ts';
import type { SignedIn } from '../session/demand-operator.ts';
import { refuseStatement } from './statement-error.ts';

type Holder = Pick<PersonRow, 'id' | 'groupId'>;

/**
 * That this operator may vouch for the holder of a card: in their scope, and never for themselves.
 * @throws RefusedError `OP-02-own-card`, `OP-02-out-of-scope`, `ID-05-not-an-operator`, `ID-05-operator-disabled`, `ID-02-code-wanted`
 */
export function demandMayVouch(
  actor: Actor,
  holder: Holder,
  { pinResetProofs = DEFAULT_PIN_RESET_PROOFS }: Pick<Profile, 'pinResetProofs'>,
): void {
  demandForOther(actor, holder);
  if (!pinResetProofs.includes('operator')) throw refuseStatement('ID-02-code-wanted', 'vouch');
}

/** What every role may do for anybody in scope, but for themselves. @throws RefusedError as `demandMayVouch`, but for the last */
export function demandForOther(actor: Actor, holder: Holder): void {
  const refused = refuseForOther(actor, holder);
  if (refused) throw refuseCardChange(refused, 'vouch');
}

/** The same, where it is only asked. */
export function refuseForOther(actor: Actor, { id: holderId, groupId }: Holder): CardRefusal | null {
  const isInScope = actor.groupIds.has(groupId);
  return mayChangeCard(actor.standing, { holderId, isInScope, chosenBy: OPERATOR_ROLES });
}

/**
 * That this operator may collect what is requested, for its owner, by the newest revision of its profile (KR-02, KR-03).
 * @throws RefusedError `KR-04-own-keys`, `KR-06-other-kind`, `KR-03-no-right`, `KR-03-out-of-scope`
 */
export async function demandMayVouchFor(
  transaction: Database,
  actor: Actor,
  { request, owner, profile }: FoundRequest,
): Promise<void> {
  if (!isCollectedForOthers(request)) {
    const why = 'its owner proves themselves with the card that it is for, and its PIN';
    throw new RefusedError(409, 'KR-06-other-kind', `vouch: ${why}`);
  }
  if (personOf(actor) === owner.id) throw actRefusal('KR-04-own-keys', 'collect');
  await demandRight(transaction, actor, 'collect', { owner, profile, request });
}

function isCollectedForOthers({ kind }: RequestRow): boolean {
  return kind === 'newCard' || kind === 'softCertificate';
}

/**
 * That this operator may be the witness of another one, for a card that is neither's.
 * @throws RefusedError `OP-02-witness-is-operator`, `OP-02-witness-is-holder`, `OP-02-witness-out-of-scope`
 */
export function demandMayWitness(witness: SignedIn, operatorId: string | null, holder: Holder): void {
  if (witness.person.id === operatorId) throw refuseStatement('OP-02-witness-is-operator');
  if (witness.person.id === holder.id) throw refuseStatement('OP-02-witness-is-holder');
  if (!witness.actor.groupIds.has(holder.groupId)) throw refuseStatement('OP-02-witness-out-of-scope');
}
