/** Who may cancel, disable and enable which card: every action for every role, in and out of scope, own cards (RP-10, OP-02, OP-03). */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cardCommand } from '../../src/central/command/card.ts';
import { takeOperator } from '../../src/central/command/put-operator.ts';
import { savePerson } from '../../src/central/repositories/people.ts';
import type { CardAction } from '../../src/domain/card-life.ts';
import { cardLife, changedCard } from '../../src/protocol/operator.ts';
import type { IssuedCard } from './support/central-world.ts';
import { KioskCaller } from './support/kiosk-caller.ts';
import { proveHolder } from './support/operation-run.ts';
import { OperatorCaller, OperatorWorld } from './support/operator-world.ts';

const OPERATORS = {
  helpdesk: ['helpdesk', 'sales'],
  administrator: ['administrator', 'sales'],
  'helpdesk of another group': ['helpdesk', 'works'],
  'administrator of another group': ['administrator', 'works'],
} as const;
type Who = keyof typeof OPERATORS;
const NOBODY = '00000000-0000-4000-8000-000000000000';

let all: OperatorWorld;
const operators = new Map<Who, { issued: IssuedCard; caller: OperatorCaller }>();
let count = 0;
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
const byCommand = async (issued: IssuedCard, action: CardAction, reason: string | null, as?: string) => {
  const more = [...(reason === null ? [] : ['--reason', reason]), ...(as === undefined ? [] : ['--as', as])];
  const io = { stdout: { write: () => {} }, stderr: { write: () => {} } };
  await cardCommand(all.world.central, [action, issued.card.id, ...more], io);
};
const byKiosk = async (
  caller: OperatorCaller,
  issued: IssuedCard,
  action: CardAction,
  reason: string | null,
) =>
  changedCard.parse(
    await caller.ask('POST', `/cards/${issued.card.id}/${action}`, reason === null ? {} : { reason }),
  );

async function refusedWith(work: Promise<unknown>): Promise<string | null> {
  return work.then(
    () => null,
    ({ code, message }) => code ?? /\[(.+)\]$/.exec(message)?.[1] ?? message,
  );
}

/** What the audit has of what was refused at this card, newest last. */
async function refusals({ card: { id } }: IssuedCard) {
  const lines = (await all.audit('card.refused')).filter(({ cardId }) => cardId === id);
  return lines.map(({ actor, detail }) => ({ actor, ...detail }));
}

/** What stands for whom: null: they may. */
const EXPECTED: Readonly<Record<string, Readonly<Record<Who, string | null>>>> = {
  'cancel lost': {
    ...{ helpdesk: null, administrator: null },
    'helpdesk of another group': 'OP-02-out-of-scope',
    'administrator of another group': 'OP-02-out-of-scope',
  },
  'cancel leaver': {
    ...{ helpdesk: 'OP-02-no-right', administrator: null },
    'helpdesk of another group': 'OP-02-out-of-scope',
    'administrator of another group': 'OP-02-out-of-scope',
  },
  'disable under-investigation': {
    ...{ helpdesk: null, administrator: null },
    'helpdesk of another group': 'OP-02-out-of-scope',
    'administrator of another group': 'OP-02-out-of-scope',
  },
  enable: {
    ...{ helpdesk: null, administrator: null },
    'helpdesk of another group': 'OP-02-out-of-scope',
    'administrator of another group': 'OP-02-out-of-scope',
  },
};
const TABLE = Object.entries(EXPECTED).flatMap(([what, row]) =>
  Object.entries(row).flatMap(([who, code]) =>
    (['at a kiosk', 'by command'] as const).map((where) => [what, who as Who, where, code] as const),
  ),
);

