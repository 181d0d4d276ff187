import { createHash } from 'node:crypto';
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
import { findBrokenLink } from '../../src/kiosk/event-chain.ts';
import { OperationJournal, unfinishedSteps } from '../../src/kiosk/journal.ts';
import { Outbox } from '../../src/kiosk/outbox.ts';
import { type OwnDatabase, openOwnDatabase } from '../../src/kiosk/own-database.ts';
import { DatabaseNotOpenedError } from '../../src/kiosk/sqlite-file.ts';
import { verifySignature } from '../../src/pki/public-key.ts';
import { LEGACY_CHAIN } from '../../src/protocol/event.ts';
import { signedBytes } from '../../src/protocol/event-hash.ts';
import { TestSigner } from '../support/event-signer.ts';
import { CARD_ID } from './support/small-world.ts';

const OPERATION_ID = '44444444-4444-4444-8444-444444444444';
const now = () => new Date('2026-11-22T12:00:00Z');
const signer = new TestSigner();
const ports = { now, signer: () => signer };

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
  const refuse = (error: Error) => {
    throw error;
  };
  own = openOwnDatabase(path, refuse, ports);
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
      ports,
    );
    expect(isTold).toBe(true);
    expect(existsSync(`${path}.unusable-20261122T120000Z`)).toBe(true);
    expect(new Outbox(own, ports).record(anEvent)).toBe(2);
  });

  test('is set aside beside those that were set aside before', () => {
    for (const mark of ['first', 'second', 'third']) {
      damage(mark);
      own = openOwnDatabase(path, () => {}, ports);
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
    own = openOwnDatabase(path, () => {}, ports);
    expect(setAside()).toHaveLength(1);
    expect(unfinishedSteps(own)).toEqual([]);
  });

  test('is left where it is while another program holds it', () => {
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
    expect(open).toThrow(/^open database .+: unable to open database file; let the user of the kiosk/);
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
  /** A chain begins with an event that says so. */
  const record = (count: number) => {
    const outbox = new Outbox(open(), ports);
    for (let i = 0; i < count; i += 1) outbox.record(anEvent);
    return outbox;
  };

  test('keeps what central has acknowledged', () => {
    const outbox = record(3);
    const { chain } = outbox.waiting(10)!;
    outbox.acknowledge(chain, 3);
    expect(outbox.waiting(10)).toMatchObject({ chain, first: 4 });
    expect(outbox.count()).toBe(1);
    expect(findBrokenLink(own)).toBeNull();
  });

  test('begins by saying so, and signs each entry once, as it is recorded', () => {
    const [first, second] = record(1).waiting(10)!.events;
    expect(JSON.parse(first!.body)).toMatchObject({ n: 1, type: 'chain.began', detail: { why: 'new' } });
    expect(JSON.parse(second!.body)).toMatchObject({ n: 2, type: 'card.refused' });
    expect(new Outbox(own, ports).waiting(10)!.events).toEqual([first, second]);
    for (const { hash, signature } of [first!, second!]) {
      const signed = signedBytes(new Uint8Array(Buffer.from(hash, 'hex')));
      expect(verifySignature(signer.publicKey, signed, signature)).toBe(true);
    }
  });

  test('signs later what was recorded before the kiosk had a key, and then for good', () => {
    const before = new Outbox(open(), { now, signer: () => null });
    before.record(anEvent);
    expect(before.waiting(10)).toBeNull();
    const { events } = new Outbox(own, ports).waiting(10)!;
    expect(before.waiting(10)!.events).toEqual(events);
  });

  test.each([
    ['changed', "UPDATE audit SET body = replace(body, 'disabled', 'expired') WHERE n = 2", 2],
    ['missing', 'DELETE FROM audit WHERE n = 2', 2],
    ['missing at the start', 'DELETE FROM audit WHERE n = 1', 1],
    [
      'in the place of another',
      'UPDATE audit SET n = CASE n WHEN 2 THEN -3 WHEN 3 THEN -2 END WHERE n IN (2, 3); UPDATE audit SET n = -n WHERE n < 0',
      2,
    ],
  ])('shows an entry that is %s', (_what, statement, n) => {
    record(3);
    tamper(statement);
    expect(findBrokenLink(own)).toMatchObject({ n });
  });
});

describe('a file of a kiosk from before there were chains', () => {
  /** As its only migration made it, with three events, the last of which waits. */
  function openOld(): void {
    const old = new Database(path);
    const migrations = join(import.meta.dirname, '../../db/kiosk/own/migrations');
    const start = readFileSync(join(migrations, '0000_start.sql'), 'utf8');
    const { entries } = JSON.parse(readFileSync(join(migrations, 'meta/_journal.json'), 'utf8'));
    old.exec(start.replaceAll('--> statement-breakpoint', ''));
    old.exec(
      'CREATE TABLE __drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)',
    );
    const done = old.prepare('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)');
    done.run(createHash('sha256').update(start).digest('hex'), entries[0].when);
    let hash = '0'.repeat(64);
    for (const n of [1, 2, 3]) {
      const body = JSON.stringify({ n, at: now().toISOString(), ...anEvent });
      hash = createHash('sha256').update(hash).update(body).digest('hex');
      old.prepare('INSERT INTO audit VALUES (?, ?, ?)').run(n, body, hash);
    }
    old.exec('INSERT INTO outbox VALUES (3)');
    old.close();
    open();
  }

  test('keeps them, and hands on what central has not said it has', () => {
    openOld();
    expect(findBrokenLink(own)).toBeNull();
    const outbox = new Outbox(own, ports);
    expect(outbox.waiting(10)).toEqual({ chain: LEGACY_CHAIN, first: 3, events: [] });
    outbox.leave(LEGACY_CHAIN, 'upgraded');
    const bodies = outbox.waiting(10)!.events.map(({ body }) => JSON.parse(body));
    expect(bodies).toMatchObject([
      { n: 1, type: 'chain.began', detail: { previousChain: LEGACY_CHAIN } },
      { n: 2, ...anEvent, carriedFrom: { chain: LEGACY_CHAIN, n: 3 } },
    ]);
    expect(findBrokenLink(own)).toBeNull();
  });

  test('shows what was changed in them', () => {
    openOld();
    own.db.run("UPDATE audit SET body = replace(body, 'disabled', 'expired') WHERE n = 2");
    expect(findBrokenLink(own)).toEqual({ chain: LEGACY_CHAIN, n: 2 });
  });
});

describe('a file that was set aside', () => {
  /** Events 1 … `count`, of which central has `acknowledged`. @returns the chain */
  function recordAndClose(count: number, acknowledged: number): string {
    const outbox = new Outbox(open(), ports);
    for (let i = 1; i < count; i += 1) outbox.record(anEvent);
    const { chain } = outbox.waiting(1)!;
    outbox.acknowledge(chain, acknowledged);
    own.close();
    return chain;
  }

  function openAnew(): Outbox {
    own = openOwnDatabase(path, () => {}, ports);
    return new Outbox(own, ports);
  }

  const firstOfOwn = (outbox: Outbox, chain: string) => {
    outbox.acknowledge(chain, Number.MAX_SAFE_INTEGER);
    return JSON.parse(outbox.waiting(1)!.events[0]!.body);
  };

  test('hands over what central has not acknowledged, as it was signed, before anything else', () => {
    const chain = recordAndClose(6, 4);
    const raw = new Database(path);
    raw.exec('DROP TABLE journal; CREATE TABLE journal (x)');
    raw.exec('DELETE FROM __drizzle_migrations');
    raw.close();
    const outbox = openAnew();
    expect(outbox.waiting(10)).toMatchObject({ chain, first: 5, events: [{}, {}] });
    expect(findBrokenLink(own)).toBeNull();
    expect(firstOfOwn(outbox, chain)).toMatchObject({
      n: 1,
      type: 'chain.began',
      detail: { why: 'set-aside', previousChain: chain, rescued: 2, missingAtMost: 0 },
    });
  });

  test('tells how many events are lost at most, when nothing of it can be read but by eye', () => {
    const chain = recordAndClose(6, 4);
    const bytes = readFileSync(path);
    bytes.fill(0x41, 0, 100);
    writeFileSync(path, bytes);
    const outbox = openAnew();
    expect(firstOfOwn(outbox, chain)).toMatchObject({
      detail: { why: 'set-aside', previousChain: chain, rescued: 0, missingAtMost: 6 },
    });
  });

  test('tells that it cannot tell, when there is nothing left of it', () => {
    writeFileSync(path, 'nothing of a database. '.repeat(500));
    const outbox = openAnew();
    expect(JSON.parse(outbox.waiting(1)!.events[0]!.body)).toMatchObject({
      detail: { why: 'set-aside', previousChain: null, rescued: 0, missingAtMost: null },
    });
  });

  test('hands over what stands before and behind a damaged page', () => {
    const chain = recordAndClose(60, 20);
    const bytes = readFileSync(path);
    const at = bytes.indexOf('"n":40,');
    bytes.fill(0xff, at - (at % 4096), at - (at % 4096) + 4096);
    writeFileSync(path, bytes);
    const outbox = openAnew();
    const waiting = outbox.waiting(100)!;
    expect(waiting.chain).toBe(chain);
    const { detail } = firstOfOwn(outbox, chain);
    expect(detail.rescued).toBeGreaterThan(20);
    expect(detail.missingAtMost).toBeGreaterThan(0);
    expect(detail.rescued + detail.missingAtMost).toBeLessThanOrEqual(60);
  });
});
