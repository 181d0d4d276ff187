import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { listHeads } from '../../src/central/repositories/copy-log.ts';
import { identityPath } from '../../src/kiosk/identity-path.ts';
import { type BenchCentral, openBenchCentral } from './bench-central.ts';
import { fillCards } from './fill-cards.ts';
import type { IdleOrder, IdleReport } from './idle-process.ts';
import { type Benchmark, type Measure, plain, quantile } from './measure.ts';

const WAITING = join(import.meta.dirname, 'idle-process.ts');
const KIOSKS = Number(process.env.BENCH_KIOSKS ?? 5000);
/** Central lets a kiosk have 32 connections. */
const CONNECTIONS_A_CERTIFICATE = 25;
const PROCESSES = 4;
/** Kiosks that were to be woken and were not are a fault. */
const REPORT_LIMIT_MS = 150_000;
const SETTLE_MS = 3000;
const IDLE_MS = 10_000;

/** Many kiosks that wait for news, and one change that wakes them all. */
export const syncIdle: Benchmark = {
  names: ['sync.idle', 'sync.idle-cpu', 'sync.idle-wake', 'sync.idle-wake-all', 'sync.idle-kiosks'],
  about: `${KIOSKS.toLocaleString('en')} kiosks wait for the log at one central, a TLS connection each (${PROCESSES} processes; ${CONNECTIONS_A_CERTIFICATE} connections show the same certificate). **sync.idle**: what central's process has resident more than without them, a connection. **sync.idle-cpu**: the share of one core that central spends on them while nothing happens (a beat to each every 400 ms, so that they see within a second that it is gone). **sync.idle-wake**, **-all**: from the COMMIT of one change until a kiosk has it, p50, and until the last has it. The kiosks are on the same machine, and take their share of its cores.`,
  async run() {
    const bench = await openBenchCentral();
    try {
      await fillCards(bench.databaseUrl, 100);
      return await measure(bench);
    } finally {
      await bench.close();
    }
  },
};

async function measure(bench: BenchCentral): Promise<Measure[]> {
  const places: string[] = [];
  for (let n = 0; n * CONNECTIONS_A_CERTIFICATE < KIOSKS; n += 1)
    places.push(await bench.addKiosk(`idle-${n}`));
  const [head] = await listHeads(bench.central.database);
  const before = bench.residentBytes();
  const children = Array.from({ length: PROCESSES }, (_, at) => {
    const identityFiles = places.filter((_place, n) => n % PROCESSES === at).map(identityPath);
    const since = `${head!.epoch}.${head!.revision}`;
    const order: IdleOrder = { url: bench.urls[0]!, since, identityFiles, each: CONNECTIONS_A_CERTIFICATE };
    return fork(WAITING, [JSON.stringify(order)]);
  });
  const connected = sum((await heard(children)).map(({ count }) => count));
  await delay(SETTLE_MS);
  const perConnection = (bench.residentBytes() - before) / connected / 1024;
  const cpuBefore = bench.cpuMs().programs;
  await delay(IDLE_MS);
  const cpu = (bench.cpuMs().programs - cpuBefore) / IDLE_MS;
  const woken = heard(children);
  await bench.central.database.execute(
    sql`update people set display_name = 'woken' where mail = '1@example.org'`,
  );
  const committedAt = performance.timeOrigin + performance.now();
  const wokenMs = (await woken).flatMap(({ at }) => at.map((time) => time - committedAt));
  for (const child of children) child.disconnect();
  await Promise.all(children.map((child) => once(child, 'exit')));
  return [
    plain('sync.idle', perConnection, 'KiB/connection'),
    plain('sync.idle-cpu', cpu, 'cores'),
    plain('sync.idle-wake', quantile(wokenMs, 0.5), 'ms'),
    plain('sync.idle-wake-all', Math.max(...wokenMs), 'ms'),
    plain('sync.idle-kiosks', connected, 'connections'),
  ];
}

/** One report of each. */
async function heard(children: readonly ChildProcess[]): Promise<IdleReport[]> {
  const signal = AbortSignal.timeout(REPORT_LIMIT_MS);
  return Promise.all(
    children.map(async (child) => ((await once(child, 'message', { signal })) as [IdleReport])[0]),
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
