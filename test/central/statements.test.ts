import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { putOperator } from '../../src/central/command/put-operator.ts';
import { putProfile } from '../../src/central/command/put-profile.ts';
import { changeCard } from '../../src/central/repositories/cards.ts';
import { findOperation } from '../../src/central/repositories/operations.ts';
import { savePerson } from '../../src/central/repositories/people.ts';
import type { OperatorRole } from '../../src/domain/operator.ts';
import type { StatementAction } from '../../src/domain/statement.ts';
import { createRecipient } from '../../src/pki/hpke.ts';
import { type IssuedCard, PROFILE } from './support/central-world.ts';
import type { KioskCaller } from './support/kiosk-caller.ts';
import { FULL_CARD, OperationRun, proveHolder } from './support/operation-run.ts';
import { OperatorWorld } from './support/operator-world.ts';
import { signStatement } from './support/sign-statement.ts';

const MINUTE = 60_000;
const profile = (name: string, rules: string, proofs = '') =>
  PROFILE.replace('name = "employee"', `name = "${name}"\n${rules}`).replace(/\[proofs\]\n.*\n/, proofs);

let world: OperatorWorld;
beforeAll(async () => {
  world = await OperatorWorld.open();
  const { central } = world.world;
  await putProfile(central, profile('attended', ''));
  await putProfile(central, profile('code-only', '', '[proofs]\npin_reset = ["code"]\n'));
  const all = '["reprovision", "pinReset", "cancel", "disable", "enable", "issue"]';
  await putProfile(central, profile('witnessed', `witness = ${all}`));
});
afterAll(() => world.close());
beforeEach(() => {
  world.clock.offsetMs = 0;
});

type Operator = IssuedCard & { readonly login: string };
/** An operator with a kiosk of their own, where they are signed in. */
interface Desk {
  readonly operator: Operator;
  /** With the session. */
  readonly kiosk: KioskCaller;
  /** The same place without it. */
  readonly alone: KioskCaller;
}
let count = 0;
function name(what: string): string {
  count += 1;
  return `${what}-${count}`;
}

async function desk(role: OperatorRole = 'helpdesk', group = 'sales'): Promise<Desk> {
  const operator = await world.addOperator(name(role), role, group);
  const alone = await world.world.addKiosk(`kiosk-${operator.login}`);
  return { operator, alone, kiosk: await signIn(operator, alone) };
}

async function signIn(operator: Operator, alone: KioskCaller): Promise<KioskCaller> {
  const proofId = await proveHolder(alone, operator);
  return alone.signedIn((await world.startSession(proofId, `kiosk-${operator.login}`)).token);
}

const somebody = (profileName = 'attended', group: 'sales' | 'works' = 'sales') =>
  world.addPerson(name('holder'), profileName, group);
const vouch = ({ kiosk, operator }: Desk, { card }: IssuedCard) =>
  signStatement(kiosk, operator, { kind: 'vouch', cardId: card.id });
const codeOf = (work: Promise<unknown>): Promise<string | null> =>
  work.then(
    () => null,
    (error) => error.code ?? String(error),
  );
const witness = (
  { kiosk }: Desk,
  second: IssuedCard,
  action: Partial<Extract<StatementAction, { kind: 'witness' }>> & { readonly cardId: string },
) => signStatement(kiosk, second, { kind: 'witness', action: 'cancel', reason: 'leaver', ...action });

