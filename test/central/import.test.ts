/** `central import groups` and `central import people`, as they are typed. */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { auditCommand } from '../../src/central/command/audit.ts';
import { cardCommand } from '../../src/central/command/card.ts';
import { groupCommand } from '../../src/central/command/group.ts';
import { importCommand } from '../../src/central/command/import.ts';
import { operatorCommand } from '../../src/central/command/operator.ts';
import { personCommand } from '../../src/central/command/person.ts';
import { profileCommand } from '../../src/central/command/profile.ts';
import { Records } from './support/records.ts';

const EXAMPLES = join(import.meta.dirname, '../../docs/examples');

let records: Records;
beforeAll(async () => {
  records = await Records.open();
  mkdirSync(join(records.folder, 'photos'));
  copyFileSync(join(EXAMPLES, 'photos/anna.jpg'), join(records.folder, 'photos/anna.jpg'));
});
afterAll(() => records.close());

/** Imports a file of this content. */
const take = (kind: string, content: string, ...options: string[]) =>
  records.run(importCommand, kind, records.file(`${kind}.txt`, content), ...options);

const refused = (kind: string, content: string, ...options: string[]) =>
  records.refusal(importCommand, kind, records.file(`${kind}.txt`, content), ...options);

const show = async (login: string) => JSON.parse(await records.run(personCommand, 'show', login, '--json'));
const tree = () => records.run(groupCommand, 'list');
const auditTypes = async (): Promise<string[]> =>
  JSON.parse(await records.run(auditCommand, 'list', '--json')).entries.map(
    ({ type }: { type: string }) => type,
  );

describe('importing groups', () => {
  test('puts each below its parent, also one that comes later in the file', async () => {
    await take('groups', 'name,parent\nsales north,sales\nsales,\nsupport,all\n');
    expect(await tree()).toBe('all\t0\n  sales\t0\n    sales north\t0\n  support\t0\n');
  });

  test('moves a group with all below it, and leaves alone what has no parent in the file', async () => {
    await take('groups', 'name,parent\nsales,support\nsales north,\n');
    expect(await tree()).toBe('all\t0\n  support\t0\n    sales\t0\n      sales north\t0\n');
  });

  test.each([
    ['a parent that is nowhere', 'lab,cellar\n', 'line 2, parent: there is no group cellar'],
    ['a parent for the top of the tree', 'all,sales\n', 'line 2, parent: this group is the top of the tree'],
    ['a circle', 'lab,attic\nattic,lab\n', 'line 2, parent: lab would be below itself'],
    [
      'a circle with what is on record',
      'support,sales north\n',
      'line 2, parent: support would be below itself',
    ],
    ['a name twice', 'lab,\nattic,\nlab,attic\n', 'line 4, name: "lab" is in line 2 too: keep one of them'],
    ['a name that no list of scopes could hold', '"a,b",\n', 'line 2, name: "a,b": a group has'],
    ['a row without a name', ',sales\n', 'line 2, name: it is missing'],
  ])('is refused with the line: %s', async (_what, rows, message) => {
    const before = await tree();
    expect(await refused('groups', `name,parent\n${rows}`)).toContain(message);
    expect(await tree()).toBe(before);
  });

  test('a group goes when nobody is in it, and never the top of the tree', async () => {
    await take('groups', 'name\nempty\n');
    expect(await records.run(groupCommand, 'delete', 'empty')).toBe('empty is deleted\n');
    expect(await tree()).not.toContain('empty');
    expect(await records.refusal(groupCommand, 'delete', 'all')).toContain(
      'is the top of the tree and stays',
    );
    expect(await records.refusal(groupCommand, 'delete', 'support')).toContain('has sales below it');
    expect(await records.refusal(groupCommand, 'delete', 'nowhere')).toContain('see: group list');
  });
});

const HEADER = 'login,name,mail,upn,group,state,approved_until,photo\n';

