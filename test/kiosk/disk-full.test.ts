import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DiskReserve } from '../../src/kiosk/disk-reserve.ts';
import { findBrokenLink } from '../../src/kiosk/event-chain.ts';
import { OperationJournal, unfinishedSteps } from '../../src/kiosk/journal.ts';
import { Outbox } from '../../src/kiosk/outbox.ts';
import { type OwnDatabase, openOwnDatabase } from '../../src/kiosk/own-database.ts';
import { kioskEvent } from '../../src/protocol/event.ts';
import { TestSigner } from '../support/event-signer.ts';

const CARD_ID = '33333333-3333-4333-8333-333333333333';
const OPERATION_ID = '44444444-4444-4444-8444-444444444444';

let folder: string;
let path: string;
let own: OwnDatabase;
let outbox: Outbox;
let time: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recard-disk-full-'));
  path = join(folder, 'own.sqlite');
  time = Date.parse('2026-11-23T12:00:00Z');
  const signer = new TestSigner();
  const ports = { now: () => new Date(time), signer: () => signer };
  own = openOwnDatabase(path, () => {}, ports);
  outbox = new Outbox(own, ports);
});
afterEach(() => {
  own.close();
  rmSync(folder, { recursive: true });
});

/** SQLite itself, below drizzle. */
function sqlite(): Database.Database {
  return (own.db as unknown as { $client: Database.Database }).$client;
}

/** From here on SQLite says that the disk is full, as it does when the file system takes no more pages. */
function fillDisk(): void {
  sqlite().pragma('max_page_count = 1');
  while (record('the last that found room') !== null);
}

function emptyDisk(): void {
  sqlite().pragma('max_page_count = 1000000');
}

function record(word: string): number | null {
  const detail = { word, filling: 'x'.repeat(150) };
  return outbox.record({ type: 'card.refused', cardId: null, operationId: null, detail });
}

/** Events with these words, and when they happened, in the order in which they stand there. */
function written(words: readonly string[]): readonly unknown[] {
  const events = outbox.waiting(1000)?.events ?? [];
  const read = events.map(({ body }) => kioskEvent.parse(JSON.parse(body)));
  return read.map(({ at, detail }) => [at, detail.word]).filter(([, word]) => words.includes(String(word)));
}

describe('a full disk', () => {
  test('loses no event: what cannot be written is held, and written in order with its own time', () => {
    record('before');
    fillDisk();
    expect([record('first'), record('second')]).toEqual([null, null]);
    expect(outbox.isHolding).toBe(true);
    time += 60_000;
    expect(outbox.retry()).toBe(false);
    emptyDisk();
    expect(outbox.retry()).toBe(true);
    expect(outbox.isHolding).toBe(false);
    expect(record('after')).toBeGreaterThan(0);
    expect(written(['before', 'first', 'second', 'after'])).toEqual([
      ['2026-11-23T12:00:00.000Z', 'before'],
      ['2026-11-23T12:00:00.000Z', 'first'],
      ['2026-11-23T12:00:00.000Z', 'second'],
      ['2026-11-23T12:01:00.000Z', 'after'],
    ]);
    expect(findBrokenLink(own)).toBeNull();
  });

  test('says how many it had to drop, when there is no room in memory either', () => {
    record('before');
    fillDisk();
    for (let i = 0; i < 1003; i += 1) record('held');
    emptyDisk();
    outbox.retry();
    const rows = sqlite().prepare("select body from audit where body like '%events.missing%'").all();
    const told = rows.map((row) => JSON.parse((row as { body: string }).body).detail);
    expect(told).toEqual([{ dropped: 4, why: 'disk' }]);
  });

  test('gives away the room that was laid aside, and what was begun is written down to its end', () => {
    own.reserve.keep();
    const journal = new OperationJournal(own, OPERATION_ID, CARD_ID, () => new Date(time));
    // The room is given back to whoever has asked for it.
    const use = own.reserve.use.bind(own.reserve);
    own.reserve.use = () => {
      emptyDisk();
      return use();
    };
    sqlite().pragma('max_page_count = 1');
    for (let step = 1; step <= 100; step += 1)
      journal.intend(`${'a long name of a step '.repeat(20)}${step}` as 'puk');
    expect(unfinishedSteps(own)).toHaveLength(100);
    expect(existsSync(`${path}.reserve`)).toBe(false);
  });

  test('is no full disk: what does not fit an event is an error, and is not held', () => {
    const wrong = { type: 'x'.repeat(10_000), cardId: 'nobody', operationId: null, detail: {} };
    expect(() => outbox.record(wrong)).toThrow();
    expect(outbox.isHolding).toBe(false);
  });
});

describe('the room that is laid aside', () => {
  const MIB = 1024 * 1024;
  const reserve = (free: number) => new DiskReserve({ path: join(folder, 'reserve'), free: () => free });

  test('is really taken from the disk, once, and given back once', () => {
    const room = reserve(100 * MIB);
    room.keep();
    room.keep();
    const { size, blocks } = statSync(join(folder, 'reserve'));
    expect(size).toBe(4 * MIB);
    expect(blocks * 512).toBeGreaterThanOrEqual(4 * MIB);
    expect([room.use(), room.use()]).toEqual([true, false]);
  });

  test('is not taken where too little is free, and then nothing new may begin', () => {
    const room = reserve(5 * MIB);
    room.keep();
    expect(existsSync(join(folder, 'reserve'))).toBe(false);
    expect(room.isThere).toBe(false);
    expect(reserve(8 * MIB).isThere).toBe(true);
  });

  test('counts as gone on a file system that says nothing, or takes nothing', () => {
    const silent = new DiskReserve({
      path: join(folder, 'reserve'),
      free: () => {
        throw new Error('EIO');
      },
    });
    silent.keep();
    expect(silent.isThere).toBe(false);
    const nowhere = new DiskReserve({ path: join(folder, 'no-folder', 'reserve'), free: () => 100 * MIB });
    nowhere.keep();
    expect(existsSync(join(folder, 'no-folder'))).toBe(false);
  });
});
