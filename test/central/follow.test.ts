import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import SqliteDatabase from 'better-sqlite3';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyScopes } from '../../db/central/copy-schema.ts';
import { EVERYBODY, groups } from '../../db/central/group-schema.ts';
import { people as allPeople } from '../../db/central/schema.ts';
import { replaceEpochs } from '../../src/central/repositories/copy-scopes.ts';
import { COPY_KINDS } from '../../src/domain/copy-kind.ts';
import { logBatch, type Snapshot } from '../../src/protocol/log.ts';
import { REPLICA_ROWS, REPLICA_SCHEMA } from '../../src/protocol/replica-schema.ts';
import { PROTOCOL_PATH } from '../../src/protocol/version.ts';
import { ownTime } from '../support/own-time.ts';
import { CentralWorld } from './support/central-world.ts';
import { inviteForTest } from './support/invite-for-test.ts';
import { KioskCaller } from './support/kiosk-caller.ts';
import { queryScope } from './support/scope-contents.ts';

let world: CentralWorld;
let salesKiosk: KioskCaller;
const SALES = randomUUID();
/** SHA-256 of what SQLite keeps of its tables and indexes. Kiosks compare it whole: it may never change. */
const FORM_OF_SCHEMA_1 = 'c561919ba6aef0e076cc99c1d3e7dd34dee698170f534b2c1b237119b03e8afa';

beforeAll(async () => {
  world = await CentralWorld.open();
  await world.central.database.insert(groups).values({ id: SALES, name: 'sales', parentId: EVERYBODY });
  await inviteForTest(world.central, 'sales', ['sales']);
  salesKiosk = new KioskCaller(world.app, 'sales');
});
afterAll(() => world.close());

async function head(name = 'all') {
  const rows = await world.central.database.select().from(copyScopes).where(eq(copyScopes.name, name));
  return rows[0]!;
}

async function position(): Promise<string> {
  const { epoch, revision } = await head();
  return `${epoch}.${revision}`;
}

async function changeSomething(): Promise<void> {
  await world.central.database.execute(
    sql`update reasons set position = position where code = 'profile-updated'`,
  );
}

function log(since: string, wait = 0, kiosk = world.kiosk, scope = 'mine', headers = {}) {
  return kiosk.get(`/scopes/${scope}/log?since=${since}&wait=${wait}&limit=20000`, headers);
}

/** What comes piece by piece to whoever waits for the log. */
async function waitForLog(since: string): Promise<AsyncIterator<Uint8Array>> {
  const url = `${PROTOCOL_PATH}/scopes/mine/log?since=${since}&wait=20`;
  const headers = { 'x-test-kiosk': 'first' };
  const answer = await world.app.inject({ method: 'GET', url, headers, payloadAsStream: true });
  expect(answer.statusCode).toBe(200);
  return answer.stream()[Symbol.asyncIterator]();
}

/** All that is still to come. */
async function restOf(chunks: AsyncIterator<Uint8Array>): Promise<string> {
  let rest = '';
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) rest += next.value;
  return rest;
}

async function fetchSnapshot(schema = REPLICA_SCHEMA): Promise<Snapshot> {
  for (;;) {
    const answer = await world.kiosk.get(`/scopes/mine/snapshot?schema=${schema}`);
    if (answer.statusCode === 200) return answer.json();
    expect([answer.statusCode, answer.json().code]).toEqual([202, 'SY-06-snapshot-under-way']);
  }
}

