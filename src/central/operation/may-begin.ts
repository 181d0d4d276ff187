/** Whether an operation may begin: central's own view of card, holder, profile, proof and reason (SY-04). */
import { refuseCard } from '../../domain/eligibility.ts';
import type { Profile } from '../../domain/profile.ts';
import type { Slot } from '../../domain/slot.ts';
import type { PreviewRequest } from '../../protocol/operation.ts';
import type { Central } from '../central.ts';
import { canServe } from '../code-life.ts';
import type { Database } from '../database.ts';
import { toInstant } from '../instant.ts';
import { checkServed } from '../kiosk-scope.ts';
import { type KeyFacts, type KeyPlan, planKeys } from '../planner/plan-keys.ts';
import { RefusedError, refusal } from '../refused.ts';
import { archivedAmong } from '../repositories/archived-keys.ts';
import { type CardRow, lifeOf, lockCard } from '../repositories/cards.ts';
import { type CertificateRow, certificatesOnCard } from '../repositories/certificates.ts';
import { lockLiveCode } from '../repositories/codes.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import type { OperationRow } from '../repositories/operations.ts';
import { findPerson, type PersonRow, toPerson } from '../repositories/people.ts';
import { newestProfile } from '../repositories/profiles.ts';
import { lockProof, type ProofRow } from '../repositories/proofs.ts';
import { findReason } from '../repositories/reasons.ts';
import { checkAttended, checkVouched } from '../statement/check-vouched.ts';
import { readAftermath } from './aftermath.ts';

/** What an operation is about. */
export interface Subject {
  readonly card: CardRow;
  readonly holder: PersonRow;
  readonly profile: Profile;
}

/**
 * Holds a card that may be rewritten at this kiosk (RP-02, RP-04, RP-06).
 * @param kiosk null: whichever serves it
 * @throws RefusedError with a code of REFUSALS
 */
export async function findSubject(
  central: Central,
  transaction: Database,
  kiosk: Kiosk | null,
  cardId: string,
): Promise<Subject> {
  const card = await lockCard(transaction, cardId);
  const holder = card && (await findPerson(transaction, card.holderId));
  if (!card || !holder) throw refusal('RP-07-unknown');
  if (kiosk) await checkServed(transaction, kiosk, card);
  const profile = await newestProfile(transaction, card.profileName);
  if (!profile)
    throw new RefusedError(409, 'RP-02-no-profile', `begin: there is no profile ${card.profileName}`);
  const refused = refuseCard(lifeOf(card), toPerson(holder), profile, toInstant(central.now()));
  if (refused) throw refusal(refused);
  return { card, holder, profile };
}

/**
 * A proof is for one card, one kiosk, ten minutes and one operation (RP-09, ID-01); one by a code holds as long as that.
 * @throws RefusedError `ID-01-not-proved`, `RP-09-not-yours`, `ID-03-code-dead`, `ID-02-attended-only`; of `checkVouched`
 */
export async function checkProof(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  request: Pick<PreviewRequest, 'proofId' | 'cardId'>,
  open: OperationRow | undefined,
): Promise<ProofRow> {
  const proof = await lockProof(transaction, request.proofId);
  const notProved = (why: string) => new RefusedError(403, 'ID-01-not-proved', `begin: ${why}`);
  if (!proof || proof.kioskId !== kiosk.id) throw notProved('there is no such proof');
  if (proof.cardId !== request.cardId) {
    throw new RefusedError(403, 'RP-09-not-yours', 'begin: the proof is for another card');
  }
  if (proof.state !== 'accepted') throw notProved('the holder has not proved themselves');
  if (proof.expiresAt <= central.now()) throw notProved('the proof is too old');
  if (proof.operationId !== null && proof.operationId !== open?.id)
    throw notProved('the proof was used before');
  if (proof.kind === 'code') {
    await checkCodeLives(central, transaction, proof, open);
    await checkAttended(central, transaction, kiosk, proof);
  }
  if (proof.kind === 'operator') await checkVouched(central, transaction, kiosk, proof);
  return proof;
}

/** A newer code, its time or the end of its operation has killed it meanwhile. */
async function checkCodeLives(
  central: Central,
  transaction: Database,
  { cardId, codeId }: ProofRow,
  open: OperationRow | undefined,
): Promise<void> {
  const live = await lockLiveCode(transaction, cardId);
  if (!live || live.id !== codeId || !canServe(live, open, central.now())) {
    throw new RefusedError(403, 'ID-03-code-dead', 'begin: the code of the proof can no longer be used');
  }
}

/** What becomes of the keys for this reason, and what that was decided from. */
interface PlannedKeys extends KeyPlan {
  readonly facts: KeyFacts;
}

/**
 * What becomes of the keys for this reason.
 * @throws RefusedError `RP-12-no-such-reason`, `RP-20-key-would-be-lost`, `KR-11-cannot-import`
 */
export async function planCardKeys(
  central: Central,
  transaction: Database,
  { card, holder, profile }: Subject,
  request: PreviewRequest,
): Promise<PlannedKeys> {
  const reason = await findReason(transaction, request.reason, 'reprovision');
  if (!reason) throw new RefusedError(400, 'RP-12-no-such-reason', 'begin: there is no such reason');
  const onCard = await certificatesOnCard(transaction, card.id);
  const facts: KeyFacts = {
    ...{
      cardId: card.id,
      profile,
      reason,
      holder,
      now: central.now(),
      cardExpiresAt: card.expiresAt,
      onCard,
    },
    archivedSlots: await archivedSlots(transaction, holder, onCard),
    aftermath: await readAftermath(transaction, card),
    canMoveKeys: request.capabilities.canMoveKeys,
    canImportKeys: request.capabilities.canImportKeys,
    hasMetadata: request.capabilities.hasMetadata,
  };
  const keys = planKeys(facts);
  if (typeof keys === 'string') throw refusal(keys);
  return { ...keys, facts };
}

/** Where a card has keys that central has as well, and may give back to its holder. */
async function archivedSlots(
  transaction: Database,
  { id: holderId }: PersonRow,
  onCard: ReadonlyMap<Slot, CertificateRow>,
): Promise<ReadonlySet<Slot>> {
  const publicKeys = [...onCard.values()].map(({ publicKey }) => publicKey);
  const archived = await archivedAmong(transaction, holderId, publicKeys);
  const rows = [...onCard].filter(([, row]) => archived.has(Buffer.from(row.publicKey).toString('hex')));
  return new Set(rows.map(([slot]) => slot));
}
