/** Attempts to collect soft certificates, the tokens for those away from a kiosk, and every key that left central (KR-08, KR-11). */
import { and, asc, desc, eq, isNull, lt, lte } from 'drizzle-orm';
import { requests } from '../../../db/central/request-schema.ts';
import { collectionTokens, softCollections, softReleases } from '../../../db/central/soft-schema.ts';
import type { Database } from '../database.ts';

export type SoftCollectionRow = typeof softCollections.$inferSelect;
export type CollectionTokenRow = typeof collectionTokens.$inferSelect;
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

/** Whoever asks changes it only while the request is held. */
export async function findTokenByHash(
  database: Database,
  tokenHash: Uint8Array,
): Promise<CollectionTokenRow | undefined> {
  const key = eq(collectionTokens.tokenHash, tokenHash);
  return (await database.select().from(collectionTokens).where(key))[0];
}

/** Ends those that were given before, used or not. Whoever asks holds the request. */
export async function addToken(transaction: Database, token: CollectionTokenRow): Promise<void> {
  const isOlder = and(eq(collectionTokens.requestId, token.requestId), isNull(collectionTokens.endedAt));
  await transaction.update(collectionTokens).set({ endedAt: token.givenAt }).where(isOlder);
  await transaction.insert(collectionTokens).values(token);
}

export async function changeToken(
  transaction: Database,
  id: string,
  change: Partial<CollectionTokenRow>,
): Promise<void> {
  await transaction.update(collectionTokens).set(change).where(eq(collectionTokens.id, id));
}
