/** Central's audit: a hash chain, so that a missing or changed entry is found (SE-05). */
import { createHash } from 'node:crypto';
import { asc, desc, eq, gt, sql } from 'drizzle-orm';
import { audit, auditHead } from '../../../db/central/chain-schema.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';

/** What happened; codes, names and counts, never a secret. */
export interface AuditEntry {
  readonly type: string;
  /** `kiosk:NAME`, `operator:LOGIN`, `command`, or the part of central that did it by itself (`sweep`). */
  readonly actor: string;
  readonly cardId?: string | null;
  readonly operationId?: string | null;
  readonly detail?: Readonly<Record<string, unknown>>;
}

export interface AuditLine extends AuditEntry {
  readonly seq: number;
  readonly at: string;
}

export type AuditRow = typeof audit.$inferSelect;
type HeadRow = typeof auditHead.$inferSelect;
/** The last entry, as it is signed. */
export interface AuditHead {
  readonly seq: number;
  readonly hash: Uint8Array;
  /** Null: not signed yet, or not by a key. */
  readonly signature: Uint8Array | null;
  /** By central's own key. */
  readonly isOwn: boolean;
}

type Keys = Pick<Central, 'authority'>;
type Place = Pick<AuditHead, 'seq' | 'hash'>;

/** What entry 1 follows. */
export const AUDIT_START = new Uint8Array(32);
/** Central's own chain, as its head is signed. */
const CHAIN = 'central';
const LOCK = 0x617564;
const HEAD = 1;
const PAGE = 1000;

/** Adds an entry as part of the transaction that does what it tells of. */
export function recordAudit(
  central: Keys,
  transaction: Database,
  entry: AuditEntry,
  now: Date,
): Promise<void> {
  return recordAudits(central, transaction, [entry], now);
}

/**
 * Adds entries, in this order. Whoever else records anything waits from here on until the transaction ends, so it is the last
 * thing that a transaction does.
 */
export async function recordAudits(
  central: Keys,
  transaction: Database,
  entries: readonly AuditEntry[],
  now: Date,
): Promise<void> {
  if (entries.length === 0) return;
  const head = await holdHead(transaction);
  const add = (more: readonly AuditEntry[], place: Place, follows: number | null) =>
    append(central, transaction, chained(more, place, now), follows);
  if (head && isOwn(central, head) && (await add(entries, head, head.seq))) return;
  const last = (await lastEntry(transaction)) ?? null;
  if (head) {
    // A head that is not central's own leaves a gap for ever, and so do entries behind it.
    const seq = Math.max(head.seq, last?.seq ?? 0) + 1;
    await add(entries, { seq, hash: AUDIT_START }, null);
    return;
  }
  // An audit whose head is gone: that it is sealed from here on is told in it.
  const seal = { type: 'audit.sealed', actor: 'central', detail: { seq: last?.seq } };
  await add(last ? [seal, ...entries] : entries, last ?? { seq: 0, hash: AUDIT_START }, null);
}

/** The head of a central from before heads were signed is checked by its seal, and signed. Does nothing the next time. */
export async function signOldHead(central: Keys & Pick<Central, 'database'>): Promise<void> {
  await central.database.transaction(async (transaction) => {
    const row = await holdHead(transaction);
    const { auditKey } = central.authority;
    if (!row?.mac || row.signature || !auditKey.isSealedBefore(row.seq, row.hash, row.mac)) return;
    const { seq, hash } = row;
    const signature = auditKey.signHead({ chain: CHAIN, seq, hash });
    await transaction.update(auditHead).set({ signature, mac: null }).where(eq(auditHead.id, HEAD));
  });
}

/** Null where there is none: nothing was ever recorded, or it is gone. */
export async function readAuditHead(central: Keys, database: Database): Promise<AuditHead | null> {
  const [row] = await database.select().from(auditHead).where(eq(auditHead.id, HEAD));
  if (!row) return null;
  const { seq, hash, signature } = row;
  return { seq, hash, signature, isOwn: isOwn(central, row) };
}

