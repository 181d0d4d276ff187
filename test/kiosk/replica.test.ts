import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Replica } from '../../src/kiosk/replica.ts';
import { aCardRecord, aCopy, GUID } from './support/small-world.ts';

const SOURCE = 'https://central.example';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recard-replica-'));
  path = join(folder, 'replica.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true }));

function filled(): void {
  const replica = new Replica(path, SOURCE);
  replica.replace(aCopy(), '"1"');
  replica.close();
}

/** Opens, looks, and closes. */
function reopened<T>(look: (replica: Replica) => T, source = SOURCE): T {
  const replica = new Replica(path, source);
  try {
    return look(replica);
  } finally {
    replica.close();
  }
}

describe('the copy of central', () => {
  test('is there after a restart, with everything about a card', () => {
    filled();
    const known = reopened((replica) => replica.findCardBySerial('1234'));
    expect(known).toMatchObject({
      card: aCardRecord(),
      holder: { displayName: 'Alice Example' },
      profile: { name: 'staff', revision: 3 },
      certificates: [{ slot: '9A' }],
    });
    expect(reopened((replica) => replica.findCardByGuid(GUID))?.card.id).toBe(known?.card.id);
    expect(reopened((replica) => replica.state()?.etag)).toBe('"1"');
  });

  test('is replaced whole', () => {
    filled();
    reopened((replica) => replica.replace(aCopy({ cards: [], certificates: [] }), '"2"'));
    expect(reopened((replica) => replica.findCardBySerial('1234'))).toBeNull();
    expect(reopened((replica) => replica.reasons())).toHaveLength(2);
  });

  test('is empty when it came from another central', () => {
    filled();
    expect(reopened((replica) => replica.state(), 'https://other.example')).toBeNull();
  });

  test.each([
    ['no database', () => writeFileSync(path, 'nonsense '.repeat(1000))],
    ['overwritten in its middle', () => overwriteMiddle()],
    ['of another making', () => new Database(path).exec('DROP TABLE cards; CREATE TABLE cards (x)').close()],
    [
      'full of rows that make no sense',
      () => new Database(path).exec("UPDATE cards SET state = 'eaten'").close(),
    ],
    [
      'full of documents that are none',
      () => new Database(path).exec("UPDATE profiles SET document = '{'").close(),
    ],
  ])('is rebuilt when it is %s', (_what, damage) => {
    filled();
    damage();
    reopened((replica) => {
      expect(replica.findCardBySerial('1234')).toBeNull();
      expect(replica.reasons()).toEqual([]);
      expect(replica.state()).toBeNull();
      replica.replace(aCopy(), '"3"');
      expect(replica.findCardBySerial('1234')).not.toBeNull();
    });
  });

  test('takes a copy although the file has broken under it', () => {
    filled();
    const replica = new Replica(path, SOURCE);
    new Database(path).exec('DROP TABLE reasons').close();
    replica.replace(aCopy(), '"4"');
    expect(replica.reasons()).toHaveLength(2);
    replica.close();
  });
});

function overwriteMiddle(): void {
  const raw = new Database(path);
  raw.pragma('wal_checkpoint(TRUNCATE)');
  const pages = raw.pragma('page_count', { simple: true }) as number;
  const size = raw.pragma('page_size', { simple: true }) as number;
  raw.close();
  const bytes = new Uint8Array(pages * size - size).fill(0x5a);
  const whole = Buffer.concat([Buffer.from(readFirstPage(size)), bytes]);
  writeFileSync(path, whole);
}

function readFirstPage(size: number): Uint8Array {
  return readFileSync(path).subarray(0, size);
}
