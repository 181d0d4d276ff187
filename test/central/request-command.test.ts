/** `recard central request …` and who may act for others, by command (KR-01 to KR-05, OP-05). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operatorCommand } from '../../src/central/command/operator.ts';
import type { ListedRequest, ShownRequest } from '../../src/protocol/operator.ts';
import { type ArchivedCard, OperatorWorld } from './support/operator-world.ts';

let all: OperatorWorld;
let old: ArchivedCard;
let card: ArchivedCard;
beforeAll(async () => {
  all = await OperatorWorld.open();
  await all.addOperator('root', 'administrator', 'all');
  await all.addOperator('helga');
  await all.addOperator('olaf');
  await all.addOperator('theo', 'helpdesk', 'works');
  old = await all.addPerson('anna', 'validated');
  card = await all.addCard(old, 'validated');
});
afterAll(() => all?.close());

const run = (...args: string[]) => all.command(...args);
const made = async (...args: string[]): Promise<ShownRequest> =>
  JSON.parse(await run('new', ...args, '--json'));
const operators = async (...args: string[]) => {
  let text = '';
  const io = { stdout: { write: (more: string) => (text += more) }, stderr: { write: () => {} } };
  await operatorCommand(all.world.central, args, io);
  return text;
};

test('a request is made, approved by two people, and shown with its history', async () => {
  const { id } = await made(
    'existing-card',
    card.card.serial!,
    '--certificate',
    old.serialNumber.toUpperCase(),
    '--as',
    'helga',
  );
  await expect(run('approve', id)).rejects.toThrow('[ID-05-not-an-operator]');
  await expect(run('approve', id, '--as', 'helga')).rejects.toThrow('[KR-04-own-request]');
  await expect(run('approve', id, '--as', 'theo')).rejects.toThrow('[KR-03-out-of-scope]');
  await expect(run('approve', id, '--as', 'anna')).rejects.toThrow('[ID-05-not-an-operator]');
  const text = await run('approve', id, '--as', 'olaf', '--note', 'seen in person');
  expect(text).toContain('state:          ready');
  expect(text).toContain(`${old.serialNumber} comes`);
  expect(text).toContain(`${card.serialNumber} stays`);
  expect(text).toContain('request.made by operator:helga at command');
  expect(text).toContain('request.approved by operator:olaf at command: seen in person');
  expect(text).toContain('request.refused by operator:theo at command: KR-03-out-of-scope');
  const { requests, total }: { requests: ListedRequest[]; total: number } = JSON.parse(
    await run('list', '--json'),
  );
  expect([total, requests.map((one) => one.id)]).toEqual([1, [id]]);
  expect(await run('list', '--state', 'toApprove')).toBe('');
  expect(await run('cancel', id)).toContain('state:          cancelled');
  expect(await run('list')).toBe('');
  expect(await run('list', '--state', 'cancelled', '--person', 'anna')).toContain(id);
});

test('a certificate is taken off a card only when that is confirmed by itself', async () => {
  const wish = [
    'existing-card',
    card.card.serial!,
    '--certificate',
    old.serialNumber,
    '--without',
    card.serialNumber,
  ];
  await expect(made(...wish)).rejects.toThrow('[KR-05-confirm-removal]');
  const text = await run('new', ...wish, '--confirm-removal', card.serialNumber);
  expect(text).toContain(`${card.serialNumber} is REMOVED`);
});

test('a soft certificate, a new card and a card update are asked for', async () => {
  const soft = await made(
    'soft-certificate',
    'anna',
    '--profile',
    'validated',
    '--certificate',
    old.serialNumber,
  );
  expect(soft).toMatchObject({ kind: 'softCertificate', state: 'awaitingApproval', requestedBy: 'command' });
  expect(await run('reject', soft.id, '--as', 'olaf', '--note', 'too many')).toContain('rejected');
  const replacing = ['--in-place-of', old.card.serial!, '--reason', 'damaged'];
  expect(await made('new-card', 'anna', '--profile', 'validated', ...replacing)).toMatchObject({
    kind: 'newCard',
  });
  expect(await made('card-update', card.card.serial!, '--reason', 'profile-updated')).toMatchObject({
    state: 'ready',
  });
});

test('what can be recovered is listed with where it is', async () => {
  const text = await run('certificates', 'anna');
  expect(text).toContain(`${old.serialNumber}\t`);
  expect(text).toContain(`on ${card.card.serial} 9D`);
});

const MANY = Array.from({ length: 65 }, (_, i) => ['--certificate', i.toString(16)]).flat();

describe('what was typed wrongly', () => {
  test.each([
    [['new'], 'a kind is existing-card'],
    [['new', 'existing-card'], 'request new existing-card CARD'],
    [['new', 'existing-card', 'x', '--profile', 'validated'], 'request new existing-card CARD'],
    [['new', 'existing-card', 'x'], 'central knows no card x'],
    [['new', 'soft-certificate', 'x', '--profile', 'validated'], 'nobody is called x'],
    [['new', 'soft-certificate', 'anna'], 'request new soft-certificate PERSON'],
    [
      ['new', 'soft-certificate', 'anna', '--profile', 'validated', '--certificate', 'zz'],
      'make request: zz is no serial number of a certificate: it has 1 to 64 digits and letters a to f, ' +
        'such as 3f:a0:17 or 3fa017; see: request certificates PERSON',
    ],
    [
      ['new', 'soft-certificate', 'anna', '--profile', 'validated', '--certificate', '0b', '--note', ''],
      'make request: a note has 1 to 500 characters',
    ],
    [
      ['new', 'soft-certificate', 'anna', '--profile', 'validated', ...MANY],
      'make request: a request is for 64 certificates at most',
    ],
    [['new', 'new-card', 'anna', '--profile', 'validated', '--reason', 'x'], 'request new new-card PERSON'],
    [['new', 'card-update', 'x'], 'request new card-update CARD'],
    [['show', 'x'], 'is no id of a request'],
    [['show', '00000000-0000-4000-8000-000000000000'], '[KR-01-no-such-request]'],
    [['list', '--state', 'x'], 'a state is toApprove'],
    [['list', '--as', 'x'], 'there is no such person'],
    [['reject', '00000000-0000-4000-8000-000000000000', '--as', 'olaf'], 'say why'],
    [['what'], 'request: new KIND'],
  ])('is said: %j', async (args, said) => {
    await expect(run(...args)).rejects.toThrow(said);
  });
});

describe('operators', () => {
  test('are added, given another role, and removed', async () => {
    await all.world.issueCard({ holder: { login: 'nora', displayName: 'Nora', mail: 'n@example.org' } });
    expect(await operators('add', 'nora', '--role', 'helpdesk', '--group', 'sales')).toBe(
      'Nora: helpdesk for sales\n',
    );
    expect(await operators('add', 'nora', '--role', 'administrator', '--group', 'all')).toBe(
      'Nora: administrator for all\n',
    );
    expect(await operators('list')).toContain('nora\tNora\tadministrator\tall');
    expect(await operators('remove', 'nora')).toBe('Nora is no operator any more\n');
    expect(await operators('list')).not.toContain('nora');
    expect((await all.audit('operator.added')).at(-1)).toMatchObject({
      detail: { role: 'administrator', before: 'helpdesk' },
    });
    expect(await all.audit('operator.removed')).toHaveLength(1);
  });

  test('always have an administrator among them', async () => {
    await expect(operators('remove', 'root')).rejects.toThrow('root is the last administrator');
    await expect(operators('add', 'root', '--role', 'helpdesk', '--group', 'all')).rejects.toThrow(
      'last administrator',
    );
  });

  test.each([
    [['add', 'nobody', '--role', 'helpdesk', '--group', 'all'], 'nobody is called nobody'],
    [['add', 'anna', '--role', 'king', '--group', 'all'], 'a role is helpdesk or administrator'],
    [['add', 'anna', '--role', 'helpdesk', '--group', 'x'], 'there is no group x'],
    [['add', 'anna', '--role', 'helpdesk'], 'operator: bootstrap'],
    [['remove', 'anna'], 'anna is none'],
  ])('are not changed by %j', async (args, said) => {
    await expect(operators(...args)).rejects.toThrow(said);
  });
});
