import { existsSync, renameSync } from 'node:fs';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import * as schema from '../../db/kiosk/own/schema.ts';
import { DiskReserve, isOfDisk } from './disk-reserve.ts';
import type { ChainPorts } from './event-chain.ts';
import { keepRescued, type Rescue, readRescue } from './rescue-events.ts';
import { openSqliteFile, removeSqliteFile, type SqliteFile, UnusableDatabaseError } from './sqlite-file.ts';

/** The file, and what SQLite keeps beside it that belongs to its content. */
const SUFFIXES = ['', '-wal', '-journal'] as const;

/** The kiosk's own file: journal, audit, outbox, and how long cards have taken. Every commit survives a power cut. */
export interface OwnDatabase extends SqliteFile<typeof schema> {
  /** Room on its disk. */
  readonly reserve: DiskReserve;
  /** One transaction; where the disk is full, with the room that was laid aside. */
  commit<T>(work: (tx: Parameters<Parameters<OwnDb['transaction']>[0]>[0]) => T): T;
}
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
  const reserve = new DiskReserve({ path: `${path}.reserve` });
  const open = () => withReserve(openSqliteFile({ path, folder: 'own', schema }), reserve);
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

/** Nobody waits for the room to be there: it is laid aside when the kiosk has the time. */
function withReserve(file: SqliteFile<typeof schema>, reserve: DiskReserve): OwnDatabase {
  return {
    ...file,
    reserve,
    commit(work) {
      try {
        return file.db.transaction(work);
      } catch (error) {
        if (!isOfDisk(error) || !reserve.use()) throw error;
        return file.db.transaction(work);
      }
    },
  };
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
