/** The operator's pages at central: what is in them, and for whom (OP-01, OP-03, OP-05). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caCommand } from '../../src/central/command/ca.ts';
import { putOperator, takeOperator } from '../../src/central/command/put-operator.ts';
import { findOpenOperation } from '../../src/central/repositories/operations.ts';
import { savePerson } from '../../src/central/repositories/people.ts';
import { auditPage, cardPage, operationsPage, personPage } from '../../src/protocol/desk.ts';
import type { IssuedCard } from './support/central-world.ts';
import { KioskCaller } from './support/kiosk-caller.ts';
import { OperationRun, proveHolder } from './support/operation-run.ts';
import { OperatorCaller, OperatorWorld } from './support/operator-world.ts';

const OPERATORS = {
  helpdesk: ['helpdesk', 'sales'],
  administrator: ['administrator', 'sales'],
  'helpdesk of another group': ['helpdesk', 'works'],
  'administrator of another group': ['administrator', 'works'],
} as const;
type Who = keyof typeof OPERATORS;
const WHO = Object.keys(OPERATORS) as Who[];
const NOBODY = '00000000-0000-4000-8000-000000000000';
const HOUR_MS = 60 * 60 * 1000;
const PHOTO = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);

let all: OperatorWorld;
let count = 0;
const operators = new Map<Who, { issued: IssuedCard; caller: OperatorCaller }>();
beforeAll(async () => {
  all = await OperatorWorld.open();
  await all.addOperator('root', 'administrator', 'all');
  for (const [who, [role, group]] of Object.entries(OPERATORS)) {
    const issued = await all.addOperator(`${role}-${group}`, role, group);
    operators.set(who as Who, { issued, caller: await all.signIn(issued) });
  }
});
afterAll(() => all?.close());

const someone = () => all.addPerson(`person${++count}`);
const callerOf = (who: Who) => operators.get(who)!.caller;
const seePerson = async (caller: OperatorCaller, id: string) =>
  personPage.parse(await caller.ask('GET', `/desk/people/${id}`));
const seeCard = async (caller: OperatorCaller, id: string) =>
  cardPage.parse(await caller.ask('GET', `/desk/cards/${id}`));
const seeOperations = async (caller: OperatorCaller) =>
  operationsPage.parse(await caller.ask('GET', '/desk/operations')).operations;
const seeAudit = async (caller: OperatorCaller, query = '') =>
  auditPage.parse(await caller.ask('GET', `/desk/audit${query}`));

async function codeOf(work: Promise<unknown>): Promise<string | null> {
  return work.then(
    () => null,
    (error: { code?: string }) => error.code ?? String(error),
  );
}

/** A rewrite that was begun, and stopped. */
async function begin(issued: IssuedCard): Promise<string> {
  await OperationRun.begin(all.world.kiosk, issued);
  return (await findOpenOperation(all.world.central.database, issued.card.id))!.id;
}

/** What the audit has of what was refused, newest last. */
async function refusals(has: Readonly<Record<string, unknown>>) {
  const lines = (await all.audit('desk.refused')).map(({ actor, cardId, detail }) => ({
    ...{ actor, cardId },
    ...detail,
  }));
  return lines.filter((line) =>
    Object.entries(has).every(([name, value]) => (line as Record<string, unknown>)[name] === value),
  );
}

/** Every page and action about somebody, and what it is called in the audit. */
const ABOUT_SOMEBODY = {
  seePerson: (caller: OperatorCaller, { holder }: IssuedCard) =>
    caller.ask('GET', `/desk/people/${holder.id}`),
  seePhoto: (caller: OperatorCaller, { holder }: IssuedCard) =>
    caller.ask('GET', `/desk/people/${holder.id}/photo`),
  seeCard: (caller: OperatorCaller, { card }: IssuedCard) => caller.ask('GET', `/desk/cards/${card.id}`),
  abandon: async (caller: OperatorCaller, { card }: IssuedCard) => {
    const { id } = (await findOpenOperation(all.world.central.database, card.id))!;
    return caller.ask('POST', `/desk/operations/${id}/abandon`, { note: 'walked off' });
  },
} as const;
type Action = keyof typeof ABOUT_SOMEBODY;
const ACTIONS = Object.keys(ABOUT_SOMEBODY) as Action[];

