import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { borrowCluster, type Cluster, startCluster } from '../../src/central/cluster.ts';
import { type ClusterFolder, prepareClusterFolder } from '../../src/central/cluster-folder.ts';
import { SOON } from '../support/soon.ts';

const PROGRAM = join(import.meta.dirname, 'support', 'cluster-process.ts');
/** Takes PostgreSQL a second or two, in which it does not look whether its postmaster lives. */
const LONG_QUERY = 'select count(*) from generate_series(1, 10000000)';
const LIMIT_MS = 180_000;

let home: string;
let stateDir: string;
const opened: Cluster[] = [];
const started: ChildProcess[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'recard-cluster-'));
  stateDir = join(home, 'central');
  mkdirSync(stateDir);
});
afterEach(async () => {
  for (const cluster of opened.splice(0)) await cluster.close();
  for (const child of started.splice(0)) await kill(child);
  await waitForNone(prepareClusterFolder(stateDir));
  rmSync(home, { recursive: true, force: true });
});

/** Central's cluster, started by another process. */
async function startElsewhere(): Promise<ChildProcess> {
  const child = fork(PROGRAM, [stateDir], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  started.push(child);
  await once(child, 'message');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

async function startHere(): Promise<Cluster> {
  const cluster = await startCluster(stateDir);
  opened.push(cluster);
  return cluster;
}

async function answers({ databaseUrl }: Cluster): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query('select 1 as one');
  await client.end();
  return rows[0].one === 1;
}

/** PostgreSQL as whoever ended before it could be told to end with them has left it. */
function spawnStray(folder: ClusterFolder): ChildProcess {
  const { user, binaries, data, sockets } = folder;
  const identity = user ? [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--init-groups'] : [];
  const options = ['-D', data, '-k', sockets, '-c', 'listen_addresses='];
  const args = [...identity, '--', join(binaries, 'postgres'), ...options];
  const child = spawn('setpriv', args, { stdio: 'ignore', cwd: '/' });
  started.push(child);
  return child;
}

async function waitForNone(folder: ClusterFolder): Promise<void> {
  const client = () => new pg.Client({ host: folder.sockets, user: 'recard', database: 'postgres' });
  await expect
    .poll(
      async () => {
        const one = client();
        one.on('error', () => {});
        return one.connect().then(
          () => one.end().then(() => 'runs'),
          (error: { code?: string }) => error.code,
        );
      },
      { timeout: LIMIT_MS },
    )
    .toMatch(/ENOENT|ECONNREFUSED/);
}

test('a killed central starts again at once', { timeout: LIMIT_MS }, async () => {
  await kill(await startElsewhere());
  expect(await answers(await startHere())).toBe(true);
});

test('central starts at once although its PostgreSQL was killed with it, and a query is still at work', {
  timeout: LIMIT_MS,
}, async () => {
  const central = await startElsewhere();
  const folder = prepareClusterFolder(stateDir);
  const client = new pg.Client({ host: folder.sockets, user: 'recard', database: 'recard' });
  client.on('error', () => {});
  await client.connect();
  // One after the other: whenever PostgreSQL is killed, one is at work.
  const queries = (async () => {
    for (;;) await client.query(LONG_QUERY);
  })().catch(() => undefined);
  const watch = new pg.Client({ host: folder.sockets, user: 'recard', database: 'recard' });
  watch.on('error', () => {});
  await watch.connect();
  const atWork = `select 1 from pg_stat_activity where query = $1 and state = 'active'`;
  await expect.poll(async () => (await watch.query(atWork, [LONG_QUERY])).rowCount, SOON).toBe(1);
  const postmaster = Number.parseInt(readFileSync(join(folder.data, 'postmaster.pid'), 'utf8'), 10);
  process.kill(postmaster, 'SIGKILL');
  await kill(central);
  expect(await answers(await startHere())).toBe(true);
  await queries;
});

test('central starts although the PostgreSQL of a killed one is only just starting', {
  timeout: LIMIT_MS,
}, async () => {
  await kill(await startElsewhere());
  const folder = prepareClusterFolder(stateDir);
  await waitForNone(folder);
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const stray = spawnStray(folder);
    const cluster = await startCluster(stateDir);
    expect(await answers(cluster)).toBe(true);
    await cluster.close();
    // It was stopped, or it came too late: nobody but central's own is there.
    if (stray.exitCode === null) await once(stray, 'exit');
  }
});

test('central starts although commands start at the same moment', { timeout: LIMIT_MS }, async () => {
  await (await startCluster(stateDir)).close();
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const commands = [1, 2].map(() => borrowCluster(stateDir).then((cluster) => cluster.close()));
    const cluster = await startCluster(stateDir);
    await Promise.all(commands);
    expect(await answers(cluster)).toBe(true);
    await cluster.close();
  }
});

test('of two centrals that are started at once one starts, and the other one says that it runs', {
  timeout: LIMIT_MS,
}, async () => {
  const both = await Promise.allSettled([startHere(), startHere()]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const refused = both.find((one) => one.status === 'rejected');
  expect(String(refused?.reason)).toContain('already running');
  expect(await answers(opened[0]!)).toBe(true);
});

test('what a central has left that was killed when it made its database is gone after the next start', {
  timeout: LIMIT_MS,
}, async () => {
  const { data } = prepareClusterFolder(stateDir);
  const ended = spawn('true', { stdio: 'ignore' });
  await once(ended, 'exit');
  const half = `${data}.${ended.pid}.b1946ac9`;
  mkdirSync(half);
  await startHere();
  expect(existsSync(half)).toBe(false);
});

test('central starts although what was left of its socket names a process that is another one now', {
  timeout: LIMIT_MS,
}, async () => {
  await (await startCluster(stateDir)).close();
  const folder = prepareClusterFolder(stateDir);
  const identity = folder.user ? [`--reuid=${folder.user.uid}`, '--clear-groups'] : [];
  const another = spawn('setpriv', [...identity, '--', 'sleep', '600'], { stdio: 'ignore', cwd: '/' });
  started.push(another);
  await once(another, 'spawn');
  const lock = `${another.pid}\n${folder.data}\n1700000000\n5432\n${folder.sockets}\n`;
  writeFileSync(join(folder.sockets, '.s.PGSQL.5432.lock'), lock);
  expect(await answers(await startHere())).toBe(true);
});
