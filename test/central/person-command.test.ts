/** `central person set`, typed by two at once. */
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { people } from '../../db/central/schema.ts';
import { personCommand } from '../../src/central/command/person.ts';
import { SOON } from '../support/soon.ts';
import { Records } from './support/records.ts';

let records: Records;
beforeAll(async () => {
  records = await Records.open();
});
afterAll(() => records.close());

const show = async (login: string) => JSON.parse(await records.run(personCommand, 'show', login, '--json'));

test('two who add the same person at once add them once', async () => {
  const add = (name: string) =>
    records.run(personCommand, 'set', 'anna', '--name', name, '--mail', 'anna@example.org');
  const ids = await Promise.all(['Anna', 'Anna Frost', 'A. Frost'].map(add));
  expect(new Set(ids).size).toBe(1);
});

test('two who change the same person at once do not undo each other', async () => {
  await records.addPerson('ben');
  for (let n = 0; n < 10; n += 1) {
    const id = n % 2 === 0 ? 'ben' : await records.personId('ben');
    await Promise.all([
      records.run(personCommand, 'set', 'ben', '--name', `Ben ${n}`),
      records.run(personCommand, 'set', id, '--mail', `ben${n}@example.org`),
    ]);
    expect(await show('ben')).toMatchObject({ displayName: `Ben ${n}`, mail: `ben${n}@example.org` });
  }
});

test('somebody whom an import adds at the same moment is changed, and not added twice', async () => {
  const { database } = records.central;
  const person = {
    login: 'carla',
    displayName: 'Carla',
    mail: 'carla@example.org',
    state: 'active',
  } as const;
  const id = randomUUID();
  const setting = await database.transaction(async (transaction) => {
    await transaction.insert(people).values({ ...person, id, userPrincipalName: person.mail });
    const typed = records.run(personCommand, 'set', 'carla', '--name', 'Carla F.', '--mail', 'c@example.org');
    await untilSomebodyWaits();
    return { typed };
  });
  expect(await setting.typed).toBe(`${id}\n`);
  expect(await show('carla')).toMatchObject({ id, displayName: 'Carla F.', mail: 'c@example.org' });
});

/** For the lock of a row that another transaction has. */
async function untilSomebodyWaits(): Promise<void> {
  const waiting = sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and wait_event = 'transactionid'`;
  await vi.waitFor(async () => {
    const { rows } = (await records.central.database.execute(waiting)) as unknown as { rows: unknown[] };
    expect(rows).toHaveLength(1);
  }, SOON);
}