describe('an operator who vouches for the holder of a card', () => {
  const rows: readonly [OperatorRole, string, (own: Desk) => Promise<IssuedCard>, string | null][] = [
    ['helpdesk', 'somebody in scope', () => somebody(), null],
    ['administrator', 'somebody in scope', () => somebody(), null],
    ['helpdesk', 'somebody out of scope', () => somebody('attended', 'works'), 'OP-02-out-of-scope'],
    ['administrator', 'somebody out of scope', () => somebody('attended', 'works'), 'OP-02-out-of-scope'],
    ['helpdesk', 'themselves', async ({ operator }) => operator, 'OP-02-own-card'],
    ['administrator', 'themselves', async ({ operator }) => operator, 'OP-02-own-card'],
    ['helpdesk', 'a profile that wants a code', () => somebody('code-only'), 'ID-02-code-wanted'],
  ];
  test.each(rows)('as %s: %s', async (role, _whom, find, refusal) => {
    const own = await desk(role);
    const { card } = await find(own);
    expect(await codeOf(vouch(own, { card } as IssuedCard))).toBe(refusal);
    if (refusal === null) return;
    const refused = (await world.audit('statement.refused')).filter(({ cardId }) => cardId === card.id);
    expect(refused).toMatchObject([
      { actor: `operator:${own.operator.login}`, detail: { action: 'vouch', code: refusal } },
    ]);
  });

  test('has it proved: the card is rewritten, its PIN set by the PUK, and the audit says who', async () => {
    const [own, issued] = [await desk(), await somebody()];
    const proofId = await vouch(own, issued);
    const run = await OperationRun.begin(own.alone, issued, { proofId });
    await run.kiosk.complete(run.id, await run.write());
    const operation = await findOperation(world.world.central.database, run.id);
    expect(operation).toMatchObject({ proofKind: 'operator', operatorId: own.operator.holder.id });
    const [begun] = (await world.audit('operation.begun')).filter(
      ({ operationId }) => operationId === run.id,
    );
    expect(begun).toMatchObject({
      ...{ actor: `operator:${own.operator.login}`, cardId: issued.card.id },
      detail: { proof: 'operator', operator: own.operator.holder.id, owner: issued.holder.id },
    });
  });

  test('sees what waits; recovered keys want the PIN all the same', async () => {
    const [own, issued] = [await desk(), await somebody('employee')];
    const proofId = await vouch(own, issued);
    const asked = { proofId, cardId: issued.card.id, capabilities: FULL_CARD };
    expect((await own.alone.waiting(asked)).items).toEqual([]);
    const other = await world.addCard(issued);
    const { id } = await new Asking(own).request({
      ...{ kind: 'existingCard', cardId: issued.card.id, certificates: [other.serialNumber], note: null },
      ...{ without: [], confirmedRemovals: [] },
    });
    const [item] = (await own.alone.waiting(asked)).items;
    expect(item).toMatchObject({ requestId: id, isForThisCard: false, obstacle: 'KR-02-pin-needed' });
    expect(await codeOf(OperationRun.collect(own.alone, issued, id, { proofId }))).toBe('KR-02-pin-needed');
  });

  const late: readonly [string, (own: Desk, issued: IssuedCard) => Promise<unknown>, string][] = [
    ['has signed out', ({ kiosk }) => leave(kiosk), 'ID-05-no-session'],
    ['has done nothing for ten minutes', async () => pass(10 * MINUTE + 1), 'ID-01-not-proved'],
    ['is no operator for them any more', ({ operator }) => act(operator, 'works'), 'OP-02-out-of-scope'],
    ['is disabled', ({ operator }) => disable(operator), 'ID-05-operator-disabled'],
    ['has a card that was disabled', ({ operator }) => stop(operator), 'ID-05-own-card-refused'],
    [
      'is not wanted by the profile any more',
      (_own, { card }) => wantCodes(card.profileName),
      'ID-02-code-wanted',
    ],
  ];
  test.each(late)('and %s before it is used, is not believed', async (_what, change, refusal) => {
    const profileName = name('profile');
    await putProfile(world.world.central, profile(profileName, ''));
    const [own, issued] = [await desk(), await somebody(profileName)];
    const proofId = await vouch(own, issued);
    await change(own, issued);
    expect(await codeOf(OperationRun.begin(own.alone, issued, { proofId }))).toBe(refusal);
  });

  test('is believed once, for that card, at that kiosk', async () => {
    const [own, issued, other] = [await desk(), await somebody(), await somebody()];
    const proofId = await vouch(own, issued);
    expect(await codeOf(OperationRun.begin(own.alone, other, { proofId }))).toBe('RP-09-not-yours');
    const elsewhere = await world.world.addKiosk(name('elsewhere'));
    expect(await codeOf(OperationRun.begin(elsewhere, issued, { proofId }))).toBe('ID-01-not-proved');
    const run = await OperationRun.begin(own.alone, issued, { proofId });
    await run.kiosk.complete(run.id, await run.write());
    expect(await codeOf(OperationRun.begin(own.alone, issued, { proofId }))).toBe('ID-01-not-proved');
  });

  test('goes on with what was cut off, and with it again', async () => {
    const [own, issued] = [await desk(), await somebody()];
    const first = await OperationRun.begin(own.alone, issued, { proofId: await vouch(own, issued) });
    await first.authenticate();
    const second = await OperationRun.begin(own.alone, issued, { proofId: await vouch(own, issued) });
    expect(second.plan).toMatchObject({ operationId: first.id, isResumed: true });
    await second.kiosk.complete(second.id, await second.write());
  });

  test('signs in with the card that they have signed in with, by the key on record, once', async () => {
    const [own, issued] = [await desk(), await somebody()];
    const action = { kind: 'vouch', cardId: issued.card.id } as const;
    const second = await world.addOperator(name('second'));
    expect(await codeOf(signStatement(own.kiosk, second, action))).toBe('ID-02-other-card');
    const stranger = { ...own.operator, soft: second.soft };
    expect(await codeOf(signStatement(own.kiosk, stranger, action))).toBe('ID-02-not-signed');
    const { statementId } = await own.kiosk.state({ signerCardId: own.operator.card.id, action });
    const wrong = { slot: '9A', signature: new Uint8Array(64) } as const;
    expect(await codeOf(own.kiosk.answerStatement(statementId, wrong))).toBe('ID-02-not-signed');
    expect(await codeOf(OperationRun.begin(own.alone, issued, { proofId: statementId }))).toBe(
      'ID-01-not-proved',
    );
    expect(await codeOf(own.alone.state({ signerCardId: own.operator.card.id, action }))).toBe(
      'ID-05-no-session',
    );
  });

  test('signs exactly that: an answer for another card is none', async () => {
    const [own, issued, other] = [await desk(), await somebody(), await somebody()];
    const asked = { signerCardId: own.operator.card.id };
    const { statementMessage } = await import('../../src/protocol/statement.ts');
    const one = await own.kiosk.state({ ...asked, action: { kind: 'vouch', cardId: issued.card.id } });
    const message = statementMessage(one.statementId, one.challenge, {
      kind: 'vouch',
      cardId: other.card.id,
    });
    const answer = { slot: '9A', signature: own.operator.soft.sign('9A', message) } as const;
    expect(await codeOf(own.kiosk.answerStatement(one.statementId, answer))).toBe('ID-02-not-signed');
  });
});

