import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { REPLICA_ROWS } from '../../protocol/replica-schema.ts';
import { isPassing } from '../replica-trouble.ts';
import { type CheckedRow, checkBatch, type SentBatch } from './checked-rows.ts';
import { type CopyMeta, isSearchable, openUntrusted, readMeta, UnfitCopyError } from './copy-schema.ts';
import { RowWriter } from './row-writer.ts';
import { buildSearchIndex, SearchIndex } from './search-index.ts';

/** Megabytes of pages that are kept in memory: enough for the upper levels of a million cards' indexes. */
const CACHE_MB = 32;
/** Pages of the log before they are brought into the file: with fewer, each batch of rows all over it waits for the disk. */
const CHECKPOINT_PAGES = 16_000;

/**
 * The one connection that writes in the copy. Rows, what they are searched by and the new position are one transaction, so that a
 * kill leaves all or none (SY-01).
 */
export class CopyWriter {
  readonly #db: Database.Database;
  readonly #rows: RowWriter;
  readonly #search: SearchIndex | null;
  readonly #advance: Database.Statement;
  #meta: CopyMeta;

  /**
   * Opens a copy that can be gone on with, and makes it searchable where it is not yet; null when there is none.
   * @param source address of central: a copy of another one's is of no use
   * @param isChecked this program has just looked all of it through
   * @param onIndexFailed told why the copy could not be made searchable. It is gone on with, and that tried again with the next opening
   * @throws UnfitCopyError
   */
  static open(
    path: string,
    source: string,
    isChecked: boolean,
    onIndexFailed: (error: unknown) => void = () => undefined,
  ): CopyWriter | null {
    if (!existsSync(path)) return null;
    let db: Database.Database | null = null;
    try {
      db = openUntrusted(path);
      db.pragma('journal_mode = WAL');
      db.pragma('synchronous = NORMAL');
      db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
      db.pragma(`cache_size = -${CACHE_MB * 1024}`);
      const meta = readMeta(db);
      if (meta.source !== source) throw new UnfitCopyError('it came from another central');
      if (!isChecked && db.pragma('quick_check(1)', { simple: true }) !== 'ok')
        throw new UnfitCopyError('the file is damaged');
      if (!isSearchable(db)) tryBuild(db, onIndexFailed);
      return new CopyWriter(db, meta);
    } catch (cause) {
      db?.close();
      if (cause instanceof UnfitCopyError || !(cause instanceof Database.SqliteError)) throw cause;
      throw new UnfitCopyError(cause.message, { cause });
    }
  }

  private constructor(db: Database.Database, meta: CopyMeta) {
    this.#db = db;
    this.#meta = meta;
    this.#rows = new RowWriter(db);
    this.#search = isSearchable(db) ? new SearchIndex(db) : null;
    this.#advance = db.prepare('update meta set revision = ?, made_at = ?');
  }

  get meta(): CopyMeta {
    return this.#meta;
  }

  /** Whether it holds nobody and no card yet. */
  isEmpty(): boolean {
    const { person, card, certificate } = REPLICA_ROWS;
    return [person, card, certificate].every(
      ({ table }) => this.#db.prepare(`select 1 from ${table} limit 1`).get() === undefined,
    );
  }

  /**
   * Applies a batch that was asked for when the copy was at `from`; what it has got since then from another answer is
   * left out. Nothing when the copy is of another epoch, or behind `from`, by now.
   * @returns whether anything has changed
   * @throws MissingRowsError, NonsenseRowError; what SQLite throws. Nothing is changed then
   */
  apply(batch: SentBatch, from: number): boolean {
    const { epoch, revision } = this.#meta;
    if (batch.epoch !== epoch || revision < from) return false;
    const rows = checkBatch(batch, from, revision);
    if (batch.to < revision) return false;
    this.#commit(rows, batch);
    return rows.length > 0;
  }

  /** Brings everything into the one file, and closes it. */
  close(): void {
    try {
      this.#db.pragma('wal_checkpoint(TRUNCATE)');
    } finally {
      this.#db.close();
    }
  }

  #commit(rows: readonly CheckedRow[], { to, madeAt }: SentBatch): void {
    this.#db.transaction(() => {
      this.#search?.follow(rows);
      this.#rows.write(rows);
      this.#advance.run(to, madeAt);
    })();
    this.#meta = { ...this.#meta, revision: to, madeAt };
  }
}

/** A disk that is full is no fault of the copy. */
function tryBuild(db: Database.Database, onFailed: (error: unknown) => void): void {
  try {
    buildSearchIndex(db);
  } catch (error) {
    if (!isPassing(error)) throw error;
    onFailed(error);
  }
}