const OUT: Readonly<Record<Action, string>> = {
  ...{ seePerson: 'KR-03-out-of-scope', seePhoto: 'KR-03-out-of-scope' },
  ...{ seeCard: 'OP-02-out-of-scope', abandon: 'OP-02-out-of-scope' },
};
const TABLE = ACTIONS.flatMap((action) =>
  WHO.map((who) => [action, who, who.endsWith('another group') ? OUT[action] : null] as const),
);

describe('leaving a kiosk for maintenance', () => {
  const leave = (caller: OperatorCaller) => caller.ask('POST', '/desk/maintenance', {});

  test.each(WHO)('is for administrators, and is on record either way: %s', async (who) => {
    const { issued, caller } = operators.get(who)!;
    const may = who.startsWith('administrator');
    expect(await codeOf(leave(caller))).toBe(may ? null : 'OP-02-no-right');
    const { login, id: operator } = issued.holder;
    const by = { operator, kiosk: `kiosk-of-${login}` };
    const told = (await all.audit('kiosk.maintenance')).filter(({ actor }) => actor === `operator:${login}`);
    expect(told.map(({ detail }) => detail)).toEqual(may ? [by] : []);
    expect(await refusals({ action: 'leaveKiosk', operator })).toEqual(
      may ? [] : [expect.objectContaining({ ...by, code: 'OP-02-no-right' })],
    );
    const line = (await seeAudit(caller)).lines.find(
      ({ type }) => type === (may ? 'kiosk.maintenance' : 'desk.refused'),
    );
    expect(line).toMatchObject({ actor: `operator:${login}`, holder: null, card: null });
  });

  test('is nothing for whoever is not signed in, or no administrator any more', async () => {
    const login = 'former-leaver';
    const former = await all.addOperator(login, 'administrator', 'sales');
    const caller = await all.signIn(former);
    const signedOut = new OperatorCaller(all.world, '', `kiosk-of-${login}`);
    expect(await codeOf(leave(signedOut))).toBe('ID-05-no-session');
    await putOperator(all.world.central, login, 'helpdesk', 'sales');
    expect(await codeOf(leave(caller))).toBe('OP-02-no-right');
    await takeOperator(all.world.central, login);
    expect(await codeOf(leave(caller))).toBe('ID-05-not-an-operator');
    expect(await all.audit('kiosk.maintenance')).not.toContainEqual(
      expect.objectContaining({ actor: `operator:${login}` }),
    );
  });
});

