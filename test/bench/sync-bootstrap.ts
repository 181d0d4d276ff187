import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { listHeads } from '../../src/central/repositories/copy-log.ts';
import { CentralAwayError, CopyHttp } from '../../src/kiosk/copy/copy-http.ts';
import { Silence } from '../../src/kiosk/copy/silence.ts';
import { identityPath } from '../../src/kiosk/identity-path.ts';
import { type BenchCentral, openBenchCentral } from './bench-central.ts';
import { type CopyResult, runCopy } from './copy-program.ts';
import { fillCards, ROWS_A_CARD } from './fill-cards.ts';
import { atLeast, type Benchmark, below, type Measure, plain, quantile } from './measure.ts';
import { importIntoSqlite } from './sqlite-import.ts';

const CARDS = Number(process.env.BENCH_CARDS ?? 1_000_000);
const MEGABYTE = 1024 * 1024;
const SNAPSHOT_POLL_MS = 20;

/** The copy of a kiosk, from nothing to everything, in two ways, against the sqlite3 program. */
export const syncBootstrap: Benchmark = {
  names: ['sync.snapshot', 'sync.log', 'sync.memory', 'sync.lookup', 'sync.snapshot-made', 'sync.filled'],
  about: `${CARDS.toLocaleString('en')} cards, each with its holder and a certificate, come from a central that listens (a program of its own, TLS, PostgreSQL with fsync) to a kiosk's copy in a process of its own: rows a second from its start until the screens read them. **sync.snapshot**: nothing is there, and a snapshot is ready at central; it is fetched, checked, unpacked and put in place. Making it is **sync.snapshot-made** (s). **sync.log**: the copy was central's before the cards came, and follows the log. Against: \`.import\` of the sqlite3 program, of the same rows as CSV in the order of their keys, into the same tables with a WAL, indexes made afterwards. **sync.memory**: the most that the kiosk's process had resident. **sync.lookup**: p99 of looking a card up on the kiosk's main thread, 250 times a second, while a whole copy is read and the next one is fetched as a snapshot. **sync.filled**: rows a second that central's database takes in transactions of 25,000 cards, with the log for one scope.`,
  async run() {
    const bench = await openBenchCentral();
    try {
      return await measureAll(bench);
    } finally {
      await bench.close();
    }
  },
};

async function measureAll(bench: BenchCentral): Promise<Measure[]> {
  const rows = CARDS * ROWS_A_CARD;
  const [first, second] = [await bench.addKiosk('first'), await bench.addKiosk('second')];
  const follow = async (place: string) => run(bench, place);
  await follow(first);
  const fillMs = await timed(() => fillCards(bench.databaseUrl, CARDS));
  const log = await follow(first);
  const madeMs = await timed(() => makeSnapshot(bench, second));
  const snapshot = await follow(second);
  // As after central was restored: the first kiosk reads what it has until the snapshot is there.
  await bench.central.database.execute(sql`select copy_replace_epochs()`);
  const again = await follow(first);
  rmSync(join(first, 'replica.sqlite'));
  const sqliteMs = await importIntoSqlite(join(second, 'replica.sqlite'), bench.folder);
  if (again.found < again.lookUpMs.length / 2) throw new Error('bench: the cards were not there to be found');
  const perSecond = (ms: number) => (rows / ms) * 1000;
  const peak = Math.max(...[log, snapshot, again].map(({ peakBytes }) => peakBytes)) / MEGABYTE;
  return [
    atLeast('sync.snapshot', perSecond(snapshot.tookMs), perSecond(sqliteMs), 'rows/s', 4),
    plain('sync.snapshot-made', madeMs / 1000, 's'),
    atLeast('sync.log', perSecond(log.tookMs), perSecond(sqliteMs), 'rows/s', 1),
    below('sync.memory', peak, 'MB', 500),
    below('sync.lookup', quantile(again.lookUpMs, 0.99), 'ms', 5),
    plain('sync.filled', perSecond(fillMs), 'rows/s'),
  ];
}

/** Until the kiosk's copy is where central is now. */
async function run(bench: BenchCentral, place: string): Promise<CopyResult> {
  const [target] = await listHeads(bench.central.database);
  const url = bench.urls[0]!;
  return runCopy({ place, url, target: target!, cards: CARDS });
}

/** Until central has one, as a kiosk asks for it. */
async function makeSnapshot(bench: BenchCentral, place: string): Promise<void> {
  const address = { url: bench.urls[0]!, identityFile: identityPath(place) };
  const silence = new Silence({ onChange: () => undefined });
  const http = new CopyHttp(address, silence, () => undefined);
  try {
    for (;;) {
      try {
        await http.snapshot(new AbortController().signal);
        return;
      } catch (error) {
        if (!(error instanceof CentralAwayError)) throw error;
        await delay(SNAPSHOT_POLL_MS);
      }
    }
  } finally {
    await http.close();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
