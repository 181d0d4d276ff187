import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OperationJournal, unfinishedSteps } from '../../src/kiosk/journal.ts';
import { findBrokenLink, Outbox } from '../../src/kiosk/outbox.ts';
import { type OwnDatabase, openOwnDatabase } from '../../src/kiosk/own-database.ts';
import { DatabaseNotOpenedError } from '../../src/kiosk/sqlite-file.ts';
import { CARD_ID } from './support/small-world.ts';

const OPERATION_ID = '44444444-4444-4444-8444-444444444444';
const now = () => new Date('2026-11-22T12:00:00Z');

let folder: string;
let path: string;
let own: OwnDatabase;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recard-own-'));
  path = join(folder, 'own.sqlite');
});
afterEach(() => {
  own.close();
  rmSync(folder, { recursive: true });
});

function open(): OwnDatabase {
  own = openOwnDatabase(path, (error) => {
    throw error;
  });
  return own;
}

const anEvent = {
  type: 'card.refused',
  cardId: CARD_ID,
  operationId: null,
  detail: { code: 'RP-06-disabled' },
};

describe('the file of the kiosk', () => {
  const damage = (mark: string) =>
    writeFileSync(path, `${mark} is not a database, and never was one. `.repeat(100));
  const setAside = () => readdirSync(folder).filter((name) => name.includes('unusable'));

  test('is set aside when it is damaged, and a new one begun', () => {
    open().close();
    damage('this');
    let isTold = false;
    own = openOwnDatabase(
      path,
      () => {
        isTold = true;
      },
      now,
    );
    expect(isTold).toBe(true);
    expect(existsSync(`${path}.unusable-20261122T120000Z`)).toBe(true);
    expect(new Outbox(own, now).record(anEvent)).toBe(1);
  });

  test('is set aside beside those that were set aside before', () => {
    for (const mark of ['first', 'second', 'third']) {
      damage(mark);
      own = openOwnDatabase(path, () => {}, now);
      own.close();
    }
    const kept = setAside().map((name) => readFileSync(join(folder, name), 'latin1').split(' ')[0]);
    expect(kept.sort()).toEqual(['first', 'second', 'third']);
    open();
  });

  test('is set aside when it has tables of its own that the migrations know nothing of', () => {
    const raw = new Database(path);
    raw.exec('CREATE TABLE journal (x)');
    raw.close();
    own = openOwnDatabase(path, () => {}, now);
    expect(setAside()).toHaveLength(1);
    expect(unfinishedSteps(own)).toEqual([]);
  });

  test('is left where it is while another program holds it', { timeout: 20_000 }, () => {
    new OperationJournal(open(), OPERATION_ID, CARD_ID, now).intend('key:9A');
    own.close();
    const other = new Database(path);
    other.pragma('locking_mode = EXCLUSIVE');
    other.exec('BEGIN EXCLUSIVE');
    expect(open).toThrow(DatabaseNotOpenedError);
    other.close();
    expect(setAside()).toEqual([]);
    expect(unfinishedSteps(open())).toHaveLength(1);
  });

  test('is left where it is when the system does not open it', () => {
    mkdirSync(path);
    expect(open).toThrow(DatabaseNotOpenedError);
    expect(setAside()).toEqual([]);
    rmSync(path, { recursive: true });
    open();
  });
});

describe('the journal', () => {
  test('holds the steps of an operation until its end', () => {
    const journal = new OperationJournal(open(), OPERATION_ID, CARD_ID, now);
    journal.intend('pin');
    journal.done('pin');
    journal.intend('key:9A');
    own.close();
    const step = { operationId: OPERATION_ID, cardId: CARD_ID };
    expect(unfinishedSteps(open())).toEqual([
      { ...step, step: 'pin', state: 'done' },
      { ...step, step: 'key:9A', state: 'intended' },
    ]);
    new OperationJournal(own, OPERATION_ID, CARD_ID, now).remove();
    expect(unfinishedSteps(own)).toEqual([]);
  });
});

describe('the audit of the kiosk', () => {
  const tamper = (statement: string) => {
    own.close();
    const raw = new Database(path);
    raw.pragma('foreign_keys = OFF');
    raw.exec(statement);
    raw.close();
    open();
  };

  test('keeps what central has acknowledged', () => {
    const outbox = new Outbox(open(), now);
    for (let i = 0; i < 3; i += 1) outbox.record(anEvent);
    outbox.acknowledge(2);
    expect(outbox.waiting(10).map(({ n }) => n)).toEqual([3]);
    expect(findBrokenLink(own)).toBeNull();
  });

  test('goes on after what central has, when the file before it was lost', () => {
    const outbox = new Outbox(open(), now);
    for (let i = 0; i < 2; i += 1) outbox.record(anEvent);
    expect(outbox.continueAfter(2)).toBe(false);
    expect(outbox.continueAfter(40)).toBe(true);
    expect(outbox.record(anEvent)).toBe(43);
    expect(outbox.waiting(10).map(({ n }) => n)).toEqual([41, 42, 43]);
    expect(findBrokenLink(own)).toBeNull();
  });

  test.each([
    ['changed', "UPDATE audit SET body = replace(body, 'disabled', 'expired') WHERE n = 2", 2],
    ['missing', 'DELETE FROM audit WHERE n = 2', 2],
    ['missing at the start', 'DELETE FROM audit WHERE n = 1', 2],
  ])('shows an entry that is %s', (_what, statement, n) => {
    const outbox = new Outbox(open(), now);
    for (let i = 0; i < 3; i += 1) outbox.record(anEvent);
    tamper(statement);
    expect(findBrokenLink(own)).toBe(n);
  });
});
