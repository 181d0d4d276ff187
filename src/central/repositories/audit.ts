/** Central's audit: a hash chain, so that a missing or changed entry is found (SE-05). */
import { createHash } from 'node:crypto';
import { asc, desc, eq, sql } from 'drizzle-orm';
import { audit, auditHead } from '../../../db/central/schema.ts';
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

/** An entry and whether it is as it was written, where it was written. */
export interface CheckedLine {
  readonly line: AuditLine;
  readonly isIntact: boolean;
}

export interface CheckedAudit {
  readonly lines: readonly CheckedLine[];
  /** The first entry that is not as it was written, or is missing; null when all are there. */
  readonly brokenAt: number | null;
}

type Keys = Pick<Central, 'authority'>;

const LOCK = 0x617564;
const HEAD = 1;
const START = new Uint8Array(32);

/** Adds an entry as part of the transaction that does what it tells of. */
export async function recordAudit(
  central: Keys,
  transaction: Database,
  entry: AuditEntry,
  now: Date,
): Promise<void> {
  await transaction.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
  const head = await readHead(central, transaction);
  // An audit from before there was a head: that it is sealed from here on is told in it.
  const unsealed = head ? undefined : await lastEntry(transaction);
  if (!unsealed) {
    await append(central, transaction, head, entry, now);
    return;
  }
  const seal = { type: 'audit.sealed', actor: 'central', detail: { seq: unsealed.seq } };
  const sealed = await append(central, transaction, unsealed, seal, now);
  await append(central, transaction, sealed, entry, now);
}

/**
 * The whole audit, each line checked against the one before it, and the last one against the head. An entry missing in
 * between breaks the next.
 */
export async function readAudit(central: Keys & Pick<Central, 'database'>): Promise<CheckedAudit> {
  return central.database.transaction(
    async (transaction) => {
      const rows = await transaction.select().from(audit).orderBy(asc(audit.seq));
      let previous: Uint8Array = START;
      const lines = rows.map((row, index) => {
        const line = parseLine(row);
        const isIntact =
          row.seq === index + 1 &&
          line?.seq === row.seq &&
          same(row.previousHash, previous) &&
          same(row.hash, chain(previous, row.entry));
        previous = row.hash;
        return { line: line ?? unreadable(row.seq), isIntact };
      });
      const broken = rows[lines.findIndex(({ isIntact }) => !isIntact)];
      const isWhole = isLast(await readHead(central, transaction), rows.at(-1));
      return { lines, brokenAt: broken?.seq ?? (isWhole ? null : rows.length + 1) };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

interface Head {
  readonly seq: number;
  readonly hash: Uint8Array;
}

/**
 * The last entry as it is sealed: it, not the last row, is what the next one follows, so that entries which are gone leave
 * a gap for ever. A head that is not central's own leaves one too.
 */
async function readHead(central: Keys, database: Database): Promise<(Head & { isOwn: boolean }) | null> {
  const [head] = await database.select().from(auditHead).where(eq(auditHead.id, HEAD));
  if (!head) return null;
  const isOwn = same(head.mac, central.authority.auditKey.sealHead(head.seq, head.hash));
  if (isOwn) return { ...head, isOwn };
  const last = await lastEntry(database);
  return { seq: Math.max(head.seq, last?.seq ?? 0) + 1, hash: START, isOwn };
}

async function lastEntry(database: Database): Promise<Head | undefined> {
  return (await database.select().from(audit).orderBy(desc(audit.seq)).limit(1))[0];
}

function isLast(head: (Head & { isOwn: boolean }) | null, last: Head | undefined): boolean {
  if (!head) return last === undefined;
  return head.isOwn && head.seq === last?.seq && same(head.hash, last.hash);
}

async function append(
  central: Keys,
  transaction: Database,
  previous: Head | null,
  entry: AuditEntry,
  now: Date,
): Promise<Head> {
  const seq = (previous?.seq ?? 0) + 1;
  const previousHash = previous?.hash ?? START;
  const line = canonicalJson({ seq, at: now.toISOString(), ...entry });
  const hash = chain(previousHash, line);
  await transaction.insert(audit).values({ seq, entry: line, previousHash, hash });
  const head = { seq, hash, mac: central.authority.auditKey.sealHead(seq, hash) };
  await transaction
    .insert(auditHead)
    .values({ id: HEAD, ...head })
    .onConflictDoUpdate({ target: auditHead.id, set: head });
  return head;
}

/** Null for what is no entry: somebody has written it who is not central. */
function parseLine({ entry }: { readonly entry: string }): AuditLine | null {
  try {
    const line: unknown = JSON.parse(entry);
    return typeof line === 'object' && line !== null && 'type' in line ? (line as AuditLine) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function unreadable(seq: number): AuditLine {
  return { seq, at: '-', type: 'audit.unreadable', actor: '-' };
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

function chain(previous: Uint8Array, entry: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(previous).update(entry).digest());
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