describe('a second operator', () => {
  const cancel = ({ kiosk }: Desk, { card }: IssuedCard, witnessId: string | null) =>
    new Asking({ kiosk } as Desk).card(card.id, 'cancel', { reason: 'damaged', witnessId });
  const damaged = { action: 'cancel', reason: 'damaged' } as const;

  test('is wanted where the profile says so, signs exactly that, and is in the audit', async () => {
    const [own, issued] = [await desk(), await somebody('witnessed')];
    expect(await codeOf(cancel(own, issued, null))).toBe('OP-02-witness-wanted');
    const second = await world.addOperator(name('second'));
    const witnessId = await witness(own, second, { ...damaged, cardId: issued.card.id });
    expect(await codeOf(cancel(own, issued, witnessId))).toBeNull();
    // Its answer was lost, and it is asked again.
    expect(await codeOf(cancel(own, issued, witnessId))).toBeNull();
    const [line] = (await world.audit('action.witnessed')).filter(({ cardId }) => cardId === issued.card.id);
    expect(line).toMatchObject({
      actor: `operator:${own.operator.login}`,
      detail: { action: 'cancel', reason: 'damaged', witness: second.holder.id, witnessCard: second.card.id },
    });
  });

  test('is not wanted where the profile says nothing', async () => {
    expect(await codeOf(cancel(await desk(), await somebody(), null))).toBeNull();
  });

  const refused: readonly [string, (own: Desk, holder: IssuedCard) => Promise<IssuedCard>, string][] = [
    ['the operator themselves', async ({ operator }) => operator, 'OP-02-witness-is-operator'],
    ['the holder', async (_own, holder) => holder, 'OP-02-witness-is-holder'],
    [
      'an operator for others',
      () => world.addOperator(name('works'), 'helpdesk', 'works'),
      'OP-02-witness-out-of-scope',
    ],
    ['nobody who acts for anybody', () => somebody(), 'ID-05-not-an-operator'],
  ];
  test.each(refused)('is never %s', async (_who, find, refusal) => {
    const own = await desk();
    const holder = await world.addOperator(name('holder'));
    const issued = { ...holder, card: await withProfile(holder, 'witnessed') };
    const second = await find(own, issued);
    expect(await codeOf(witness(own, second, { ...damaged, cardId: issued.card.id }))).toBe(refusal);
  });

  test('serves once, for that card, that action, that reason, in that session, for ten minutes', async () => {
    const [own, issued, other] = [await desk(), await somebody('witnessed'), await somebody('witnessed')];
    const second = await world.addOperator(name('second'));
    const sign = (more: Parameters<typeof witness>[2]) => witness(own, second, { ...damaged, ...more });
    const wrong = [
      await sign({ cardId: other.card.id }),
      await sign({ cardId: issued.card.id, reason: 'leaver' }),
      await sign({ cardId: issued.card.id, action: 'disable' }),
    ];
    for (const one of wrong) expect(await codeOf(cancel(own, issued, one))).toBe('OP-02-witness-other');
    expect(await codeOf(cancel(own, issued, randomUUID()))).toBe('OP-02-witness-over');
    const elsewhere = await desk();
    const right = await sign({ cardId: issued.card.id });
    expect(await codeOf(cancel(elsewhere, issued, right))).toBe('OP-02-witness-over');
    expect(await codeOf(cancel(own, issued, right))).toBeNull();
    expect(await codeOf(cancel(own, other, right))).toBe('OP-02-witness-over');
    const old = await sign({ cardId: other.card.id });
    pass(9 * MINUTE);
    await new Asking(own).queue();
    pass(2 * MINUTE);
    expect(await codeOf(cancel(own, other, old))).toBe('OP-02-witness-over');
  });

  test('is believed no more once they are no operator any more', async () => {
    const [own, issued] = [await desk(), await somebody('witnessed')];
    const second = await world.addOperator(name('second'));
    const witnessId = await witness(own, second, { ...damaged, cardId: issued.card.id });
    await disable(second);
    expect(await codeOf(cancel(own, issued, witnessId))).toBe('ID-05-operator-disabled');
  });

  test('is wanted to cancel a card by asking for another one in its place', async () => {
    const [own, issued] = [await desk(), await somebody('witnessed')];
    const { card } = issued;
    const inPlaceOf = { cardId: card.id, reason: 'stolen' };
    const wish = { kind: 'newCard', ownerId: issued.holder.id, profileName: 'witnessed', certificates: [] };
    const ask = new Asking(own);
    expect(await codeOf(ask.request({ ...wish, note: null, inPlaceOf }))).toBe('OP-02-cancel-first');
    const page = (await own.kiosk.get(`/desk/cards/${card.id}`)).json();
    const refusalOf = (reason: string) =>
      page.may.replace.find((one: { reason: { code: string } }) => one.reason.code === reason).refusal;
    expect([refusalOf('stolen'), refusalOf('damaged')]).toEqual(['OP-02-cancel-first', null]);
    const second = await world.addOperator(name('second'));
    const witnessId = await witness(own, second, { cardId: card.id, reason: 'stolen' });
    await ask.card(card.id, 'cancel', { reason: 'stolen', note: null, witnessId });
    expect(await codeOf(ask.request({ ...wish, note: null, inPlaceOf }))).toBeNull();
  });

  test('is wanted to disable and to enable', async () => {
    const [own, issued] = [await desk(), await somebody('witnessed')];
    const second = await world.addOperator(name('second'));
    const ask = new Asking(own);
    const { id: cardId } = issued.card;
    const stopping = { reason: 'under-investigation', witnessId: null as string | null };
    expect(await codeOf(ask.card(cardId, 'disable', stopping))).toBe('OP-02-witness-wanted');
    stopping.witnessId = await witness(own, second, {
      action: 'disable',
      cardId,
      reason: 'under-investigation',
    });
    expect(await codeOf(ask.card(cardId, 'disable', stopping))).toBeNull();
    expect(await codeOf(ask.card(cardId, 'enable', {}))).toBe('OP-02-witness-wanted');
    const witnessId = await witness(own, second, { action: 'enable', cardId, reason: null });
    expect(await codeOf(ask.card(cardId, 'enable', { witnessId }))).toBeNull();
  });

  test('is wanted when an operator rewrites a card or vouches for it, not when its holder does it alone', async () => {
    const [own, issued] = [await desk(), await somebody('witnessed')];
    const second = await world.addOperator(name('second'));
    const { id: cardId } = issued.card;
    expect(await codeOf(OperationRun.begin(own.kiosk, issued))).toBe('OP-02-witness-wanted');
    const vouched = await vouch(own, issued);
    expect(await codeOf(OperationRun.begin(own.alone, issued, { proofId: vouched }))).toBe(
      'OP-02-witness-wanted',
    );
    const wish = { cardId, reason: 'profile-updated', capabilities: FULL_CARD, proofId: vouched };
    expect((await own.alone.preview(wish)).wantsWitness).toBe(true);
    const witnessId = await witness(own, second, {
      action: 'reprovision',
      cardId,
      reason: 'profile-updated',
    });
    const run = await OperationRun.begin(own.alone, issued, { proofId: vouched, witnessId });
    // Its answer was lost: the same begin takes it up.
    const again = await OperationRun.begin(own.alone, issued, { proofId: vouched, witnessId });
    expect(again.id).toBe(run.id);
    await again.kiosk.complete(again.id, await again.write());
    const alone = await OperationRun.begin(own.alone, await somebody('witnessed'));
    expect(alone.plan.isResumed).toBe(false);
  });

  test('is wanted when an operator has a PIN set', async () => {
    const [own, issued] = [await desk(), await somebody('witnessed')];
    const second = await world.addOperator(name('second'));
    const { id: cardId } = issued.card;
    const reset = async (witnessId: string | null) => {
      const proofId = await vouch(own, issued);
      const { publicKey: recipientKey } = await createRecipient();
      return own.kiosk.resetPin(cardId, { proofId, recipientKey, capabilities: FULL_CARD, witnessId });
    };
    expect(await codeOf(reset(null))).toBe('OP-02-witness-wanted');
    const witnessId = await witness(own, second, { action: 'pinReset', cardId, reason: null });
    expect(await codeOf(reset(witnessId))).toBeNull();
  });
});

