import { and, eq, inArray, isNull, lt, max } from 'drizzle-orm';
import { proofs } from '../../../db/central/operation-schema.ts';
import type { Database } from '../database.ts';

export type ProofRow = typeof proofs.$inferSelect;

/** Of a proof by card, or by a code that somebody typed alone. */
export const UNVOUCHED = { vouchedById: null, signerCardId: null, statementId: null } as const;

export async function addProof(database: Database, proof: ProofRow): Promise<void> {
  await database.insert(proofs).values(proof);
}

export async function findProof(database: Database, id: string): Promise<ProofRow | undefined> {
  return (await database.select().from(proofs).where(eq(proofs.id, id)))[0];
}

/** Holds the proof until the transaction ends: it is used once. */
export async function lockProof(transaction: Database, id: string): Promise<ProofRow | undefined> {
  return (await transaction.select().from(proofs).where(eq(proofs.id, id)).for('update'))[0];
}

export async function changeProof(
  transaction: Database,
  id: string,
  change: Partial<ProofRow>,
): Promise<void> {
  await transaction.update(proofs).set(change).where(eq(proofs.id, id));
}

/** Until when the newest proof of an operation holds: that of its present run, which was begun or taken up before then. */
export async function lastProofEnds(database: Database, operationId: string): Promise<Date | null> {
  const isOf = eq(proofs.operationId, operationId);
  const [row] = await database
    .select({ at: max(proofs.expiresAt) })
    .from(proofs)
    .where(isOf);
  return row?.at ?? null;
}

/** Forgets questions and proofs that ran out before then and were used for nothing. @returns how many */
export async function forgetUnusedProofs(database: Database, before: Date): Promise<number> {
  const isUnused = and(isNull(proofs.operationId), lt(proofs.expiresAt, before));
  return (await database.delete(proofs).where(isUnused).returning({ id: proofs.id })).length;
}

/** The proofs of an operation that has ended prove nothing any more. */
export async function refuseProofs(transaction: Database, operationId: string): Promise<void> {
  await transaction.update(proofs).set({ state: 'refused' }).where(eq(proofs.operationId, operationId));
}

/** No proof of this card proves anything any more, used or not. */
export async function refuseProofsOfCard(transaction: Database, cardId: string): Promise<void> {
  const isAlive = inArray(proofs.state, ['asked', 'accepted']);
  await transaction
    .update(proofs)
    .set({ state: 'refused' })
    .where(and(eq(proofs.cardId, cardId), isAlive));
}
