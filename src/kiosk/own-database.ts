import { existsSync, renameSync } from 'node:fs';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import * as schema from '../../db/kiosk/own/schema.ts';
import { openSqliteFile, removeSqliteFile, type SqliteFile, UnusableDatabaseError } from './sqlite-file.ts';

/** The kiosk's own file: journal, audit, outbox. Every commit survives a power cut. */
export type OwnDatabase = SqliteFile<typeof schema>;
/** The same, or a transaction in it. */
export type OwnDb = BetterSQLite3Database<typeof schema>;

/**
 * Opens the kiosk's own file. One that cannot be used is not deleted: it is set aside as `<path>.unusable` for whoever
 * looks into it, and a new one begun; what an operation needs to be finished is at central.
 * @param onSetAside told when that happened
 */
export function openOwnDatabase(
  path: string,
  onSetAside: (error: UnusableDatabaseError) => void,
): OwnDatabase {
  const open = () => openSqliteFile({ path, folder: 'own', schema, synchronous: 'FULL' });
  try {
    return open();
  } catch (error) {
    if (!(error instanceof UnusableDatabaseError)) throw error;
    for (const suffix of ['', '-wal']) {
      if (existsSync(path + suffix)) renameSync(path + suffix, `${path}.unusable${suffix}`);
    }
    removeSqliteFile(path);
    onSetAside(error);
    return open();
  }
}
