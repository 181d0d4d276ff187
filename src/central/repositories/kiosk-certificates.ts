import { and, eq, gt, isNull, lte, ne, or, sql } from 'drizzle-orm';
import { kioskCertificates, kiosks } from '../../../db/central/schema.ts';
import type { Database } from '../database.ts';

export type KioskCertificateRow = typeof kioskCertificates.$inferSelect;

/** A certificate with the kiosk that it is of. */
export interface CertifiedKiosk {
  readonly id: string;
  readonly name: string;
  readonly scopeId: string | null;
  /** The kiosk is shut out. */
  readonly revokedAt: Date | null;
  readonly certificate: Pick<KioskCertificateRow, 'serialNumber' | 'notAfter' | 'revokedAt'>;
}

export async function findCertifiedKiosk(
  database: Database,
  serial: string,
): Promise<CertifiedKiosk | undefined> {
  const { id, name, scopeId, revokedAt } = kiosks;
  const { serialNumber, notAfter, revokedAt: certificateRevokedAt, kioskId } = kioskCertificates;
  const certificate = { serialNumber, notAfter, revokedAt: certificateRevokedAt };
  const rows = await database
    .select({ id, name, scopeId, revokedAt, certificate })
    .from(kioskCertificates)
    .innerJoin(kiosks, eq(kiosks.id, kioskId))
    .where(eq(serialNumber, serial));
  return rows[0];
}

/** Those of these certificates with which nobody may go on. @param serials of certificates in use */
export async function findEndedCertificates(
  database: Database,
  serials: readonly string[],
  now: Date,
): Promise<readonly string[]> {
  if (serials.length === 0) return [];
  const { serialNumber, notAfter, revokedAt } = kioskCertificates;
  const hasEnded = or(lte(revokedAt, now), lte(notAfter, now), sql`${kiosks.revokedAt} is not null`);
  const rows = await database
    .select({ serialNumber })
    .from(kioskCertificates)
    .innerJoin(kiosks, eq(kiosks.id, kioskCertificates.kioskId))
    // One parameter, however many connections there are: it is asked twice a second.
    .where(and(sql`${serialNumber} = any(${sql.param([...serials])})`, hasEnded));
  return rows.map((row) => row.serialNumber);
}

export async function addKioskCertificate(database: Database, row: KioskCertificateRow): Promise<void> {
  await database.insert(kioskCertificates).values(row);
}

/** How many certificates its kiosk was given in the time up to this one, itself included. */
export async function countCertifiedWithin(
  transaction: Database,
  serial: string,
  withinMs: number,
): Promise<number> {
  const answer = await transaction.execute(sql`
    select count(*)::int as n from kiosk_certificates one join kiosk_certificates other using (kiosk_id)
    where one.serial_number = ${serial}
      and other.not_before > one.not_before - make_interval(secs => ${withinMs / 1000})`);
  return (answer as unknown as { readonly rows: readonly { readonly n: number }[] }).rows[0]?.n ?? 0;
}

/** Whether a kiosk was ever certified for this key. */
export async function wasKeyCertified(database: Database, publicKey: Uint8Array): Promise<boolean> {
  const rows = await database
    .select({ serialNumber: kioskCertificates.serialNumber })
    .from(kioskCertificates)
    .where(eq(kioskCertificates.publicKey, publicKey))
    .limit(1);
  return rows.length > 0;
}

/** Ends a kiosk's certificates but one, at once or at a later time; what ends sooner stays so. */
export async function endKioskCertificates(
  database: Database,
  kioskId: string,
  at: Date,
  kept: string | null = null,
): Promise<void> {
  const { revokedAt, serialNumber } = kioskCertificates;
  const isLater = or(isNull(revokedAt), gt(revokedAt, at));
  const isOther = kept === null ? undefined : ne(serialNumber, kept);
  await database
    .update(kioskCertificates)
    .set({ revokedAt: at })
    .where(and(eq(kioskCertificates.kioskId, kioskId), isLater, isOther));
}