describe('importing people', () => {
  test('adds them with everything that is said, and with defaults for what is not', async () => {
    const said =
      'anna,Anna Sommer,anna@example.org,a@corp.example.org,sales,disabled,2031-12-31,photos/anna.jpg\n';
    await take('people', `${HEADER}${said}bert,Bert,bert@example.org,,,,,\n`);
    expect(await show('anna')).toMatchObject({
      ...{ displayName: 'Anna Sommer', mail: 'anna@example.org', userPrincipalName: 'a@corp.example.org' },
      ...{ group: 'sales', state: 'disabled', approvedUntil: '2031-12-31T00:00:00Z', photoBytes: 4665 },
    });
    expect(await show('bert')).toMatchObject({
      ...{ userPrincipalName: 'bert@example.org', group: 'all', state: 'active', approvedUntil: null },
      photoBytes: null,
    });
    expect(await records.refusal(groupCommand, 'delete', 'sales')).toContain('has 1 people: move them first');
  });

  test('the same file again changes nothing, and is not in the audit', async () => {
    const content = `${HEADER}carla,Carla,carla@example.org,,support,active,never,photos/anna.jpg\n`;
    await take('people', content);
    const before = await auditTypes();
    expect(await take('people', content)).toBe('people: 0 added, 0 changed, 1 unchanged\n');
    expect(await auditTypes()).toEqual(before);
  });

  test('what a file says nothing of stays as it is; never and none take away', async () => {
    await take('people', `${HEADER}dora,Dora,dora@example.org,,sales,,2031-12-31,photos/anna.jpg\n`);
    const said = await take('people', 'login;mail\ndora;new@example.org\n');
    expect(said).toBe('people: 0 added, 1 changed (mail 1), 0 unchanged\n');
    const kept = {
      mail: 'new@example.org',
      userPrincipalName: 'dora@example.org',
      group: 'sales',
      photoBytes: 4665,
    };
    expect(await show('dora')).toMatchObject(kept);
    await take('people', 'login,approved_until,photo\ndora,never,none\n');
    expect(await show('dora')).toMatchObject({ approvedUntil: null, photoBytes: null });
  });

  test('takes JSON as well', async () => {
    const people = [{ login: 'emil', name: 'Émil, the 2nd', mail: 'emil@example.org', group: null }];
    expect(await take('people', JSON.stringify(people, null, 2))).toContain('1 added');
    expect((await show('emil')).displayName).toBe('Émil, the 2nd');
  });

  test('a dry run tells each change field by field, and changes nothing', async () => {
    await take('people', 'login,name,mail\nfrida,Frida,frida@example.org\n');
    const content = `${HEADER}frida,Frida Berg,frida@example.org,,support,,,\ngerd,Gerd,gerd@example.org,,,,,\n`;
    const text = await take('people', content, '--dry-run');
    expect(text).toContain('line 2: frida changes\n    name: Frida → Frida Berg\n    group: all → support\n');
    expect(text).toContain('line 3: gerd is added\n    login: gerd\n');
    expect(text).toContain('1 added, 1 changed (name 1, group 1), 0 unchanged; nothing was written');
    const json = JSON.parse(await take('people', content, '--dry-run', '--json'));
    expect(json).toMatchObject({ kind: 'people', isDryRun: true, added: 1, changed: 1, unchanged: 0 });
    expect(json.changes[0]).toEqual({
      ...{ line: 2, isNew: false, name: 'frida' },
      fields: { name: ['Frida', 'Frida Berg'], group: ['all', 'support'] },
    });
    expect((await show('frida')).displayName).toBe('Frida');
    expect(await records.refusal(personCommand, 'show', 'gerd')).toContain('nobody has the login gerd');
  });

  test('a dry run tells the first changes, and how many more there are', async () => {
    const rows = Array.from({ length: 2500 }, (_, at) => `x${at},X ${at},x${at}@example.org\n`);
    const content = `login,name,mail\n${rows.join('')}`;
    const text = await take('people', content, '--dry-run', '--show', '3');
    expect(text.match(/is added/g)).toHaveLength(3);
    expect(text).toContain('… and 2497 more (--show N, or --json for all)\n');
    expect(JSON.parse(await take('people', content, '--dry-run', '--json')).changes).toHaveLength(2500);
  });

  test('tells every error of a file at once, by line, and takes nothing of it', async () => {
    const message = await refused(
      'people',
      `${HEADER}Hans,Hans,hans@example.org,,,,,
ida,,ida@example,,nowhere,,,
jan,Jan,jan,,,gone,,
kim,Kim,kim@example.org,kim,sales,,2031-02-30,
leo,Leo,leo@example.org,,,,,photos/../../leo.jpg
mia,Mia,mia@example.org,,,,,people.txt
nil,Nil,nil@example.org,,,,,
nil,Nil,nil@example.org,,,,,
,Nobody,nobody@example.org,,,,,
`,
    );
    expect(message.split('\n').slice(1)).toEqual([
      'line 2, login: "Hans": a login has lower-case letters, digits, dots and hyphens',
      'line 3, group: there is no group nowhere: import it first, or see: group list',
      'line 3, name: it is missing, and the row adds somebody or something new: say it',
      'line 4, mail: "jan": that is not a mail address in ASCII',
      'line 4, state: "gone": a state is one of active, disabled',
      'line 5, upn: "kim": that is not a mail address in ASCII',
      'line 5, approved_until: "2031-02-30": a time is a day (2031-12-31) or an instant with its zone (2031-12-31T23:59:59Z), or never',
      expect.stringMatching(/^line 6, photo: "photos\/\.\.\/\.\.\/leo\.jpg": there is no such file/),
      'line 7, photo: "people.txt": a photo is a JPEG, and this cannot be read as one',
      'line 9, login: "nil" is in line 8 too: keep one of them',
      'line 10, login: it is missing: each row says it',
    ]);
    expect(await records.refusal(personCommand, 'show', 'nil')).toContain('nobody');
  });

  test('tells a hundred errors, and that there may be more', async () => {
    const rows = Array.from({ length: 150 }, (_, at) => `p${at},P,none\n`);
    const message = await refused('people', `login,name,mail\n${rows.join('')}`);
    expect(message.match(/^line \d+, mail/gm)).toHaveLength(100);
    expect(message).toContain('there may be more: only 100 are told');
  });

  test('a photo elsewhere, or too large for a card, is refused', async () => {
    writeFileSync(join(records.folder, 'photos/large.jpg'), new Uint8Array(33_000));
    const message = await refused(
      'people',
      'login,name,mail,photo\nola,Ola,ola@example.org,/etc/hostname\npia,Pia,pia@example.org,photos/large.jpg\n',
    );
    expect(message).toContain('line 2, photo: "/etc/hostname": the path leads elsewhere');
    expect(message).toContain('line 3, photo: "photos/large.jpg": the file has 33000 bytes: at most 32768');
  });

  test('is in the audit once, with the digest of the file and counts', async () => {
    await take('people', 'login,name,mail\nquinn,Quinn,quinn@example.org\n');
    const { entries } = JSON.parse(await records.run(auditCommand, 'list', '--json'));
    expect(entries.at(-1)).toMatchObject({
      ...{ type: 'import.people', actor: 'command' },
      detail: { file: 'people.txt', sha256: expect.stringMatching(/^[0-9a-f]{64}$/), added: 1, changed: 0 },
    });
  });

  test('two at the same time do not disturb each other', async () => {
    const path = records.file('both.csv', 'login,name,mail\nrosa,Rosa,rosa@example.org\n');
    const said = await Promise.all([1, 2].map(() => records.run(importCommand, 'people', path)));
    expect(said.sort()).toEqual([
      'people: 0 added, 0 changed, 1 unchanged\n',
      'people: 1 added, 0 changed, 0 unchanged\n',
    ]);
  });

  test('of a file that is not there says so', async () => {
    expect(await records.refusal(importCommand, 'people', join(records.folder, 'none.csv'))).toContain(
      'cannot be read (ENOENT)',
    );
  });
});

