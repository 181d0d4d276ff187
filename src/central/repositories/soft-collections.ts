/** Attempts to collect soft certificates, and every key that left central for one (KR-08, KR-11). */
import { and, asc, desc, eq, lt, lte } from 'drizzle-orm';
import { requests } from '../../../db/central/request-schema.ts';
import { softCollections, softReleases } from '../../../db/central/soft-schema.ts';
import type { Database } from '../database.ts';

export type SoftCollectionRow = typeof softCollections.$inferSelect;
type SoftReleaseRow = typeof softReleases.$inferSelect;

/** The one that counts. Whoever asks holds the request. */
export async function newestSoftCollection(
  database: Database,
  requestId: string,
): Promise<SoftCollectionRow | undefined> {
  const { attempt } = softCollections;
  const isOf = eq(softCollections.requestId, requestId);
  return (await database.select().from(softCollections).where(isOf).orderBy(desc(attempt)).limit(1))[0];
}

export async function findSoftCollection(
  database: Database,
  id: string,
): Promise<SoftCollectionRow | undefined> {
  return (await database.select().from(softCollections).where(eq(softCollections.id, id)))[0];
}

export async function addSoftCollection(transaction: Database, collection: SoftCollectionRow): Promise<void> {
  await transaction.insert(softCollections).values(collection);
}

export async function changeSoftCollection(
  transaction: Database,
  id: string,
  change: Partial<SoftCollectionRow>,
): Promise<void> {
  await transaction.update(softCollections).set(change).where(eq(softCollections.id, id));
}

/** @returns false when that run has been given it before */
export async function addSoftRelease(transaction: Database, release: SoftReleaseRow): Promise<boolean> {
  const added = await transaction
    .insert(softReleases)
    .values(release)
    .onConflictDoNothing()
    .returning({ id: softReleases.certificate });
  return added.length > 0;
}

/** Open ones from before then. */
export async function listSilentSoftCollections(
  database: Database,
  before: Date,
): Promise<SoftCollectionRow[]> {
  const { state, openedAt } = softCollections;
  const isSilent = and(eq(state, 'open'), lt(openedAt, before));
  return database.select().from(softCollections).where(isSilent).orderBy(asc(openedAt)).limit(1000);
}

/** Requests whose collection as a soft certificate was interrupted, and whose time is over. @returns their ids */
export async function listOverdueSoftRequests(database: Database, now: Date): Promise<string[]> {
  const isStuck = and(eq(requests.kind, 'softCertificate'), eq(requests.state, 'interrupted'));
  const rows = await database
    .select({ id: requests.id })
    .from(requests)
    .where(and(isStuck, lte(requests.expiresAt, now)))
    .limit(1000);
  return rows.map(({ id }) => id);
}
