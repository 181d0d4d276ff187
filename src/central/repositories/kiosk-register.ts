import { randomUUID } from 'node:crypto';
import { and, asc, eq, isNull, lt, max, or, sql } from 'drizzle-orm';
import { kioskEventShares } from '../../../db/central/chain-schema.ts';
import { copyScopes } from '../../../db/central/copy-schema.ts';
import { kioskCertificates, kiosks } from '../../../db/central/schema.ts';
import type { Database } from '../database.ts';

/** Which kiosks there are, and how far their enrolment is. */

export type KioskRow = typeof kiosks.$inferSelect;

/** A token that was given out; the token itself is known to nobody but its bearer. */
export interface KioskToken {
  /** SHA-256 of its secret. */
  readonly tokenHash: Uint8Array;
  /** Null: it was used. */
  readonly tokenExpiresAt: Date;
}

/** Adds a kiosk, or gives the one of this name another scope and token. */
export async function saveInvitedKiosk(
  database: Database,
  kiosk: { readonly name: string; readonly scopeId: string } & KioskToken,
  now: Date,
): Promise<void> {
  const { name, ...change } = kiosk;
  await database
    .insert(kiosks)
    .values({ id: randomUUID(), addedAt: now, ...kiosk })
    .onConflictDoUpdate({ target: kiosks.name, set: change });
}

/** The kiosk that a token was given to, used or not; nobody else enrols with it until the transaction ends. */
export async function lockKioskByToken(
  transaction: Database,
  tokenHash: Uint8Array,
): Promise<KioskRow | undefined> {
  const rows = await transaction.select().from(kiosks).where(eq(kiosks.tokenHash, tokenHash)).for('update');
  return rows[0];
}

/** Nobody else enrols it, renews its certificate or shuts it out until the transaction ends. */
export async function lockKiosk(transaction: Database, id: string): Promise<void> {
  const columns = { id: kiosks.id };
  await transaction.select(columns).from(kiosks).where(eq(kiosks.id, id)).for('no key update');
}

export async function findKioskByName(database: Database, name: string): Promise<KioskRow | undefined> {
  return (await database.select().from(kiosks).where(eq(kiosks.name, name)))[0];
}

export async function findKioskName(database: Database, id: string): Promise<string | null> {
  const [row] = await database.select({ name: kiosks.name }).from(kiosks).where(eq(kiosks.id, id));
  return row?.name ?? null;
}

export async function changeKiosk(
  database: Database,
  id: string,
  change: Partial<Pick<KioskRow, 'tokenHash' | 'tokenExpiresAt' | 'enrolledAt' | 'revokedAt'>>,
): Promise<void> {
  await database.update(kiosks).set(change).where(eq(kiosks.id, id));
}

/** A kiosk was heard of; told again only after `afterMs`, so that it costs next to nothing. */
export async function markKioskSeen(
  database: Database,
  id: string,
  now: Date,
  afterMs: number,
): Promise<void> {
  const before = new Date(now.getTime() - afterMs);
  const isNews = or(isNull(kiosks.lastSeenAt), lt(kiosks.lastSeenAt, before));
  await database
    .update(kiosks)
    .set({ lastSeenAt: now })
    .where(and(eq(kiosks.id, id), isNews));
}

export interface ListedKiosk
  extends Pick<
    KioskRow,
    'id' | 'name' | 'tokenExpiresAt' | 'enrolledAt' | 'revokedAt' | 'addedAt' | 'lastSeenAt' | 'health'
  > {
  /** Groups; null: none yet. */
  readonly scope: string | null;
  /** Of its last certificate that was not revoked. */
  readonly certificateUntil: Date | null;
  /** Since when it sends more events than it may (SE-07); null while it does not. */
  readonly exceededSince: Date | null;
}

export async function listKiosks(database: Database): Promise<readonly ListedKiosk[]> {
  const { id, name, tokenExpiresAt, enrolledAt, revokedAt, addedAt, lastSeenAt, health } = kiosks;
  const rows = await database
    .select({
      ...{ id, name, tokenExpiresAt, enrolledAt, revokedAt, addedAt, lastSeenAt, health },
      scope: copyScopes.name,
      certificateUntil: max(kioskCertificates.notAfter),
      exceededSince: kioskEventShares.exceededSince,
    })
    .from(kiosks)
    .leftJoin(copyScopes, eq(copyScopes.id, kiosks.scopeId))
    .leftJoin(kioskEventShares, eq(kioskEventShares.kioskId, kiosks.id))
    .leftJoin(
      kioskCertificates,
      and(eq(kioskCertificates.kioskId, kiosks.id), isNull(kioskCertificates.revokedAt)),
    )
    .groupBy(kiosks.id, copyScopes.name, kioskEventShares.exceededSince)
    .orderBy(asc(kiosks.name));
  return rows;
}

/** Tells every process of central that something about a kiosk's access has changed, when the transaction is done. */
export async function notifyKioskChanged(transaction: Database, kioskId: string): Promise<void> {
  await transaction.execute(sql`select pg_notify(${KIOSK_CHANNEL}, ${kioskId})`);
}

/** Of notifications: some kiosk is shut out, or has another certificate. */
export const KIOSK_CHANNEL = 'kiosk';
