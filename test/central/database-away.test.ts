import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Cluster, startCluster } from '../../src/central/cluster.ts';
import { prepareClusterFolder } from '../../src/central/cluster-folder.ts';
import { openDatabase } from '../../src/central/database.ts';
import { databaseFailure } from '../../src/central/database-failure.ts';
import { type RunningCentral, startCentral } from '../../src/central/server.ts';
import { CentralClient } from '../../src/kiosk/central-client.ts';
import { enrol } from '../../src/kiosk/enrol.ts';
import { ownTime } from '../support/own-time.ts';
import { SOON } from '../support/soon.ts';
import { DatabaseLine } from './support/database-line.ts';
import { inviteForTest } from './support/invite-for-test.ts';

/** Sooner than a kiosk gives a request up. */
const QUICK_MS = 9000;

let folder: string;
let cluster: Cluster;
let line: DatabaseLine;
let central: RunningCentral;
let kiosk: CentralClient;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'recard-away-'));
  cluster = await startCluster(join(folder, 'database'));
  line = await DatabaseLine.open(prepareClusterFolder(join(folder, 'database')).sockets);
  const places = { stateDir: join(folder, 'central'), databaseUrl: line.databaseUrl };
  const logFile = join(folder, 'central.log');
  central = await startCentral({ ...places, host: '127.0.0.1', port: 0, poolSize: 4, logFile });
  const address = { url: central.url, identityFile: join(folder, 'identity.pem') };
  await enrol({ ...address, token: await inviteForTest(central.central, 'first'), replaces: false });
  kiosk = new CentralClient(address);
});
afterAll(async () => {
  await kiosk?.close();
  await central?.close();
  await line?.close();
  await cluster?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function health(
  path = '/health',
): Promise<{ status: number; said: unknown; retryAfter: string | null }> {
  const answer = await fetch(`${central.publishedUrl}${path}`);
  return { status: answer.status, said: await answer.json(), retryAfter: answer.headers.get('retry-after') };
}

const askAsKiosk = () => kiosk.lookup({ serial: '1', guid: null });

/** Asked until it works again, as a kiosk does. */
const worksAgain = () => expect.poll(async () => (await askAsKiosk()).kind, { timeout: 60_000 }).toBe('ok');

test('a database that is killed is away for a moment: central says so at once, and goes on by itself', async () => {
  expect(await health()).toMatchObject({ status: 200, said: { status: 'ok' } });
  const data = prepareClusterFolder(join(folder, 'database')).data;
  process.kill(Number.parseInt(readFileSync(join(data, 'postmaster.pid'), 'utf8'), 10), 'SIGKILL');
  const elapsedMs = ownTime();
  const answers = await Promise.all(Array.from({ length: 8 }, askAsKiosk));
  expect(answers.filter(({ kind }) => kind === 'refused')).toEqual([]);
  expect(elapsedMs()).toBeLessThan(QUICK_MS);
  await worksAgain();
  await expect.poll(async () => (await health()).status, SOON).toBe(200);
});

test('a line to the database that is cut without a word is found, and made anew once it can be', async () => {
  await askAsKiosk();
  line.cut();
  const elapsedMs = ownTime();
  const answers = await Promise.all(Array.from({ length: 8 }, askAsKiosk));
  expect(answers.map(({ kind }) => kind)).toEqual(answers.map(() => 'unreachable'));
  expect(answers.map((one) => (one.kind === 'unreachable' ? one.why : ''))).toContainEqual(
    expect.stringContaining('503'),
  );
  expect(elapsedMs()).toBeLessThan(QUICK_MS);
  expect(await health()).toEqual({ status: 503, said: { status: 'database away' }, retryAfter: '1' });
  expect(await health('/health/live')).toMatchObject({ status: 200, said: { status: 'ok' } });
  line.mend();
  await worksAgain();
  await expect.poll(async () => (await health()).status, SOON).toBe(200);
});

test('more than may wait for the database are told to come again instead of hanging', async () => {
  const { database, close } = openDatabase(line.databaseUrl, { size: 1, isForRequests: true });
  const failures: unknown[] = [];
  const crowd: Promise<unknown>[] = [];
  // As long as it lasts it has the only connection, and nobody else comes to their turn.
  await database.transaction(async () => {
    for (let one = 0; one < 40; one += 1)
      crowd.push(database.execute(sql`select 1`).catch((error) => failures.push(databaseFailure(error))));
    await setImmediate();
    expect(failures).toEqual(Array(40 - 20).fill('busy'));
  });
  await Promise.all(crowd);
  await close();
});

test('of two transactions that stand in each other’s way both are done', async () => {
  const { database, close } = openDatabase(line.databaseUrl, { size: 4, isForRequests: true });
  await database.execute(sql`create table deadlocks (id int primary key, times int not null default 0)`);
  await database.execute(sql`insert into deadlocks values (1), (2)`);
  let arrived = 0;
  let open = () => {};
  const both = new Promise<void>((resolve) => {
    open = resolve;
  });
  const touch = (first: number, second: number) =>
    database.transaction(async (transaction) => {
      await transaction.execute(sql`update deadlocks set times = times + 1 where id = ${first}`);
      arrived += 1;
      if (arrived === 2) open();
      await both;
      await transaction.execute(sql`update deadlocks set times = times + 1 where id = ${second}`);
    });
  await Promise.all([touch(1, 2), touch(2, 1)]);
  // Three times, and again each time that the one undone is at its row before the other one has woken for it.
  expect(arrived).toBeGreaterThanOrEqual(3);
  const { rows } = (await database.execute(sql`select times from deadlocks`)) as unknown as {
    rows: unknown[];
  };
  expect(rows).toEqual([{ times: 2 }, { times: 2 }]);
  await close();
});

test('transactions that could not even begin leave their connections to others', async () => {
  const size = 2;
  const { database, close } = openDatabase(line.databaseUrl, { size, isForRequests: true });
  const begin = () => database.transaction((transaction) => transaction.execute(sql`select pg_sleep(0.1)`));
  const all = () => Promise.allSettled(Array.from({ length: size }, begin));
  await all();
  line.cut();
  expect((await all()).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  line.mend();
  await expect
    .poll(async () => (await all()).map(({ status }) => status), { timeout: 60_000 })
    .toEqual(['fulfilled', 'fulfilled']);
  await close();
});
