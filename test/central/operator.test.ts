/** The first operator, and people as they are listed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditCommand } from '../../src/central/command/audit.ts';
import { operatorCommand } from '../../src/central/command/operator.ts';
import { personCommand } from '../../src/central/command/person.ts';
import { Records } from './support/records.ts';

let records: Records;
beforeAll(async () => {
  records = await Records.open();
  for (const login of ['anna', 'bert', 'off']) await records.addPerson(login);
  await records.run(personCommand, 'set', 'off', '--state', 'disabled');
});
afterAll(() => records.close());

const bootstrap = (login: string) => records.run(operatorCommand, 'bootstrap', '--person', login);

describe('the first operator', () => {
  test('is somebody who is known and active', async () => {
    await expect(bootstrap('nobody')).rejects.toThrow('nobody is called nobody; see: person list');
    await expect(bootstrap('off')).rejects.toThrow('off is disabled; name somebody who is active');
    expect(await records.run(operatorCommand, 'list')).toBe('');
  });

  test('is made once, whoever asks at the same time', async () => {
    const said = await Promise.allSettled(['anna', 'bert', 'anna', 'bert'].map(bootstrap));
    const made = said.filter(({ status }) => status === 'fulfilled');
    expect(made).toHaveLength(1);
    const { operators } = JSON.parse(await records.run(operatorCommand, 'list', '--json'));
    expect(operators).toMatchObject([{ role: 'administrator', group: 'all', addedBy: 'command' }]);
    await expect(bootstrap('bert')).rejects.toThrow(
      'and this works once; add more with: operator add LOGIN --role helpdesk|administrator --group NAME',
    );
  });

  test('is in the audit', async () => {
    const { entries } = JSON.parse(await records.run(auditCommand, 'list', '--json'));
    const made = entries.filter(({ type }: { type: string }) => type === 'operator.bootstrapped');
    expect(made).toMatchObject([{ actor: 'command', detail: { role: 'administrator' } }]);
  });
});

describe('people', () => {
  test('are found by a part of login, name or mail', async () => {
    await records.run(personCommand, 'set', 'carl', '--name', 'Carl 100%', '--mail', 'c@example.org');
    expect(await records.run(personCommand, 'list', '--search', 'BER')).toBe(
      'bert\tbert\tbert@example.org\tall\tactive\n',
    );
    expect(await records.run(personCommand, 'list', '--search', '0%')).toContain('carl');
    expect(await records.run(personCommand, 'list', '--search', '%b%')).toBe('');
    expect(await records.run(personCommand, 'list', '--limit', '2')).toContain(
      '… and 2 more: narrow the search',
    );
  });

  test('are not found in a group that is not there', async () => {
    await expect(records.run(personCommand, 'list', '--group', 'x')).rejects.toThrow('there is no group x');
    await expect(records.run(personCommand, 'set', 'anna', '--group', 'x')).rejects.toThrow(
      'see: group list',
    );
  });

  test.each([
    [['--mail', 'Jürgen@example.org'], 'set person: that is not a mail address in ASCII'],
    [['--state', 'gone'], 'set person: a state is one of active, disabled'],
    [['--approved-until', 'soon'], 'set person: a time is a day (2031-12-31)'],
    [['--name', 'x'.repeat(65)], 'set person: a name is one line of at most 64 characters'],
  ])('are not set to what no card could hold: %s', async (options, message) => {
    await expect(records.run(personCommand, 'set', 'anna', ...options)).rejects.toThrow(message);
  });
});
