import { and, count, desc, eq, ne } from 'drizzle-orm';
import { cards, certificates } from '../../../db/central/schema.ts';
import type { Database } from '../database.ts';

/** Published certificates of all cards that somebody ever had, newest first. What is held is nobody's business (RP-18). */
export async function publishedOf(database: Database, holderId: string, limit: number) {
  const { serialNumber, slot, subject, notBefore, notAfter, state, revokedAt, publicKey } = certificates;
  return database
    .select({
      certificate: { serialNumber, slot, subject, notBefore, notAfter, state, revokedAt, publicKey },
      card: { id: cards.id, label: cards.label, serial: cards.serial },
    })
    .from(certificates)
    .innerJoin(cards, eq(cards.id, certificates.cardId))
    .where(isPublishedOf(holderId))
    .orderBy(desc(notBefore), desc(certificates.issuedAt), serialNumber)
    .limit(limit);
}

/** How many there are of these. */
export async function countPublishedOf(database: Database, holderId: string): Promise<number> {
  const [found] = await database
    .select({ total: count() })
    .from(certificates)
    .innerJoin(cards, eq(cards.id, certificates.cardId))
    .where(isPublishedOf(holderId));
  return found?.total ?? 0;
}

function isPublishedOf(holderId: string) {
  return and(eq(cards.holderId, holderId), ne(certificates.state, 'held'));
}