/** Questions of an operator who is signed in. */
class Asking {
  readonly #kiosk: KioskCaller;
  constructor({ kiosk }: Pick<Desk, 'kiosk'>) {
    this.#kiosk = kiosk;
  }
  card = (id: string, action: string, body: object) => this.#ask(`/cards/${id}/${action}`, body);
  request = async (wish: object) => (await this.#ask('/requests', wish)) as { readonly id: string };
  queue = () => this.#kiosk.get('/requests');

  async #ask(path: string, body: object): Promise<unknown> {
    const answer = await this.#kiosk.raw(path, JSON.stringify(body));
    if (answer.statusCode !== 200) throw Object.assign(new Error(answer.body), { code: answer.json().code });
    return answer.json();
  }
}

const pass = (ms: number) => {
  world.clock.offsetMs += ms;
};

/** Signs out. */
async function leave(kiosk: KioskCaller): Promise<void> {
  await kiosk.delete('/sessions/current');
}

async function act({ login }: Operator, group: string): Promise<void> {
  await putOperator(world.world.central, login, 'helpdesk', group);
}

async function disable({ holder }: IssuedCard): Promise<void> {
  await savePerson(world.world.central.database, { ...holder, state: 'disabled' });
}

async function stop({ card }: IssuedCard): Promise<void> {
  await changeCard(world.world.central.database, card.id, { state: 'disabled' });
}

async function wantCodes(profileName: string): Promise<void> {
  await putProfile(world.world.central, profile(profileName, '', '[proofs]\npin_reset = ["code"]\n'));
}

async function withProfile({ card }: IssuedCard, profileName: string) {
  await changeCard(world.world.central.database, card.id, { profileName });
  return { ...card, profileName };
}
