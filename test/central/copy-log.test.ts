import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyScopeGroups, copyScopes } from '../../db/central/copy-schema.ts';
import { EVERYBODY, groups } from '../../db/central/group-schema.ts';
import { kiosks } from '../../db/central/schema.ts';
import type { Database } from '../../src/central/database.ts';
import { scopeOfGroups } from '../../src/central/enrolment/scope-of-groups.ts';
import { pruneLogs, readLog } from '../../src/central/repositories/copy-log.ts';
import { replaceEpochs } from '../../src/central/repositories/copy-scopes.ts';
import { CentralWorld } from './support/central-world.ts';
import { type Pools, RandomWriter } from './support/random-writer.ts';
import { applyRow, type Contents, queryScope, readWholeLog } from './support/scope-contents.ts';

let world: CentralWorld;
let database: Database;
/** all ─ a ─ a1, a2; all ─ b. */
const GROUP = { a: randomUUID(), a1: randomUUID(), a2: randomUUID(), b: randomUUID() };

beforeAll(async () => {
  world = await CentralWorld.open();
  database = world.central.database;
  await database.insert(groups).values([
    { id: GROUP.a, name: 'a', parentId: EVERYBODY },
    { id: GROUP.a1, name: 'a1', parentId: GROUP.a },
    { id: GROUP.a2, name: 'a2', parentId: GROUP.a },
    { id: GROUP.b, name: 'b', parentId: EVERYBODY },
  ]);
});
afterAll(() => world.close());

function makeScope(...names: string[]): Promise<string> {
  return database.transaction((transaction) => scopeOfGroups(transaction, names));
}

async function headOf(from: Database, scopeId: string) {
  return (await from.select().from(copyScopes).where(eq(copyScopes.id, scopeId)))[0]!;
}