describe('a page or action about somebody', () => {
  test.each(TABLE)('%s, by %s: %s', async (action, who, code) => {
    const target = await someone();
    await begin(target);
    const { issued, caller } = operators.get(who)!;
    expect(await codeOf(ABOUT_SOMEBODY[action](caller, target))).toBe(code);
    const about = action.startsWith('seeP') ? { owner: target.holder.id } : { cardId: target.card.id };
    const { login } = issued.holder;
    const by = { actor: `operator:${login}`, operator: issued.holder.id, kiosk: `kiosk-of-${login}` };
    expect(await refusals(about)).toEqual(
      code === null ? [] : [expect.objectContaining({ action, code, ...about, ...by })],
    );
    const open = await findOpenOperation(all.world.central.database, target.card.id);
    expect(open === undefined).toBe(action === 'abandon' && code === null);
  });

  test.each(ACTIONS)(
    'is nothing for whoever is not signed in, or not an operator any more: %s',
    async (action) => {
      const target = await someone();
      await begin(target);
      const login = `former-${action}`;
      const former = await all.addOperator(login);
      const caller = await all.signIn(former);
      const signedOut = new OperatorCaller(all.world, '', `kiosk-of-${login}`);
      expect(await codeOf(ABOUT_SOMEBODY[action](signedOut, target))).toBe('ID-05-no-session');
      try {
        all.clock.offsetMs += 11 * 60 * 1000;
        expect(await codeOf(ABOUT_SOMEBODY[action](caller, target))).toBe('ID-05-idle');
      } finally {
        all.clock.offsetMs = 0;
      }
      await takeOperator(all.world.central, login);
      expect(await codeOf(ABOUT_SOMEBODY[action](caller, target))).toBe('ID-05-not-an-operator');
      await putOperator(all.world.central, login, 'helpdesk', 'sales');
      await savePerson(all.world.central.database, { ...former.holder, state: 'disabled' });
      expect(await codeOf(ABOUT_SOMEBODY[action](caller, target))).toBe('ID-05-operator-disabled');
      const told = await refusals({ actor: `operator:${login}` });
      expect(told.map((line) => 'code' in line && line.code)).toEqual([
        ...['ID-05-not-an-operator', 'ID-05-operator-disabled'],
      ]);
      expect(await findOpenOperation(all.world.central.database, target.card.id)).toBeDefined();
    },
  );

  test.each(ACTIONS)('is refused at a kiosk that does not serve them: %s', async (action) => {
    const target = await someone();
    await begin(target);
    const boss = await all.addOperator(`boss-${action}`, 'administrator', 'all');
    const works = (await all.addPerson(`wanda-${action}`, 'employee', 'works')).holder.groupId;
    await savePerson(all.world.central.database, { ...boss.holder, groupId: works });
    const proofId = await proveHolder(new KioskCaller(all.world.app, 'works'), boss);
    const { token } = await all.startSession(proofId, 'works');
    const caller = new OperatorCaller(all.world, token, 'works');
    expect(await codeOf(ABOUT_SOMEBODY[action](caller, target))).toBe('RP-07-not-served-here');
    expect(await refusals({ actor: `operator:boss-${action}` })).toMatchObject([
      { action, code: 'RP-07-not-served-here', kiosk: 'works' },
    ]);
    expect(await seeOperations(caller)).toEqual([]);
  });

  test.each([
    ['people', '', 'RP-07-nobody'],
    ['people', '/photo', 'RP-07-nobody'],
    ['cards', '', 'RP-07-unknown'],
  ])('is not found when there is nobody: %s%s', async (what, more, code) => {
    const work = callerOf('helpdesk').ask('GET', `/desk/${what}/${NOBODY}${more}`);
    await expect(work).rejects.toMatchObject({ status: 404, code });
  });
});

describe('of their own', () => {
  test('an operator sees person and card, may do nothing to it, and abandons nothing', async () => {
    const own = await all.addOperator('own', 'administrator', 'all');
    const caller = await all.signIn(own);
    const id = await begin(own);
    expect((await seePerson(caller, own.holder.id)).person.login).toBe('own');
    const { may, operation } = await seeCard(caller, own.card.id);
    const refused = [...may.reprovision, ...may.cancel, ...may.disable].map(({ refusal }) => refusal);
    expect(new Set([...refused, may.enable, may.pinReset, may.giveCode])).toEqual(
      new Set(['OP-02-own-card']),
    );
    expect(operation).toMatchObject({ id, mayAbandon: 'OP-02-own-card' });
    const work = caller.ask('POST', `/desk/operations/${id}/abandon`, { note: 'mine' });
    expect(await codeOf(work)).toBe('OP-02-own-card');
    expect(await refusals({ action: 'abandon', operation: id })).toMatchObject([
      { code: 'OP-02-own-card', cardId: own.card.id, note: 'mine' },
    ]);
  });
});