describe('the log of a scope', () => {
  test('is waited for: the answer comes when something is committed, after line feeds that say central is there', async () => {
    const chunks = await waitForLog(await position());
    for (let beats = 0; beats < 3; beats += 1) expect(String((await chunks.next()).value)).toBe('\n');
    await changeSomething();
    const elapsedMs = ownTime();
    const batch = logBatch.parse(JSON.parse(await restOf(chunks)));
    expect(elapsedMs()).toBeLessThan(5000);
    expect(batch.rows.map(([, kind, key]) => [kind, key])).toEqual([['reason', 'profile-updated']]);
    expect([batch.to, batch.head]).toEqual([batch.from + 1, batch.from + 1]);
  });

  test('wakes everybody who waits', async () => {
    const since = await position();
    const waiting = Array.from({ length: 30 }, () => log(since, 20));
    await changeSomething();
    for (const { body } of await Promise.all(waiting)) expect(JSON.parse(body).rows).toHaveLength(1);
  });

  test('is answered with no rows when nothing has happened in time, or nobody waits', async () => {
    const since = await position();
    for (const wait of [0, 1]) {
      const batch = logBatch.parse(JSON.parse((await log(since, wait)).body));
      expect([batch.rows, batch.to, batch.epoch]).toEqual([[], batch.from, since.split('.')[0]]);
    }
  });

  test('is heard by whoever waits although the database has not notified anybody', async () => {
    const since = await position();
    const answer = log(since, 20);
    await world.central.database.execute(sql`drop trigger copy_publish on copy_transactions`);
    try {
      await world.central.database.transaction(async (transaction) => {
        const { id, revision } = await head();
        await transaction.execute(sql`insert into copy_log values
          (${id}, ${revision + 1}, ${revision + 1}, 'reason', 'profile-updated', '{}', now())`);
        await transaction.execute(sql`update copy_scopes set revision = revision + 1 where id = ${id}`);
      });
      expect(JSON.parse((await answer).body).rows).toHaveLength(1);
    } finally {
      await world.central.database.execute(sql`create constraint trigger copy_publish after insert on copy_transactions
        deferrable initially deferred for each row execute function copy_publish()`);
    }
  });

  test.each([
    ['another epoch', async () => `${randomUUID()}.0`],
    [
      'a revision that is not there yet',
      async () => `${(await head()).epoch}.${(await head()).revision + 1}`,
    ],
    [
      'rows that were pruned',
      async () => {
        await world.central.database.execute(
          sql`update copy_scopes set pruned_to = revision where name = 'all'`,
        );
        return `${(await head()).epoch}.${(await head()).revision - 1}`;
      },
    ],
  ])('is gone for a copy of %s', async (_what, since) => {
    for (const wait of [0, 5]) {
      const answer = await log(await since(), wait);
      expect([answer.statusCode, answer.json().code]).toEqual([410, 'SY-06-copy-gone']);
    }
  });

  test('is cut off for whoever waits when the epoch changes, and gone when they ask again', async () => {
    const since = await position();
    const chunks = await waitForLog(since);
    // Whoever asks after the change is answered with a status at once; this one waits already.
    expect(String((await chunks.next()).value)).toBe('\n');
    await replaceEpochs(world.central.database);
    await expect(restOf(chunks)).rejects.toThrow();
    expect((await log(since)).statusCode).toBe(410);
  });

  test('of another scope is refused, as is its snapshot, and a kiosk without a scope gets none', async () => {
    const { id, epoch } = await head();
    const snapshot = await fetchSnapshot();
    const answers = [
      await log(`${epoch}.0`, 0, salesKiosk, id),
      await salesKiosk.get(`/scopes/${id}/snapshot?schema=1`),
    ];
    for (const { statusCode, body } of answers)
      expect([statusCode, JSON.parse(body).code]).toEqual([403, 'SY-01-not-your-scope']);
    const bytes = await salesKiosk.get(`/snapshots/${snapshot.id}`);
    expect([bytes.statusCode, bytes.json().code]).toEqual([404, 'SY-06-no-such-snapshot']);
    const scopeless = await world.addKiosk('scopeless');
    await world.central.database.execute(sql`update kiosks set scope_id = null where name = 'scopeless'`);
    expect((await log(`${epoch}.0`, 0, scopeless)).statusCode).toBe(403);
  });

  test.each(['', 'x.0', `${randomUUID()}.-1`, `${randomUUID()}.01`])(
    'is not read from nonsense: %s',
    async (since) => {
      const answer = await log(since);
      expect([answer.statusCode, answer.json().code]).toEqual([400, 'SE-07-bad-request']);
    },
  );
});

