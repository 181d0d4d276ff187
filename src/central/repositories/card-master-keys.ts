import { and, asc, eq, isNull, max, sql } from 'drizzle-orm';
import { cardMasterKeys } from '../../../db/central/schema.ts';
import { FIRST_MASTER_KEY } from '../authority/card-master-keys.ts';
import type { Database } from '../database.ts';

export type CardMasterKeyRow = typeof cardMasterKeys.$inferSelect;

const LOCK = 0x6d6b65;

/** Until the transaction ends none is retired that something is being derived from. */
export async function holdMasterKeys(transaction: Database, as: 'used' | 'retired'): Promise<void> {
  await transaction.execute(
    as === 'used'
      ? sql`select pg_advisory_xact_lock_shared(${LOCK})`
      : sql`select pg_advisory_xact_lock(${LOCK})`,
  );
}

/** Those that have a row: the first may lack one until another is made. */
export async function listMasterKeys(database: Database): Promise<CardMasterKeyRow[]> {
  return database.select().from(cardMasterKeys).orderBy(asc(cardMasterKeys.number));
}

export async function findMasterKey(
  database: Database,
  number: number,
): Promise<CardMasterKeyRow | undefined> {
  return (await database.select().from(cardMasterKeys).where(eq(cardMasterKeys.number, number)))[0];
}

/** Which one new secrets are derived from. */
export async function newestMasterKey(database: Database): Promise<number> {
  const [row] = await database
    .select({ number: max(cardMasterKeys.number) })
    .from(cardMasterKeys)
    .where(isNull(cardMasterKeys.retiredAt));
  return row?.number ?? FIRST_MASTER_KEY;
}

/** One that has a row already stays as it is. @returns whether it was new */
export async function addMasterKey(transaction: Database, row: CardMasterKeyRow): Promise<boolean> {
  const added = await transaction.insert(cardMasterKeys).values(row).onConflictDoNothing().returning();
  return added.length > 0;
}

export async function retireMasterKey(transaction: Database, number: number, now: Date): Promise<void> {
  const isInUse = and(eq(cardMasterKeys.number, number), isNull(cardMasterKeys.retiredAt));
  await transaction.update(cardMasterKeys).set({ retiredAt: now }).where(isInUse);
}
