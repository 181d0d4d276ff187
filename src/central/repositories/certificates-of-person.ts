import { and, desc, eq, ne } from 'drizzle-orm';
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
    .where(and(eq(cards.holderId, holderId), ne(state, 'held')))
    .orderBy(desc(notBefore), desc(certificates.issuedAt), serialNumber)
    .limit(limit);
}
