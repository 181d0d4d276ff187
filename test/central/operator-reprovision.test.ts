import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reasons } from '../../db/central/schema.ts';
import { putProfile } from '../../src/central/command/put-profile.ts';
import { removeOperator } from '../../src/central/repositories/operators.ts';
import { savePerson } from '../../src/central/repositories/people.ts';
import { findReason } from '../../src/central/repositories/reasons.ts';
import type { OperatorRole } from '../../src/domain/operator.ts';
import type { ReasonChooser } from '../../src/domain/reason.ts';
import type { BeginRequest } from '../../src/protocol/operation.ts';
import { type IssuedCard, PROFILE } from './support/central-world.ts';
import type { KioskCaller } from './support/kiosk-caller.ts';
import { FULL_CARD, OperationRun, proveHolder } from './support/operation-run.ts';
import { OperatorWorld } from './support/operator-world.ts';

let world: OperatorWorld;
let count = 0;
beforeAll(async () => {
  world = await OperatorWorld.open();
  const { central } = world.world;
  await addReason('for-administrators', ['administrator']);
  await addReason('for-operators', ['helpdesk', 'administrator']);
  await addReason('for-cardholders', ['cardholder']);
  const terms = 'terms = { en = "Keep your card.", de = "Bewahren Sie die Karte auf." }';
  await putProfile(central, PROFILE.replace('name = "employee"', `name = "terms"\n${terms}`));
});
afterAll(() => world.close());

async function addReason(code: string, chosenBy: ReasonChooser[]): Promise<void> {
  const { database } = world.world.central;
  const { titles, operations, ...like } = (await findReason(database, 'profile-updated', null))!;
  const row = { ...like, code, titles: { ...titles }, operations: [...operations], chosenBy };
  await database.insert(reasons).values(row);
}

function name(what: string): string {
  count += 1;
  return `${what}-${count}`;
}

async function desk(role: OperatorRole = 'helpdesk') {
  const operator = await world.addOperator(name(role), role, 'sales');
  const alone = await world.world.addKiosk(`kiosk-${operator.login}`);
  const proofId = await proveHolder(alone, operator);
  const { token } = await world.startSession(proofId, `kiosk-${operator.login}`);
  return { operator, alone, kiosk: alone.signedIn(token) };
}

const somebody = (profileName = 'employee', group: 'sales' | 'works' = 'sales') =>
  world.addPerson(name('holder'), profileName, group);
const codeOf = (work: Promise<unknown>): Promise<string | null> =>
  work.then(
    () => null,
    (error) => error.code ?? String(error),
  );
const begin = (kiosk: KioskCaller, issued: IssuedCard, wishes: Partial<BeginRequest> = {}) =>
  OperationRun.begin(kiosk, issued, wishes);

describe('an operator rewrites a card whose holder has entered the PIN', () => {
  const rows: readonly [OperatorRole, 'in scope' | 'out of scope' | 'their own', string, string | null][] = [
    ['helpdesk', 'in scope', 'profile-updated', null],
    ['helpdesk', 'in scope', 'for-operators', null],
    ['helpdesk', 'in scope', 'for-administrators', 'OP-02-no-right'],
    ['helpdesk', 'in scope', 'for-cardholders', 'OP-02-no-right'],
    ['helpdesk', 'in scope', 'no-such-reason', 'RP-12-no-such-reason'],
    ['helpdesk', 'out of scope', 'profile-updated', 'OP-02-out-of-scope'],
    ['helpdesk', 'their own', 'profile-updated', 'OP-02-own-card'],
    ['administrator', 'in scope', 'profile-updated', null],
    ['administrator', 'in scope', 'for-administrators', null],
    ['administrator', 'in scope', 'for-cardholders', 'OP-02-no-right'],
    ['administrator', 'out of scope', 'profile-updated', 'OP-02-out-of-scope'],
    ['administrator', 'their own', 'profile-updated', 'OP-02-own-card'],
  ];
  test.each(rows)('as %s, %s, for %s', async (role, whose, reason, refusal) => {
    const { operator, kiosk } = await desk(role);
    const other = await somebody('employee', whose === 'in scope' ? 'sales' : 'works');
    const issued: IssuedCard = whose === 'their own' ? operator : other;
    const { id: cardId } = issued.card;
    const proofId = await proveHolder(kiosk, issued);
    const wish = { cardId, reason, capabilities: FULL_CARD, proofId };
    expect(await codeOf(kiosk.preview(wish))).toBe(refusal);
    expect(await codeOf(begin(kiosk, issued, { reason, proofId }))).toBe(refusal);
    const type = refusal === null ? 'operation.begun' : 'operation.refused';
    const lines = (await world.audit(type)).filter((one) => one.cardId === cardId);
    const detail = { reason, operator: operator.holder.id, owner: issued.holder.id };
    const kioskName = `kiosk-${operator.login}`;
    expect(lines.at(-1)).toMatchObject({
      ...{ actor: `operator:${operator.login}`, cardId },
      detail: { ...detail, kiosk: kioskName, ...(refusal === null ? {} : { code: refusal }) },
    });
  });

  test('and who has finished it is in the audit as well', async () => {
    const { operator, kiosk } = await desk();
    const issued = await somebody();
    const run = await begin(kiosk, issued);
    await run.kiosk.complete(run.id, await run.write());
    const [line] = (await world.audit('operation.completed')).filter((one) => one.operationId === run.id);
    expect(line).toMatchObject({ detail: { operator: operator.holder.id, owner: issued.holder.id } });
  });

  test('but not once their right, their account or their session is gone', async () => {
    const { operator, kiosk, alone } = await desk();
    const issued = await somebody();
    const { database } = world.world.central;
    await savePerson(database, { ...operator.holder, state: 'disabled' });
    expect(await codeOf(begin(kiosk, issued))).toBe('ID-05-operator-disabled');
    await savePerson(database, operator.holder);
    await removeOperator(database, operator.holder.id);
    expect(await codeOf(begin(kiosk, issued))).toBe('ID-05-not-an-operator');
    await kiosk.delete('/sessions/current');
    expect(await codeOf(begin(kiosk, issued))).toBe('ID-05-no-session');
    expect(await codeOf(begin(alone, issued))).toBeNull();
  });
});

