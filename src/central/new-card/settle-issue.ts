/** The end of an issue: a card that is somebody's, and the one whose place it takes (KR-01, RP-12, RP-18). */

import { cancelHeldCard } from '../card-life/change-card.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import type { AuditEntry } from '../repositories/audit.ts';
import { changeCard, lockCard } from '../repositories/cards.ts';
import { findCertificate, placeOnCard } from '../repositories/certificates.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import { listOperationKeys, type OperationRow } from '../repositories/operations.ts';
import { findReason } from '../repositories/reasons.ts';
import { findRequest } from '../repositories/requests.ts';
import { type Actor, holderActor } from '../request/actor.ts';

/**
 * Part of the transaction that completes it. The card that it takes the place of goes now, unless it went when the request was made.
 * @returns what the audit is to have of it
 */
export async function recordIssued(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  { id, cardId, requestId }: Pick<OperationRow, 'id' | 'cardId' | 'requestId'>,
): Promise<readonly AuditEntry[]> {
  for (const { slot, certificate } of await listOperationKeys(transaction, id)) {
    const row = certificate ? await findCertificate(transaction, certificate) : undefined;
    if (row && row.cardId !== cardId) await placeOnCard(transaction, cardId, row, slot);
  }
  await changeCard(transaction, cardId, { state: 'issued' });
  const request = requestId === null ? undefined : await findRequest(transaction, requestId);
  if (!request?.cardId || request.reason === null) return [];
  const actor = holderActor(request.ownerId, kiosk);
  return retireReplaced(central, transaction, actor, { cardId: request.cardId, reason: request.reason });
}

/** Cancels the card that another one takes the place of. @returns what the audit is to have of it */
export async function retireReplaced(
  central: Central,
  transaction: Database,
  actor: Actor,
  { cardId, reason: code }: { readonly cardId: string; readonly reason: string },
): Promise<readonly AuditEntry[]> {
  const card = await lockCard(transaction, cardId);
  const reason = await findReason(transaction, code, null);
  if (!card || !reason || card.state === 'cancelled' || card.state === 'planned') return [];
  const note = 'another card takes its place';
  return (await cancelHeldCard(central, transaction, actor, card, { reason, note })).entries;
}
