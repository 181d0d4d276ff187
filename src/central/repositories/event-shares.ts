/** What central still keeps of each kiosk's events (SE-07). */
import { eq } from 'drizzle-orm';
import { kioskEventShares } from '../../../db/central/chain-schema.ts';
import type { Database } from '../database.ts';

export type EventShare = typeof kioskEventShares.$inferSelect;

/** Holds a kiosk's share until the transaction ends. @param full where it has none yet */
export async function lockEventShare(transaction: Database, full: EventShare): Promise<EventShare> {
  await transaction.insert(kioskEventShares).values(full).onConflictDoNothing();
  const isOf = eq(kioskEventShares.kioskId, full.kioskId);
  const [share] = await transaction.select().from(kioskEventShares).where(isOf).for('update');
  return share!;
}

export async function saveEventShare(
  transaction: Database,
  { kioskId, ...share }: EventShare,
): Promise<void> {
  await transaction.update(kioskEventShares).set(share).where(eq(kioskEventShares.kioskId, kioskId));
}