describe('the page of a person', () => {
  test("has their cards, certificates, requests and history, and nobody else's", async () => {
    const target = await someone();
    const second = await all.addCard(target);
    const other = await someone();
    const caller = callerOf('helpdesk');
    const made = await caller.make({
      ...{ kind: 'existingCard', cardId: second.card.id, certificates: [target.serialNumber] },
      ...{ without: [], confirmedRemovals: [], note: 'old mails' },
    });
    await caller.cancel(made.id);
    const page = await seePerson(caller, target.holder.id);
    expect(page.person).toMatchObject({
      displayName: target.holder.displayName,
      group: 'sales',
      state: 'active',
    });
    expect(page.cards.map(({ id }) => id).sort()).toEqual([target.card.id, second.card.id].sort());
    expect(page.cards[0]).toMatchObject({ profileTitle: 'Employee card', hasOpenOperation: false });
    expect(page.certificates).toHaveLength(8);
    const slots = page.certificates.map(({ slot }) => slot).sort();
    expect(slots).toEqual(['9A', '9A', '9C', '9C', '9D', '9D', '9E', '9E']);
    expect(page.certificates.find(({ serialNumber }) => serialNumber === target.serialNumber)).toMatchObject({
      ...{ isArchived: true, state: 'active', card: { id: target.card.id } },
    });
    expect(page.requests).toMatchObject([{ id: made.id, kind: 'existingCard', state: 'cancelled' }]);
    expect(page.history.slice(0, 2)).toMatchObject([
      { type: 'request.cancelled', actor: 'operator:helpdesk-sales', kiosk: 'kiosk-of-helpdesk-sales' },
      { type: 'request.made', note: 'old mails' },
    ]);
    expect(page.may.request).toBeNull();
    expect(page.profiles.map(({ name }) => name)).not.toContain('own');
    const text = JSON.stringify(page);
    for (const secret of [other.holder.id, other.card.id, other.holder.mail])
      expect(text).not.toContain(secret);
  });

  test('says how many certificates, requests and lines of history there are, of which it lists the newest', async () => {
    const target = await someone();
    const second = await all.addCard(target);
    const caller = callerOf('helpdesk');
    const wish = {
      ...{ kind: 'existingCard' as const, cardId: second.card.id, certificates: [target.serialNumber] },
      ...{ without: [], confirmedRemovals: [], note: 'old mails' },
    };
    const before = await seePerson(caller, target.holder.id);
    expect(before.totals).toEqual({ certificates: 8, requests: 0, history: before.history.length });
    for (let made = 0; made < 52; made += 1) await caller.cancel((await caller.make(wish)).id);
    const { requests, history, totals } = await seePerson(caller, target.holder.id);
    expect(requests).toHaveLength(50);
    expect(history).toHaveLength(50);
    expect(totals).toEqual({ certificates: 8, requests: 52, history: before.history.length + 104 });
  });

  test('says why nothing can be asked for', async () => {
    const target = await someone();
    await savePerson(all.world.central.database, { ...target.holder, state: 'disabled' });
    const page = await seePerson(callerOf('helpdesk'), target.holder.id);
    expect(page).toMatchObject({ may: { request: 'RP-06-holder-disabled' }, profiles: [] });
  });

  test('has no photo in it: who looks at that is in the audit first', async () => {
    const target = await someone();
    await savePerson(all.world.central.database, { ...target.holder, photo: PHOTO });
    const { issued, caller } = operators.get('helpdesk')!;
    const page = await caller.ask('GET', `/desk/people/${target.holder.id}`);
    expect(page).toMatchObject({ person: { hasPhoto: true } });
    expect(JSON.stringify(page)).not.toContain(Buffer.from(PHOTO).toString('base64'));
    const views = async () =>
      (await all.audit('photo.viewed')).filter(({ detail }) => detail?.owner === target.holder.id);
    expect(await views()).toEqual([]);
    const answer = await caller.ask('GET', `/desk/people/${target.holder.id}/photo`);
    expect(answer).toEqual({ jpeg: Buffer.from(PHOTO).toString('base64') });
    expect(await views()).toMatchObject([
      {
        actor: 'operator:helpdesk-sales',
        detail: { operator: issued.holder.id, kiosk: 'kiosk-of-helpdesk-sales' },
      },
    ]);
    expect((await seePerson(caller, target.holder.id)).history[0]).toMatchObject({ type: 'photo.viewed' });
  });

  test('is without a photo where there is none, and nobody has looked at one', async () => {
    const target = await someone();
    const caller = callerOf('helpdesk');
    expect(await caller.ask('GET', `/desk/people/${target.holder.id}/photo`)).toEqual({ jpeg: null });
    expect((await seePerson(caller, target.holder.id)).history.map(({ type }) => type)).not.toContain(
      'photo.viewed',
    );
  });

  test('is not given out for a list of people', async () => {
    const [one, other] = [await someone(), await someone()];
    const path = `/desk/people/${one.holder.id},${other.holder.id}/photo`;
    expect(await codeOf(callerOf('helpdesk').ask('GET', path))).toBe('SE-07-bad-request');
  });
});

