import { and, asc, desc, eq, getTableColumns, isNotNull, isNull, ne } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/pg-core';
import { recoveredCertificates } from '../../../db/central/request-schema.ts';
import { certificates } from '../../../db/central/schema.ts';
import type { CertificateSummary } from '../../domain/card.ts';
import type { CrlReason } from '../../domain/crl-reason.ts';
import type { Slot } from '../../domain/slot.ts';
import type { RevokedCertificate } from '../authority/certificate-authority.ts';
import type { Database } from '../database.ts';
import { toInstant } from '../instant.ts';

export type CertificateRow = typeof certificates.$inferSelect;

export async function addCertificate(database: Database, certificate: CertificateRow): Promise<void> {
  await database.insert(certificates).values(certificate);
}

export async function findCertificate(
  database: Database,
  serialNumber: string,
): Promise<CertificateRow | undefined> {
  return (await database.select().from(certificates).where(eq(certificates.serialNumber, serialNumber)))[0];
}

export async function changeCertificate(
  database: Database,
  serialNumber: string,
  change: Partial<CertificateRow>,
): Promise<void> {
  await database.update(certificates).set(change).where(eq(certificates.serialNumber, serialNumber));
}

/**
 * What is in each slot of a card by central's record: what was issued for it, and what was recovered onto it, with the slot
 * where it is on this card. Of a recovered one `cardId` is that of the card that it was issued for.
 */
export async function certificatesOnCard(
  database: Database,
  cardId: string,
): Promise<ReadonlyMap<Slot, CertificateRow>> {
  const onCard = and(eq(certificates.cardId, cardId), eq(certificates.isOnCard, true));
  const rows = await unionAll(
    database.select().from(certificates).where(onCard),
    selectRecovered(database, cardId),
  );
  return new Map(rows.map((row) => [row.slot, row]));
}

/** Those of them that were issued for other cards. */
export async function recoveredOnCard(database: Database, cardId: string): Promise<CertificateRow[]> {
  return selectRecovered(database, cardId).orderBy(asc(recoveredCertificates.slot));
}

function selectRecovered(database: Database, onto: string) {
  const { cardId, certificate, slot } = recoveredCertificates;
  return database
    .select({ ...getTableColumns(certificates), slot })
    .from(recoveredCertificates)
    .innerJoin(certificates, eq(certificates.serialNumber, certificate))
    .where(eq(cardId, onto));
}

/** From now on the card has it in this slot, whichever card it was issued for. What was there is taken off first. */
export async function placeOnCard(
  transaction: Database,
  cardId: string,
  certificate: Pick<CertificateRow, 'serialNumber' | 'cardId'>,
  slot: Slot,
): Promise<void> {
  const { serialNumber } = certificate;
  if (certificate.cardId === cardId)
    return changeCertificate(transaction, serialNumber, { isOnCard: true, slot });
  const { cardId: onto, certificate: which } = recoveredCertificates;
  await transaction
    .insert(recoveredCertificates)
    .values({ cardId, slot, certificate: serialNumber })
    .onConflictDoUpdate({ target: [onto, which], set: { slot } });
}

/**
 * From now on the card does not have it. One that was issued for it is superseded by that unless it is revoked; of a recovered one
 * the state is the business of its own card.
 */
export async function takeOffCard(
  transaction: Database,
  cardId: string,
  certificate: Pick<CertificateRow, 'serialNumber' | 'cardId' | 'state'>,
): Promise<void> {
  const { serialNumber, state } = certificate;
  if (certificate.cardId === cardId) {
    const change = { isOnCard: false, ...(state === 'active' ? { state: 'superseded' as const } : {}) };
    return changeCertificate(transaction, serialNumber, change);
  }
  const { cardId: onto, certificate: which } = recoveredCertificates;
  await transaction.delete(recoveredCertificates).where(and(eq(onto, cardId), eq(which, serialNumber)));
}

/** Every certificate that a card ever had, newest first. */
export async function certificatesOfCard(database: Database, cardId: string): Promise<CertificateRow[]> {
  return database
    .select()
    .from(certificates)
    .where(eq(certificates.cardId, cardId))
    .orderBy(desc(certificates.issuedAt), asc(certificates.slot));
}

/** Whether a public key was certified before, on any card. */
export async function isKeyOnRecord(database: Database, publicKey: Uint8Array): Promise<boolean> {
  const found = await database
    .select({ serialNumber: certificates.serialNumber })
    .from(certificates)
    .where(eq(certificates.publicKey, publicKey))
    .limit(1);
  return found.length > 0;
}

/** What kiosks copy: all that was published. Held certificates are nobody's business (RP-18). */
export async function listCertificates(database: Database): Promise<CertificateSummary[]> {
  const { cardId, slot, serialNumber, notAfter, state, revokedAt } = certificates;
  const rows = await database
    .select({ cardId, slot, serialNumber, notAfter, state, revokedAt })
    .from(certificates)
    .where(ne(state, 'held'))
    .orderBy(serialNumber);
  // What is on the CRL is revoked for whoever looks at it, whatever central's record says (RP-05).
  return rows.map(({ revokedAt: onCrlSince, ...row }) => ({
    ...row,
    notAfter: toInstant(row.notAfter),
    state: onCrlSince ? 'revoked' : row.state,
  }));
}

/** The content of the next CRL: what another CA has issued is for that one to revoke. */
export async function listRevoked(database: Database): Promise<RevokedCertificate[]> {
  const { serialNumber, revokedAt, crlReason, foreignIssuer } = certificates;
  const rows = await database
    .select({ serialNumber, revokedAt, crlReason })
    .from(certificates)
    .where(and(isNotNull(revokedAt), isNull(foreignIssuer)))
    .orderBy(serialNumber);
  return rows.map((row) => ({
    serialNumber: row.serialNumber,
    revokedAt: toInstant(row.revokedAt ?? new Date(0)),
    reason: row.crlReason ?? 'unspecified',
  }));
}

/**
 * Revokes a certificate in central's record and for the CRL. What is on the CRL already keeps its time and reason.
 * @returns whether it was not revoked before
 */
export async function revokeCertificate(
  database: Database,
  certificate: CertificateRow,
  crlReason: CrlReason,
  now: Date,
): Promise<boolean> {
  if (certificate.state === 'revoked') return false;
  const onCrl = certificate.revokedAt ? {} : { revokedAt: now, crlReason };
  await changeCertificate(database, certificate.serialNumber, {
    state: 'revoked',
    isOnCrlOnly: false,
    ...onCrl,
  });
  return true;
}

/** The same of what is on hold too, which comes off the list no more. */
export async function revokeForGood(
  database: Database,
  certificate: CertificateRow,
  crlReason: CrlReason,
  now: Date,
): Promise<boolean> {
  if (certificate.crlReason !== 'certificateHold')
    return revokeCertificate(database, certificate, crlReason, now);
  await changeCertificate(database, certificate.serialNumber, {
    ...{ state: 'revoked', crlReason, isOnCrlOnly: false, isHeldWithCard: false },
  });
  return true;
}
