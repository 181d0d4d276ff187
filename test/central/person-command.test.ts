/** `central person set`, typed by two at once. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { personCommand } from '../../src/central/command/person.ts';
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