test('the reason of an operation and of a request is said by its titles', async () => {
  const target = await someone();
  const id = await begin(target);
  const titles = { en: 'The card profile was updated', de: 'Das Kartenprofil wurde geändert' };
  const caller = callerOf('helpdesk');
  const line = (await seeOperations(caller)).find((one) => one.id === id);
  expect(line).toMatchObject({ reason: 'profile-updated', reasonTitles: titles });
  const asked = {
    kind: 'cardUpdate',
    cardId: target.card.id,
    reason: 'profile-updated',
    note: null,
  } as const;
  expect(await caller.make(asked)).toMatchObject({ reason: 'profile-updated', reasonTitles: titles });
});

describe('the page of a card', () => {
  test('has what central knows of it, and what may be done for which reason', async () => {
    const target = await someone();
    const page = await seeCard(callerOf('helpdesk'), target.card.id);
    expect(page.card).toMatchObject({ id: target.card.id, guid: target.card.guid, reason: null });
    expect(page.holder).toMatchObject({ id: target.holder.id, state: 'active' });
    expect(page.slots.map(({ slot, isArchived }) => [slot, isArchived])).toEqual([
      ...[
        ['9A', false],
        ['9C', false],
        ['9D', true],
        ['9E', false],
      ],
    ]);
    const { may, operation } = page;
    expect(operation).toBeNull();
    expect(may).toMatchObject({ pinReset: null, giveCode: null, request: null });
    expect(may.enable).toBe('OP-02-not-disabled');
    expect(may.reprovision.map(({ reason, refusal }) => [reason.code, refusal])).toContainEqual([
      ...['card-content-faulty', null],
    ]);
    expect(may.cancel.map(({ reason, refusal }) => [reason.code, refusal])).toContainEqual([
      ...['leaver', 'OP-02-no-right'],
    ]);
    expect(may.replace.map(({ reason, refusal }) => [reason.code, refusal])).toContainEqual(['lost', null]);
    expect(may.reprovision[0]!.reason.titles).toHaveProperty('de');
  });

  test('says of a cancelled card that it is for good, and of a disabled one that it is first enabled', async () => {
    const target = await someone();
    const caller = callerOf('administrator');
    await caller.ask('POST', `/cards/${target.card.id}/disable`, { reason: 'under-investigation' });
    const disabled = await seeCard(caller, target.card.id);
    expect(disabled.card).toMatchObject({ state: 'disabled', reason: 'under-investigation' });
    expect(disabled.may).toMatchObject({
      enable: null,
      pinReset: 'RP-06-disabled',
      giveCode: 'RP-06-disabled',
    });
    expect(disabled.history[0]).toMatchObject({
      type: 'card.disabled',
      actor: 'operator:administrator-sales',
    });
    await caller.ask('POST', `/cards/${target.card.id}/cancel`, { reason: 'lost' });
    const { may } = await seeCard(caller, target.card.id);
    expect(new Set(may.reprovision.map(({ refusal }) => refusal))).toEqual(new Set(['RP-06-cancelled']));
    expect(may).toMatchObject({ enable: 'OP-02-cancelled', request: 'RP-06-cancelled' });
  });

  test('leaves certificates suspended that had been suspended on their own, when it is enabled again', async () => {
    const target = await someone();
    const caller = callerOf('helpdesk');
    const before = (await seeCard(caller, target.card.id)).slots;
    const own = before.find(({ slot }) => slot === '9C')!.serialNumber;
    const io = { stdout: { write: () => {} }, stderr: { write: () => {} } };
    await caCommand(all.world.central, ['revoke', own, '--reason', 'certificateHold'], io);
    await caller.ask('POST', `/cards/${target.card.id}/disable`, { reason: 'under-investigation' });
    const held = (await seeCard(caller, target.card.id)).slots;
    expect(new Set(held.map(({ state }) => state))).toEqual(new Set(['onHold']));
    const enabled = await caller.ask('POST', `/cards/${target.card.id}/enable`, {});
    expect(enabled).toMatchObject({ released: expect.not.arrayContaining([own]) });
    const after = (await seeCard(caller, target.card.id)).slots;
    expect(after.map(({ slot, state }) => [slot, state])).toEqual([
      ...[
        ['9A', 'active'],
        ['9C', 'onHold'],
        ['9D', 'active'],
        ['9E', 'active'],
      ],
    ]);
  });

  test('has the operation that is under way, and lets no other PIN be set meanwhile', async () => {
    const target = await someone();
    const id = await begin(target);
    const { card, operation, may } = await seeCard(callerOf('helpdesk'), target.card.id);
    expect(card.hasOpenOperation).toBe(true);
    expect(operation).toMatchObject({
      id,
      kind: 'reprovision',
      state: 'open',
      kiosk: 'first',
      mayAbandon: null,
    });
    expect(may.pinReset).toBe('RP-17-finish-first');
  });

  test('has no more than fifty lines of history, the newest first', async () => {
    const target = await someone();
    const caller = callerOf('helpdesk');
    for (let at = 0; at < 27; at += 1) {
      await caller.ask('POST', `/cards/${target.card.id}/disable`, { reason: 'under-investigation' });
      await caller.ask('POST', `/cards/${target.card.id}/enable`, { note: `time ${at}` });
    }
    const { history } = await seeCard(caller, target.card.id);
    expect(history).toHaveLength(50);
    expect(history[0]).toMatchObject({ type: 'card.enabled', note: 'time 26' });
  });
});

