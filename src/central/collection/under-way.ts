/** What a collection does that was begun: its image is frozen, whatever has changed since. */
import type { Difference, DifferenceEntry } from '../../domain/difference.ts';
import { isEncryptionSlot } from '../../domain/slot.ts';
import { byChange } from '../../domain/slot-plan.ts';
import type { Database } from '../database.ts';
import { archivedAmong } from '../repositories/archived-keys.ts';
import type { CardRow } from '../repositories/cards.ts';
import { type CertificateRow, certificatesOnCard, findCertificate } from '../repositories/certificates.ts';
import { listOperationKeys, type OperationRow } from '../repositories/operations.ts';
import { listRequestCertificates } from '../repositories/requests.ts';
import { listed } from './find-difference.ts';

/** @param operation open: the card's record still has what was there before */
export async function differenceUnderWay(
  database: Database,
  card: CardRow,
  operation: Pick<OperationRow, 'id' | 'image' | 'requestId'>,
): Promise<Difference> {
  const onCard = [...(await certificatesOnCard(database, card.id)).values()];
  const present = onCard.filter(({ slot }) => isEncryptionSlot(slot));
  const keys = await listOperationKeys(database, operation.id);
  const cleared = [...operation.image.emptiedCertificates, ...keys.map(({ slot }) => slot)];
  const placed = new Map(keys.map(({ certificate, slot }) => [certificate, slot]));
  const rows: Change[] = present.map((row) => {
    const to = placed.get(row.serialNumber) ?? (cleared.includes(row.slot) ? null : row.slot);
    const stays = to === row.slot ? 'kept' : 'moved';
    return { row, from: row.slot, to, change: to === null ? 'removed' : stays };
  });
  const isThere = (serial: string) => present.some(({ serialNumber }) => serialNumber === serial);
  for (const { certificate, slot } of keys) {
    const row =
      certificate && !isThere(certificate) ? await findCertificate(database, certificate) : undefined;
    if (row) rows.push({ row, from: null, to: slot, change: 'added' });
  }
  const list = operation.requestId ? await listRequestCertificates(database, operation.requestId) : [];
  for (const { certificate, isWanted, row } of list) {
    if (!isWanted || isThere(certificate) || placed.has(certificate)) continue;
    rows.push({ row, from: null, to: null, change: 'left' });
  }
  const publicKeys = rows.map(({ row }) => row.publicKey);
  const archived = await archivedAmong(database, card.holderId, publicKeys);
  const entries = rows.map(({ row, ...change }) => ({ ...change, certificate: listed(row, archived) }));
  return { entries: entries.sort(byChange), problem: null };
}

interface Change extends Pick<DifferenceEntry, 'change' | 'from' | 'to'> {
  readonly row: CertificateRow;
}
