/** A small PostgreSQL cluster of central's own: unix socket only, unprivileged, gone when central goes. */
import { execFile, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, readlinkSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import {
  ClusterError,
  type ClusterFolder,
  clusterUrl,
  makePrivate,
  prepareClusterFolder,
} from './cluster-folder.ts';
import { leave, type Owner, own, ownerOf, visit } from './cluster-owner.ts';

const run = promisify(execFile);
const POLL_MS = 40;
const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 30_000;
/** How long a command's cluster is waited for, and a cluster that nobody owns yet. */
const PATIENCE_MS = 15_000;
/** A database that is there until `close`. */
export interface Cluster {
  readonly databaseUrl: string;
  /** Stops the cluster where it was started here. */
  close(): Promise<void>;
}

/**
 * Starts central's cluster, made at the first time. What a killed central left running is stopped first.
 * @throws ClusterError when PostgreSQL is missing or does not start, or another central runs on this folder
 */
export async function startCluster(stateDir: string): Promise<Cluster> {
  const folder = prepareClusterFolder(stateDir);
  const limit = Date.now() + PATIENCE_MS;
  for (let left = livePostmaster(folder); left !== null; left = livePostmaster(folder)) {
    const owner = await ownerOf(folder);
    if (owner === 'central')
      throw new ClusterError(`start database: central is already running on ${stateDir}`);
    if (owner === null || Date.now() > limit) await stop(folder, left);
    else await delay(POLL_MS);
  }
  return launch(folder, 'central');
}

/**
 * The cluster of a central that runs, or one started for as long as it is needed: for commands.
 * @throws ClusterError
 */
export async function borrowCluster(stateDir: string): Promise<Cluster> {
  const folder = prepareClusterFolder(stateDir);
  const limit = Date.now() + PATIENCE_MS;
  for (;;) {
    for (let left = livePostmaster(folder); left !== null; left = livePostmaster(folder)) {
      const guest = await visit(folder);
      if (guest) return { databaseUrl: clusterUrl(folder), close: () => guest.end() };
      // It is just starting, or ending with the central that was killed.
      if (Date.now() > limit) await stop(folder, left);
      else await delay(POLL_MS);
    }
    try {
      return await launch(folder, 'command');
    } catch (error) {
      // Two were started at once, and PostgreSQL lets one of them live.
      const isOther = error instanceof ClusterError && livePostmaster(folder) !== null;
      if (!isOther || Date.now() > limit) throw error;
    }
  }
}

async function launch(folder: ClusterFolder, as: Owner): Promise<Cluster> {
  if (!existsSync(join(folder.data, 'PG_VERSION'))) await initialise(folder);
  const log = openSync(folder.logFile, 'a', 0o600);
  const child = spawn(
    ...asUser(folder, 'INT', 'postgres', [
      ...['-D', folder.data, '-k', folder.sockets],
      ...['-c', 'listen_addresses=', '-c', 'unix_socket_permissions=0700'],
      // The audit and every certificate are in here: what was acknowledged is on the disk.
      ...[
        '-c',
        'fsync=on',
        '-c',
        'synchronous_commit=on',
        '-c',
        'shared_buffers=64MB',
        '-c',
        'max_connections=60',
      ],
    ]),
    { stdio: ['ignore', log, log], detached: true, cwd: '/' },
  );
  closeSync(log);
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const hasExited = () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
  await untilReady(folder, hasExited);
  const owner = await own(folder, as);
  if (!owner) {
    throw new ClusterError(`start database: it is already running in ${folder.data}`);
  }
  return {
    databaseUrl: clusterUrl(folder),
    async close() {
      if (as === 'command') await leave(owner, PATIENCE_MS);
      await owner.end().catch(() => {});
      if (!hasExited()) child.kill('SIGINT');
      await exited;
    },
  };
}

/** Made beside its place and moved there whole: an initdb that is cut off, or a second one, spoils nothing. */
async function initialise(folder: ClusterFolder): Promise<void> {
  const made = `${folder.data}.${process.pid}`;
  rmSync(made, { recursive: true, force: true });
  makePrivate(made, folder.user);
  const options = ['-U', 'recard', '--auth=trust', '--encoding=UTF8', '--locale=C', '--data-checksums'];
  const [command, args] = asUser(folder, 'KILL', 'initdb', ['-D', made, ...options]);
  try {
    await run(command, args, { cwd: '/' });
    renameSync(made, folder.data);
  } catch (cause) {
    rmSync(made, { recursive: true, force: true });
    if ((cause as NodeJS.ErrnoException).code === 'ENOTEMPTY') return;
    throw new ClusterError(`start database: initdb failed in ${folder.data}`, { cause });
  }
}

/** The command that runs a PostgreSQL program unprivileged, and ends it when we end (even by kill -9). */
function asUser(
  folder: ClusterFolder,
  whenWeEnd: 'INT' | 'KILL',
  program: string,
  args: readonly string[],
): [string, string[]] {
  const { user } = folder;
  const identity = user ? [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--init-groups'] : [];
  return [
    'setpriv',
    [...identity, `--pdeathsig=${whenWeEnd}`, '--', join(folder.binaries, program), ...args],
  ];
}

/** Waits until the database answers, and makes it at the first time. */
async function untilReady(folder: ClusterFolder, hasEnded: () => boolean): Promise<void> {
  const limit = Date.now() + START_LIMIT_MS;
  for (;;) {
    const client = new pg.Client({ host: folder.sockets, user: 'recard', database: 'postgres' });
    client.on('error', () => {});
    try {
      await client.connect();
      const found = await client.query(`select 1 from pg_database where datname = 'recard'`);
      if (found.rowCount === 0) await client.query('create database recard').catch(ignoreDuplicate);
      await client.end();
      return;
    } catch (cause) {
      await client.end().catch(() => {});
      if (hasEnded() || Date.now() > limit) {
        throw new ClusterError(`start database: PostgreSQL does not start, see ${folder.logFile}`, { cause });
      }
      await delay(POLL_MS);
    }
  }
}

function ignoreDuplicate(error: unknown): void {
  const code = (error as { code?: string }).code;
  // duplicate_database, or the same seen one step later as unique_violation
  if (code !== '42P04' && code !== '23505') throw error;
}

/** Process id of a postmaster that works on this folder; a stale postmaster.pid is removed. */
function livePostmaster(folder: ClusterFolder): number | null {
  const pidFile = join(folder.data, 'postmaster.pid');
  if (!existsSync(pidFile)) return null;
  const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
  if (worksIn(pid, folder.data)) return pid;
  rmSync(pidFile, { force: true });
  return null;
}

function worksIn(pid: number, data: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === data;
  } catch {
    return false;
  }
}

async function stop(folder: ClusterFolder, pid: number): Promise<void> {
  const limit = Date.now() + STOP_LIMIT_MS;
  while (worksIn(pid, folder.data)) {
    if (Date.now() > limit)
      throw new ClusterError(`start database: PostgreSQL (process ${pid}) does not stop`);
    try {
      process.kill(pid, 'SIGINT');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
    await delay(POLL_MS);
  }
}
