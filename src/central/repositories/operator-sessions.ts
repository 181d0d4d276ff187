/** Operators at kiosks (ID-05). */
import { and, eq, isNull, lt } from 'drizzle-orm';
import { operatorSessions } from '../../../db/central/request-schema.ts';
import type { Database } from '../database.ts';

export type OperatorSessionRow = typeof operatorSessions.$inferSelect;

export async function addSession(transaction: Database, session: OperatorSessionRow): Promise<void> {
  await transaction.insert(operatorSessions).values(session);
}

export async function findSession(database: Database, id: string): Promise<OperatorSessionRow | undefined> {
  return (await database.select().from(operatorSessions).where(eq(operatorSessions.id, id)))[0];
}

/** @param tokenHash SHA-256 */
export async function findSessionByToken(
  database: Database,
  tokenHash: Uint8Array,
): Promise<OperatorSessionRow | undefined> {
  const { tokenHash: key } = operatorSessions;
  return (await database.select().from(operatorSessions).where(eq(key, tokenHash)))[0];
}

/** That of an operator at a kiosk which has not ended; it may be idle for too long. */
export async function findOpenSession(
  database: Database,
  kioskId: string,
  operatorId: string,
): Promise<OperatorSessionRow | undefined> {
  const { endedAt, kioskId: kiosk, operatorId: operator } = operatorSessions;
  const key = and(eq(kiosk, kioskId), eq(operator, operatorId), isNull(endedAt));
  return (await database.select().from(operatorSessions).where(key))[0];
}

export async function changeSession(
  database: Database,
  id: string,
  change: Partial<OperatorSessionRow>,
): Promise<void> {
  await database.update(operatorSessions).set(change).where(eq(operatorSessions.id, id));
}

/** Ends what this kiosk has open: it has one operator at a time. @returns the ids of what has ended now */
export async function endSessionsAt(transaction: Database, kioskId: string, now: Date): Promise<string[]> {
  const isOpen = and(eq(operatorSessions.kioskId, kioskId), isNull(operatorSessions.endedAt));
  const ended = transaction.update(operatorSessions).set({ endedAt: now }).where(isOpen);
  return (await ended.returning({ id: operatorSessions.id })).map(({ id }) => id);
}

/** What was done in them is in the audit. @returns how many */
export async function forgetOldSessions(database: Database, before: Date): Promise<number> {
  const old = database.delete(operatorSessions).where(lt(operatorSessions.usedAt, before));
  return (await old.returning({ id: operatorSessions.id })).length;
}
