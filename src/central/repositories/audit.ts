/** Central's audit: a hash chain, so that a missing or changed entry is found (SE-05). */
import { createHash } from 'node:crypto';
import { asc, desc, eq, gt, sql } from 'drizzle-orm';
import { audit, auditHead } from '../../../db/central/chain-schema.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';

/** What happened; codes, names and counts, never a secret. */
export interface AuditEntry {
  readonly type: string;
  /** `kiosk:NAME` or `command`. */
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

/** Adds entries, in this order. */
export async function recordAudits(
  central: Keys,
  transaction: Database,
  entries: readonly AuditEntry[],
  now: Date,
): Promise<void> {
  if (entries.length === 0) return;
  await transaction.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
  const head = await headToFollow(central, transaction);
  // An audit whose head is gone: that it is sealed from here on is told in it.
  const unsealed = head ? undefined : await lastEntry(transaction);
  const seal = { type: 'audit.sealed', actor: 'central', detail: { seq: unsealed?.seq } };
  await append(central, transaction, head ?? unsealed ?? null, unsealed ? [seal, ...entries] : entries, now);
}

/** The head of a central from before heads were signed is checked by its seal, and signed. Does nothing the next time. */
export async function signOldHead(central: Keys & Pick<Central, 'database'>): Promise<void> {
  await central.database.transaction(async (transaction) => {
    await transaction.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
    const [row] = await transaction.select().from(auditHead).where(eq(auditHead.id, HEAD));
    const { auditKey } = central.authority;
    if (!row?.mac || row.signature || !auditKey.isSealedBefore(row.seq, row.hash, row.mac)) return;
    await writeHead(central, transaction, row);
  });
}

/** Null where there is none: nothing was ever recorded, or it is gone. */
export async function readAuditHead(central: Keys, database: Database): Promise<AuditHead | null> {
  const [row] = await database.select().from(auditHead).where(eq(auditHead.id, HEAD));
  if (!row) return null;
  const { seq, hash, signature } = row;
  const head = { chain: CHAIN, seq, hash };
  const isOwn = signature !== null && central.authority.auditKey.isSigned(head, signature);
  return { seq, hash, signature, isOwn };
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
 * a gap for ever. A head that is not central's own leaves one too, and so do entries behind it.
 */
async function headToFollow(central: Keys, database: Database): Promise<Place | null> {
  const head = await readAuditHead(central, database);
  if (!head) return null;
  const last = await lastEntry(database);
  if (head.isOwn && (last?.seq ?? 0) <= head.seq) return head;
  return { seq: Math.max(head.seq, last?.seq ?? 0) + 1, hash: AUDIT_START };
}

async function lastEntry(database: Database): Promise<Place | undefined> {
  return (await database.select().from(audit).orderBy(desc(audit.seq)).limit(1))[0];
}

async function append(
  central: Keys,
  transaction: Database,
  previous: Place | null,
  entries: readonly AuditEntry[],
  now: Date,
): Promise<void> {
  let { seq, hash } = previous ?? { seq: 0, hash: AUDIT_START };
  const rows = entries.map((one) => {
    seq += 1;
    const entry = canonicalJson({ seq, at: now.toISOString(), ...one });
    const row = { seq, entry, previousHash: hash, hash: entryHash(hash, entry) };
    hash = row.hash;
    return row;
  });
  await transaction.insert(audit).values(rows);
  await writeHead(central, transaction, { seq, hash });
}

async function writeHead(central: Keys, transaction: Database, { seq, hash }: Place): Promise<void> {
  const signature = central.authority.auditKey.signHead({ chain: CHAIN, seq, hash });
  const head = { seq, hash, signature, mac: null };
  await transaction
    .insert(auditHead)
    .values({ id: HEAD, ...head })
    .onConflictDoUpdate({ target: auditHead.id, set: head });
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
