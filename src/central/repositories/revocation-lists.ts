import { eq } from 'drizzle-orm';
import { revocationLists, unlistedRevocations } from '../../../db/central/schema.ts';
import type { Database } from '../database.ts';

export type RevocationListName = 'issuing' | 'root';
export type RevocationListRow = typeof revocationLists.$inferSelect;

/** Part of each transaction that revokes: the published list is old from its commit on. Waits for nobody. */
export async function markListStale(transaction: Database): Promise<void> {
  await transaction.insert(unlistedRevocations).values({});
}

/** Whether something was revoked that the list of the issuing CA may not have. */
export async function hasUnlisted(database: Database): Promise<boolean> {
  return (await database.select().from(unlistedRevocations).limit(1)).length > 0;
}

/** The list that is about to be made in this transaction has all of them: what it reads next was committed before. */
export async function takeUnlisted(transaction: Database): Promise<boolean> {
  return (await transaction.delete(unlistedRevocations).returning()).length > 0;
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