describe('a cardholder alone', () => {
  test('chooses among the reasons for cardholders', async () => {
    const issued = await somebody();
    const { kiosk } = world.world;
    expect(await codeOf(begin(kiosk, issued, { reason: 'for-operators' }))).toBe('RP-12-not-for-cardholders');
    expect(await codeOf(begin(kiosk, issued, { reason: 'for-cardholders' }))).toBeNull();
  });

  test('carries out what an operator has asked for with a reason of theirs', async () => {
    const issued = await somebody();
    const made = await world.command('new', 'card-update', issued.card.serial!, '--reason', 'for-operators');
    const requestId = /[0-9a-f-]{36}/.exec(made)![0];
    const { kiosk } = world.world;
    const proofId = await proveHolder(kiosk, issued);
    const wish = { cardId: issued.card.id, reason: 'for-operators', capabilities: FULL_CARD, proofId };
    expect(await codeOf(kiosk.preview(wish))).toBeNull();
    expect(await codeOf(begin(kiosk, issued, { reason: 'for-operators', requestId }))).toBeNull();
  });
});

describe('terms of a profile', () => {
  test('are told before, and accepted before anything is begun; the audit has which and in what language', async () => {
    const issued = await somebody('terms');
    const { kiosk } = world.world;
    const proofId = await proveHolder(kiosk, issued);
    const wish = { cardId: issued.card.id, reason: 'profile-updated', capabilities: FULL_CARD, proofId };
    const { terms } = await kiosk.preview(wish);
    expect(terms?.texts).toEqual({ en: 'Keep your card.', de: 'Bewahren Sie die Karte auf.' });
    expect(await codeOf(begin(kiosk, issued, { proofId }))).toBe('RP-19-accept-terms');
    expect(await codeOf(begin(kiosk, issued, { proofId, acceptsTerms: 'others' }))).toBe(
      'RP-19-accept-terms',
    );
    const accepted = { proofId, acceptsTerms: terms!.id, termsLanguage: 'de' };
    const run = await begin(kiosk, issued, accepted);
    const [line] = (await world.audit('terms.accepted')).filter((one) => one.operationId === run.id);
    expect(line).toMatchObject({
      cardId: issued.card.id,
      detail: { terms: terms!.id, language: 'de', owner: issued.holder.id, profile: 'terms', revision: 1 },
    });
    // What is taken up was accepted when it was begun.
    expect((await kiosk.preview(wish)).terms).toBeNull();
    expect((await begin(kiosk, issued, { proofId })).plan.isResumed).toBe(true);
  });

  test('are none where the profile has none', async () => {
    const issued = await somebody();
    const proofId = await proveHolder(world.world.kiosk, issued);
    const wish = { cardId: issued.card.id, reason: 'profile-updated', capabilities: FULL_CARD, proofId };
    expect(await world.world.kiosk.preview(wish)).toMatchObject({ terms: null, wantsWitness: false });
  });

  test('that were changed are accepted anew', async () => {
    const issued = await somebody('terms');
    const { kiosk, central } = world.world;
    const proofId = await proveHolder(kiosk, issued);
    const wish = { cardId: issued.card.id, reason: 'profile-updated', capabilities: FULL_CARD, proofId };
    const { terms } = await kiosk.preview(wish);
    const changed = 'terms = { en = "Keep your card well." }';
    await putProfile(central, PROFILE.replace('name = "employee"', `name = "terms"\n${changed}`));
    const late = { proofId, acceptsTerms: terms!.id };
    expect(await codeOf(begin(kiosk, issued, late))).toBe('RP-19-accept-terms');
  });
});