describe('operations', () => {
  const own = async (who: Who, id: string) =>
    (await seeOperations(callerOf(who))).find((one) => one.id === id);

  test('are listed to those who act for their holder, with their age, until long after they were abandoned', async () => {
    const target = await someone();
    const id = await begin(target);
    expect(await own('helpdesk of another group', id)).toBeUndefined();
    expect(await own('helpdesk', id)).toMatchObject({
      ...{ state: 'open', kind: 'reprovision', kiosk: 'first', mayAbandon: null },
      ...{ card: { id: target.card.id }, holder: { displayName: target.holder.displayName } },
    });
    await callerOf('helpdesk').ask('POST', `/desk/operations/${id}/abandon`, { note: 'walked off' });
    expect(await own('administrator', id)).toMatchObject({ state: 'abandoned', mayAbandon: 'RP-17-closed' });
    const told = (await all.audit('operation.abandoned')).filter(({ operationId }) => operationId === id);
    expect(told).toMatchObject([
      {
        ...{ actor: 'operator:helpdesk-sales', cardId: target.card.id },
        detail: {
          ...{ note: 'walked off', kiosk: 'kiosk-of-helpdesk-sales' },
          operator: operators.get('helpdesk')!.issued.holder.id,
        },
      },
    ]);
    await callerOf('helpdesk').ask('POST', `/desk/operations/${id}/abandon`, { note: 'again' });
    expect(
      (await all.audit('operation.abandoned')).filter(({ operationId }) => operationId === id),
    ).toHaveLength(1);
  });

  test('that somebody may have to look after stand first, then what was abandoned last; and all are counted', async () => {
    const ids = [await begin(await someone()), await begin(await someone()), await begin(await someone())];
    const [first, second, open] = ids as [string, string, string];
    for (const id of [first, second])
      await callerOf('helpdesk').ask('POST', `/desk/operations/${id}/abandon`, { note: 'walked off' });
    const page = operationsPage.parse(await callerOf('helpdesk').ask('GET', '/desk/operations'));
    const listed = page.operations.map(({ id }) => id);
    expect(listed.filter((id) => ids.includes(id))).toEqual([open, second, first]);
    expect(page.total).toBe(listed.length);
  });

  test('are stuck after an hour without a word', async () => {
    const id = await begin(await someone());
    try {
      all.clock.offsetMs += HOUR_MS + 1000;
      const helper = await all.addOperator('later');
      const found = await seeOperations(await all.signIn(helper));
      expect(found.find((one) => one.id === id)).toMatchObject({ state: 'stuck', mayAbandon: null });
    } finally {
      all.clock.offsetMs = 0;
    }
  });

  test('are abandoned with a note, and only where there is one that is not completed', async () => {
    const target = await someone();
    const id = await begin(target);
    const { ask } = callerOf('helpdesk');
    expect(await codeOf(ask.call(callerOf('helpdesk'), 'POST', `/desk/operations/${id}/abandon`, {}))).toBe(
      'SE-07-bad-request',
    );
    const nothing = ask.call(callerOf('helpdesk'), 'POST', `/desk/operations/${NOBODY}/abandon`, {
      note: 'x',
    });
    expect(await codeOf(nothing)).toBe('RP-17-no-operation');
    const done = await someone();
    const run = await OperationRun.begin(all.world.kiosk, done);
    const { id: completed } = (await findOpenOperation(all.world.central.database, done.card.id))!;
    await all.world.kiosk.complete(completed, await run.write());
    const late = ask.call(callerOf('helpdesk'), 'POST', `/desk/operations/${completed}/abandon`, {
      note: 'x',
    });
    expect(await codeOf(late)).toBe('RP-17-closed');
  });
});

