import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { listHeads } from '../../src/central/repositories/copy-log.ts';
import { realPause } from '../../src/kiosk/backoff.ts';
import { CopyFollower } from '../../src/kiosk/copy-follower.ts';
import { identityPath } from '../../src/kiosk/identity-path.ts';
import { openLog } from '../../src/kiosk/log.ts';
import { Replica } from '../../src/kiosk/replica.ts';
import { type BenchCentral, openBenchCentral } from './bench-central.ts';
import { fillCards, serialOf } from './fill-cards.ts';
import { type Benchmark, type Measure, plain, quantile } from './measure.ts';

const WRITERS = join(import.meta.dirname, 'writers-process.ts');
const CARDS = 10_000;
const WRITES_PER_SECOND = 1000;
const IDLE_PROBES = 60;
const BUSY_PROBES = 150;
/** While idle, each change comes alone: a second after the one before it, or later. */
const IDLE_GAP_MS = [1050, 1400] as const;
const BUSY_GAP_MS = [50, 150] as const;

/** How long a change that was committed at central takes to be read at a kiosk. */
export const syncVisible: Benchmark = {
  names: [
    'sync.visible',
    'sync.visible-p99',
    'sync.visible-busy',
    'sync.visible-busy-p99',
    'sync.busy-writes',
  ],
  about: `the name of a card's holder is changed in central's database; from the moment that PostgreSQL has acknowledged the COMMIT until the kiosk's main thread reads the new name in its copy (${CARDS.toLocaleString('en')} cards, TLS, a central of its own): p50 and p99, with nothing else going on (${IDLE_PROBES} changes, each a second or more after the one before) and while others commit changes of single people at up to ${WRITES_PER_SECOND.toLocaleString('en')} a second in the same scope (${BUSY_PROBES} changes; **sync.busy-writes** is the rate that was reached).`,
  async run() {
    const bench = await openBenchCentral();
    try {
      await fillCards(bench.databaseUrl, CARDS);
      return await measure(bench);
    } finally {
      await bench.close();
    }
  },
};

async function measure(bench: BenchCentral): Promise<Measure[]> {
  const probe = await openProbe(bench);
  try {
    const idle = await probe.run(IDLE_PROBES, IDLE_GAP_MS);
    const writers = fork(WRITERS, [bench.databaseUrl, String(CARDS), String(WRITES_PER_SECOND)]);
    await once(writers, 'message');
    const before = await headRevision(bench);
    const begun = performance.now();
    const busy = await probe.run(BUSY_PROBES, BUSY_GAP_MS);
    const writes = (await headRevision(bench)) - before;
    const rate = (writes / (performance.now() - begun)) * 1000;
    writers.disconnect();
    await once(writers, 'exit');
    return [
      plain('sync.visible', quantile(idle, 0.5), 'ms'),
      plain('sync.visible-p99', quantile(idle, 0.99), 'ms'),
      plain('sync.visible-busy', quantile(busy, 0.5), 'ms'),
      plain('sync.visible-busy-p99', quantile(busy, 0.99), 'ms'),
      plain('sync.busy-writes', rate, 'commits/s'),
    ];
  } finally {
    await probe.close();
  }
}

async function headRevision({ central }: BenchCentral): Promise<number> {
  return (await listHeads(central.database))[0]!.revision;
}

/** Somebody who changes names at central, and a kiosk that waits to see them. */
async function openProbe(bench: BenchCentral) {
  const place = await bench.addKiosk('watching');
  const url = bench.urls[0]!;
  const { log, close: closeLog } = openLog(join(place, 'kiosk.log'));
  const replica = new Replica(join(place, 'replica.sqlite'), url);
  let look = () => {};
  const follower = new CopyFollower({
    ...{ central: { url, identityFile: identityPath(place) }, replica, log },
    ...{ pause: realPause, now: () => new Date(), onChange: () => look() },
  });
  const seen = (name: string, n: number) =>
    new Promise<void>((resolve) => {
      look = () => {
        if (replica.findCardBySerial(serialOf(n))?.holder.displayName === name) resolve();
      };
      look();
    });
  const client = new pg.Client({ connectionString: bench.databaseUrl });
  await client.connect();
  const changeOne = async (name: string, n: number): Promise<number> => {
    await client.query('update people set display_name = $1 where mail = $2', [name, `${n}@example.org`]);
    const committedAt = performance.now();
    await seen(name, n);
    return performance.now() - committedAt;
  };
  await client.query('create index bench_mail on people (mail)');
  follower.start();
  await changeOne('first', 1);
  return {
    async run(probes: number, [shortest, longest]: readonly [number, number]): Promise<number[]> {
      const tookMs: number[] = [];
      for (let probe = 1; probe <= probes; probe += 1) {
        await delay(shortest + Math.random() * (longest - shortest));
        tookMs.push(await changeOne(`${probe} of ${probes}`, probe));
      }
      return tookMs;
    },
    async close() {
      await client.end();
      await follower.close();
      replica.close();
      closeLog();
    },
  };
}
