import { eq } from 'drizzle-orm';
import { revocationLists } from '../../../db/central/schema.ts';
import type { Database } from '../database.ts';

export type RevocationListName = 'issuing' | 'root';
export type RevocationListRow = typeof revocationLists.$inferSelect;

/** Part of each transaction that revokes: the published list is old from its commit on. */
export async function markListStale(transaction: Database): Promise<void> {
  await transaction.update(revocationLists).set({ isStale: true }).where(eq(revocationLists.name, 'issuing'));
}

export async function seedRevocationLists(database: Database): Promise<void> {
  const empty = { number: 0, der: null, nextUpdate: null, isStale: true };
  await database
    .insert(revocationLists)
    .values([
      { name: 'issuing', ...empty },
      { name: 'root', ...empty },
    ])
    .onConflictDoNothing();
}

export async function findRevocationList(
  database: Database,
  name: RevocationListName,
): Promise<RevocationListRow | undefined> {
  return (await database.select().from(revocationLists).where(eq(revocationLists.name, name)))[0];
}

/** Holds the list until the transaction ends: only one process signs the next number. */
export async function lockRevocationList(
  transaction: Database,
  name: RevocationListName,
): Promise<RevocationListRow | undefined> {
  return (
    await transaction.select().from(revocationLists).where(eq(revocationLists.name, name)).for('update')
  )[0];
}

export async function saveRevocationList(transaction: Database, row: RevocationListRow): Promise<void> {
  await transaction.update(revocationLists).set(row).where(eq(revocationLists.name, row.name));
}
