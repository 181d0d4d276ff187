/** Profiles as documents: put, list, show, diff, delete. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditCommand } from '../../src/central/command/audit.ts';
import { profileCommand } from '../../src/central/command/profile.ts';
import { addCard } from '../../src/central/repositories/cards.ts';
import { PROFILE } from './support/central-world.ts';
import { Records } from './support/records.ts';

let records: Records;
beforeAll(async () => {
  records = await Records.open();
});
afterAll(() => records.close());

const profile = (...args: string[]) => records.run(profileCommand, ...args);
const put = (document: string, ...options: string[]) =>
  profile('put', records.file('profile.toml', document), ...options);
const named = (name: string) => PROFILE.replace('"employee"', `"${name}"`);
const longer = (document: string) => document.replace('lifetime_days = 365', 'lifetime_days = 730');

const JSON_PROFILE = {
  ...{ name: 'json', title: 'From JSON', management_key_algorithm: 'AES-192' },
  objects: { printed_information: true, facial_image: false, discovery: true },
  pin_policy: {
    ...{ min_length: 6, max_length: 8, forbid_repeated: true, forbid_sequence: true, forbid_current: true },
  },
  slots: [
    { slot: '9A', algorithm: 'P-256', lifetime_days: 365 },
    { slot: '9C', algorithm: 'P-256', lifetime_days: 365 },
  ],
};

describe('putting a profile', () => {
  test('makes a revision, and says what is different from the one before', async () => {
    expect(await put(named('first'))).toBe('first revision 1\n');
    expect(await put(longer(named('first')))).toBe(
      'first revision 2\n    slots.9A.lifetime_days: 365 → 730\n',
    );
  });

  test('that says nothing new saves nothing, however it is written', async () => {
    await put(named('same'));
    const again = `# A remark.\n${named('same')}`;
    expect(await put(again)).toBe('same revision 1\nnothing changed, nothing saved\n');
  });

  test('as a dry run saves nothing', async () => {
    expect(await put(named('dry'), '--dry-run')).toBe(
      'dry would be saved as revision 1\nnothing was saved: this was a dry run\n',
    );
    await put(named('dry'));
    expect(await put(longer(named('dry')), '--dry-run')).toContain(
      'revision 2\n    slots.9A.lifetime_days: 365 → 730\n',
    );
    expect(await put(named('dry'))).toContain('revision 1\nnothing changed');
  });

  test('takes JSON as well', async () => {
    expect(await put(JSON.stringify(JSON_PROFILE, null, 2))).toBe('json revision 1\n');
    expect(JSON.parse(await profile('show', 'json'))).toEqual(JSON_PROFILE);
  });

  test.each([
    ['a value of the wrong kind', '"min_length": 6', '"min_length": "six"', /line 11: pin_policy.min_length/],
    [
      'an unknown algorithm in the second slot',
      '"P-256",\n      "lifetime_days": 365\n    }\n  ]',
      '"X",\n      "lifetime_days": 365\n    }\n  ]',
      /line 25: slot 9C: algorithm: write one of/,
    ],
    ['a misspelt key', '"title"', '"titel"', /titel is not known here/],
    ['JSON that is none', '"From JSON",', '"From JSON"', /line 4: this is not JSON/],
    ['JSON that ends too early', '\n}', '', /line 28: this is not JSON/],
  ])('names the line of JSON: %s', async (_what, good, bad, message) => {
    const document = JSON.stringify(JSON_PROFILE, null, 2);
    const at = document.lastIndexOf(good);
    const broken = `${document.slice(0, at)}${bad}${document.slice(at + good.length)}`;
    const file = records.file('profile.json', broken);
    expect(await records.refusal(profileCommand, 'put', file)).toMatch(message);
  });

  test('by two at the same time makes two revisions', async () => {
    const documents = [named('both'), longer(named('both'))];
    const files = documents.map((document, at) => records.file(`both-${at}.toml`, document));
    const said = await Promise.all(files.map((file) => profile('put', file)));
    expect(said.map((one) => one.split('\n')[0]).sort()).toEqual(['both revision 1', 'both revision 2']);
  });
});

describe('a profile that is there', () => {
  test('is listed with its newest revision and the cards that have it', async () => {
    await put(named('listed'));
    await put(longer(named('listed')));
    expect(await profile('list')).toContain('listed\t2\tEmployee card\t0 cards\n');
    const { profiles } = JSON.parse(await profile('list', '--json'));
    expect(profiles).toContainEqual({ name: 'listed', revision: 2, title: 'Employee card', cards: 0 });
  });

  test('is shown as it was put in, every revision of it', async () => {
    const document = `# Why it is so.\n${named('shown')}`;
    await put(document);
    await put(longer(document));
    expect(await profile('show', 'shown')).toBe(longer(document));
    expect(await profile('show', 'shown', '--revision', '1')).toBe(document);
    expect(await records.refusal(profileCommand, 'show', 'shown', '--revision', '3')).toBe(
      'show profile: shown has the revisions 1 to 2, and no 3',
    );
    expect(await records.refusal(profileCommand, 'show', 'nowhere')).toContain('see: profile list');
  });

  test('is compared revision by revision', async () => {
    await put(named('compared'));
    await put(longer(named('compared')));
    const text = await profile('diff', 'compared', '1', '2');
    expect(text).toMatch(/^--- compared revision 1\t\S+Z\n\+\+\+ compared revision 2\t\S+Z\n@@ /);
    expect(text).toContain('-lifetime_days = 365\n+lifetime_days = 730\n');
    expect(await profile('diff', 'compared', '2', '2')).toBe('');
  });
});

describe('deleting a profile', () => {
  test('withdraws it; what it was stays readable, and it can be put in again', async () => {
    await put(named('gone'));
    expect(await profile('delete', 'gone')).toContain('gone is withdrawn');
    expect(await profile('list')).not.toContain('gone');
    expect(await profile('show', 'gone', '--revision', '1')).toBe(named('gone'));
    expect(await records.refusal(profileCommand, 'delete', 'gone')).toContain('there is no gone');
    expect(await put(named('gone'))).toBe('gone revision 2\n');
    const { entries } = JSON.parse(await records.run(auditCommand, 'list', '--json'));
    expect(entries.map(({ type }: { type: string }) => type)).toContain('profile.withdrawn');
  });

  test('is refused while a card has it', async () => {
    await put(named('used'));
    await records.addPerson('holder');
    await addCard(records.central.database, {
      ...{ id: randomUUID(), label: null, serial: '77', guid: randomUUID(), fascN: new Uint8Array(25) },
      ...{ cardholderUuid: null, chuidExpiry: '20311231', expiresAt: new Date('2031-12-31T23:59:59Z') },
      ...{
        holderId: await records.personId('holder'),
        state: 'cancelled',
        profileName: 'used',
        profileRevision: 1,
      },
      ...{
        managementKeyVersion: 0,
        managementKeyAlgorithm: '3DES',
        canChangeManagementKey: null,
        pukVersion: 0,
      },
      ...{ stateReason: null, isManagementKeyKnown: true, isPukKnown: true },
    });
    expect(await records.refusal(profileCommand, 'delete', 'used')).toBe(
      'delete profile: 1 cards have used, so it stays; see: card list',
    );
    expect(await profile('list')).toContain('used\t1\tEmployee card\t1 cards\n');
  });
});
