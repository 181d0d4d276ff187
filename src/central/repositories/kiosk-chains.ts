/** What central has of kiosks' chains of events (SY-02, SE-05). */
import { and, asc, count, eq, gt, inArray, sql } from 'drizzle-orm';
import { kioskChains, kioskEvents } from '../../../db/central/chain-schema.ts';
import { kioskCertificates, kiosks } from '../../../db/central/schema.ts';
import type { Database } from '../database.ts';

export type KioskChain = typeof kioskChains.$inferSelect;
export type KioskEventRow = typeof kioskEvents.$inferSelect;
/** Which chain of which kiosk. */
export type ChainId = Pick<KioskChain, 'kioskId' | 'chainId'>;

const PAGE = 1000;
const DROPPED_AT_ONCE = 5000;

const isChain = ({ kioskId, chainId }: ChainId) =>
  and(eq(kioskChains.kioskId, kioskId), eq(kioskChains.chainId, chainId));

/** Null where central has none of its events. */
export async function findChain(database: Database, id: ChainId): Promise<KioskChain | null> {
  return (await database.select().from(kioskChains).where(isChain(id)))[0] ?? null;
}

/** How many chains a kiosk has begun after this instant. */
export async function countChainsSince(database: Database, kioskId: string, since: Date): Promise<number> {
  const isRecent = and(eq(kioskChains.kioskId, kioskId), gt(kioskChains.startedAt, since));
  const [row] = await database.select({ chains: count() }).from(kioskChains).where(isRecent);
  return row?.chains ?? 0;
}

/** Holds a chain until the transaction ends; begins it where there is none. */
export async function lockChain(transaction: Database, id: ChainId, now: Date): Promise<KioskChain> {
  await transaction
    .insert(kioskChains)
    .values({ ...id, acknowledged: 0, startedAt: now })
    .onConflictDoNothing();
  const [chain] = await transaction.select().from(kioskChains).where(isChain(id)).for('update');
  return chain!;
}

export async function updateChain(
  transaction: Database,
  id: ChainId,
  changed: Partial<Omit<KioskChain, 'kioskId' | 'chainId'>>,
): Promise<void> {
  await transaction.update(kioskChains).set(changed).where(isChain(id));
}

/** In the order of kiosks' names, and of time. */
export async function listChains(
  database: Database,
): Promise<(KioskChain & { readonly kioskName: string })[]> {
  const rows = await database
    .select({ chain: kioskChains, kioskName: kiosks.name })
    .from(kioskChains)
    .innerJoin(kiosks, eq(kiosks.id, kioskChains.kioskId))
    .orderBy(asc(kiosks.name), asc(kioskChains.startedAt), asc(kioskChains.chainId));
  return rows.map(({ chain, kioskName }) => ({ ...chain, kioskName }));
}

export async function insertEvents(transaction: Database, rows: readonly KioskEventRow[]): Promise<void> {
  if (rows.length > 0) await transaction.insert(kioskEvents).values([...rows]);
}

/** What central has at these numbers; the text is null where it was dropped. */
export async function eventsAt(
  database: Database,
  { kioskId, chainId }: ChainId,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, Pick<KioskEventRow, 'body' | 'hash'>>> {
  if (numbers.length === 0) return new Map();
  const { n, body, hash } = kioskEvents;
  const isOne = inArray(n, [...numbers]);
  const rows = await database
    .select({ n, body, hash })
    .from(kioskEvents)
    .where(and(eq(kioskEvents.kioskId, kioskId), eq(kioskEvents.chainId, chainId), isOne));
  return new Map(rows.map((row) => [row.n, row]));
}

/**
 * Drops the texts of health that central has had since before then. Number, hash and signature stay, so that the chain can be
 * checked as before (SE-05).
 * @returns how many were dropped
 */
export async function dropHealthTexts(database: Database, before: Date): Promise<number> {
  for (let dropped = 0; ; ) {
    const answer = await database.execute(sql`
      update kiosk_events set body = null where ctid = any (array(
        select ctid from kiosk_events where health_at < ${before.toISOString()}::timestamptz
          and body is not null limit ${DROPPED_AT_ONCE}))`);
    const { rowCount } = answer as { readonly rowCount: number };
    dropped += rowCount;
    if (rowCount < DROPPED_AT_ONCE) return dropped;
  }
}

/** Every event of a chain in its order, a page at a time. */
export async function* eventsOf(
  database: Database,
  { kioskId, chainId }: ChainId,
): AsyncGenerator<KioskEventRow> {
  for (let after = Number.MIN_SAFE_INTEGER; ; ) {
    const isLater = after === Number.MIN_SAFE_INTEGER ? undefined : gt(kioskEvents.n, after);
    const rows: KioskEventRow[] = await database
      .select()
      .from(kioskEvents)
      .where(and(eq(kioskEvents.kioskId, kioskId), eq(kioskEvents.chainId, chainId), isLater))
      .orderBy(asc(kioskEvents.n))
      .limit(PAGE);
    yield* rows;
    const last = rows.at(-1);
    if (!last) return;
    after = last.n;
  }
}

/**
 * Public keys (SubjectPublicKeyInfo) that this kiosk has ever had, by the serial numbers of their certificates.
 * @param wanted serial numbers; null: of all
 */
export async function keysOfKiosk(
  database: Database,
  kioskId: string,
  wanted: readonly string[] | null = null,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const { serialNumber, publicKey } = kioskCertificates;
  const rows = await database
    .select({ serialNumber, publicKey })
    .from(kioskCertificates)
    .where(
      and(eq(kioskCertificates.kioskId, kioskId), wanted ? inArray(serialNumber, [...wanted]) : undefined),
    );
  return new Map(rows.map((row) => [row.serialNumber, row.publicKey]));
}

/** What a kiosk last said of itself (OP-04). */
export async function saveHealth(
  transaction: Database,
  kioskId: string,
  health: NonNullable<(typeof kiosks.$inferSelect)['health']>,
): Promise<void> {
  await transaction.update(kiosks).set({ health }).where(eq(kiosks.id, kioskId));
}
