import { randomUUID } from 'node:crypto';
import { mkdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LogRow } from '../../src/protocol/log.ts';
import { REPLICA_ROWS } from '../../src/protocol/replica-schema.ts';
import { type CopyBench, openCopyBench } from './support/copy-bench.ts';
import { aCardRecord, aPerson, HOLDER_ID } from './support/small-world.ts';

/** Many rows at once, and a thread of sync that dies. */

const ROWS = 30_000;
/** So many of them are in an answer at most. */
const ANSWER = 2_000;

let bench: CopyBench;
beforeEach(async () => {
  bench = await openCopyBench();
});
afterEach(() => bench.close());

type Row = readonly ['card', string, LogRow[3]];
const cards = (count: number, from = 10_000): Row[] =>
  Array.from({ length: count }, (_, i) => {
    const id = randomUUID();
    return ['card', id, { ...aCardRecord({ id, serial: String(from + i), guid: randomUUID() }) }];
  });

/**
 * Looks a card up again and again until the copy is up to date. Central answers no question before there was another look, so
 * that somebody looks while each answer is written, however busy the machine is.
 * @returns how long each took, in milliseconds
 */
async function lookUntilUpToDate(): Promise<number[]> {
  const tookMs: number[] = [];
  let looked = Promise.withResolvers<void>();
  bench.central.before = () => looked.promise;
  while (bench.replica.state()?.revision !== bench.central.scope.head) {
    const startedAt = performance.now();
    expect(bench.replica.findCardBySerial('1234')).not.toBeNull();
    tookMs.push(performance.now() - startedAt);
    looked.resolve();
    looked = Promise.withResolvers();
    await delay(1);
  }
  bench.central.before = () => {};
  looked.resolve();
  return tookMs.sort((a, b) => a - b);
}

describe('while many rows come in', () => {
  test('cards are found all the time, as quickly as ever', async () => {
    bench.start();
    await bench.upToDate();
    bench.central.scope.append(...cards(ROWS));
    const tookMs = await lookUntilUpToDate();
    expect(tookMs.length).toBeGreaterThan(ROWS / ANSWER / 2);
    // A batch takes hundreds of milliseconds; a machine that is busy otherwise takes some of its own.
    expect(tookMs[Math.floor(tookMs.length / 2)]).toBeLessThan(5);
    expect(bench.replica.findCardBySerial(String(10_000 + ROWS - 1))).not.toBeNull();
    expect(bench.complaints).toEqual([]);
  });

  test('an empty copy is built anew, with everything in the end', async () => {
    await bench.close();
    bench = await openCopyBench({ people: [], cards: [], certificates: [], profiles: [], reasons: [] });
    bench.start();
    await bench.upToDate();
    const { scope } = bench.central;
    const many = cards(ROWS);
    const gone = many.slice(0, 150).map(([kind, key]) => [kind, key, null] as const);
    scope.append(['person', HOLDER_ID, { ...aPerson() }], ...many, ...certificates(many), ...gone);
    await bench.upToDate();
    expect(scope.ranges).toHaveLength(1);
    expect(bench.complaints).toEqual([]);
    await bench.stop();
    const expected = join(bench.folder, 'expected.sqlite');
    scope.writeFile(expected);
    for (const { table } of Object.values(REPLICA_ROWS)) {
      expect(contentOf(bench.path, table) === contentOf(expected, table), table).toBe(true);
    }
  });
});

/** One for each card; some are changed later, some go, and some of those come back. */
function certificates(of: readonly Row[]) {
  const rows = of.map(([, cardId]) => {
    const serialNumber = randomUUID().replaceAll('-', '');
    const certificate = { cardId, slot: '9A', serialNumber, notAfter: '2030-01-01T00:00:00Z' };
    return ['certificate', serialNumber, { ...certificate, state: 'active' }] as const;
  });
  const revoked = rows
    .slice(0, 300)
    .map(([kind, key, row]) => [kind, key, { ...row, state: 'revoked' }] as const);
  const gone = rows.slice(200, 500).map(([kind, key]) => [kind, key, null] as const);
  return [...rows, ...revoked, ...gone, ...rows.slice(400, 450)];
}

function contentOf(path: string, table: string): string {
  const db = new Database(path, { readonly: true });
  try {
    return JSON.stringify(db.prepare(`select * from ${table} order by 1`).all());
  } finally {
    db.close();
  }
}

test('answers that are too long are asked for in smaller ones', async () => {
  bench.start();
  await bench.upToDate();
  const displayName = 'x'.repeat(10_000);
  const people = Array.from({ length: 2_000 }, () => aPerson({ id: randomUUID(), displayName }));
  bench.central.scope.append(...people.map((person) => ['person', person.id, { ...person }] as const));
  await bench.upToDate();
  expect(bench.complaints).toContain('AnswerTooLongError');
});

test('a thread of sync that dies is said, started again, and nothing else dies with it', async () => {
  const inItsWay = `${bench.path}.unfinished`;
  mkdirSync(inItsWay);
  bench.start();
  await bench.until('two deaths', () => bench.complaints.length >= 2);
  expect(new Set(bench.complaints)).toEqual(new Set(['the thread of sync has died']));
  await bench.follower.refresh();
  expect(bench.follower.isReached).toBe(false);
  rmdirSync(inItsWay);
  await bench.upToDate();
  await bench.until('central', () => bench.follower.isReached);
});
