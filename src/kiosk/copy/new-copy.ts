import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import {
  REPLICA_INDEXES,
  REPLICA_ROWS,
  REPLICA_SCHEMA,
  REPLICA_TABLES,
} from '../../protocol/replica-schema.ts';
import { checkBatch, type SentBatch } from './checked-rows.ts';
import { type CopyFiles, declareReady, removeUnfinished } from './copy-files.ts';
import { type CopyMeta, isSearchable, openUntrusted, readMeta, UnfitCopyError } from './copy-schema.ts';
import { RowWriter } from './row-writer.ts';
import { buildSearchIndex } from './search-index.ts';

/** Of sorting rows and indexes, in memory. */
const CACHE_MB = 16;
/** Serial numbers are chance: putting each row in its place as it comes would take several times as long as all the rest. */
const STAGED = { certificate: 'staged.certificates' } as const;

/**
 * A copy that is built in a file of its own from the log, for the case that the present one is empty: without indexes and
 * without a journal, since a kill throws it away. Several times as fast as writing in place.
 */
export class NewCopy {
  readonly #files: CopyFiles;
  readonly #db: Database.Database;
  readonly #rows: RowWriter;
  #meta: CopyMeta;

  /** @param meta of the present copy, which holds nobody and no card */
  constructor(files: CopyFiles, meta: CopyMeta) {
    this.#files = files;
    this.#meta = meta;
    removeUnfinished(files);
    this.#db = new Database(files.unfinished);
    this.#db.pragma('journal_mode = OFF');
    this.#db.pragma('synchronous = OFF');
    this.#db.pragma(`cache_size = -${CACHE_MB * 1024}`);
    for (const statement of REPLICA_TABLES) this.#db.exec(statement);
    this.#db.prepare('attach ? as present').run(files.live);
    this.#db.exec('insert into profiles select * from present.profiles');
    this.#db.exec('insert into reasons select * from present.reasons');
    this.#db.exec('detach present');
    this.#db.prepare('attach ? as staged').run(files.staged);
    this.#db.pragma('staged.journal_mode = OFF');
    this.#db.pragma('staged.synchronous = OFF');
    const { columns } = REPLICA_ROWS.certificate;
    this.#db.exec(`create table ${STAGED.certificate} (row integer primary key, ${columns.join(', ')})`);
    this.#rows = new RowWriter(this.#db, STAGED);
  }

  get revision(): number {
    return this.#meta.revision;
  }

  /** @throws MissingRowsError, NonsenseRowError */
  apply(batch: SentBatch): void {
    if (batch.epoch !== this.#meta.epoch) throw new UnfitCopyError('central has another epoch');
    const rows = checkBatch(batch, this.#meta.revision);
    this.#db.transaction(() => this.#rows.write(rows))();
    this.#meta = { ...this.#meta, revision: batch.to, madeAt: batch.madeAt };
  }

  /** Makes the indexes, but for that of the search, and says what it is; it is ready then. */
  finish(): void {
    this.#putStaged();
    for (const statement of REPLICA_INDEXES) this.#db.exec(statement);
    const { scope, epoch, revision, madeAt, source } = this.#meta;
    this.#db
      .prepare(
        'insert into meta (id, schema, scope, epoch, revision, made_at, source) values (1, ?, ?, ?, ?, ?, ?)',
      )
      .run(REPLICA_SCHEMA, scope, epoch, revision, madeAt, source);
    this.#db.close();
    declareReady(this.#files);
  }

  /** The last that was said of each, in the order of their keys. */
  #putStaged(): void {
    const { table, columns } = REPLICA_ROWS.certificate;
    const [key, required] = columns;
    const last = `select ${columns.join(', ')}, max(row) from ${STAGED.certificate} group by ${key}`;
    this.#db.exec(
      `insert into ${table} select ${columns.join(', ')} from (${last}) where ${required} is not null order by ${key}`,
    );
    this.#db.exec('detach staged');
    rmSync(this.#files.staged, { force: true });
  }

  /** Throws it away. */
  abandon(): void {
    this.#db.close();
    removeUnfinished(this.#files);
  }
}

/**
 * Checks a copy that central has made, writes its source into it and says that it is ready.
 * @param expected of what it was announced to be a copy
 * @param isUrgent nobody has a copy to read meanwhile: it is made searchable when it is in its place
 * @throws UnfitCopyError
 */
export function acceptSnapshot(
  files: CopyFiles,
  expected: Pick<CopyMeta, 'scope' | 'epoch' | 'revision'>,
  source: string,
  isUrgent: boolean,
): void {
  let db: Database.Database | null = null;
  try {
    db = openUntrusted(files.unfinished);
    db.pragma('journal_mode = MEMORY');
    db.pragma('synchronous = OFF');
    const { scope, epoch, revision } = readMeta(db);
    const isAnnounced =
      scope === expected.scope && epoch === expected.epoch && revision === expected.revision;
    if (!isAnnounced) throw new UnfitCopyError('it is a copy of something else than announced');
    const found = db.pragma('quick_check(1)', { simple: true });
    if (found !== 'ok') throw new UnfitCopyError(`the snapshot is damaged: ${String(found).slice(0, 200)}`);
    db.prepare('update meta set source = ?').run(source);
    // One that central had put in would not be looked at by anybody else.
    if (isSearchable(db)) throw new UnfitCopyError('it comes with an index of another program');
    db.pragma(`cache_size = -${CACHE_MB * 1024}`);
    if (!isUrgent) buildSearchIndex(db);
  } catch (cause) {
    if (cause instanceof UnfitCopyError || !(cause instanceof Database.SqliteError)) throw cause;
    throw new UnfitCopyError(cause.message, { cause });
  } finally {
    db?.close();
  }
  declareReady(files);
}
