/** Where central's own PostgreSQL cluster lives, and who it runs as. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** Longest path of a unix socket is 107 bytes with its end; PostgreSQL adds a name of 16. */
const MAX_SOCKET_FOLDER_LENGTH = 107 - '/.s.PGSQL.5432.lock'.length;
const BINARIES = '/usr/lib/postgresql';
/** How far up from the cluster folders of ours are opened: cluster, central, RECARD_HOME, and two around it. */
const MAX_DEPTH = 4;

/** The cluster cannot be set up or started; the message says what to do about it. */
export class ClusterError extends Error {
  override readonly name = 'ClusterError';
}

/** The unprivileged user that PostgreSQL runs as; null: as ourselves. */
export interface ClusterUser {
  readonly uid: number;
  readonly gid: number;
}

export interface ClusterFolder {
  readonly binaries: string;
  readonly data: string;
  readonly sockets: string;
  readonly logFile: string;
  readonly user: ClusterUser | null;
}

/**
 * Makes the folders of the cluster under `<stateDir>/pg`, with their owner. Sockets get a short folder where the path
 * would be too long.
 * @throws ClusterError without PostgreSQL, or when its user cannot reach the state folder
 */
export function prepareClusterFolder(stateDir: string): ClusterFolder {
  const base = join(resolve(stateDir), 'pg');
  const user = clusterUser();
  mkdirSync(base, { recursive: true, mode: 0o711 });
  if (user) makeReachable(base, user);
  const sockets = socketFolder(join(base, 's'));
  const folder = {
    binaries: newestBinaries(),
    data: join(base, 'data'),
    sockets,
    logFile: join(base, 'log'),
    user,
  };
  for (const path of [folder.data, folder.sockets]) makePrivate(path, user);
  return folder;
}

/** The address of the cluster's database, for us, for root, and for nobody else. */
export function clusterUrl(folder: ClusterFolder): string {
  return `postgresql://recard@/recard?host=${encodeURIComponent(folder.sockets)}`;
}

/** Where the programs of the newest PostgreSQL on this machine are. @throws ClusterError without one */
export function newestBinaries(): string {
  const versions = existsSync(BINARIES) ? readdirSync(BINARIES).map(Number).filter(Number.isFinite) : [];
  const newest = versions
    .sort((a, b) => b - a)
    .find((v) => existsSync(join(BINARIES, String(v), 'bin/postgres')));
  if (newest === undefined) {
    throw new ClusterError(
      'start database: PostgreSQL is not installed; run `npm run setup`, or name a database in DATABASE_URL',
    );
  }
  return join(BINARIES, String(newest), 'bin');
}

function clusterUser(): ClusterUser | null {
  if (process.getuid?.() !== 0) return null;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch (cause) {
    throw new ClusterError('start database: there is no user `postgres` to run it as; run `npm run setup`', {
      cause,
    });
  }
}

function socketFolder(wanted: string): string {
  if (Buffer.byteLength(wanted) <= MAX_SOCKET_FOLDER_LENGTH) return wanted;
  const hash = createHash('sha256').update(wanted).digest('hex').slice(0, 16);
  const parent = process.getuid?.() === 0 ? '/run' : (process.env.XDG_RUNTIME_DIR ?? '/tmp');
  return join(parent, `recard-pg-${hash}`);
}

/** Makes a folder that only PostgreSQL's user and root can enter. @throws ClusterError when it is somebody else's */
export function makePrivate(path: string, user: ClusterUser | null): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const found = lstatSync(path);
  const owners = [process.getuid?.(), user?.uid];
  if (!found.isDirectory())
    throw new ClusterError(`start database: ${path} is no folder: name another state folder`);
  if (!owners.includes(found.uid)) {
    throw new ClusterError(
      `start database: ${path} belongs to user ${found.uid}: run this as that user or as root, or name another state folder`,
    );
  }
  chmodSync(path, 0o700);
  if (user) chownSync(path, user.uid, user.gid);
}

/** Lets PostgreSQL's user pass through our own folders (search only); folders that are not ours stay as they are. */
function makeReachable(base: string, user: ClusterUser): void {
  for (let path = base, depth = 0; ; path = dirname(path), depth += 1) {
    const { mode, uid } = statSync(path);
    const isReachable = (mode & 0o001) !== 0 || (uid === user.uid && (mode & 0o100) !== 0);
    if (!isReachable) {
      if (depth > MAX_DEPTH || uid !== 0 || path === homedir()) {
        throw new ClusterError(
          `start database: user postgres cannot pass through ${path}; run \`chmod o+x ${path}\` or choose another state folder (RECARD_HOME)`,
        );
      }
      chmodSync(path, (mode & 0o7777) | 0o011);
    }
    if (path === dirname(path)) return;
  }
}