describe('a card of somebody else', () => {
  test.each(TABLE)('%s, by %s %s: %s', async (what, who, where, code) => {
    const [action, reason = null] = what.split(' ') as [CardAction, string?];
    const target = await someone();
    if (action === 'enable') await byCommand(target, 'disable', 'under-investigation');
    const before = (await all.world.cardNow(target)).state;
    const { issued, caller } = operators.get(who)!;
    const login = issued.holder.login!;
    const work =
      where === 'at a kiosk'
        ? byKiosk(caller, target, action, reason)
        : byCommand(target, action, reason, login);
    expect(await refusedWith(work)).toBe(code);
    const { state } = await all.world.cardNow(target);
    const done = { cancel: 'cancelled', disable: 'disabled', enable: 'issued' }[action];
    expect(state).toBe(code === null ? done : before);
    const by = {
      ...{ actor: `operator:${login}`, operator: issued.holder.id, owner: target.holder.id },
      kiosk: where === 'at a kiosk' ? `kiosk-of-${login}` : 'command',
    };
    const asked = reason === null ? {} : { reason };
    expect(await refusals(target)).toEqual(code === null ? [] : [{ action, code, ...asked, ...by }]);
    if (code !== null) return;
    const type = { cancel: 'card.cancelled', disable: 'card.disabled', enable: 'card.enabled' }[action];
    const told = (await all.audit(type)).filter(({ cardId }) => cardId === target.card.id).at(-1);
    expect({ actor: told?.actor, ...told?.detail }).toMatchObject({ ...by, owner: target.holder.id });
  });
});

describe('their own card', () => {
  const ACTIONS: readonly (readonly [CardAction, string | null])[] = [
    ['cancel', 'lost'],
    ['disable', 'under-investigation'],
    ['enable', null],
  ];
  test.each(ACTIONS)('is nothing for an operator to %s', async (action, reason) => {
    for (const who of ['helpdesk', 'administrator'] as const) {
      const { issued, caller } = operators.get(who)!;
      const refused = [
        await refusedWith(byKiosk(caller, issued, action, reason)),
        await refusedWith(byCommand(issued, action, reason, issued.holder.login!)),
      ];
      expect(refused).toEqual(['OP-02-own-card', 'OP-02-own-card']);
      expect((await all.world.cardNow(issued)).state).toBe('issued');
      const told = (await refusals(issued)).filter((one) => 'action' in one && one.action === action);
      expect(told).toHaveLength(2);
    }
  });
});

describe('somebody who', () => {
  test('is no operator, not any more, or disabled, does nothing', async () => {
    const target = await someone();
    const nobody = await someone();
    const former = await all.addOperator('former');
    const caller = await all.signIn(former);
    await takeOperator(all.world.central, 'former');
    const off = await all.addOperator('off');
    await savePerson(all.world.central.database, { ...off.holder, state: 'disabled' });
    const tries: [string, string][] = [
      [nobody.holder.login!, 'ID-05-not-an-operator'],
      ['former', 'ID-05-not-an-operator'],
      ['off', 'ID-05-operator-disabled'],
    ];
    for (const [login, code] of tries)
      expect(await refusedWith(byCommand(target, 'cancel', 'lost', login))).toBe(code);
    expect(await refusedWith(byKiosk(caller, target, 'cancel', 'lost'))).toBe('ID-05-not-an-operator');
    const signedOut = new OperatorCaller(all.world, '');
    expect(await refusedWith(byKiosk(signedOut, target, 'cancel', 'lost'))).toBe('ID-05-no-session');
    expect((await all.world.cardNow(target)).state).toBe('issued');
    expect((await refusals(target)).map((one) => 'code' in one && one.code)).toEqual(
      tries.map(([, code]) => code),
    );
  });

  test('loses their own card is signed out by that', async () => {
    const tom = await all.addOperator('tom');
    const caller = await all.signIn(tom);
    await byCommand(tom, 'disable', 'under-investigation');
    expect(await refusedWith(caller.queue())).toBe('ID-05-own-card-refused');
  });

  test('stands at a kiosk that does not serve the holder does nothing there', async () => {
    const target = await someone();
    const boss = await all.addOperator('boss', 'administrator', 'all');
    const works = (await all.addPerson('wanda', 'employee', 'works')).holder.groupId;
    await savePerson(all.world.central.database, { ...boss.holder, groupId: works });
    const proofId = await proveHolder(new KioskCaller(all.world.app, 'works'), boss);
    const { token } = await all.startSession(proofId, 'works');
    const caller = new OperatorCaller(all.world, token, 'works');
    for (const path of ['disable', 'cancel'])
      expect(
        await refusedWith(caller.ask('POST', `/cards/${target.card.id}/${path}`, { reason: 'lost' })),
      ).toBe('RP-07-not-served-here');
    expect(await refusedWith(caller.ask('GET', `/cards/${target.card.id}/life`))).toBe(
      'RP-07-not-served-here',
    );
  });
});

