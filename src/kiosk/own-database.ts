import { existsSync, renameSync } from 'node:fs';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import * as schema from '../../db/kiosk/own/schema.ts';
import type { ChainPorts } from './event-chain.ts';
import { keepRescued, type Rescue, readRescue } from './rescue-events.ts';
import { openSqliteFile, removeSqliteFile, type SqliteFile, UnusableDatabaseError } from './sqlite-file.ts';

/** The file, and what SQLite keeps beside it that belongs to its content. */
const SUFFIXES = ['', '-wal', '-journal'] as const;

/** The kiosk's own file: journal, audit, outbox. Every commit survives a power cut. */
export type OwnDatabase = SqliteFile<typeof schema>;
/** The same, or a transaction in it. */
export type OwnDb = BetterSQLite3Database<typeof schema>;

/**
 * Opens the kiosk's own file. One that is damaged is not deleted: it is set aside as `<path>.unusable-<time>` for whoever
 * looks into it, and a new one begun with the events that can be rescued; what an operation needs to be finished is at
 * central. The chain of the new one begins by saying so.
 * @param onSetAside told when that happened, with what could be rescued
 * @throws DatabaseNotOpenedError when the file cannot be opened now; it is left as it is
 */
export function openOwnDatabase(
  path: string,
  onSetAside: (error: UnusableDatabaseError, rescue: Rescue) => void,
  ports: ChainPorts,
): OwnDatabase {
  const open = () => openSqliteFile({ path, folder: 'own', schema });
  try {
    return open();
  } catch (error) {
    if (!(error instanceof UnusableDatabaseError)) throw error;
    const aside = setAside(path, ports.now());
    const rescue = readRescue(aside);
    const own = open();
    keepRescued(own, rescue, ports);
    onSetAside(error, rescue);
    return own;
  }
}

/** With its log, under a name that nothing has yet. @returns that name */
function setAside(path: string, at: Date): string {
  const time = at.toISOString().replace(/[-:]|\.\d+/g, '');
  const name = (n: number) => `${path}.unusable-${time}${n === 1 ? '' : `-${n}`}`;
  let n = 1;
  while (SUFFIXES.some((suffix) => existsSync(name(n) + suffix))) n += 1;
  for (const suffix of SUFFIXES) {
    if (existsSync(path + suffix)) renameSync(path + suffix, name(n) + suffix);
  }
  removeSqliteFile(path);
  return name(n);
}