describe('a snapshot', () => {
  test('with the log after it is what a fresh query of the scope gives', async () => {
    for (let count = 0; count < 3; count += 1) await world.issueCard();
    const made = await fetchSnapshot();
    const { rawPayload } = await world.kiosk.get(`/snapshots/${made.id}`);
    expect([rawPayload.length, createHash('sha256').update(rawPayload).digest('hex')]).toEqual([
      made.size,
      made.id,
    ]);
    const before = openCopy(rawPayload);
    await world.issueCard();
    expect((await fetchSnapshot()).id).toBe(made.id);
    const since = `${made.epoch}.${made.revision}`;
    const answer = await log(since, 0, world.kiosk, 'mine');
    for (const [, kind, key, row] of logBatch.parse(answer.json()).rows) {
      if (row === null) before.delete(`${kind} ${key}`);
      else before.set(`${kind} ${key}`, asStored(kind, row));
    }
    const fresh = await queryScope(world.central.database, [EVERYBODY, SALES]);
    const expected = [...fresh].map(([name, row]) => [name, asStored(name.split(' ')[0]!, row as never)]);
    expect(Object.fromEntries(before)).toEqual(Object.fromEntries(expected));
  });

  test('says which scope, epoch and revision it is of, and has its indexes', async () => {
    const made = await fetchSnapshot();
    const { rawPayload } = await world.kiosk.get(`/snapshots/${made.id}`);
    withCopy(rawPayload, (copy) => {
      expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
      const { scope, epoch, revision, schema, madeAt: made_at } = made;
      expect(copy.prepare('select * from meta').get()).toEqual({
        ...{ id: 1, scope, epoch, revision, schema, made_at, source: null },
      });
      const indexes = copy.prepare(`select name from sqlite_schema where type = 'index' and sql is not null`);
      expect(indexes.pluck().all().sort()).toEqual(['cards_guid', 'cards_serial', 'certificates_card']);
    });
  });

  test('goes on where an earlier try ended, and begins anew for another one', async () => {
    const { id, size } = await fetchSnapshot();
    const whole = (await world.kiosk.get(`/snapshots/${id}`)).rawPayload;
    const rest = { range: 'bytes=100-', 'if-range': `"${id}"` };
    const part = await world.kiosk.get(`/snapshots/${id}`, rest);
    expect([part.statusCode, part.headers['content-range']]).toEqual([206, `bytes 100-${size - 1}/${size}`]);
    expect(part.rawPayload.equals(whole.subarray(100))).toBe(true);
    for (const other of [{ 'if-range': '"x"' }, { range: 'bytes=5-1,7-8' }, { range: `bytes=${size}-` }]) {
      const answer = await world.kiosk.get(`/snapshots/${id}`, { ...rest, ...other });
      expect([answer.statusCode, answer.rawPayload.length]).toEqual([200, size]);
    }
  });

  test('is made anew when its epoch is over', async () => {
    const old = await fetchSnapshot();
    await replaceEpochs(world.central.database);
    const made = await fetchSnapshot();
    expect([made.epoch, made.epoch === old.epoch]).toEqual([(await head()).epoch, false]);
  });

  test('of one version back is made for an older kiosk, byte by byte in the form that it checks', async () => {
    const made = await fetchSnapshot(1);
    const { rawPayload } = await world.kiosk.get(`/snapshots/${made.id}`);
    const people = await world.central.database.$count(allPeople);
    expect([made.schema, (await fetchSnapshot()).schema]).toEqual([1, REPLICA_SCHEMA]);
    withCopy(rawPayload, (copy) => {
      const form = copy
        .prepare('select type, name, tbl_name, sql from sqlite_schema order by type, name')
        .all();
      expect(createHash('sha256').update(JSON.stringify(form)).digest('hex')).toBe(FORM_OF_SCHEMA_1);
      expect(copy.prepare('select schema from meta').pluck().get()).toBe(1);
      expect(copy.prepare('select count(*) from people').pluck().get()).toBe(people);
    });
  });

  test('of a schema that central does not make is refused', async () => {
    const answer = await world.kiosk.get('/scopes/mine/snapshot?schema=999');
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'SY-06-unknown-schema']);
  });
});

/** The rows of a copy by `kind key`, as they are stored. */
function openCopy(packed: Uint8Array): Map<string, unknown> {
  const rows = new Map<string, unknown>();
  withCopy(packed, (copy) => {
    for (const kind of COPY_KINDS) {
      const { table, columns } = REPLICA_ROWS[kind];
      for (const row of copy.prepare(`select * from ${table}`).all() as Record<string, unknown>[]) {
        const values = columns.map((column) =>
          column === 'document' ? JSON.parse(String(row[column])) : row[column],
        );
        rows.set(`${kind} ${values[0]}`, values);
      }
    }
  });
  return rows;
}

function withCopy(packed: Uint8Array, use: (copy: SqliteDatabase.Database) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'recard-copy-'));
  try {
    const path = join(folder, 'copy.db');
    writeFileSync(path, zstdDecompressSync(packed));
    const copy = new SqliteDatabase(path, { readonly: true });
    use(copy);
    copy.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A row of the wire in the columns of its table. */
function asStored(kind: string, row: Record<string, unknown>): unknown[] {
  return REPLICA_ROWS[kind as keyof typeof REPLICA_ROWS].columns.map((column) => {
    if (column === 'document') return row;
    const value = row[column.replace(/_(.)/g, (_all, letter: string) => letter.toUpperCase())];
    return typeof value === 'boolean' ? Number(value) : value;
  });
}
