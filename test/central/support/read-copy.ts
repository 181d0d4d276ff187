/** What a kiosk has that follows central: the newest snapshot of its scope, and the log after it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import SqliteDatabase from 'better-sqlite3';
import { COPY_KINDS, type CopyKind } from '../../../src/domain/copy-kind.ts';
import { logBatch, type Snapshot, snapshot } from '../../../src/protocol/log.ts';
import { REPLICA_ROWS, REPLICA_SCHEMA } from '../../../src/protocol/replica-schema.ts';
import type { KioskCaller } from './kiosk-caller.ts';

type Row = Readonly<Record<string, unknown>>;
/** Rows as they are on the wire, by their keys. */
export type CopyContents = Readonly<Record<CopyKind, Map<string, Row>>>;

/** The newest snapshot, waited for. */
export async function newestSnapshot(kiosk: KioskCaller): Promise<Snapshot> {
  for (;;) {
    const answer = await kiosk.get(`/scopes/mine/snapshot?schema=${REPLICA_SCHEMA}`);
    if (answer.statusCode === 200) return snapshot.parse(answer.json());
    if (answer.statusCode !== 202) throw new Error(`no snapshot: ${answer.body}`);
  }
}

export async function readCopy(kiosk: KioskCaller): Promise<CopyContents> {
  const { id, epoch, revision } = await newestSnapshot(kiosk);
  const { rawPayload } = await kiosk.get(`/snapshots/${id}`);
  const contents = openSnapshot(rawPayload, readContents);
  const since = `${epoch}.${revision}`;
  const log = logBatch.parse((await kiosk.get(`/scopes/mine/log?since=${since}&limit=20000`)).json());
  for (const [, kind, key, row] of log.rows) {
    const rows = contents[kind as CopyKind];
    if (row === null) rows.delete(key);
    else rows.set(key, row);
  }
  return contents;
}

export function readContents(copy: SqliteDatabase.Database): CopyContents {
  const read = COPY_KINDS.map((kind) => {
    const { table, columns } = REPLICA_ROWS[kind];
    const rows = copy.prepare(`select ${columns.join(', ')} from ${table}`).all() as Row[];
    return [kind, new Map(rows.map((row) => [String(row[columns[0]!]), onTheWire(row)]))] as const;
  });
  return Object.fromEntries(read) as CopyContents;
}

/** @param packed as central sends it */
export function openSnapshot<T>(packed: Uint8Array, use: (copy: SqliteDatabase.Database) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'recard-copy-'));
  try {
    const path = join(folder, 'copy.db');
    writeFileSync(path, zstdDecompressSync(packed));
    const copy = new SqliteDatabase(path, { readonly: true });
    const result = use(copy);
    copy.close();
    return result;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The row that was stored in these columns. */
function onTheWire(row: Row): Row {
  if (typeof row.document === 'string') return JSON.parse(row.document);
  const fields = Object.entries(row).map(([column, value]) => {
    const name = column.replace(/_(.)/g, (_all, letter: string) => letter.toUpperCase());
    return [name, /^(is|has)_/.test(column) ? value === 1 : value] as const;
  });
  return Object.fromEntries(fields);
}
