import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { get } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { clusterUrl, prepareClusterFolder } from '../../src/central/cluster-folder.ts';
import { isInUse } from '../../src/central/cluster-process.ts';
import { openCentralForCommand } from '../../src/central/server.ts';
import { CentralClient } from '../../src/kiosk/central-client.ts';
import { enrol } from '../../src/kiosk/enrol.ts';
import { readIdentity } from '../../src/kiosk/identity.ts';
import { SOON } from '../support/soon.ts';
import { inviteForTest } from './support/invite-for-test.ts';

const RECARD = join(import.meta.dirname, '..', '..', 'src', 'recard.ts');

let home: string;
let identityFile: string;
const children: ChildProcess[] = [];
const sessions: pg.Client[] = [];

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'recard-end-'));
  identityFile = join(home, 'identity.pem');
});
afterEach(async () => {
  for (const session of sessions.splice(0)) await session.end();
});
afterAll(async () => {
  for (const child of children) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  // A PostgreSQL whose central was ended at once ends after it.
  const folder = prepareClusterFolder(join(home, 'central'));
  await vi.waitUntil(() => !isInUse(folder), { timeout: 60_000 });
  rmSync(home, { recursive: true, force: true, maxRetries: 10 });
});

async function start(
  [program, ...words]: readonly [string, ...string[]] = [process.execPath, RECARD],
): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const log = join(home, 'central.log');
  const child = spawn(program, [...words, 'central', 'start', '--log', log], {
    cwd: join(import.meta.dirname, '..', '..'),
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, DATABASE_URL: undefined, RECARD_HOME: home },
  });
  children.push(child);
  const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, url };
}

async function session(): Promise<pg.Client> {
  const connectionString = clusterUrl(prepareClusterFolder(join(home, 'central')));
  const client = new pg.Client({ connectionString });
  client.on('error', () => {});
  await client.connect();
  sessions.push(client);
  return client;
}

/** A question to central that takes as long as somebody holds its table. */
async function askSlowly(
  url: string,
): Promise<{ readonly answer: Promise<unknown>; release(): Promise<void> }> {
  const holder = await session();
  await holder.query('begin');
  await holder.query('lock table cards in access exclusive mode');
  const client = new CentralClient({ url, identityFile });
  const answer = client.lookup({ serial: '7', guid: null }).finally(() => client.close());
  const waiting = `select count(*)::int as n from pg_locks where not granted and relation = 'cards'::regclass`;
  const watch = await session();
  await expect.poll(async () => (await watch.query(waiting)).rows[0].n, SOON).toBe(1);
  await watch.end();
  return { answer, release: async () => void (await holder.query('rollback')) };
}

/** Follows the log: nothing new is to come. */
async function follow(url: string): Promise<{ readonly whole: Promise<string> }> {
  const { privateKeyPem: key, certificatePem: cert } = readIdentity(identityFile);
  const client = await session();
  const { rows } = await client.query('select epoch, revision from copy_scopes limit 1');
  const path = `/v1/scopes/mine/log?since=${rows[0].epoch}.${rows[0].revision}&limit=10&wait=25`;
  const request = get(`${url}${path}`, { key, cert, rejectUnauthorized: false, agent: false });
  const [response] = await once(request, 'response');
  let text = '';
  response.setEncoding('utf8').on('data', (more: string) => (text += more));
  await once(response, 'data');
  return { whole: once(response, 'end').then(() => text) };
}

/** Nobody who comes now is let in. */
function isClosed(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const late = connect(Number(new URL(url).port), '127.0.0.1');
    late.once('error', () => resolve(true)).once('connect', () => resolve(!late.destroy()));
  });
}

test('central that is told to end answers who is waiting, lets nobody in, and leaves with 0', async () => {
  const { child, url } = await start();
  const { central, close } = await openCentralForCommand(join(home, 'central'), null);
  const token = await inviteForTest(central, 'first');
  await close();
  await enrol({ url, identityFile, token, replaces: false });
  const followed = await follow(url);
  const slow = await askSlowly(url);
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  expect(JSON.parse(await followed.whole)).toMatchObject({ rows: [] });
  await expect.poll(() => isClosed(url), SOON).toBe(true);
  await slow.release();
  expect(await slow.answer).toMatchObject({ kind: 'ok' });
  expect(await exit).toEqual([0, null]);
}, 180_000);

test('central that is told so twice ends at once, whatever it was doing', async () => {
  const { child, url } = await start();
  const slow = await askSlowly(url);
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await expect.poll(() => isClosed(url), SOON).toBe(true);
  child.kill('SIGTERM');
  expect(await exit).toEqual([null, 'SIGTERM']);
  expect(await slow.answer).toMatchObject({ kind: 'unreachable' });
}, 180_000);

test('central that was started by npm, as from a clone, ends with it', async () => {
  const { child } = await start(['npm', 'run', '-s', 'recard', '--']);
  const folder = prepareClusterFolder(join(home, 'central'));
  expect(isInUse(folder)).toBe(true);
  child.kill('SIGTERM');
  await vi.waitUntil(() => !isInUse(folder), { timeout: 60_000 });
}, 180_000);
