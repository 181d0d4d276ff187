/** A small PostgreSQL cluster of central's own: unix socket only, unprivileged, there while central is. */
import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { initFailure } from './cluster-failure.ts';
import {
  ClusterError,
  type ClusterFolder,
  clusterUrl,
  makePrivate,
  prepareClusterFolder,
} from './cluster-folder.ts';
import { leave, type Owner, own, ownerOf, stayOwner, visit } from './cluster-owner.ts';
import {
  hasStarter,
  isInUse,
  livePostmaster,
  outlast,
  removeStaleLocks,
  starterOption,
  stopPostmaster,
} from './cluster-process.ts';

const run = promisify(execFile);
const POLL_MS = 40;
const RESTART_MS = 1000;
const START_LIMIT_MS = 60_000;
/** How long a command's cluster is waited for, and a cluster that nobody owns yet. */
const PATIENCE_MS = 15_000;
/** With nobody in the way. */
const ATTEMPTS = 3;

/** A database that is there until `close`. */
export interface Cluster {
  readonly databaseUrl: string;
  /** Stops the cluster where it was started here. */
  close(): Promise<void>;
}

interface Launched extends Cluster {
  /** Its PostgreSQL is no more, whoever ended it. */
  readonly exited: Promise<void>;
}

/** PostgreSQL did not start, or it was not ours that did: another one may have been in its way. */
class LaunchError extends ClusterError {}

/**
 * Starts central's cluster, made at the first time. What a killed central left running is stopped first; when it dies under
 * its central, it is started again.
 * @throws ClusterError when PostgreSQL is missing or does not start, or another central runs on this folder
 */
export async function startCluster(stateDir: string): Promise<Cluster> {
  const folder = prepareClusterFolder(stateDir);
  const start = () =>
    insist(folder, async (limit) => {
      await makeWay(folder, stateDir, limit);
      return launch(folder, 'central');
    });
  let current = await start();
  let isClosed = false;
  const restart = async () => {
    for (await current.exited; !isClosed; await current.exited) {
      await current.close();
      // What is in its way goes on for a while, or for ever: then there is no database, and central says so.
      const next = await start().catch(() => null);
      current = next ?? current;
      if (next && isClosed) await next.close();
      if (!next) await delay(RESTART_MS);
    }
  };
  const restarting = restart();
  return {
    databaseUrl: current.databaseUrl,
    async close() {
      isClosed = true;
      await current.close();
      await restarting;
    },
  };
}

/**
 * The cluster of a central that runs, or one started for as long as it is needed: for commands.
 * @throws ClusterError
 */
export async function borrowCluster(stateDir: string): Promise<Cluster> {
  const folder = prepareClusterFolder(stateDir);
  return insist(folder, async (limit) => {
    for (let left = livePostmaster(folder); left !== null; left = livePostmaster(folder)) {
      const guest = await visit(folder);
      if (guest) return { databaseUrl: clusterUrl(folder), close: () => guest.end() };
      // It is just starting, or ending with the central that was killed.
      const isStarterAlive = hasStarter(left);
      const isLate = Date.now() > limit;
      if (isStarterAlive && isLate)
        throw new ClusterError(
          `start database: central is just starting or ending on ${stateDir}; try again`,
        );
      if (isStarterAlive === false || isLate) await stopPostmaster(folder, left);
      else await delay(POLL_MS);
    }
    return launch(folder, 'command');
  });
}

/** Several are started at once, and PostgreSQL lets one of them live: the others look again. */
async function insist<T>(folder: ClusterFolder, start: (limit: number) => Promise<T>): Promise<T> {
  const limit = Date.now() + PATIENCE_MS;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start(limit);
    } catch (error) {
      if (!(error instanceof LaunchError)) throw error;
      const mayHelp = attempt < ATTEMPTS || (isInUse(folder) && Date.now() < limit);
      if (!mayHelp) throw error;
    }
    await delay(POLL_MS);
  }
}

/** Ends the cluster of a central that was killed, waits for a command's. @throws ClusterError when central runs */
async function makeWay(folder: ClusterFolder, stateDir: string, limit: number): Promise<void> {
  const startLimit = Date.now() + START_LIMIT_MS;
  for (let left = livePostmaster(folder); left !== null; left = livePostmaster(folder)) {
    const isStarterAlive = hasStarter(left);
    // A session of the dead may hold their lock for a moment: their process is what counts.
    const owner = isStarterAlive === false ? null : await ownerOf(folder);
    const isStarting = owner === null && isStarterAlive === true;
    if (owner === 'central' || (isStarting && Date.now() > startLimit))
      throw new ClusterError(
        `start database: central is already running on ${stateDir}; end it first, or name another state folder`,
      );
    const mayGoOn = isStarting || (owner === 'command' && Date.now() < limit);
    if (mayGoOn) await delay(POLL_MS);
    else await stopPostmaster(folder, left);
  }
}

