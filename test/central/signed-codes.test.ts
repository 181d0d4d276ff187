import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { putOperator, takeOperator } from '../../src/central/command/put-operator.ts';
import { changeCard } from '../../src/central/repositories/cards.ts';
import { savePerson } from '../../src/central/repositories/people.ts';
import type { OperatorRole } from '../../src/domain/operator.ts';
import type { GivenHow, StatementAction } from '../../src/domain/statement.ts';
import type { IssuedCard } from './support/central-world.ts';
import { giveSignedCode, giveSignedNumber } from './support/give-signed.ts';
import type { KioskCaller } from './support/kiosk-caller.ts';
import { proveHolder } from './support/operation-run.ts';
import { OperatorWorld } from './support/operator-world.ts';
import { signStatement } from './support/sign-statement.ts';

/** Whoever has a kiosk in which an operator is signed in has no code by that: the operator's card signs each one (ID-03, OP-02). */

const MINUTE = 60_000;
const SHOWN = { kind: 'short', send: false } as const;
const SHORT: GivenHow = { length: 'short', handedOver: 'shown' };

let world: OperatorWorld;
let count = 0;
beforeAll(async () => {
  world = await OperatorWorld.open();
});
afterAll(() => world.close());
beforeEach(() => {
  world.clock.offsetMs = 0;
});

type Operator = IssuedCard & { readonly login: string };
interface Desk {
  readonly operator: Operator;
  /** With the session. */
  readonly kiosk: KioskCaller;
}

function name(what: string): string {
  count += 1;
  return `${what}-${count}`;
}

async function desk(role: OperatorRole = 'helpdesk', group = 'sales'): Promise<Desk> {
  const operator = await world.addOperator(name(role), role, group);
  const alone = await world.world.addKiosk(`kiosk-${operator.login}`);
  const proofId = await proveHolder(alone, operator);
  const { token } = await world.startSession(proofId, `kiosk-${operator.login}`);
  return { operator, kiosk: alone.signedIn(token) };
}

const somebody = (group: 'sales' | 'works' = 'sales') => world.addPerson(name('holder'), 'employee', group);
const codeOf = (work: Promise<unknown>): Promise<string | null> =>
  work.then(
    () => null,
    (error) => error.code ?? String(error),
  );

/** A request for a new card, approved. */
async function newCard({ holder }: IssuedCard): Promise<string> {
  const said = await world.command('new', 'new-card', holder.login!, '--profile', 'employee');
  return /[0-9a-f-]{36}/.exec(said)![0];
}

/** Each of both: what it is for, how it is signed, how it is given. */
const GIFTS = [
  {
    what: 'a one-time code',
    about: async (issued: IssuedCard) => issued.card.id,
    action: (id: string, how: GivenHow): StatementAction => ({ kind: 'giveCode', cardId: id, ...how }),
    ask: (kiosk: KioskCaller, id: string, asked: Parameters<KioskCaller['giveCode']>[1]) =>
      kiosk.giveCode(id, asked),
    give: giveSignedCode,
  },
  {
    what: 'a number for a new card',
    about: newCard,
    action: (id: string, how: GivenHow): StatementAction => ({ kind: 'giveNumber', requestId: id, ...how }),
    ask: (kiosk: KioskCaller, id: string, asked: Parameters<KioskCaller['giveCode']>[1]) =>
      kiosk.giveNumber(id, asked),
    give: giveSignedNumber,
  },
] as const;

