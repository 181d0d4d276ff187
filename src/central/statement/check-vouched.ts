/** A proof that rests on an operator's word or presence, each time it is used: they may still say it (ID-02). */
import { DEFAULT_PIN_RESET_PROOFS, type Profile } from '../../domain/profile.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { RefusedError, refusal } from '../refused.ts';
import { findCard } from '../repositories/cards.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import { findOpenSession } from '../repositories/operator-sessions.ts';
import { findPerson, type PersonRow } from '../repositories/people.ts';
import { newestProfile } from '../repositories/profiles.ts';
import type { ProofRow } from '../repositories/proofs.ts';
import { lockStatement } from '../repositories/statements.ts';
import { type Actor, operatorActor } from '../request/actor.ts';
import { holdRequest } from '../request/find.ts';
import { demandOperator } from '../session/demand-operator.ts';
import { demandSession } from '../session/find-operator.ts';
import { demandForOther, demandMayVouch, demandMayVouchFor } from './may-say.ts';
import { refuseStatement } from './statement-error.ts';

/**
 * That whoever has vouched is still signed in here, and may still vouch for this card or request.
 * @throws RefusedError `ID-05-no-session`, `ID-05-idle`, of `demandOperator`, `demandMayVouch`, `demandMayVouchFor`
 */
export async function checkVouched(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  { statementId, cardId }: ProofRow,
): Promise<void> {
  const statement = statementId === null ? undefined : await lockStatement(transaction, statementId);
  if (!statement) throw refuseStatement('ID-02-not-signed', 'vouch');
  const { sessionId, signerCardId, signerId, action } = statement;
  await demandSession(central, transaction, kiosk, sessionId);
  const { actor, person } = await demandOperator(central, transaction, kiosk, signerCardId);
  if (person.id !== signerId) throw refuseStatement('ID-02-not-signed', 'vouch');
  if (action.kind === 'vouchRequest') {
    // It says who collects a card that is to be. Of one that is somebody's by now it says nothing.
    if ((await findCard(transaction, cardId))?.state !== 'planned')
      throw refuseStatement('ID-02-not-signed', 'vouch');
    return demandMayVouchFor(transaction, actor, await holdRequest(transaction, actor, action.requestId));
  }
  const { holder, profile } = await subjectOf(transaction, cardId);
  demandMayVouch(actor, holder, profile);
}

/**
 * That a code may set the PIN of this card here: its profile lets it, or an operator who acts for its holder was there when it was typed, and
 * still is, and still may. Of a card that is to be it is the number for a new one, which resets no PIN.
 * @throws RefusedError `ID-02-attended-only`
 */
export async function checkAttended(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  { cardId, vouchedById }: ProofRow,
): Promise<void> {
  const card = await findCard(transaction, cardId);
  if (card?.state === 'planned') return;
  const { holder, profile } = await subjectOf(transaction, cardId);
  if (isEnoughAlone(profile)) return;
  demandAttended(await stillThere(central, transaction, kiosk, vouchedById), holder);
}

/** Signed in here, with a card that is in use; null: not any more. */
async function stillThere(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  operatorId: string | null,
): Promise<Actor | null> {
  const session = operatorId === null ? undefined : await findOpenSession(transaction, kiosk.id, operatorId);
  if (!session) return null;
  try {
    await demandSession(central, transaction, kiosk, session.id);
    return (await demandOperator(central, transaction, kiosk, session.cardId)).actor;
  } catch (error) {
    if (error instanceof RefusedError) return null;
    throw error;
  }
}

/** Whether somebody with a code needs nobody else (FIPS 201-3, 2.9.3: the default is that they do). */
export function isEnoughAlone({
  pinResetProofs = DEFAULT_PIN_RESET_PROOFS,
}: Pick<Profile, 'pinResetProofs'>): boolean {
  return pinResetProofs.includes('code');
}

/** @param operator who is signed in here, if anybody @throws RefusedError `ID-02-attended-only` */
export function demandAttended(operator: Actor | null, holder: Pick<PersonRow, 'id' | 'groupId'>): void {
  if (!operator) throw refuseStatement('ID-02-attended-only', 'prove holder');
  try {
    demandForOther(operator, holder);
  } catch (error) {
    // Somebody else's operator is as good as none.
    if (error instanceof RefusedError) throw refuseStatement('ID-02-attended-only', 'prove holder');
    throw error;
  }
}

/** The operator who has vouched, or had to be there when a code was typed: they take part in what is begun with it. Null: nobody. */
export async function vouchingActor(
  transaction: Database,
  kiosk: Kiosk,
  { vouchedById }: Pick<ProofRow, 'vouchedById'>,
): Promise<Actor | null> {
  const person = vouchedById === null ? undefined : await findPerson(transaction, vouchedById);
  return person ? operatorActor(transaction, person, kiosk) : null;
}

async function subjectOf(
  transaction: Database,
  cardId: string,
): Promise<{ readonly holder: PersonRow; readonly profile: Profile }> {
  const card = await findCard(transaction, cardId);
  const holder = card && (await findPerson(transaction, card.holderId));
  const profile = card && (await newestProfile(transaction, card.profileName));
  if (!card || !holder) throw refusal('RP-07-unknown');
  if (!profile)
    throw new RefusedError(409, 'RP-02-no-profile', `prove holder: there is no profile ${card.profileName}`);
  return { holder, profile };
}
