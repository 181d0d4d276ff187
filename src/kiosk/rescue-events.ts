/** What is saved of a file that was set aside: events that central may not have yet (SY-02). */
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { audit, chains, outbox } from '../../db/kiosk/own/schema.ts';
import { kioskEvent } from '../protocol/event.ts';
import { beginChain, type ChainPorts } from './event-chain.ts';
import type { OwnDatabase } from './own-database.ts';
import { removeSqliteFile } from './sqlite-file.ts';

const place = z.object({ chain: z.uuid(), n: z.int().min(1) });
const chainRow = z.object({ id: z.string() });
const row = place.extend({
  body: z.string(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  signature: z.string().nullable(),
  certificate: z.string().nullable(),
});
type Row = z.infer<typeof row>;

/** What could be read of it. */
export interface Rescue {
  /** Events that central may lack, in order. */
  readonly rows: readonly Row[];
  /** The chain that this file went on with last; null where that cannot be told. */
  readonly chain: string | null;
  /** How many events may be lost for good, at most; null where that cannot be told. */
  readonly missingAtMost: number | null;
}

/** As every body begins; found in a page whatever has become of the file around it. */
const BODY_START = /\{"chain":"([0-9a-f-]{36})","n":(\d{1,10}),/g;
const EVENTS = 'SELECT chain, n, body, hash, signature, certificate FROM audit NOT INDEXED ORDER BY rowid';
const WAITING = 'SELECT chain, n FROM outbox NOT INDEXED ORDER BY rowid';
const LAST_CHAIN = 'SELECT id FROM chains NOT INDEXED WHERE position = (SELECT max(position) FROM chains)';

/** Reads a copy of a damaged file, as far as it can be read. Never throws for what is in it. */
export function readRescue(path: string): Rescue {
  const highest = highestNumbers(path);
  const copy = `${path}.rescue`;
  try {
    for (const suffix of ['', '-wal'])
      if (existsSync(path + suffix)) copyFileSync(path + suffix, copy + suffix);
    return readCopy(copy, highest);
  } finally {
    removeSqliteFile(copy);
  }
}

/**
 * Puts what was rescued into a new file, under the chains that it came from, to be sent before anything else; then begins
 * the file's own chain, which says what became of the one before.
 */
export function keepRescued(own: OwnDatabase, rescue: Rescue, ports: ChainPorts): void {
  const { rows, chain, missingAtMost } = rescue;
  own.db.transaction((tx) => {
    const ids = [...new Set(rows.map((one) => one.chain))];
    const startedAt = ports.now().toISOString();
    for (const [i, id] of ids.entries())
      tx.insert(chains)
        .values({ position: i + 1, id, startedAt })
        .run();
    for (const one of rows) {
      tx.insert(audit).values(one).onConflictDoNothing().run();
      tx.insert(outbox).values({ chain: one.chain, n: one.n }).onConflictDoNothing().run();
    }
    const detail = { why: 'set-aside', previousChain: chain, rescued: rows.length, missingAtMost };
    beginChain(tx, ports, detail);
  });
}

function readCopy(copy: string, highest: ReadonlyMap<string, number>): Rescue {
  const file = new Database(copy);
  try {
    const events = readRows(file, EVENTS, row);
    const isOutboxWhole = attempt(() => file.pragma("quick_check('outbox')", { simple: true })) === 'ok';
    const waiting = isOutboxWhole ? new Set(readRows(file, WAITING, place).map(placeOf)) : null;
    const rows = events.filter((one) => isSound(one) && (waiting?.has(placeOf(one)) ?? true));
    return {
      rows,
      chain: readRows(file, LAST_CHAIN, chainRow)[0]?.id ?? [...highest.keys()].at(-1) ?? null,
      missingAtMost: waiting ? waiting.size - rows.length : countMissing(events, highest),
    };
  } finally {
    file.close();
  }
}

/** Whatever is numbered below the highest number that is to be seen anywhere, and cannot be read. */
function countMissing(events: readonly Row[], highest: ReadonlyMap<string, number>): number | null {
  if (highest.size === 0) return null;
  const total = [...highest.values()].reduce((sum, n) => sum + n, 0);
  return Math.max(0, total - events.length);
}

/** From both ends up to where it is damaged, in the order of the file. */
function readRows<T>(file: Database.Database, query: string, schema: z.ZodType<T>): T[] {
  const forward = readUntilDamaged(file, query, schema);
  if (forward.isWhole) return forward.rows;
  return [...forward.rows, ...readUntilDamaged(file, `${query} DESC`, schema).rows.reverse()];
}

function readUntilDamaged<T>(
  file: Database.Database,
  query: string,
  schema: z.ZodType<T>,
): { readonly rows: T[]; readonly isWhole: boolean } {
  const rows: T[] = [];
  const isWhole = attempt(() => {
    for (const one of file.prepare(query).iterate()) {
      const read = schema.safeParse(one);
      if (read.success) rows.push(read.data);
    }
    return true;
  });
  return { rows, isWhole: isWhole ?? false };
}

/** Null where SQLite cannot do it. */
function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof Database.SqliteError) return null;
    throw error;
  }
}

function placeOf({ chain, n }: z.infer<typeof place>): string {
  return `${chain} ${n}`;
}

/** Its text is an event, and of this place. Central checks hash and signature. */
function isSound({ chain, n, body }: Row): boolean {
  try {
    const read = kioskEvent.safeParse({ chain, ...JSON.parse(body) });
    return read.success && read.data.chain === chain && read.data.n === n;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** Of each chain, in the order in which they are met. */
function highestNumbers(path: string): ReadonlyMap<string, number> {
  const highest = new Map<string, number>();
  for (const suffix of ['', '-wal']) {
    if (!existsSync(path + suffix)) continue;
    for (const [, chain = '', n] of readFileSync(path + suffix, 'latin1').matchAll(BODY_START))
      highest.set(chain, Math.max(highest.get(chain) ?? 0, Number(n)));
  }
  return highest;
}