describe('the audit of a kiosk', () => {
  test('has its own entries and what operators did at it, newest first, and nothing of another kiosk', async () => {
    const target = await someone();
    const caller = callerOf('helpdesk');
    await caller.ask('POST', `/cards/${target.card.id}/disable`, {
      reason: 'under-investigation',
      note: 'why',
    });
    await callerOf('administrator').ask('POST', `/cards/${target.card.id}/enable`, {});
    const { lines } = await seeAudit(caller);
    expect(lines[0]).toMatchObject({
      ...{
        type: 'card.disabled',
        actor: 'operator:helpdesk-sales',
        note: 'why',
        holder: target.holder.displayName,
      },
    });
    expect(lines.at(-1)).toMatchObject({ actor: 'kiosk:kiosk-of-helpdesk-sales' });
    expect(new Set(lines.map(({ kiosk }) => kiosk))).toEqual(new Set(['kiosk-of-helpdesk-sales']));
  });

  test('tells nothing of people for whom an operator does not act', async () => {
    const target = await someone();
    const name = 'kiosk-of-administrator-sales';
    await callerOf('administrator').ask('POST', `/cards/${target.card.id}/cancel`, {
      ...{ reason: 'lost', note: `not for ${target.holder.displayName}` },
    });
    const other = await all.addOperator('stranger', 'helpdesk', 'works');
    const { token } = await all.startSession(
      await proveHolder(new KioskCaller(all.world.app, name), other),
      name,
    );
    const { lines } = await seeAudit(new OperatorCaller(all.world, token, name));
    const line = lines.find(({ type }) => type === 'card.cancelled');
    expect(line).toMatchObject({ holder: null, card: null, note: null });
    expect(JSON.stringify(lines)).not.toContain(target.holder.displayName);
    operators.get('administrator')!.caller = await all
      .startSession(
        await proveHolder(new KioskCaller(all.world.app, name), operators.get('administrator')!.issued),
        name,
      )
      .then((session) => new OperatorCaller(all.world, session.token, name));
  });

  test('is not led astray by what somebody has typed', async () => {
    const target = await someone();
    const note = '","kiosk":"kiosk-of-administrator-sales","cardId":"x","owner":"y';
    await callerOf('helpdesk').ask('POST', `/cards/${target.card.id}/disable`, {
      ...{ reason: 'under-investigation', note },
    });
    const { lines } = await seeAudit(callerOf('administrator'));
    expect(lines.filter((line) => line.note === note)).toEqual([]);
    expect((await seeAudit(callerOf('helpdesk'))).lines[0]).toMatchObject({ note });
  });

  test('is read a page at a time', async () => {
    const caller = await all.signIn(await all.addOperator('reader'));
    const refused = async () => codeOf(caller.ask('GET', `/desk/cards/${NOBODY}`));
    for (let at = 0; at < 205; at += 1) await refused();
    const first = await seeAudit(caller);
    expect(first.lines).toHaveLength(200);
    expect(first.lines[0]).toMatchObject({ type: 'desk.refused', note: 'RP-07-unknown' });
    const second = await seeAudit(caller, `?before=${first.next}`);
    expect(second.next).toBeNull();
    const types = second.lines.map(({ type }) => type);
    expect(types.filter((type) => type === 'desk.refused')).toHaveLength(5);
    expect(types).toContain('session.started');
  });
});
