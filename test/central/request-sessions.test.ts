/** Operators sign in with their own card, and for how long that holds (ID-05). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { putOperator } from '../../src/central/command/put-operator.ts';
import { giveCode } from '../../src/central/one-time-code.ts';
import { changeCard } from '../../src/central/repositories/cards.ts';
import { forgetOldSessions } from '../../src/central/repositories/operator-sessions.ts';
import { savePerson } from '../../src/central/repositories/people.ts';
import { FULL_CARD, proveHolder } from './support/operation-run.ts';
import { OperatorCaller, OperatorWorld } from './support/operator-world.ts';

const MINUTE_MS = 60 * 1000;
let all: OperatorWorld;
beforeAll(async () => {
  all = await OperatorWorld.open();
  await all.addOperator('root', 'administrator', 'all');
});
afterAll(() => all?.close());

let count = 0;
async function operator() {
  count += 1;
  return all.addOperator(`operator${count}`);
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'nothing was refused',
    (error: { code?: string }) => error.code ?? String(error),
  );
}

describe('an operator', () => {
  test('signs in with their own card, and out again', async () => {
    const card = await operator();
    const session = await all.startSession(await proveHolder(all.world.kiosk, card));
    expect(session).toMatchObject({
      person: { displayName: card.login },
      role: 'helpdesk',
      group: 'sales',
      idleSeconds: 600,
    });
    const caller = new OperatorCaller(all.world, session.token);
    await caller.queue();
    await caller.signOut();
    expect(await codeOf(caller.queue())).toBe('ID-05-no-session');
    await caller.signOut();
    const told = [...(await all.audit('session.started')), ...(await all.audit('session.ended'))];
    expect(
      told.filter(({ cardId }) => cardId === card.card.id).map(({ type, actor }) => [type, actor]),
    ).toEqual([
      ['session.started', `operator:${card.login}`],
      ['session.ended', 'kiosk:first'],
    ]);
  });

  test('is nobody who has no such role', async () => {
    const anna = await all.world.issueCard();
    const proof = await proveHolder(all.world.kiosk, anna);
    expect(await codeOf(all.startSession(proof))).toBe('ID-05-not-an-operator');
    expect((await all.audit('session.refused')).at(-1)).toMatchObject({
      cardId: anna.card.id,
      detail: { code: 'ID-05-not-an-operator', person: anna.holder.id, kiosk: 'first' },
    });
  });

  test('signs in with card and PIN: a one-time code does not do', async () => {
    const card = await operator();
    const { code } = await giveCode(all.world.central, card.card.id, 'short', 'test');
    const { proofId } = await all.world.kiosk.typeCode(card.card.id, Buffer.from(code).toString());
    expect(await codeOf(all.startSession(proofId))).toBe('ID-01-not-proved');
  });

  test('needs a new proof for another session, and has the same one where the answer was lost', async () => {
    const card = await operator();
    const proofId = await proveHolder(all.world.kiosk, card);
    const lost = await all.startSession(proofId);
    const { token } = await all.startSession(proofId);
    expect(await codeOf(new OperatorCaller(all.world, lost.token).queue())).toBe('ID-05-no-session');
    await new OperatorCaller(all.world, token).queue();
    expect(await codeOf(all.startSession(proofId))).toBe('ID-01-not-proved');
  });

  test('rewrites no card with the proof that they have signed in with', async () => {
    const card = await operator();
    const proofId = await proveHolder(all.world.kiosk, card);
    await all.startSession(proofId);
    const wish = { cardId: card.card.id, reason: 'profile-updated', capabilities: FULL_CARD };
    expect(await codeOf(all.world.kiosk.preview({ ...wish, proofId }))).toBe('ID-01-not-proved');
  });

  test('proves themselves at the kiosk where they sign in', async () => {
    const card = await operator();
    const proofId = await proveHolder(all.world.kiosk, card);
    await all.world.addKiosk('other');
    expect(await codeOf(all.startSession(proofId, 'other'))).toBe('ID-01-not-proved');
    expect(await codeOf(all.startSession('00000000-0000-4000-8000-000000000000'))).toBe('ID-01-not-proved');
  });
});

describe('a session', () => {
  test('ends when nothing was asked for ten minutes, and not before', async () => {
    const caller = await all.signIn(await operator());
    try {
      all.clock.offsetMs += 9 * MINUTE_MS;
      await caller.queue();
      all.clock.offsetMs += 9 * MINUTE_MS;
      await caller.queue();
      all.clock.offsetMs += 10 * MINUTE_MS;
      expect(await codeOf(caller.queue())).toBe('ID-05-idle');
    } finally {
      all.clock.offsetMs = 0;
    }
  });

  test('is of one kiosk, and of nobody who guesses', async () => {
    const card = await operator();
    const { token } = await all.startSession(await proveHolder(all.world.kiosk, card));
    await all.world.addKiosk('stranger');
    for (const [guess, kiosk] of [
      [token, 'stranger'],
      ['', 'first'],
      [`${token.slice(1)}A`, 'first'],
      ['x'.repeat(5000), 'first'],
    ] as const)
      expect(await codeOf(new OperatorCaller(all.world, guess, kiosk).queue())).toBe('ID-05-no-session');
  });

  test('ends when the next operator signs in at that kiosk', async () => {
    const first = await all.startSession(await proveHolder(all.world.kiosk, await operator()));
    await all.startSession(await proveHolder(all.world.kiosk, await operator()));
    expect(await codeOf(new OperatorCaller(all.world, first.token).queue())).toBe('ID-05-no-session');
  });

  test.each([
    [
      'their card is disabled',
      'ID-05-own-card-refused',
      (id: string) => changeCard(all.world.central.database, id, { state: 'disabled' }),
    ],
    [
      'their card has run out',
      'ID-05-own-card-refused',
      (id: string) => changeCard(all.world.central.database, id, { expiresAt: new Date(0) }),
    ],
  ])('does nothing more once %s', async (_what, code, change) => {
    const card = await operator();
    const caller = await all.signIn(card);
    await change(card.card.id);
    expect(await codeOf(caller.queue())).toBe(code);
  });

  test('does nothing more once their account is disabled, and has the scope of this moment', async () => {
    const card = await operator();
    const anna = await all.addPerson(`anna${count}`);
    const caller = await all.signIn(card);
    await caller.recoverable(anna.holder.id);
    await putOperator(all.world.central, card.login, 'helpdesk', 'works');
    expect(await codeOf(caller.recoverable(anna.holder.id))).toBe('KR-03-out-of-scope');
    await savePerson(all.world.central.database, { ...card.holder, state: 'disabled' });
    expect(await codeOf(caller.queue())).toBe('ID-05-operator-disabled');
  });

  test('is forgotten when it is long over', async () => {
    const caller = await all.signIn(await operator());
    const { database } = all.world.central;
    expect(await forgetOldSessions(database, new Date(Date.now() - MINUTE_MS))).toBe(0);
    expect(await forgetOldSessions(database, new Date(Date.now() + MINUTE_MS))).toBeGreaterThan(0);
    expect(await codeOf(caller.queue())).toBe('ID-05-no-session');
  });
});
