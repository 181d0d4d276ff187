import Database from 'better-sqlite3';

/** Nothing is said of the file by these: it is busy, or the machine has no room. */
const PASSING = /^SQLITE_(BUSY|LOCKED|NOMEM|IOERR|FULL|CANTOPEN|INTERRUPT)/;

/** Whether what went wrong with reading the copy may be gone next time; else its file is damaged or makes no sense. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof Database.SqliteError) return PASSING.test(error.code);
  // Drizzle wraps what SQLite says.
  return isPassing(error.cause);
}
