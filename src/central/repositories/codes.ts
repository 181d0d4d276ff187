import { and, eq, inArray } from 'drizzle-orm';
import { codes } from '../../../db/central/code-schema.ts';
import type { Database } from '../database.ts';

export type CodeRow = typeof codes.$inferSelect;

const ALIVE: CodeRow['state'][] = ['open', 'accepted'];

export async function addCode(transaction: Database, code: CodeRow): Promise<void> {
  await transaction.insert(codes).values(code);
}

/** The one code of a card that was neither spent nor died; held until the transaction ends. It may have run out. */
export async function lockLiveCode(transaction: Database, cardId: string): Promise<CodeRow | undefined> {
  const key = and(eq(codes.cardId, cardId), inArray(codes.state, ALIVE));
  return (await transaction.select().from(codes).where(key).for('update'))[0];
}

export async function changeCode(transaction: Database, id: string, change: Partial<CodeRow>): Promise<void> {
  await transaction.update(codes).set(change).where(eq(codes.id, id));
}

/** A code that was accepted ends with the operation of its card, whatever that was begun with. */
export async function endCodes(
  transaction: Database,
  cardId: string,
  state: Extract<CodeRow['state'], 'spent' | 'dead'>,
): Promise<void> {
  const key = and(eq(codes.cardId, cardId), eq(codes.state, 'accepted'));
  await transaction.update(codes).set({ state }).where(key);
}
