/** Central's audit: a hash chain, so that a missing or changed entry is found (SE-05). */
import { createHash } from 'node:crypto';
import { asc, desc, sql } from 'drizzle-orm';
import { audit } from '../../../db/central/schema.ts';
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

const LOCK = 0x617564;
const START = new Uint8Array(32);

/** Adds an entry as part of the transaction that does what it tells of. */
export async function recordAudit(transaction: Database, entry: AuditEntry, now: Date): Promise<void> {
  await transaction.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
  const [last] = await transaction.select().from(audit).orderBy(desc(audit.seq)).limit(1);
  const seq = (last?.seq ?? 0) + 1;
  const previousHash = last?.hash ?? START;
  const line = canonicalJson({ seq, at: now.toISOString(), ...entry });
  await transaction.insert(audit).values({ seq, entry: line, previousHash, hash: chain(previousHash, line) });
}

/** The whole audit, each line checked against the one before it. An entry missing in between breaks the next. */
export async function readAudit(database: Database): Promise<CheckedLine[]> {
  const rows = await database.select().from(audit).orderBy(asc(audit.seq));
  let previous: Uint8Array = START;
  return rows.map((row, index) => {
    const line = JSON.parse(row.entry) as AuditLine;
    const isIntact =
      row.seq === index + 1 &&
      line.seq === row.seq &&
      same(row.previousHash, previous) &&
      same(row.hash, chain(previous, row.entry));
    previous = row.hash;
    return { line, isIntact };
  });
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
