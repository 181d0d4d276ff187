/** What operators have signed (ID-02, OP-02). */
import { eq, lt } from 'drizzle-orm';
import { statements } from '../../../db/central/statement-schema.ts';
import type { Database } from '../database.ts';

export type StatementRow = typeof statements.$inferSelect;

export async function addStatement(transaction: Database, statement: StatementRow): Promise<void> {
  await transaction.insert(statements).values(statement);
}

/** Holds it until the transaction ends: it serves once. */
export async function lockStatement(transaction: Database, id: string): Promise<StatementRow | undefined> {
  return (await transaction.select().from(statements).where(eq(statements.id, id)).for('update'))[0];
}

export async function changeStatement(
  transaction: Database,
  id: string,
  change: Partial<StatementRow>,
): Promise<void> {
  await transaction.update(statements).set(change).where(eq(statements.id, id));
}

/** What they were for is in the audit. @returns how many */
export async function forgetOldStatements(database: Database, before: Date): Promise<number> {
  const old = database.delete(statements).where(lt(statements.expiresAt, before));
  return (await old.returning({ id: statements.id })).length;
}