async function launch(folder: ClusterFolder, as: Owner): Promise<Launched> {
  if (!existsSync(join(folder.data, 'PG_VERSION'))) await initialise(folder);
  await outlast(folder);
  removeStaleLocks(folder);
  const postmaster = spawnPostmaster(folder);
  try {
    await untilReady(folder, postmaster.hasExited);
    // Whoever was quicker may have answered in place of ours.
    const owner = livePostmaster(folder) === postmaster.pid ? await own(folder, as) : null;
    if (!owner) throw new LaunchError(`start database: it is already running in ${folder.data}`);
    const endOwning = stayOwner(folder, as, owner);
    return {
      databaseUrl: clusterUrl(folder),
      exited: postmaster.exited,
      async close() {
        if (as === 'command') await leave(owner, PATIENCE_MS);
        await endOwning();
        await postmaster.stop();
      },
    };
  } catch (error) {
    await postmaster.stop();
    if (error instanceof ClusterError) throw error;
    throw new LaunchError(`start database: PostgreSQL has ended again, see ${folder.logFile}`, {
      cause: error,
    });
  }
}

interface Postmaster {
  readonly pid: number | undefined;
  readonly exited: Promise<void>;
  hasExited(): boolean;
  stop(): Promise<void>;
}

function spawnPostmaster(folder: ClusterFolder): Postmaster {
  const settings = [
    ...['listen_addresses=', 'unix_socket_permissions=0700', 'shared_buffers=64MB', 'max_connections=60'],
    // The audit and every certificate are in here: what was acknowledged is on the disk.
    ...['fsync=on', 'synchronous_commit=on', starterOption()],
  ];
  const options = ['-D', folder.data, '-k', folder.sockets, ...settings.flatMap((one) => ['-c', one])];
  const log = openSync(folder.logFile, 'a', 0o600);
  const child = spawn(...asUser(folder, 'INT', 'postgres', options), {
    ...{ stdio: ['ignore', log, log], detached: true, cwd: '/' },
  });
  closeSync(log);
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const hasExited = () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
  return {
    pid: child.pid,
    exited,
    hasExited,
    async stop() {
      if (!hasExited()) child.kill('SIGINT');
      await exited;
    },
  };
}

/** Made beside its place and moved there whole: an initdb that is cut off, or a second one, spoils nothing. */
async function initialise(folder: ClusterFolder): Promise<void> {
  removeHalfMade(folder);
  const made = `${folder.data}.${process.pid}.${randomUUID()}`;
  makePrivate(made, folder.user);
  const options = ['-U', 'recard', '--auth=trust', '--encoding=UTF8', '--locale=C', '--data-checksums'];
  const [command, args] = asUser(folder, 'KILL', 'initdb', ['-D', made, ...options]);
  try {
    await run(command, args, { cwd: '/' });
    renameSync(made, folder.data);
  } catch (cause) {
    rmSync(made, { recursive: true, force: true });
    if ((cause as NodeJS.ErrnoException).code === 'ENOTEMPTY') return;
    throw initFailure(folder.data, cause as Error);
  }
}

/** What an initdb has left whose starter was killed. */
function removeHalfMade({ data }: ClusterFolder): void {
  const half = new RegExp(`^${basename(data)}\\.(\\d+)\\.`);
  for (const name of readdirSync(dirname(data))) {
    const pid = half.exec(name)?.[1];
    const isDead = pid !== undefined && !existsSync(`/proc/${pid}`);
    if (isDead) rmSync(join(dirname(data), name), { recursive: true, force: true });
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

/** Waits until the database answers, and makes it at the first time. What it reads again after a crash takes its time. */
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
      if (hasEnded() || (Date.now() > limit && !isRecovering(cause))) {
        throw new LaunchError(`start database: PostgreSQL does not start, see ${folder.logFile}`, { cause });
      }
      await delay(POLL_MS);
    }
  }
}

function isRecovering(error: unknown): boolean {
  // cannot_connect_now
  return (error as { code?: string }).code === '57P03';
}

function ignoreDuplicate(error: unknown): void {
  const code = (error as { code?: string }).code;
  // duplicate_database, or the same seen one step later as unique_violation
  if (code !== '42P04' && code !== '23505') throw error;
}
