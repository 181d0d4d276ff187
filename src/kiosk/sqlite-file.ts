import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';

/** One SQLite file of the kiosk with its migrations applied. */
export interface SqliteFile<Schema extends Record<string, unknown>> {
  readonly db: BetterSQLite3Database<Schema>;
  /** `PRAGMA quick_check`: `ok`, or what is wrong. */
  check(): string;
  close(): void;
}

export interface SqliteFileOptions<Schema extends Record<string, unknown>> {
  readonly path: string;
  /** Folder below `db/kiosk` that holds `migrations`. */
  readonly folder: 'own';
  readonly schema: Schema;
}

/** A database file that cannot be used as it is. */
export class UnusableDatabaseError extends Error {
  override readonly name = 'UnusableDatabaseError';
  readonly path: string;
  constructor(path: string, why: string, options?: ErrorOptions) {
    super(`open database ${path}: ${why}`, options);
    this.path = path;
  }
}

/** A database file that could not be opened now: nothing is said about what is in it. */
export class DatabaseNotOpenedError extends Error {
  override readonly name = 'DatabaseNotOpenedError';
  readonly path: string;
  constructor(path: string, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const todo = 'let the user of the kiosk read and write it and its folder, and start the kiosk again';
    super(`open database ${path}: ${why}; ${todo}`, { cause });
    this.path = path;
  }
}

/** What SQLite says of a file's content; `_INDEX` and the like follow. */
const DAMAGED = /^SQLITE_(CORRUPT|NOTADB)/;
/** What it says when there are other tables than a migration expects. */
const OTHER_TABLES = /already exists|no such (table|column|index)|duplicate column|has no column/;

/**
 * Opens a file in WAL mode, checks it and brings it to today's schema. What is committed survives a power cut.
 * @throws UnusableDatabaseError when it is no database, is damaged, or its migrations do not fit; DatabaseNotOpenedError
 *   for all else (held by another program, no space, no permission): it may be whole
 */
export function openSqliteFile<Schema extends Record<string, unknown>>(
  options: SqliteFileOptions<Schema>,
): SqliteFile<Schema> {
  const { path, folder, schema } = options;
  let database: Database.Database | null = null;
  try {
    const opened = new Database(path);
    database = opened;
    opened.pragma('journal_mode = WAL');
    opened.pragma('synchronous = FULL');
    opened.pragma('foreign_keys = ON');
    const check = () => String(opened.pragma('quick_check(1)', { simple: true }));
    if (check() !== 'ok') throw new UnusableDatabaseError(path, 'quick_check finds damage');
    const db = drizzle(opened, { schema });
    const migrationsFolder = join(import.meta.dirname, '../../db/kiosk', folder, 'migrations');
    migrate(db, { migrationsFolder });
    return { db, check, close: () => void opened.close() };
  } catch (cause) {
    database?.close();
    if (cause instanceof UnusableDatabaseError) throw cause;
    const why = whyUnusable(cause);
    if (why === null) throw new DatabaseNotOpenedError(path, cause);
    throw new UnusableDatabaseError(path, why, { cause });
  }
}

/** Null when the error is not about what the file holds. Drizzle wraps what SQLite says. */
function whyUnusable(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if (!(error instanceof Database.SqliteError)) return whyUnusable(error.cause);
  if (DAMAGED.test(error.code)) return error.message;
  const isMismatch = error.code.startsWith('SQLITE_CONSTRAINT') || OTHER_TABLES.test(error.message);
  return isMismatch ? `its migrations do not fit: ${error.message}` : null;
}

/** Removes a database file and what SQLite keeps beside it. */
export function removeSqliteFile(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true });
}
