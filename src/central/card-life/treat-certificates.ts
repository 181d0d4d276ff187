/** What becomes of the certificates of a card that is cancelled, disabled or enabled (RP-12). */
import { type CardAction, fateOf } from '../../domain/card-life.ts';
import type { Reason } from '../../domain/reason.ts';
import { isEncryptionSlot } from '../../domain/slot.ts';
import type { Database } from '../database.ts';
import { archivedAmong } from '../repositories/archived-keys.ts';
import type { CardRow } from '../repositories/cards.ts';
import {
  type CertificateRow,
  certificatesOfCard,
  certificatesOnCard,
  changeCertificate,
  findCertificate,
  revokeForGood,
} from '../repositories/certificates.ts';
import { listRequestCertificates } from '../repositories/requests.ts';
import { markListStale } from '../repositories/revocation-lists.ts';
import { listAbandonedSinceCompleted } from '../repositories/unfinished-operations.ts';

/** Serial numbers of those that were changed. */
export interface TreatedCertificates {
  readonly revoked: readonly string[];
  readonly held: readonly string[];
  /** Off the list again. */
  readonly released: readonly string[];
}

export interface CertificateTreatment {
  readonly card: CardRow;
  readonly reason: Reason;
  readonly action: Exclude<CardAction, 'enable'>;
  /** What `whatMayBeOnCard` said before an operation under way was ended; none where none is. */
  readonly before: ReadonlyMap<string, CertificateRow>;
  readonly now: Date;
}

/** Part of the transaction that holds the card; the caller has the list published. */
export async function treatCertificates(
  transaction: Database,
  { card, reason, action, before, now }: CertificateTreatment,
): Promise<TreatedCertificates> {
  const rows = await present(transaction, card.id, before);
  const archived = await archivedAmong(
    transaction,
    card.holderId,
    rows.map(({ publicKey }) => publicKey),
  );
  const treated = { revoked: [] as string[], held: [] as string[], released: [] as string[] };
  for (const row of rows) {
    const { serialNumber, slot, publicKey } = row;
    const is = {
      isForEncryption: isEncryptionSlot(slot),
      isArchived: archived.has(Buffer.from(publicKey).toString('hex')),
      isRecovered: row.cardId !== card.id,
    };
    const fate = fateOf(is, reason, action);
    if (fate.kind === 'revoke') {
      if (await revokeForGood(transaction, row, fate.why, now)) treated.revoked.push(serialNumber);
    } else if (fate.kind === 'hold') {
      if (await putOnHold(transaction, row, now)) treated.held.push(serialNumber);
    } else if (row.isHeldWithCard && action === 'cancel') {
      await release(transaction, row);
      treated.released.push(serialNumber);
    }
  }
  await markChanged(transaction, treated);
  return treated;
}

/** What was put on hold with the card comes off the list; what was suspended on its own stays. */
export async function releaseCertificates(
  transaction: Database,
  { id }: CardRow,
): Promise<TreatedCertificates> {
  const held = (await certificatesOfCard(transaction, id)).filter(({ isHeldWithCard }) => isHeldWithCard);
  for (const row of held) await release(transaction, row);
  const released = held.map(({ serialNumber }) => serialNumber);
  const treated = { revoked: [], held: [], released };
  await markChanged(transaction, treated);
  return treated;
}

/**
 * What a card has by central's record, and what collections that were abandoned were to take off it: nobody knows whether they did.
 * By serial number.
 */
export async function whatMayBeOnCard(
  transaction: Database,
  cardId: string,
): Promise<ReadonlyMap<string, CertificateRow>> {
  const rows = [...(await certificatesOnCard(transaction, cardId)).values()];
  for (const { requestId } of await listAbandonedSinceCompleted(transaction, cardId)) {
    const list = requestId === null ? [] : await listRequestCertificates(transaction, requestId);
    rows.push(...list.filter(({ wasOnCard, isWanted }) => wasOnCard && !isWanted).map(({ row }) => row));
  }
  return new Map(rows.map((row) => [row.serialNumber, row]));
}

/** What the card has by central's record, and what it had before; as they are now, with the slot that they were in. */
async function present(
  transaction: Database,
  cardId: string,
  before: ReadonlyMap<string, CertificateRow>,
): Promise<CertificateRow[]> {
  const after = [...(await certificatesOnCard(transaction, cardId)).values()];
  const gone = [...before.values()].filter(
    ({ serialNumber }) => !after.some((one) => one.serialNumber === serialNumber),
  );
  for (const { serialNumber, slot } of gone) {
    const row = await findCertificate(transaction, serialNumber);
    if (row) after.push({ ...row, slot });
  }
  return after;
}

async function putOnHold(transaction: Database, row: CertificateRow, now: Date): Promise<boolean> {
  if (row.state !== 'active' || row.revokedAt !== null) return false;
  await changeCertificate(transaction, row.serialNumber, {
    ...{ state: 'revoked', revokedAt: now, crlReason: 'certificateHold', isHeldWithCard: true },
  });
  return true;
}

function release(transaction: Database, { serialNumber, isOnCard }: CertificateRow): Promise<void> {
  return changeCertificate(transaction, serialNumber, {
    ...{ state: isOnCard ? 'active' : 'superseded', revokedAt: null, crlReason: null, isHeldWithCard: false },
  });
}

async function markChanged(transaction: Database, treated: TreatedCertificates): Promise<void> {
  if (Object.values(treated).some((serials) => serials.length > 0)) await markListStale(transaction);
}