/** Every entry after `seq` in its order, a page at a time. */
export async function* auditRows(database: Database, after: number | null = null): AsyncGenerator<AuditRow> {
  for (let last = after; ; ) {
    const isLater = last === null ? undefined : gt(audit.seq, last);
    const rows: AuditRow[] = await database
      .select()
      .from(audit)
      .where(isLater)
      .orderBy(asc(audit.seq))
      .limit(PAGE);
    yield* rows;
    const end = rows.at(-1);
    if (!end) return;
    last = end.seq;
  }
}

/** Null for what is no entry: somebody has written it who is not central. */
export function parseEntry({ entry }: Pick<AuditRow, 'entry'>): AuditLine | null {
  try {
    const line: unknown = JSON.parse(entry);
    return typeof line === 'object' && line !== null && 'type' in line ? (line as AuditLine) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** SHA-256(hash of the entry before ‖ entry). */
export function entryHash(previous: Uint8Array, entry: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(previous).update(entry).digest());
}

/**
 * The last entry as it is signed: it, not the last row, is what the next one follows, so that entries which are gone leave
 * a gap for ever. Read as it is once nobody else holds it (READ COMMITTED), and held until the transaction ends.
 */
async function holdHead(transaction: Database): Promise<HeadRow | undefined> {
  const read = () => transaction.select().from(auditHead).where(eq(auditHead.id, HEAD)).for('update');
  const [row] = await read();
  if (row) return row;
  // There is nothing to hold before the first entry: who is next waits for this instead, and finds the head then.
  await transaction.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
  return (await read())[0];
}

function isOwn({ authority }: Keys, { seq, hash, signature }: HeadRow): boolean {
  return signature !== null && authority.auditKey.isSigned({ chain: CHAIN, seq, hash }, signature);
}

async function lastEntry(database: Database): Promise<Place | undefined> {
  return (await database.select().from(audit).orderBy(desc(audit.seq)).limit(1))[0];
}

function chained(entries: readonly AuditEntry[], { seq, hash }: Place, now: Date): AuditRow[] {
  let [last, previousHash] = [seq, hash];
  return entries.map((one) => {
    last += 1;
    const entry = canonicalJson({ seq: last, at: now.toISOString(), ...one });
    const row = { seq: last, entry, previousHash, hash: entryHash(previousHash, entry) };
    previousHash = row.hash;
    return row;
  });
}

/**
 * Rows and head in one statement: everybody who records anything waits for it.
 * @param follows the last entry; null: whatever is there
 * @returns whether nothing was behind that one; else nothing is done
 */
async function append(
  { authority }: Keys,
  transaction: Database,
  rows: readonly AuditRow[],
  follows: number | null,
): Promise<boolean> {
  const { seq, hash } = rows.at(-1) as AuditRow;
  const signature = authority.auditKey.signHead({ chain: CHAIN, seq, hash });
  const column = (of: (row: AuditRow) => unknown) => sql.param(rows.map(of));
  const answer = await transaction.execute(sql`
    with added as (
      insert into audit (seq, entry, previous_hash, hash)
      select * from unnest(${column((row) => row.seq)}::bigint[], ${column((row) => row.entry)}::text[],
        ${column((row) => Buffer.from(row.previousHash))}::bytea[], ${column((row) => Buffer.from(row.hash))}::bytea[])
      where not exists (select from audit where seq > ${follows}::bigint)
      returning seq
    )
    insert into audit_head (id, seq, hash, signature)
    select ${HEAD}::int, ${seq}::bigint, ${Buffer.from(hash)}::bytea, ${Buffer.from(signature)}::bytea
    where exists (select from added)
    on conflict (id) do update set seq = excluded.seq, hash = excluded.hash, signature = excluded.signature, mac = null
    returning id`);
  return (answer as unknown as { readonly rows: readonly unknown[] }).rows.length > 0;
}

/** JSON with sorted names and no spaces: the same value is always the same text. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}