describe.each(GIFTS)('$what', ({ about, action, ask, give }) => {
  const roles: readonly [OperatorRole, string, string | null][] = (
    ['helpdesk', 'administrator'] as const
  ).flatMap((role) => [
    [role, 'somebody in scope', null],
    [role, 'somebody out of scope', 'OP-02-out-of-scope'],
    [role, 'themselves', 'OP-02-own-card'],
  ]);
  test.each(roles)(
    'is signed by a card of %s for %s, or refused before the PIN',
    async (role, whom, code) => {
      const { operator, kiosk } = await desk(role);
      const issued =
        whom === 'themselves' ? operator : await somebody(whom === 'somebody in scope' ? 'sales' : 'works');
      const id = await about(issued);
      const asked = { signerCardId: operator.card.id, action: action(id, SHORT) };
      expect(await codeOf(kiosk.state(asked))).toBe(code);
      // Without a statement it is refused for the same, so that nobody learns more without one.
      const alone = await codeOf(ask(kiosk, id, { ...SHOWN, statementId: null }));
      expect(alone).toBe(code ?? 'SY-06-newer-kiosk');
    },
  );

  test('is not given on a session alone, and the audit says who has tried', async () => {
    const { operator, kiosk } = await desk();
    const issued = await somebody();
    const id = await about(issued);
    expect(await codeOf(ask(kiosk, id, { ...SHOWN, statementId: null }))).toBe('SY-06-newer-kiosk');
    const lines = (await world.audit('code.refused')).filter(({ detail }) =>
      [detail?.cardId, detail?.request, issued.card.id].includes(id),
    );
    expect(lines.filter(({ actor }) => actor === `operator:${operator.login}`)).toMatchObject([
      { detail: { code: 'SY-06-newer-kiosk' } },
    ]);
    expect(
      (await world.audit('code.given')).some((line) => line.actor === `operator:${operator.login}`),
    ).toBe(false);
  });

  test('is given once for one signature, and the audit names that', async () => {
    const { operator, kiosk } = await desk();
    const id = await about(await somebody());
    const statementId = await signStatement(kiosk, operator, action(id, SHORT));
    expect((await ask(kiosk, id, { ...SHOWN, statementId })).code).not.toBeNull();
    expect(await codeOf(ask(kiosk, id, { ...SHOWN, statementId }))).toBe('ID-02-not-signed');
    const [line] = (await world.audit('code.handedOver')).filter(
      ({ detail }) => detail?.statement === statementId,
    );
    expect(line).toMatchObject({ actor: `operator:${operator.login}`, detail: { isSent: false } });
  });

  const others: readonly [string, (desk: Desk, id: string) => Promise<string>][] = [
    ['of somebody else’s', async (own) => sign(own, await about(await somebody()), SHORT)],
    ['of a longer one', (own, id) => sign(own, id, { length: 'long', handedOver: 'shown' })],
    ['that central does not know', async () => randomUUID()],
    [
      'that was only asked for',
      async ({ kiosk, operator }, id) =>
        (await kiosk.state({ signerCardId: operator.card.id, action: action(id, SHORT) })).statementId,
    ],
    ['of another session', async (_own, id) => sign(await desk(), id, SHORT)],
    [
      'that says that the holder is there',
      async ({ kiosk, operator }, id) =>
        signStatement(
          kiosk,
          operator,
          action(id, SHORT).kind === 'giveCode'
            ? { kind: 'vouch', cardId: id }
            : { kind: 'vouchRequest', requestId: id },
        ),
    ],
  ];
  const sign = ({ kiosk, operator }: Desk, id: string, how: GivenHow) =>
    signStatement(kiosk, operator, action(id, how));
  test.each(others)('is not given on a signature %s', async (_what, signed) => {
    const own = await desk();
    const id = await about(await somebody());
    const statementId = await signed(own, id);
    expect(await codeOf(ask(own.kiosk, id, { ...SHOWN, statementId }))).toBe('ID-02-not-signed');
    expect(await codeOf(give(own.kiosk, own.operator, id, SHOWN))).toBeNull();
  });

  test('is not given on a signature that is older than ten minutes', async () => {
    const own = await desk();
    const id = await about(await somebody());
    const statementId = await sign(own, id, SHORT);
    world.clock.offsetMs += 9 * MINUTE;
    await own.kiosk.get('/requests');
    world.clock.offsetMs += 2 * MINUTE;
    expect(await codeOf(ask(own.kiosk, id, { ...SHOWN, statementId }))).toBe('ID-02-not-signed');
  });

  const late: readonly [string, (operator: Operator) => Promise<unknown>, string][] = [
    ['acts for others by now', ({ login }) => act(login, 'works'), 'OP-02-out-of-scope'],
    ['is none any more', ({ login }) => takeOperator(world.world.central, login), 'ID-05-not-an-operator'],
    ['is disabled', (operator) => disable(operator), 'ID-05-operator-disabled'],
    ['has a card that was disabled', (operator) => stop(operator), 'ID-05-own-card-refused'],
  ];
  test.each(late)('is not given by an operator who has signed and %s', async (_what, change, refusal) => {
    const own = await desk();
    const id = await about(await somebody());
    const statementId = await sign(own, id, SHORT);
    const asked = { signerCardId: own.operator.card.id, action: action(id, SHORT) };
    const { statementId: unanswered } = await own.kiosk.state(asked);
    await change(own.operator);
    const answer = { slot: '9A', signature: new Uint8Array(64) } as const;
    expect(await codeOf(own.kiosk.answerStatement(unanswered, answer))).toBe(refusal);
    expect(await codeOf(ask(own.kiosk, id, { ...SHOWN, statementId }))).toBe(refusal);
  });

  test('is signed by the card that the operator has signed in with', async () => {
    const { kiosk } = await desk();
    const second = await world.addOperator(name('second'));
    const id = await about(await somebody());
    expect(await codeOf(signStatement(kiosk, second, action(id, SHORT)))).toBe('ID-02-other-card');
  });

  test('cannot be signed for a mail that could not be sent', async () => {
    const own = await desk();
    const id = await about(await somebody());
    expect(await codeOf(sign(own, id, { length: 'short', handedOver: 'mailed' }))).toBe('OP-02-no-mail');
    const statementId = await sign(own, id, SHORT);
    const sent = { kind: 'short', send: true, statementId } as const;
    expect(await codeOf(ask(own.kiosk, id, sent))).toBe('OP-02-no-mail');
  });
});

test('a number is signed only where there is a number to be given', async () => {
  const { operator, kiosk } = await desk();
  const { holder } = await somebody();
  const id = await newCard({ holder } as IssuedCard);
  await world.command('cancel', id);
  const action = { kind: 'giveNumber', requestId: id, ...SHORT } as const;
  expect(await codeOf(kiosk.state({ signerCardId: operator.card.id, action }))).toBe('KR-02-cancelled');
});

async function act(login: string, group: string): Promise<void> {
  await putOperator(world.world.central, login, 'helpdesk', group);
}

async function disable({ holder }: IssuedCard): Promise<void> {
  await savePerson(world.world.central.database, { ...holder, state: 'disabled' });
}

async function stop({ card }: IssuedCard): Promise<void> {
  await changeCard(world.world.central.database, card.id, { state: 'disabled' });
}
