import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { borrowCluster, type Cluster, startCluster } from '../../src/central/cluster.ts';
import { prepareClusterFolder } from '../../src/central/cluster-folder.ts';
import { SOON } from '../support/soon.ts';

let stateDir: string;
let cluster: Cluster;

beforeEach(async () => {
  stateDir = mkdtempSync(join(tmpdir(), 'recard-crash-'));
  cluster = await startCluster(stateDir);
});
afterEach(async () => {
  await cluster.close();
  rmSync(stateDir, { recursive: true, force: true });
});

async function ask(databaseUrl: string, query: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query({ text: query, rowMode: 'array' })).rows[0]?.[0];
  } finally {
    await client.end();
  }
}

/** Somebody who is connected, and asks nothing. */
async function session(): Promise<{ readonly pid: number; readonly ended: Promise<void> }> {
  const client = new pg.Client({ connectionString: cluster.databaseUrl });
  client.on('error', () => {});
  const ended = new Promise<void>((resolve) => client.once('end', resolve));
  await client.connect();
  const { rows } = await client.query('select pg_backend_pid() as pid');
  return { pid: rows[0].pid, ended };
}

function postmaster(): number {
  return Number.parseInt(
    readFileSync(join(prepareClusterFolder(stateDir).data, 'postmaster.pid'), 'utf8'),
    10,
  );
}

const tryAsking = () => ask(cluster.databaseUrl, 'select 1').catch(() => 'away');

test('a PostgreSQL that is killed under its central is started again', async () => {
  const before = postmaster();
  process.kill(before, 'SIGKILL');
  await expect.poll(tryAsking, { timeout: 60_000 }).toBe(1);
  await expect.poll(postmaster, SOON).not.toBe(before);
  await cluster.close();
  expect(await tryAsking()).toBe('away');
});

test('a PostgreSQL that has crashed and come back is still its central’s, and commands work on it', async () => {
  const [killed, other] = [await session(), await session()];
  process.kill(killed.pid, 'SIGKILL');
  // PostgreSQL ends every session when one of them was killed, before it begins anew.
  await other.ended;
  await expect.poll(tryAsking, { timeout: 60_000 }).toBe(1);
  const borrowed = await borrowCluster(stateDir);
  expect(await ask(borrowed.databaseUrl, 'select 1')).toBe(1);
  await borrowed.close();
  await expect(startCluster(stateDir)).rejects.toThrow('already running');
});
