/** A thread that writes one snapshot: a scope as it is at one instant, from PostgreSQL into an SQLite file, compressed. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { constants, createZstdCompress } from 'node:zlib';
import SqliteDatabase from 'better-sqlite3';
import pg from 'pg';
import { COPY_KINDS, type CopyKind } from '../../domain/copy-kind.ts';
import type { Snapshot } from '../../protocol/log.ts';
import { REPLICA_FORMS, REPLICA_INDEXES, type ReplicaSchema } from '../../protocol/replica-schema.ts';
import { connectionSettings } from '../database-pool.ts';
import { SNAPSHOT_ENDINGS } from './snapshot-files.ts';

/** What the thread is started with. */
export interface SnapshotOrder {
  readonly databaseUrl: string;
  readonly scopeId: string;
  /** In which form of the tables. */
  readonly schema: ReplicaSchema;
  /** Where it is written and stays. */
  readonly folder: string;
  /** A name for files under way that nobody else uses. */
  readonly draft: string;
  readonly madeAt: string;
}

const ROWS_AT_ONCE = 10_000;
const CHUNK_BYTES = 1024 * 1024;

/** In the order of the primary key, so that each row is put at the end of its table. */
const ROWS: Readonly<Record<CopyKind, string>> = {
  profile: 'from copy_profiles v where $1::uuid[] is not null order by 1',
  reason: 'from copy_reasons v where $1::uuid[] is not null order by 1',
  person: 'from copy_people v join people p on p.id = v.id where p.group_id = any ($1) order by v.id',
  card: `from copy_cards v join people p on p.id = v."holderId" where p.group_id = any ($1) order by v.id`,
  certificate: `from copy_certificates v join cards c on c.id = v."cardId" join people p on p.id = c.holder_id
    where p.group_id = any ($1) order by v."serialNumber" collate "C"`,
};

/** A column of a copy, out of the view of its kind. */
function expression(kind: CopyKind, column: string): string {
  if (column === 'document') return kind === 'reason' ? 'row_to_json(v)::text' : 'v.document::text';
  const name = column.replace(/_(.)/g, (_all, letter: string) => letter.toUpperCase());
  return /^(is|has)_/.test(column) ? `v."${name}"::int` : `v."${name}"`;
}

async function writeSnapshot(order: SnapshotOrder): Promise<Snapshot> {
  const { folder, scopeId, madeAt } = order;
  const database = join(folder, `${order.draft}.db`);
  const packed = join(folder, `${order.draft}.part`);
  try {
    const head = await writeDatabase(order, database);
    const fileSize = statSync(database).size;
    const id = await pack(database, packed);
    const size = statSync(packed).size;
    const made = { id, size, fileSize, scope: scopeId, ...head, schema: order.schema, madeAt };
    renameSync(packed, join(folder, id + SNAPSHOT_ENDINGS.file));
    const description = join(folder, `${order.draft}.json`);
    writeFileSync(description, JSON.stringify(made), { flush: true });
    renameSync(description, join(folder, id + SNAPSHOT_ENDINGS.description));
    return made;
  } finally {
    for (const path of [database, packed]) rmSync(path, { force: true });
  }
}

/** @returns what it is a copy of */
async function writeDatabase(
  order: SnapshotOrder,
  path: string,
): Promise<{ readonly epoch: string; readonly revision: number }> {
  const { databaseUrl, scopeId, schema, madeAt } = order;
  const client = new pg.Client(connectionSettings(databaseUrl));
  client.on('error', () => {});
  await client.connect();
  const sqlite = new SqliteDatabase(path);
  try {
    sqlite.pragma('journal_mode = off');
    sqlite.pragma('synchronous = off');
    sqlite.pragma('locking_mode = exclusive');
    await client.query('begin isolation level repeatable read, read only');
    const head = await client.query('select epoch, revision from copy_scopes where id = $1', [scopeId]);
    const { epoch, revision } = head.rows[0];
    for (const table of REPLICA_FORMS[schema].tables) sqlite.exec(table);
    sqlite.exec('begin');
    const groups = await client.query('select group_id from copy_scope_groups where scope_id = $1', [
      scopeId,
    ]);
    const groupIds = groups.rows.map((row) => row.group_id);
    for (const kind of COPY_KINDS) await copyRows(client, sqlite, [schema, kind], groupIds);
    sqlite
      .prepare('insert into meta (id, schema, scope, epoch, revision, made_at) values (1, ?, ?, ?, ?, ?)')
      .run(schema, scopeId, epoch, Number(revision), madeAt);
    for (const index of REPLICA_INDEXES) sqlite.exec(index);
    sqlite.exec('commit');
    return { epoch, revision: Number(revision) };
  } finally {
    sqlite.close();
    await client.end();
  }
}

async function copyRows(
  client: pg.Client,
  sqlite: SqliteDatabase.Database,
  [schema, kind]: readonly [ReplicaSchema, CopyKind],
  groupIds: readonly string[],
): Promise<void> {
  const { table, columns } = REPLICA_FORMS[schema].rows[kind];
  const places = columns.map(() => '?').join(', ');
  const insert = sqlite.prepare(`insert into ${table} (${columns.join(', ')}) values (${places})`);
  const wanted = columns.map((column) => expression(kind, column)).join(', ');
  await client.query(`declare rows no scroll cursor for select ${wanted} ${ROWS[kind]}`, [groupIds]);
  const fetch = () => client.query({ text: `fetch ${ROWS_AT_ONCE} from rows`, rowMode: 'array' });
  // The next rows are on their way while these are written.
  for (let coming = fetch(); ; ) {
    const { rows } = await coming;
    if (rows.length === 0) break;
    coming = fetch();
    for (const row of rows) insert.run(row);
  }
  await client.query('close rows');
}

/** @returns SHA-256 of the packed file, hex */
async function pack(from: string, to: string): Promise<string> {
  const hash = createHash('sha256');
  const listen = new Transform({
    transform(chunk, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const zstd = createZstdCompress({
    chunkSize: CHUNK_BYTES,
    params: { [constants.ZSTD_c_compressionLevel]: 1 },
  });
  const source = createReadStream(from, { highWaterMark: CHUNK_BYTES });
  await pipeline(source, zstd, listen, createWriteStream(to, { mode: 0o600 }));
  const file = await open(to, 'r+');
  await file.sync();
  await file.close();
  return hash.digest('hex');
}

writeSnapshot(workerData as SnapshotOrder).then(
  (made) => parentPort?.postMessage(made),
  (error) => {
    throw error;
  },
);