/** What a scope holds, and the revision that says so, at one instant. */
async function look(scopeId: string, groupIds: readonly string[]) {
  return database.transaction(
    async (transaction) => ({
      revision: (await headOf(transaction, scopeId)).revision,
      contents: await queryScope(transaction, groupIds),
    }),
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

/** Numbers between 0 and 1, the same for the same seed. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('whoever follows the log of a scope', () => {
  test('has what a fresh query of the scope gives, at every revision, whatever was written at the same time', async () => {
    const everything = [EVERYBODY, ...Object.values(GROUP)];
    const scopes = [
      { id: await makeScope('all'), groups: everything },
      { id: await makeScope('a'), groups: [GROUP.a, GROUP.a1, GROUP.a2] },
      { id: await makeScope('a1', 'b'), groups: [GROUP.a1, GROUP.b] },
      { id: await makeScope('b'), groups: [GROUP.b] },
    ];
    const looks = new Map<string, Awaited<ReturnType<typeof look>>[]>();
    for (const { id, groups } of scopes) looks.set(id, [await look(id, groups)]);
    const seed = Math.floor(Math.random() * 2 ** 31);
    const [kiosk] = await database.select().from(kiosks);
    const one = randomUUID();
    const pools: Pools = {
      groups: everything,
      people: [one],
      cards: [one],
      certificates: [one],
      kioskId: kiosk!.id,
    };
    const writers = Array.from({ length: 6 }, (_, index) =>
      new RandomWriter(world.databaseUrl, pools, randomNumbers(seed + index)).write(120),
    );
    let isWriting = true;
    const watching = (async () => {
      while (isWriting) for (const { id, groups } of scopes) looks.get(id)!.push(await look(id, groups));
    })();
    const committed = await Promise.all(writers).finally(async () => {
      isWriting = false;
      await watching;
    });
    expect(Math.min(...committed), `seed ${seed}`).toBeGreaterThan(20);
    for (const { id, groups } of scopes) {
      const expected = [...looks.get(id)!, await look(id, groups)].sort((a, b) => a.revision - b.revision);
      const first = expected[0]!;
      const log = await readWholeLog(database, id, first.revision, 7);
      const followed: Contents = new Map(first.contents);
      let at = first.revision;
      for (const { revision, contents } of expected) {
        for (const row of log.slice(at - first.revision, revision - first.revision)) applyRow(followed, row);
        at = revision;
        expect(sorted(followed), `seed ${seed}, revision ${revision}`).toEqual(sorted(contents));
      }
      expect(at).toBe(first.revision + log.length);
    }
    const left = await database.execute(
      sql`select (select count(*) from copy_touched) + (select count(*) from copy_transactions) as left`,
    );
    expect((left as unknown as { rows: { left: string }[] }).rows[0]!.left).toBe('0');
  });

  test('hears nothing of a transaction that was taken back, nor of what kiosks do not see', async () => {
    const { holder, card } = await world.issueCard();
    const scope = await makeScope('all');
    const before = await headOf(database, scope);
    await database.execute(
      sql`update people set user_principal_name = 'new@example.org' where id = ${holder.id}`,
    );
    await database.execute(sql`update cards set puk_version = puk_version + 1 where id = ${card.id}`);
    const undone = database.transaction(async (transaction) => {
      await transaction.execute(sql`update people set state = 'disabled' where id = ${holder.id}`);
      throw new Error('taken back');
    });
    await expect(undone).rejects.toThrow('taken back');
    expect(await headOf(database, scope)).toEqual(before);
  });

  test('hears of another mail address or login of a person, and of another label of a card', async () => {
    const { holder, card } = await world.issueCard();
    const scope = await makeScope('all');
    const changes = [
      sql`update people set mail = 'searched@example.org' where id = ${holder.id}`,
      sql`update people set login = 'searched' where id = ${holder.id}`,
      sql`update cards set label = 'searched' where id = ${card.id}`,
    ];
    for (const change of changes) {
      const before = await headOf(database, scope);
      await database.execute(change);
      expect((await headOf(database, scope)).revision).toBe(before.revision + 1);
    }
  });

  test('is told of a person who goes to another group with their cards and certificates, on both sides', async () => {
    const { holder, card } = await world.issueCard({ holder: { groupId: GROUP.b } });
    const [a, b] = [await makeScope('a'), await makeScope('b')];
    const [revisionA, revisionB] = [await headOf(database, a), await headOf(database, b)].map(
      (one) => one.revision,
    );
    await database.execute(sql`update people set group_id = ${GROUP.a2} where id = ${holder.id}`);
    const came = await readWholeLog(database, a, revisionA!, 100);
    const went = await readWholeLog(database, b, revisionB!, 100);
    const kinds = ['person', 'card', 'certificate', 'certificate', 'certificate', 'certificate'];
    expect(came.map(([, kind, , row]) => [kind, row !== null])).toEqual(kinds.map((kind) => [kind, true]));
    expect(went.map(([, kind, , row]) => [kind, row])).toEqual(kinds.map((kind) => [kind, null]));
    expect([came[1]![2], went[1]![2]]).toEqual([card.id, card.id]);
  });

  test('may not change what kiosks copy in a transaction that does not see what others commit', async () => {
    const blind = database.transaction(
      (transaction) => transaction.execute(sql`update reasons set position = position`),
      { isolationLevel: 'repeatable read' },
    );
    await expect(blind).rejects.toMatchObject({
      cause: { message: expect.stringContaining('has to be read committed') },
    });
  });
});

describe('the groups of a scope', () => {
  test('are all below those that were named, and another set of them is another epoch', async () => {
    const scope = await makeScope('a');
    const before = await headOf(database, scope);
    const a3 = randomUUID();
    await database.insert(groups).values({ id: a3, name: 'a3', parentId: GROUP.a1 });
    const grown = await headOf(database, scope);
    expect(grown.epoch).not.toBe(before.epoch);
    expect(grown.prunedTo).toBe(grown.revision);
    const found = await database.select().from(copyScopeGroups).where(eq(copyScopeGroups.scopeId, scope));
    expect(found.map(({ groupId }) => groupId).sort()).toEqual([GROUP.a, GROUP.a1, GROUP.a2, a3].sort());
    await database.delete(groups).where(eq(groups.id, a3));
    expect((await headOf(database, scope)).epoch).not.toBe(grown.epoch);
  });

  test('that were not touched keep their epoch when another part of the tree changes', async () => {
    const scope = await makeScope('b');
    const before = await headOf(database, scope);
    const a4 = randomUUID();
    await database.insert(groups).values({ id: a4, name: 'a4', parentId: GROUP.a });
    await database.delete(groups).where(eq(groups.id, a4));
    expect(await headOf(database, scope)).toEqual(before);
  });

  test('are the same scope for the same names in any order, for two who ask at once', async () => {
    const ids = await Promise.all([makeScope('b', 'a2'), makeScope('a2', 'b'), makeScope('a2', 'b', 'b')]);
    expect(new Set(ids).size).toBe(1);
  });
});

test('the newest revision of a profile goes out when it is saved, and the profile goes when it is withdrawn', async () => {
  const scope = await makeScope('b');
  const { revision } = await headOf(database, scope);
  await database.execute(sql`insert into profiles (name, revision, document, parsed, saved_at)
    select 'visitor', 1, '', parsed || '{"name":"visitor","revision":1}', now() from profiles limit 1`);
  await database.execute(sql`update profiles set withdrawn_at = now() where name = 'visitor'`);
  const rows = await readWholeLog(database, scope, revision, 100);
  expect(rows.map(([, kind, key, row]) => [kind, key, row !== null])).toEqual([
    ['profile', 'visitor', true],
    ['profile', 'visitor', false],
  ]);
});

describe('whoever works in the database by hand', () => {
  test.each([
    'people',
    'cards',
    'certificates',
    'operations',
    'profiles',
    'reasons',
    'groups',
    'copy_scopes',
    'copy_log',
  ])('cannot empty %s behind the back of kiosks', async (table) => {
    await expect(database.execute(sql.raw(`truncate ${table} cascade`))).rejects.toMatchObject({
      cause: { message: expect.stringContaining('kiosks would not hear of it') },
    });
  });

  test('may have a temporary table that is called like one that kiosks copy', async () => {
    const scope = await makeScope('all');
    const { revision } = await headOf(database, scope);
    await database.transaction(async (transaction) => {
      await transaction.execute(sql`create temporary table reasons (code text, position int) on commit drop`);
      await transaction.execute(
        sql`update public.reasons set position = position + 1 where code = 'profile-updated'`,
      );
    });
    const [row] = await readWholeLog(database, scope, revision, 100);
    expect(JSON.stringify(row)).toContain('"code":"profile-updated"');
  });
});

describe('old rows of a log', () => {
  test('go by their age, by their number, and with their epoch', async () => {
    const scope = await makeScope('all');
    const touch = () =>
      database.execute(sql`update reasons set position = position where code = 'profile-updated'`);
    for (let count = 0; count < 5; count += 1) await touch();
    const { revision } = await headOf(database, scope);
    await pruneLogs(database, new Date(0), 3);
    expect(await headOf(database, scope)).toMatchObject({ revision, prunedTo: revision - 3 });
    expect((await readLog(database, scope, revision - 3, 100))?.to).toBe(revision);
    await pruneLogs(database, new Date(Date.now() + 60_000), 1000);
    expect(await headOf(database, scope)).toMatchObject({ revision, prunedTo: revision });
    await touch();
    await pruneLogs(database, new Date(0), 1000);
    expect(await readWholeLog(database, scope, revision, 100)).toHaveLength(1);
    const { epoch } = await headOf(database, scope);
    await replaceEpochs(database);
    await pruneLogs(database, new Date(0), 1000);
    const after = await headOf(database, scope);
    expect([after.prunedTo, after.epoch === epoch]).toEqual([revision + 1, false]);
  });
});

function sorted(contents: Contents): unknown[] {
  return [...contents].sort(([a], [b]) => (a < b ? -1 : 1));
}
