import { eq } from 'drizzle-orm';
import { refusedPuks } from '../../../db/central/code-schema.ts';
import type { Database } from '../database.ts';

/** A card has refused these versions of its PUK: what it has is not known. */
export async function addRefusedPuks(
  transaction: Database,
  cardId: string,
  versions: readonly number[],
  refusedAt: Date,
): Promise<void> {
  if (versions.length === 0) return;
  const rows = versions.map((version) => ({ cardId, version, refusedAt }));
  await transaction.insert(refusedPuks).values(rows).onConflictDoNothing();
}

export async function listRefusedPuks(database: Database, cardId: string): Promise<number[]> {
  const rows = await database.select().from(refusedPuks).where(eq(refusedPuks.cardId, cardId));
  return rows.map(({ version }) => version);
}

export async function forgetRefusedPuks(transaction: Database, cardId: string): Promise<void> {
  await transaction.delete(refusedPuks).where(eq(refusedPuks.cardId, cardId));
}
