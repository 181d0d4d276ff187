import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import { getTableColumns, getTableName } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as schema from '../../db/kiosk/replica/schema.ts';
import { copyFiles, swapIn } from '../../src/kiosk/copy/copy-files.ts';
import { Replica } from '../../src/kiosk/replica.ts';
import { REPLICA_ROWS, REPLICA_TABLES } from '../../src/protocol/replica-schema.ts';
import { FakeScope } from './support/fake-scope.ts';
import { aCardRecord, aCopy, aPerson, GUID } from './support/small-world.ts';

const SOURCE = 'https://central.example';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recard-replica-'));
  path = join(folder, 'replica.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A copy as it is on a kiosk. */
function fill(at = path, name = 'Alice Example'): void {
  const scope = new FakeScope();
  scope.change(aCopy({ people: [aPerson({ displayName: name })] }));
  scope.writeFile(at);
  const db = new Database(at);
  db.prepare('update meta set source = ?').run(SOURCE);
  db.close();
}

/** Opens, looks, and closes. */
function opened<T>(look: (replica: Replica) => T, source = SOURCE): T {
  const replica = new Replica(path, source);
  try {
    return look(replica);
  } finally {
    replica.close();
  }
}

const holderName = (replica: Replica) => replica.findCardBySerial('1234')?.holder.displayName;

describe('the copy of central', () => {
  test('has everything about a card', () => {
    fill();
    const known = opened((replica) => replica.findCardBySerial('1234'));
    expect(known).toMatchObject({
      card: aCardRecord(),
      holder: { displayName: 'Alice Example' },
      profile: { name: 'staff', title: 'Staff card' },
      certificates: [{ slot: '9A' }],
    });
    expect(opened((replica) => replica.findCardByGuid(GUID))?.card.id).toBe(known?.card.id);
    expect(opened((replica) => replica.reasons())).toHaveLength(2);
    expect(opened((replica) => replica.profile('staff'))).toMatchObject({ title: 'Staff card' });
  });

  test('is empty when it came from another central', () => {
    fill();
    expect(opened((replica) => replica.state(), 'https://other.example')).toBeNull();
  });

  test('is not written in by whoever reads it', () => {
    fill();
    opened((replica) => replica.findCardBySerial('1234'));
    const db = new Database(path, { readonly: true });
    expect(db.prepare('select count(*) from people').pluck().get()).toBe(1);
    db.close();
  });

  test.each([
    ['is not there', () => rmSync(path)],
    ['is no database', () => writeFileSync(path, 'nonsense '.repeat(1000))],
    ['is of another making', () => execute('drop table cards; create table cards (x)')],
    ['holds rows that make no sense', () => execute("update cards set expires_at = 'never'")],
    ['holds documents that are none', () => execute("update profiles set document = '{'")],
  ])('says nothing and throws nothing when it %s', (_what, damage) => {
    fill();
    damage();
    opened((replica) => {
      expect(replica.findCardBySerial('1234')).toBeNull();
      expect(replica.profile('other')).toBeNull();
    });
  });

  test('tells when something in it makes no sense', () => {
    fill();
    execute("update cards set expires_at = 'never'");
    opened((replica) => {
      let told = 0;
      replica.onUnusable(() => (told += 1));
      replica.reasons();
      expect(told).toBe(0);
      replica.findCardBySerial('1234');
      expect(told).toBe(1);
    });
  });

  test('is open for as long as nobody knows', () => {
    expect(opened((replica) => replica.hasOpenOperation('x'))).toBe(true);
    fill();
    expect(opened((replica) => replica.hasOpenOperation('x'))).toBe(false);
  });
});

describe('a new copy', () => {
  test('is read from the swap on, and what SQLite kept beside the old one is gone', () => {
    fill();
    opened((replica) => {
      fill(copyFiles(path).ready, 'Alice New');
      expect(holderName(replica)).toBe('Alice Example');
      replica.swap();
      expect(holderName(replica)).toBe('Alice New');
    });
  });

  /** What a kill may leave: each state between two steps of a swap. */
  const files = () => copyFiles(path);
  test.each([
    ['before the swap', () => undefined],
    ['after the old one was set aside', () => renameSync(path, files().old)],
    [
      'with a log of the old one that belongs to nothing any more',
      () => {
        writeLog();
        renameSync(path, files().old);
      },
    ],
    ['after the swap', () => swapIn(files())],
  ])('is there after a kill %s', (_when, killed) => {
    fill();
    fill(files().ready, 'Alice New');
    killed();
    expect(opened(holderName)).toBe('Alice New');
    expect(existsSync(files().ready)).toBe(false);
  });

  test('that was not finished is not looked at', () => {
    fill();
    fill(files().unfinished, 'Alice Half');
    expect(opened(holderName)).toBe('Alice Example');
  });
});

test('the kiosk reads the tables that the contract names', () => {
  const db = new Database(':memory:');
  for (const statement of REPLICA_TABLES) db.exec(statement);
  for (const table of Object.values(schema)) {
    const name = getTableName(table);
    const contract = db.pragma(`table_info(${name})`) as { name: string; type: string; notnull: number }[];
    const read = Object.values(getTableColumns(table)).map((column) => ({
      ...{ name: column.name, type: column.getSQLType().toUpperCase() },
      notnull: Number(column.notNull),
    }));
    const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
    const isRowId = (column: { name: string }) => name === 'meta' && column.name === 'id';
    expect(read.filter((column) => !isRowId(column)).sort(byName)).toEqual(
      contract
        .filter((column) => !isRowId(column))
        .map(({ name, type, notnull }) => ({ name, type, notnull }))
        .sort(byName),
    );
  }
  for (const { table, columns } of Object.values(REPLICA_ROWS)) {
    const contract = db.pragma(`table_info(${table})`) as { name: string; pk: number }[];
    expect(contract.map(({ name }) => name)).toEqual(columns);
    expect(contract.findIndex(({ pk }) => pk === 1)).toBe(0);
  }
  db.close();
});

function execute(statements: string): void {
  const db = new Database(path);
  db.exec(statements);
  db.close();
}

/** Leaves a write-ahead log beside the copy, as a kill does. */
function writeLog(): void {
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  db.exec("update people set display_name = 'Alice Logged'");
  for (const name of readdirSync(folder).filter((name) => name.startsWith(basename(path)))) {
    if (/-(wal|shm)$/.test(name)) copyFileSync(join(folder, name), join(folder, `kept-${name}`));
  }
  db.close();
  for (const suffix of ['-wal', '-shm'])
    renameSync(join(folder, `kept-${basename(path)}${suffix}`), path + suffix);
}
