import { randomUUID } from 'node:crypto';
import { readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { REPLICA_FORMS, REPLICA_INDEXES } from '../../src/protocol/replica-schema.ts';
import { ownTime } from '../support/own-time.ts';
import { type CopyBench, openCopyBench } from './support/copy-bench.ts';
import { aCardRecord, aCopy, aPerson, CARD_ID, HOLDER_ID } from './support/small-world.ts';

/** SY-01, SY-03, SY-06: the copy of a kiosk, its thread and its files, and a central that does all sorts of things. */

let bench: CopyBench;
beforeEach(async () => {
  bench = await openCopyBench();
});
afterEach(() => bench.close());

const knownCard = () => bench.replica.findCardBySerial('1234');
const isKnown = (serial = '1234') => bench.replica.findCardBySerial(serial) !== null;
const named = (displayName: string) => aCopy({ people: [aPerson({ displayName })] });
const holderName = () => bench.replica.findCardBySerial('1234')?.holder.displayName;

async function started(): Promise<void> {
  bench.start();
  await bench.upToDate();
}

/** No more comes of the first download than 500 bytes. */
async function startedHalf(): Promise<void> {
  bench.central.scope.stopsAfter = 500;
  bench.start();
  await bench.until('the first part', () => partSize() === 500);
}

describe('a kiosk', () => {
  test('has everything of its scope soon after its first start', async () => {
    await started();
    expect(bench.replica.findCardBySerial('1234')).toMatchObject({
      card: aCardRecord(),
      holder: { displayName: 'Alice Example' },
      profile: { name: 'staff', title: 'Staff card' },
      certificates: [{ slot: '9A' }],
    });
    expect(bench.replica.reasons().map(({ code }) => code)).toEqual(['first', 'second']);
    expect(bench.complaints).toEqual([]);
  });

  test('sees within a second what changes at central, comes and goes', async () => {
    await started();
    const elapsedMs = ownTime();
    bench.central.data = named('Alice Other');
    await bench.until('the new name', () => holderName() === 'Alice Other');
    expect(elapsedMs()).toBeLessThan(1000);
    bench.central.data = aCopy({ cards: [], certificates: [] });
    await bench.until('the card to leave', () => !isKnown());
    bench.central.data = aCopy({ cards: [aCardRecord({ serial: '77' })] });
    await bench.until('another card', () => isKnown('77'));
  });

  test('goes on after a restart with what it has, without fetching it again', async () => {
    await started();
    await bench.restart(() => {
      bench.central.data = named('Alice Later');
    });
    expect(holderName()).toBe('Alice Example');
    await bench.until('the new name', () => holderName() === 'Alice Later');
    expect(bench.central.scope.ranges).toHaveLength(1);
  });

  test('waits for the first news of a new scope, and does not ask again and again', async () => {
    bench.central.scope.restore(0, randomUUID());
    const waits: number[] = [];
    bench.central.before = (route) => {
      const wait = /\/log\?.*wait=(\d+)/.exec(route);
      if (wait) waits.push(Number(wait[1]));
    };
    bench.start();
    await bench.until('a second question', () => waits.length > 1);
    expect(waits).toEqual([0, 25]);
    bench.central.data = named('Alice Fresh');
    await bench.upToDate();
    expect(bench.replica.state()?.revision).toBe(1);
  });

  test('knows at once, when it asks, what central has had until then', async () => {
    await started();
    bench.central.scope.isDeafToNews = true;
    bench.central.data = named('Alice Fresh');
    await bench.follower.refresh();
    expect(holderName()).toBe('Alice Fresh');
  });
});

describe('its data', () => {
  test('do not grow old while central says that there is nothing new', async () => {
    await started();
    await bench.until('a first confirmation', () => bench.confirmed.length > 0);
    const { revision } = bench.replica.state()!;
    const startedAt = performance.now();
    const elapsedMs = ownTime();
    let oldest = 0;
    await bench.until('three seconds', () => {
      oldest = Math.max(oldest, bench.follower.ageSeconds()!);
      return performance.now() - startedAt > 3000;
    });
    // A machine that serves others meanwhile lets central be heard so much later.
    const heldUpMs = performance.now() - startedAt - elapsedMs();
    expect(oldest).toBeLessThanOrEqual(1 + heldUpMs / 1000);
    await bench.until('central', () => bench.follower.isReached);
    expect(bench.replica.state()!.revision).toBe(revision);
  });

  test('grow old when central is stopped, and central is seen to be away within two seconds', async () => {
    await started();
    await bench.until('central', () => bench.follower.isReached);
    bench.central.scope.isBeating = false;
    const elapsedMs = ownTime();
    await bench.until('silence', () => !bench.follower.isReached);
    expect(elapsedMs()).toBeLessThan(2000);
    await bench.until('age', () => bench.follower.ageSeconds()! >= 1);
    bench.central.scope.isBeating = true;
    await bench.until('central', () => bench.follower.isReached && bench.follower.ageSeconds() === 0);
  });

  test('are said to be central’s as of a time before the question', async () => {
    const before = new Date();
    await started();
    await bench.until('a confirmation', () => bench.confirmed.length > 0);
    const after = new Date();
    expect(bench.confirmed[0]!.getTime()).toBeGreaterThanOrEqual(before.getTime() - 10_000);
    expect(bench.confirmed[0]!.getTime()).toBeLessThanOrEqual(after.getTime());
  });

  test('are there without central, with their age', async () => {
    bench.central.scope.madeAt = () => '2026-01-01T00:00:00Z';
    await started();
    await bench.restart(() => {
      bench.central.weather = 'down';
    });
    expect(isKnown()).toBe(true);
    expect(bench.follower.ageSeconds()).toBeGreaterThan(1_000_000);
    await bench.until('a complaint', () => bench.complaints.includes('CentralAwayError'));
    expect(bench.follower.isReached).toBe(false);
  });
});

describe('a download', () => {
  test('that breaks in its middle goes on where it broke', async () => {
    await startedHalf();
    bench.central.weather = 'down';
    bench.central.weather = 'up';
    await bench.upToDate();
    expect(bench.central.scope.ranges).toEqual([undefined, 'bytes=500-']);
    expect(isKnown()).toBe(true);
    expect(readdirSync(bench.folder).filter((name) => name.includes('.part'))).toEqual([]);
  });

  test('that broke before a restart goes on too', async () => {
    await startedHalf();
    await bench.restart();
    await bench.upToDate();
    expect(bench.central.scope.ranges).toEqual([undefined, 'bytes=500-']);
  });

  test('of which a part is something else is begun anew', async () => {
    const { id } = bench.central.scope.snapshot().announced;
    writeFileSync(`${bench.path}.part-${id}`, 'nonsense');
    writeFileSync(`${bench.path}.part-${'0'.repeat(64)}`, 'of an older one');
    await started();
    expect(bench.central.scope.ranges).toEqual(['bytes=8-', undefined]);
    expect(bench.complaints).toEqual(['BadSnapshotError']);
  });

  test.each([
    ['has another hash', { id: '0'.repeat(64) }, 'BadSnapshotError'],
    ['is longer than announced', { size: 100 }, 'BadSnapshotError'],
    ['unpacks to more than announced', { fileSize: 4096 }, 'BadSnapshotError'],
    ['unpacks to less than announced', { fileSize: 10_000_000 }, 'BadSnapshotError'],
    ['would fill the disk', { fileSize: 4 * 1024 ** 3 + 1 }, 'BadSnapshotError'],
    ['is larger packed than any copy', { size: 4 * 1024 ** 3 + 1 }, 'BadSnapshotError'],
    ['is of another epoch than announced', { epoch: randomUUID() }, 'UnfitCopyError'],
    ['is of another scope than announced', { scope: randomUUID() }, 'UnfitCopyError'],
  ] as const)('that %s is thrown away, and the next one taken', async (_what, wrong, complaint) => {
    const { scope } = bench.central;
    scope.spoilSnapshot = ({ announced, bytes }) => ({ announced: { ...announced, ...wrong }, bytes });
    bench.start();
    await bench.until('a complaint', () => bench.complaints.includes(complaint));
    expect(bench.replica.state()).toBeNull();
    scope.spoilSnapshot = (made) => made;
    bench.central.data = aCopy({ reasons: [] });
    await bench.upToDate();
    expect(isKnown()).toBe(true);
  });

  test.each([
    ['a table besides', 'create table more (x)'],
    ['a trigger', "create trigger evil after update on meta begin update people set display_name = 'x'; end"],
    ['a view', 'create view everybody as select * from people'],
    ['an index less', 'drop index cards_guid'],
    ['another schema number', 'update meta set schema = 3'],
    ['no word of what it is', 'delete from meta'],
  ])('with %s is not taken', async (_what, statement) => {
    const { scope } = bench.central;
    scope.spoilFile = (db) => void db.exec(statement);
    bench.start();
    await bench.until('a complaint', () => bench.complaints.includes('UnfitCopyError'));
    expect(bench.replica.state()).toBeNull();
    expect(readdirSync(bench.folder).filter((name) => name.endsWith('.new'))).toEqual([]);
  });
});

describe('a copy is fetched anew, and the old one read until then, when', () => {
  test('central says that its epoch is over', async () => {
    await started();
    bench.central.scope.restore(bench.central.scope.head, randomUUID());
    bench.central.data = named('Alice New');
    await bench.upToDate();
    expect(holderName()).toBe('Alice New');
  });

  test('central was restored to an older state', async () => {
    await started();
    const { scope } = bench.central;
    scope.append(['person', HOLDER_ID, aPerson({ displayName: 'Alice Lost' })]);
    await bench.until('the lost name', () => holderName() === 'Alice Lost');
    scope.restore(scope.head - 1);
    await bench.until('the old name', () => holderName() === 'Alice Example');
  });

  test.each([
    ['a revision is missing', (rows: unknown[]) => rows.slice(1)],
    ['revisions are in another order', (rows: unknown[]) => rows.toReversed()],
    ['a revision comes twice', (rows: unknown[]) => [rows[0], ...rows]],
  ])('%s in an answer', async (_what, spoil) => {
    await started();
    const { scope } = bench.central;
    scope.spoil = (batch) => ({ ...batch, rows: spoil(batch.rows) });
    bench.central.data = aCopy({ people: [aPerson({ displayName: 'Alice Gap' })], reasons: [] });
    await bench.until('a complaint', () => bench.complaints.includes('MissingRowsError'));
    await bench.until('the new name', () => holderName() === 'Alice Gap');
  });

  test.each([
    ['is no database', () => writeFileSync(bench.path, 'nonsense '.repeat(1000))],
    ['has lost its end', () => truncateSync(bench.path, statSync(bench.path).size - 4096)],
    ['has another schema', () => execute('drop table cards; create table cards (x)')],
    ['was made by migrations, as once', () => makeAsOnce()],
    ['is of the program before this one', () => makeOfOneVersionBack()],
    ['has another schema number', () => execute('update meta set schema = 99')],
    ['came from another central', () => execute("update meta set source = 'https://other.example'")],
    ['is of another scope', () => execute(`update meta set epoch = '${randomUUID()}'`)],
  ])('its file %s', async (_what, damage) => {
    await started();
    await bench.restart(damage);
    await bench.until('a card', () => isKnown());
    await bench.upToDate();
    expect(bench.central.scope.ranges).toHaveLength(2);
  });

  test('what stands in it makes no sense', async () => {
    await started();
    execute("update cards set expires_at = 'never'");
    expect(isKnown()).toBe(false);
    await bench.until('a card', () => isKnown());
  });
});

describe('nonsense in the log', () => {
  test.each([
    ['no card', ['card', CARD_ID, { id: CARD_ID, serial: -1 }]],
    ['of another key', ['card', randomUUID(), aCardRecord()]],
    ['a person without a name', ['person', HOLDER_ID, { id: HOLDER_ID }]],
  ] as const)('(%s) changes nothing, and is said', async (_what, [kind, key, row]) => {
    await started();
    bench.central.scope.append([kind, key, row]);
    await bench.until('a complaint', () => bench.complaints.includes('NonsenseRowError'));
    expect(holderName()).toBe('Alice Example');
    expect(bench.central.scope.ranges).toHaveLength(1);
  });

  test('an answer of another form changes nothing', async () => {
    await started();
    const { scope } = bench.central;
    scope.spoil = (batch) => ({ ...batch, rows: 'all' });
    bench.central.data = named('Alice Nonsense');
    await bench.until('a complaint', () => bench.complaints.includes('NotUnderstoodError'));
    expect(holderName()).toBe('Alice Example');
    scope.spoil = (batch) => batch;
    await bench.until('the new name', () => holderName() === 'Alice Nonsense');
  });

  test('an answer with rows that are no lists changes nothing', async () => {
    await started();
    bench.central.scope.spoil = (batch) => ({ ...batch, rows: batch.rows.map(() => 'all') });
    bench.central.data = named('Alice Nonsense');
    await bench.until('a complaint', () => bench.complaints.includes('NonsenseRowError'));
    expect(holderName()).toBe('Alice Example');
  });
});

describe('a newer central (SY-06)', () => {
  test('may send rows of a new kind, with more in them: they are passed over, and what comes after them arrives', async () => {
    await started();
    const { scope } = bench.central;
    scope.spoil = (batch) => ({ ...batch, new: 1, rows: batch.rows.map((row) => [...row, 1]) });
    scope.append(['door', 'north', { id: 'north', opens: true }]);
    bench.central.data = named('Alice Later');
    await bench.until('the new name', () => holderName() === 'Alice Later');
    expect(bench.complaints).toEqual([]);
    expect(scope.ranges).toHaveLength(1);
  });

  test('may say in new words how a card, its holder, its profile and its certificates are', async () => {
    await started();
    const { scope } = bench.central;
    const id = '77777777-7777-4777-8777-777777777777';
    const newer = { cardId: CARD_ID, slot: 'A0', serialNumber: 'ab', notAfter: aCardRecord().expiresAt };
    scope.append(['profile', 'other', { name: 'other', slots: 'of a new kind' }]);
    scope.append(['person', id, { id, displayName: 'B', state: 'on leave', approvedUntil: null, new: [1] }]);
    scope.append(['certificate', 'ab', { ...newer, state: 'active' }]);
    scope.append(['card', CARD_ID, { ...aCardRecord(), state: 'lent' }]);
    await bench.until('the new state', () => knownCard()?.card.state === 'unknown');
    expect(knownCard()?.certificates.map(({ slot }) => slot)).not.toContain('A0');
    expect(bench.complaints).toEqual([]);
    const db = new Database(bench.path, { readonly: true });
    expect(db.prepare('select state from cards').pluck().all()).toContain('lent');
    db.close();
  });
});

/** Writes in the copy behind the thread's back. */
function execute(statements: string): void {
  const db = new Database(bench.path);
  db.exec(statements);
  db.close();
}

/** The tables of a kiosk before there was a contract. */
function makeAsOnce(): void {
  const old = [
    'drop table people; drop table cards; drop table certificates; drop table meta; drop table profiles; drop table reasons',
    'create table `people` (`id` text primary key not null, `display_name` text not null)',
    'create table `meta` (`id` integer primary key not null, `source` text not null, `revision` text not null, `etag` text)',
    'create table __drizzle_migrations (id serial primary key, hash text not null, created_at numeric)',
  ];
  execute(old.join(';'));
}

/** As a kiosk has it whose program was updated just now. */
function makeOfOneVersionBack(): void {
  const [people, cards] = REPLICA_FORMS[1].tables;
  const { person, card } = REPLICA_FORMS[1].rows;
  const kept = ['create table p as select * from people', 'create table c as select * from cards'];
  const filled = [
    `insert into people select ${person.columns.join(', ')} from p`,
    `insert into cards select ${card.columns.join(', ')} from c`,
  ];
  const old = [
    ...kept,
    'drop table people; drop table cards',
    people,
    cards,
    ...filled,
    'drop table p; drop table c',
  ];
  execute([...old, REPLICA_INDEXES[0], REPLICA_INDEXES[1], 'update meta set schema = 1'].join(';'));
}

function partSize(): number {
  const part = readdirSync(bench.folder).find((name) => name.includes('.part-'));
  return part === undefined ? 0 : statSync(join(bench.folder, part)).size;
}
