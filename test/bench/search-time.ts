import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { buildSearchIndex } from '../../src/kiosk/copy/search-index.ts';
import { Search } from '../../src/kiosk/search/search.ts';
import { type Benchmark, below, type Measure, plain, quantile } from './measure.ts';
import { SEARCH_SOURCE, seeded, typedTexts, writeSearchWorld } from './search-world.ts';

const CARDS = Number(process.env.BENCH_CARDS ?? 1_000_000);
const MEGABYTE = 1024 * 1024;
const TEXTS = 40;
/** The interface draws at 60 frames a second. */
const FRAME_MS = 16;
/** Between a list and the next key: nobody types as fast. */
const GAP_MS = 15;

/** Search as you type in the copy of a large kiosk. */
export const searchTime: Benchmark = {
  names: [
    ...['search.p99', 'search.worst', 'search.interface', 'search.interface-worst'],
    ...['search.first', 'search.index', 'search.index-size'],
  ],
  about: `${CARDS.toLocaleString('en')} people, each with a card, in a kiosk's copy; ${TEXTS} texts are typed key by key (names and halves of two names in either order, single letters, addresses, serial numbers and their last digits, labels), with ${GAP_MS} ms between a list and the next key. **search.p99**, **search.worst**: from a key until its list of fifty is there, through the search's thread. **search.interface**: the longest that the thread which asks was held up while a text was typed, median of all texts (on a busy machine single ones measure the machine); **search.interface-worst**: of all. **search.first**: the first list of all, with the start of that thread. **search.index**: what the index adds to fetching a whole copy (s); **search.index-size**: and to its file (MB). Texts and people are the same in each run.`,
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'recard-bench-search-'));
    try {
      return await measure(join(folder, 'replica.sqlite'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

async function measure(path: string): Promise<Measure[]> {
  writeSearchWorld(path, CARDS);
  const before = statSync(path).size;
  const indexMs = build(path);
  const log = { error: (detail: object) => process.stderr.write(`bench: ${JSON.stringify(detail)}\n`) };
  const search = new Search({ replicaPath: path, source: SEARCH_SOURCE, log });
  const ask = async (text: string) => {
    const begun = performance.now();
    const { isReady } = await search.query(text);
    if (!isReady) throw new Error('bench: the copy cannot be searched');
    return performance.now() - begun;
  };
  const first = await ask('a');
  const tookMs: number[] = [];
  const heldMs: number[] = [];
  for (const text of typedTexts(seeded(11), TEXTS, CARDS)) {
    const held = monitorEventLoopDelay({ resolution: 1 });
    held.enable();
    for (let length = 1; length <= text.length; length += 1) {
      tookMs.push(await ask(text.slice(0, length)));
      await delay(GAP_MS);
    }
    held.disable();
    heldMs.push(held.max / 1e6);
  }
  await search.close();
  return [
    below('search.p99', quantile(tookMs, 0.99), 'ms', 50),
    plain('search.worst', Math.max(...tookMs), 'ms'),
    below('search.interface', quantile(heldMs, 0.5), 'ms', FRAME_MS),
    plain('search.interface-worst', Math.max(...heldMs), 'ms'),
    plain('search.first', first, 'ms'),
    plain('search.index', indexMs / 1000, 's'),
    plain('search.index-size', (statSync(path).size - before) / MEGABYTE, 'MB'),
  ];
}

function build(path: string): number {
  const db = new Database(path);
  db.pragma('journal_mode = MEMORY');
  db.pragma('synchronous = OFF');
  const begun = performance.now();
  buildSearchIndex(db);
  const tookMs = performance.now() - begun;
  db.close();
  return tookMs;
}
