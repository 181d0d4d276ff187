/** The processes of central's PostgreSQL, as /proc shows them: who works in a cluster's folder, and for whom. */
import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ClusterError, type ClusterFolder } from './cluster-folder.ts';

const POLL_MS = 40;
const STOP_LIMIT_MS = 30_000;
/** Between making a lock file and writing into it PostgreSQL takes no time. */
const EMPTY_LOCK_MS = 2000;
const STARTER = 'cluster_name=recard-';

/** What a postmaster is started with to say for whom it runs: we, who start it, are its parent as long as we live. */
export function starterOption(): string {
  return `${STARTER}${process.pid}`;
}

/** Process id of the postmaster that works on this folder. */
export function livePostmaster({ data }: ClusterFolder): number | null {
  const pid = lockHolder(join(data, 'postmaster.pid'));
  return pid !== null && worksIn(pid, data) ? pid : null;
}

/** Whether whoever started this postmaster is known and still lives; null: it does not say who that is. */
export function hasStarter(postmaster: number): boolean | null {
  try {
    const options = readFileSync(`/proc/${postmaster}/cmdline`, 'utf8').split('\0');
    const starter = options.find((option) => option.startsWith(STARTER))?.slice(STARTER.length);
    if (starter === undefined) return null;
    const parent = /^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${postmaster}/status`, 'utf8'));
    return parent?.[1] === starter;
  } catch {
    // It is no more.
    return false;
  }
}

/** Whether any process of a PostgreSQL works on this folder, with a postmaster or without. */
export function isInUse({ data }: ClusterFolder): boolean {
  return readdirSync('/proc').some((name) => /^\d+$/.test(name) && worksIn(Number(name), data));
}

/** Ends a postmaster: whoever is connected is cut off. @throws ClusterError when it does not end */
export async function stopPostmaster({ data }: ClusterFolder, pid: number): Promise<void> {
  const limit = Date.now() + STOP_LIMIT_MS;
  while (worksIn(pid, data)) {
    if (Date.now() > limit)
      throw new ClusterError(
        `start database: PostgreSQL (process ${pid}) does not stop; end it and start again`,
      );
    try {
      process.kill(pid, 'SIGINT');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
    await delay(POLL_MS);
  }
}

/**
 * Waits for what a killed postmaster has left at work: PostgreSQL does not start beside it.
 * @throws ClusterError when it does not end
 */
export async function outlast(folder: ClusterFolder): Promise<void> {
  const limit = Date.now() + STOP_LIMIT_MS;
  while (isInUse(folder) && livePostmaster(folder) === null) {
    if (Date.now() > limit)
      throw new ClusterError(
        `start database: processes of a killed PostgreSQL still work in ${folder.data}; end them and start again`,
      );
    await delay(POLL_MS);
  }
}

/**
 * Removes lock files that name a living process which is no PostgreSQL of this folder (a process id given to somebody
 * else since), and those that were never written. PostgreSQL itself sees to those of the dead.
 */
export function removeStaleLocks({ data, sockets }: ClusterFolder): void {
  for (const file of [join(data, 'postmaster.pid'), join(sockets, '.s.PGSQL.5432.lock')]) {
    if (isStale(file, data)) rmSync(file, { force: true });
  }
}

function isStale(file: string, data: string): boolean {
  const pid = lockHolder(file);
  if (pid !== null) return existsSync(`/proc/${pid}`) && !worksIn(pid, data);
  const made = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  return made !== undefined && Date.now() - made > EMPTY_LOCK_MS;
}

/** null: there is no such file, or nothing in it. */
function lockHolder(file: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
    return Number.isSafeInteger(pid) ? Math.abs(pid) : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return null;
  }
}

function worksIn(pid: number, data: string): boolean {
  try {
    // Somebody may look around in there as well.
    if (readFileSync(`/proc/${pid}/comm`, 'utf8') !== 'postgres\n') return false;
    return folderOf(pid) === data;
  } catch {
    return false;
  }
}

/** Where a process works. Of one in another user namespace (the unit's PrivateUsers=) only what it was started with can be read. */
function folderOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw error;
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return words[words.indexOf('-D') + 1];
  }
}
