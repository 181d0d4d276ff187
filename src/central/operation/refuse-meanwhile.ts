import { refuseCard } from '../../domain/eligibility.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { toInstant } from '../instant.ts';
import { RefusedError, refusal } from '../refused.ts';
import { recordAudit } from '../repositories/audit.ts';
import { type CardRow, lifeOf, lifeOfIssue, lockCard } from '../repositories/cards.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import { changeOperation, type OperationRow } from '../repositories/operations.ts';
import { findPerson, type PersonRow, toPerson } from '../repositories/people.ts';
import { findProfile } from '../repositories/profiles.ts';
import { revokeHeld } from './revoke-held.ts';

/**
 * Was the card or its holder disabled meanwhile: what was issued dies, the operation stays to be finished later
 * (operation.md D). The refusal is part of what is committed, so it is answered, not thrown.
 * @returns null while the card may be rewritten
 */
export async function refuseMeanwhile(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  operation: OperationRow,
): Promise<RefusedError | null> {
  // A cancelled card stays cancelled, and whose it was is nothing to its being emptied.
  if (operation.kind === 'empty') return null;
  const now = central.now();
  const { card, holder } = await subjectOf(transaction, operation);
  const profile = await findProfile(transaction, operation.profileName, operation.profileRevision);
  if (!profile) throw new RefusedError(409, 'RP-02-no-profile', 'go on: the profile is gone');
  const life = operation.kind === 'issue' ? lifeOfIssue(card) : lifeOf(card);
  const code = refuseCard(life, toPerson(holder), profile, toInstant(now));
  if (code === null) return null;
  await revokeHeld(transaction, operation.id, now);
  await changeOperation(transaction, operation.id, { refusedWith: code });
  const entry = { type: 'operation.refused', actor: `kiosk:${kiosk.name}`, cardId: card.id };
  await recordAudit(central, transaction, { ...entry, operationId: operation.id, detail: { code } }, now);
  return refusal(code);
}

/** Whom and what an operation is about; the card is held. @throws RefusedError `RP-07-unknown` */
export async function subjectOf(
  transaction: Database,
  operation: OperationRow,
): Promise<{ readonly card: CardRow; readonly holder: PersonRow }> {
  const card = await lockCard(transaction, operation.cardId);
  const holder = card && (await findPerson(transaction, card.holderId));
  if (!card || !holder) throw refusal('RP-07-unknown');
  return { card, holder };
}