test('a card update is asked for by a reason that the role may choose', async () => {
  const target = await someone();
  const { database } = all.world.central;
  const only = sql`update reasons set chosen_by = '{administrator}' where code = 'routine-key-rotation'`;
  await database.execute(only);
  const wish = {
    ...{ kind: 'cardUpdate' as const, cardId: target.card.id, note: null },
    reason: 'routine-key-rotation',
  };
  const { caller } = operators.get('helpdesk')!;
  expect(await refusedWith(caller.make(wish))).toBe('RP-12-no-such-reason');
  await expect(caller.make(wish)).rejects.toThrow(/there are profile-updated,.* pin-or-key-exposed:/);
  expect(await operators.get('administrator')!.caller.make(wish)).toMatchObject({ state: 'ready' });
});

describe('what may be done', () => {
  const life = async (who: Who, { card: { id } }: IssuedCard) =>
    cardLife.parse(await operators.get(who)!.caller.ask('GET', `/cards/${id}/life`));

  test('is told with every reason, and why not', async () => {
    const target = await someone();
    const { may, card, reason } = await life('helpdesk', target);
    expect({ state: card.state, reason }).toEqual({ state: 'issued', reason: null });
    expect(may.cancel.map((one) => [one.reason.code, one.refusal])).toEqual([
      ['lost', null],
      ['stolen', null],
      ['damaged', null],
      ['leaver', 'OP-02-no-right'],
    ]);
    expect(may.disable[0]!.reason.titles).toHaveProperty('de');
    await byCommand(target, 'cancel', 'leaver');
    const after = await life('administrator', target);
    expect(new Set(after.may.cancel.map(({ refusal }) => refusal))).toEqual(new Set(['OP-02-cancelled']));
    expect(after).toMatchObject({ reason: 'leaver', may: { enable: 'OP-02-cancelled' } });
    expect(after.may.disable.map(({ refusal }) => refusal)).toEqual(['OP-02-cancelled']);
  });

  test('is not offered where it is done already, though a command may ask again', async () => {
    const target = await someone();
    expect((await life('helpdesk', target)).may.enable).toBe('OP-02-not-disabled');
    await byCommand(target, 'disable', 'under-investigation');
    const { may } = await life('helpdesk', target);
    expect(may.disable.map(({ refusal }) => refusal)).toEqual(['OP-02-disabled-already']);
    expect(may.enable).toBeNull();
    await byCommand(target, 'disable', 'under-investigation');
  });

  test('to their own card is told, and nothing to one of another group or that is not known', async () => {
    const { issued, caller } = operators.get('helpdesk')!;
    expect((await life('helpdesk', issued)).may.enable).toBe('OP-02-own-card');
    const target = await someone();
    expect(await refusedWith(life('helpdesk of another group', target))).toBe('OP-02-out-of-scope');
    expect(await refusedWith(caller.ask('GET', `/cards/${NOBODY}/life`))).toBe('RP-07-unknown');
    expect(await refusedWith(caller.ask('POST', `/cards/${NOBODY}/cancel`, { reason: 'lost' }))).toBe(
      'RP-07-unknown',
    );
  });
});
