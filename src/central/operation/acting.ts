/** Who carries an operation out besides the holder, and what that asks for: right, witness, terms (RP-10, RP-19, OP-02). */

import { mayReprovision } from '../../domain/may-reprovision.ts';
import type { Profile } from '../../domain/profile.ts';
import type { BeginRequest } from '../../protocol/operation.ts';
import { refuseCardChange } from '../card-life/card-life-error.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { RefusedError } from '../refused.ts';
import type { AuditEntry } from '../repositories/audit.ts';
import { findCard } from '../repositories/cards.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import type { OperationRow } from '../repositories/operations.ts';
import { findProof } from '../repositories/proofs.ts';
import { findReason } from '../repositories/reasons.ts';
import { listReadyUpdates } from '../repositories/requests.ts';
import { type Actor, actorDetail, holderActor, personOf } from '../request/actor.ts';
import { onRecord } from '../request/on-record.ts';
import { vouchingActor } from '../statement/check-vouched.ts';
import { demandWitness, wantsWitness } from '../statement/demand-witness.ts';
import type { Subject } from './may-begin.ts';
import { demandTerms, type TermsAnswer } from './terms.ts';

/** Who stands at the kiosk. */
export interface Acting {
  readonly kiosk: Kiosk;
  /** Signed in, and carries it out for somebody (RP-10); null: the holder does it. */
  readonly signedIn: Actor | null;
  /** That one, or whoever has vouched for the holder; null: no operator takes part. */
  readonly operator: Actor | null;
}

/** Looked at outside of any transaction: what a proof is worth is decided in it. */
export async function actingAt(
  central: Central,
  kiosk: Kiosk,
  signedIn: Actor | null,
  proofId: string,
): Promise<Acting> {
  const proof = signedIn ? undefined : await findProof(central.database, proofId);
  const vouching = proof?.kioskId === kiosk.id ? await vouchingActor(central.database, kiosk, proof) : null;
  return { kiosk, signedIn, operator: signedIn ?? vouching };
}

/** As the audit names whoever does it. */
export function nameOf({ kiosk, operator }: Acting): string {
  return operator?.name ?? `kiosk:${kiosk.name}`;
}

/** In one transaction. Where an operator takes part, what is refused is in the audit as well (RP-10). */
export async function onRecordOf<T>(
  central: Central,
  { operator }: Acting,
  { cardId, ...attempt }: { readonly action: string; readonly cardId: string; readonly reason?: string },
  work: (transaction: Database) => Promise<T>,
): Promise<T> {
  if (!operator) return central.database.transaction(work);
  const owner = (await findCard(central.database, cardId))?.holderId;
  const about = { ...attempt, ...(owner === undefined ? {} : { cardId, owner }) };
  return onRecord(central, operator, about, work, 'operation.refused');
}

/**
 * That whoever acts may rewrite this card, for this reason; what is open may be taken up for the reason that it was begun with.
 * @throws RefusedError with a code of `ReprovisionRefusal`
 */
export async function demandMayReprovision(
  central: Pick<Central, 'now'>,
  transaction: Database,
  { kiosk, signedIn }: Acting,
  { card, holder }: Pick<Subject, 'card' | 'holder'>,
  { open, reason: code }: { readonly open: OperationRow | undefined; readonly reason: string },
): Promise<void> {
  const reason = open ? undefined : await findReason(transaction, code, 'reprovision');
  // There is none such: it is refused as that.
  if (!open && !reason) return;
  const chosenBy = reason?.chosenBy ?? (['cardholder', 'helpdesk', 'administrator'] as const);
  const isAsked =
    (await listReadyUpdates(transaction, { cardId: card.id, reason: code }, central.now())).length > 0;
  const { standing, groupIds } = signedIn ?? holderActor(holder.id, kiosk);
  const subject = { holderId: holder.id, isInScope: groupIds.has(holder.groupId), chosenBy };
  const refused = mayReprovision(standing, subject, { isAsked });
  if (refused === null) return;
  if (refused !== 'RP-12-not-for-cardholders') throw refuseCardChange(refused, 'reprovision');
  const why = 'an operator chooses this reason; choose another one, or ask the helpdesk';
  throw new RefusedError(403, refused, `reprovision card: ${why}`);
}

/** What is agreed to before anything is written. */
export interface Agreement {
  readonly action: 'reprovision' | 'issue' | 'pinReset';
  readonly cardId: string;
  readonly reason: string | null;
  readonly profile: Pick<Profile, 'name' | 'revision' | 'terms' | 'witness'>;
  readonly holder: Subject['holder'];
  /** It is taken up: its terms were accepted when it was begun. */
  readonly open: OperationRow | undefined;
}

/**
 * The word of a witness, where an operator takes part, and the acceptance of the terms.
 * @returns what the audit is to have of it
 * @throws RefusedError `RP-19-accept-terms`; of `demandWitness`
 */
export async function demandAgreement(
  central: Central,
  transaction: Database,
  acting: Acting,
  { action, cardId, reason, profile, holder, open }: Agreement,
  wish: TermsAnswer & Pick<BeginRequest, 'witnessId'>,
): Promise<AuditEntry[]> {
  const witnessed = isWitnessWanted(acting, action, { profile, open })
    ? await demandWitness(
        central,
        transaction,
        acting.operator,
        { action, cardId, reason, profile, holder },
        wish.witnessId,
      )
    : [];
  const who = { actor: `kiosk:${acting.kiosk.name}`, cardId, holderId: holder.id };
  return [...witnessed, ...(open ? [] : demandTerms(profile, wish, who))];
}

/** Not again of the same operator who goes on with what was witnessed, perhaps because the answer was lost. */
export function isWitnessWanted(
  acting: Acting,
  action: 'reprovision' | 'issue' | 'pinReset',
  { profile, open }: Pick<Agreement, 'open'> & { readonly profile: Pick<Profile, 'witness'> },
): acting is Acting & { readonly operator: Actor } {
  const { operator } = acting;
  if (!operator || !wantsWitness(operator, action, profile)) return false;
  return !open || open.operatorId !== personOf(operator);
}

/** Who took part, as the audit has it. */
export function detailOf({ operator }: Acting, holder: Pick<Subject['holder'], 'id'>) {
  return operator ? { ...actorDetail(operator), owner: holder.id } : {};
}
