/** Which certificates a request is about: everything named is this person's, and can be given back (KR-05, KR-11). */
import { isEncryptionSlot } from '../../domain/slot.ts';
import type { Database } from '../database.ts';
import { archivedAmong } from '../repositories/archived-keys.ts';
import { findCard } from '../repositories/cards.ts';
import { type CertificateRow, certificatesOnCard, findCertificate } from '../repositories/certificates.ts';
import type { RequestCertificateRow } from '../repositories/requests.ts';
import { refuseRequest } from './request-error.ts';

export type ChosenCertificate = Pick<RequestCertificateRow, 'certificate' | 'wasOnCard' | 'isWanted'>;

/**
 * For a new card or a soft certificate.
 * @throws RefusedError `KR-01-no-such-certificate`, `KR-11-not-theirs`, `KR-11-not-archived`
 */
export async function chooseRecovered(
  database: Database,
  ownerId: string,
  serialNumbers: readonly string[],
): Promise<ChosenCertificate[]> {
  const chosen = [...new Set(serialNumbers)];
  for (const serial of chosen) await demandRecoverable(database, ownerId, serial);
  return chosen.map((certificate) => ({ certificate, wasOnCard: false, isWanted: true }));
}

/** What somebody wants of a card that there is. */
export interface CardChange {
  readonly cardId: string;
  readonly ownerId: string;
  /** Besides what is on it. */
  readonly certificates: readonly string[];
  readonly without: readonly string[];
  readonly confirmedRemovals: readonly string[];
}

/**
 * The complete list for an existing card: what it has stays but for what is taken off, what is named comes to it.
 * @throws RefusedError as `chooseRecovered`; `KR-05-not-on-card`, `KR-05-confirm-removal`, `KR-05-last-copy`, `KR-01-nothing-to-do`
 */
export async function chooseForCard(database: Database, change: CardChange): Promise<ChosenCertificate[]> {
  const { cardId, ownerId, certificates, without, confirmedRemovals } = change;
  const onCard = [...(await certificatesOnCard(database, cardId))].flatMap(([slot, row]) =>
    isEncryptionSlot(slot) ? [row] : [],
  );
  const present = new Set(onCard.map(({ serialNumber }) => serialNumber));
  const stray = without.find((serial) => !present.has(serial));
  if (stray !== undefined) throw refuseRequest('KR-05-not-on-card', stray);
  const removed = new Set(without.filter((serial) => !certificates.includes(serial)));
  const added = (await chooseRecovered(database, ownerId, certificates)).filter(
    ({ certificate }) => !present.has(certificate),
  );
  if (added.length + removed.size === 0) throw refuseRequest('KR-01-nothing-to-do');
  await demandCopies(database, ownerId, onCard, removed);
  demandConfirmed(removed, confirmedRemovals);
  const stays = onCard.map(({ serialNumber }) => ({
    ...{ certificate: serialNumber, wasOnCard: true, isWanted: !removed.has(serialNumber) },
  }));
  return [...stays, ...added];
}

async function demandRecoverable(database: Database, ownerId: string, serial: string): Promise<void> {
  const row = await findCertificate(database, serial);
  if (!row || row.state === 'held') throw refuseRequest('KR-01-no-such-certificate', serial);
  const archived = await archivedAmong(database, ownerId, [row.publicKey]);
  if (archived.size > 0) return;
  const card = await findCard(database, row.cardId);
  throw refuseRequest(card?.holderId === ownerId ? 'KR-11-not-archived' : 'KR-11-not-theirs', serial);
}

/** Exactly what is removed is confirmed: neither less nor something else (KR-05). */
function demandConfirmed(removed: ReadonlySet<string>, confirmed: readonly string[]): void {
  const missing = [...removed].find((serial) => !confirmed.includes(serial));
  const stray = confirmed.find((serial) => !removed.has(serial));
  const about = missing ?? stray;
  if (about !== undefined) throw refuseRequest('KR-05-confirm-removal', about);
}

/** The last copy of a key that is not archived is never removed: another one stays on the card, or it is in the archive. */
async function demandCopies(
  database: Database,
  ownerId: string,
  onCard: readonly CertificateRow[],
  removed: ReadonlySet<string>,
): Promise<void> {
  const hex = ({ publicKey }: CertificateRow) => Buffer.from(publicKey).toString('hex');
  const going = onCard.filter(({ serialNumber }) => removed.has(serialNumber));
  const archived = await archivedAmong(
    database,
    ownerId,
    going.map(({ publicKey }) => publicKey),
  );
  const staying = new Set(onCard.filter((row) => !going.includes(row)).map(hex));
  const lost = going.find((row) => !archived.has(hex(row)) && !staying.has(hex(row)));
  if (lost) throw refuseRequest('KR-05-last-copy', lost.serialNumber);
}