describe('people who are not in a file', () => {
  let few: Records;
  beforeAll(async () => {
    few = await Records.open();
  });
  afterAll(() => few.close());
  const login = (one: string) => `${one},${one},${one}@example.org\n`;
  const takeFew = (logins: string[], ...options: string[]) =>
    few.run(
      importCommand,
      'people',
      few.file('few.csv', `login,name,mail\n${logins.map(login).join('')}`),
      ...options,
    );
  const active = async () =>
    JSON.parse(await few.run(personCommand, 'list', '--json')).people.flatMap(
      (one: { login: string; state: string }) => (one.state === 'active' ? [one.login] : []),
    );

  beforeEach(async () => {
    await takeFew(['a', 'b', 'c', 'd']);
  });

  test('stay, unless it is asked for that they are disabled', async () => {
    await takeFew(['a', 'b', 'c']);
    expect(await active()).toEqual(['a', 'b', 'c', 'd']);
    const dry = await takeFew(['a', 'b', 'c'], '--disable-missing', '--dry-run');
    expect(dry).toContain('not in the file: d changes\n    state: active → disabled\n');
    expect(await takeFew(['a', 'b', 'c'], '--disable-missing')).toBe(
      'people: 0 added, 1 changed (state 1), 3 unchanged\n',
    );
    expect(await active()).toEqual(['a', 'b', 'c']);
    const { entries } = JSON.parse(await few.run(auditCommand, 'list', '--json'));
    const disabled = entries.find(({ type }: { type: string }) => type === 'people.disabled');
    expect(disabled.detail.people).toHaveLength(1);
  });

  test('stay all the same when that would disable more than half of everybody', async () => {
    const path = few.file('one.csv', `login,name,mail\n${login('a')}`);
    const message = await few.refusal(importCommand, 'people', path, '--disable-missing');
    expect(message).toContain('active people are not in the file, which is more than half');
    expect(await active()).toContain('b');
  });
});

test('the example in docs/operator.md can be followed word for word', async () => {
  const fresh = await Records.open();
  try {
    await fresh.run(profileCommand, 'put', join(EXAMPLES, 'employee.toml'));
    for (const kind of ['groups', 'people', 'cards']) {
      const file = join(EXAMPLES, `${kind}.csv`);
      const dry = await fresh.run(importCommand, kind, file, '--dry-run');
      const said = await fresh.run(importCommand, kind, file);
      expect(dry).toContain(said.trimEnd());
      expect(said).toContain(' added, 0 changed, 0 unchanged');
    }
    expect(await fresh.run(operatorCommand, 'bootstrap', '--person', 'bert')).toContain('Winter, Bert');
    const card = JSON.parse(await fresh.run(cardCommand, 'show', '10000001', '--json'));
    expect(card.certificates.map(({ slot }: { slot: string }) => slot)).toEqual(['9A', '9C']);
    expect(card.holder.login).toBe('anna');
  } finally {
    await fresh.close();
  }
});
