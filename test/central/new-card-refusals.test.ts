/** Who gets no new card, and why: wrong numbers, wrong cards, wrong people (ID-02, ID-03, KR-03, KR-04, KR-06). */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { codeCommand } from '../../src/central/command/code.ts';
import { CommandError } from '../../src/central/command/command-io.ts';
import { putProfile } from '../../src/central/command/put-profile.ts';
import { findCard } from '../../src/central/repositories/cards.ts';
import { findOpenOperation } from '../../src/central/repositories/operations.ts';
import { changeRequest } from '../../src/central/repositories/requests.ts';
import { COMMAND } from '../../src/central/request/actor.ts';
import { cancelRequest } from '../../src/central/request/decide.ts';
import { formsOf, searchFolder } from '../support/secret-search.ts';
import { PROFILE } from './support/central-world.ts';
import { asVirtualCard } from './support/encode-through.ts';
import type { Refused } from './support/kiosk-caller.ts';
import { blankCard, CutOff, NewCardWorld } from './support/new-card-world.ts';

const MINUTE = 60_000;
const clock = { offsetMs: 0 };
let world: NewCardWorld;
beforeAll(async () => {
  world = await NewCardWorld.open(() => new Date(Date.now() + clock.offsetMs));
});
afterAll(() => world.close());
beforeEach(() => {
  clock.offsetMs += 11 * MINUTE;
});

async function askFor(profileName = 'employee'): Promise<string> {
  const { holder } = await world.world.issueCard();
  return world.ask({ ownerId: holder.id, profileName });
}

/** A number that is not this one: its code is wrong. */
const notThis = (number: string) => number.replace(/.$/, (last) => String((Number(last) + 1) % 10));

const tryNumber = (number: string) =>
  world.prove(number, blankCard()).then(
    () => 'accepted',
    (error: Refused) => error.triesLeft ?? error.code,
  );

describe('a number', () => {
  test('dies of five wrong codes, and one of no request is answered alike', async () => {
    const number = await world.number(await askFor());
    const wrong = notThis(number);
    const locator = number.startsWith('000000') ? '000001' : '000000';
    const ofNobody = `${locator}${'1'.repeat(12)}`;
    const answers: unknown[] = [];
    for (const one of [wrong, ofNobody]) {
      for (let at = 0; at < 5; at += 1) answers.push(await tryNumber(one));
    }
    expect(answers.slice(0, 5)).toEqual([4, 3, 2, 1, 'ID-03-code-dead']);
    expect(answers.slice(5)).toEqual(answers.slice(0, 5));
    expect(await tryNumber(number)).toBe('ID-03-code-dead');
  });

  test('that is short has two minutes, and with another code the same first digits', async () => {
    const requestId = await askFor();
    const number = await world.number(requestId, 'short');
    expect(number).toMatch(/^[0-9]{14}$/);
    clock.offsetMs += 121_000;
    expect(await tryNumber(number)).toBe('ID-03-code-dead');
    expect((await world.number(requestId)).slice(0, 6)).toBe(number.slice(0, 6));
  });

  test('of which the first digits are those of another request is wrong', async () => {
    const mine = await world.number(await askFor());
    const other = await world.number(await askFor());
    expect(await tryNumber(`${mine.slice(0, 6)}${other.slice(6)}`)).toBe(4);
  });

  test('is not searched for at one kiosk for long', async () => {
    const answers = new Set<unknown>();
    for (let at = 0; at < 31; at += 1)
      answers.add(await tryNumber(`${String(at).padStart(6, '0')}${'2'.repeat(8)}`));
    expect([...answers]).toEqual([4, 'ID-03-wait']);
  });

  test('is given for a request alone that can be collected, by the command', async () => {
    const run = async (...args: string[]) => {
      let said = '';
      const io = { stdout: { write: (text: string) => (said += text) }, stderr: { write: () => {} } };
      await codeCommand(world.world.central, args, io);
      return said;
    };
    const requestId = await askFor();
    expect(await run('give', '--request', requestId, '--long')).toMatch(/^[0-9]{18}\nto be typed by .*Z\n$/);
    const waits = await askFor('approved');
    await expect(run('give', '--request', waits)).rejects.toThrow(/KR-04-not-approved/);
    const planned = (await world.newCard(requestId)).id;
    await expect(run('give', planned)).rejects.toBeInstanceOf(CommandError);
    await expect(run('give')).rejects.toThrow(/give CARD/);
  });

  test('is written down nowhere: not in the database, the audit or a log', async () => {
    const used = await world.number(await askFor());
    await tryNumber(notThis(used));
    const { plan } = await world.collect(used, blankCard());
    const unused = await world.number(await askFor());
    // Of each the code: what says which request is no secret.
    const codes = [used, notThis(used), unused].map((number) => number.slice(6));
    const forms = codes.flatMap((code) => formsOf('code', Buffer.from(code), false));
    expect(searchFolder(world.world.stateDir, forms, [])).toEqual([]);
    const told = formsOf('audit', Buffer.from(plan.operationId), false).filter(({ form }) => form === 'raw');
    expect(searchFolder(world.world.stateDir, told, [])).not.toEqual([]);
  });

  test('is of no use once the request is called off', async () => {
    const requestId = await askFor();
    const number = await world.number(requestId);
    const { id } = await world.newCard(requestId);
    await cancelRequest(world.world.central, COMMAND, requestId, null);
    expect(await tryNumber(number)).toBe(4);
    expect((await findCard(world.database, id))!.state).toBe('cancelled');
  });
});

test('a request that an older central let through is collected like any other', async () => {
  const requestId = await askFor();
  await changeRequest(world.database, requestId, { newCardId: null });
  await world.collect(await world.number(requestId), blankCard());
  expect(await world.newCard(requestId)).toMatchObject({ state: 'issued' });
});

describe('nobody collects', () => {
  test('what was not approved', async () => {
    const requestId = await askFor('approved');
    await expect(world.number(requestId)).rejects.toMatchObject({ code: 'KR-04-not-approved' });
    await world.approve(requestId);
    await world.collect(await world.number(requestId), blankCard());
  });

  test('where the profile lets its owner collect nothing, but an operator who is signed in', async () => {
    const rules = PROFILE.replace('name = "employee"', 'name = "by-helpdesk"').replace(
      '[pin_policy]',
      '[requests]\ncollect = ["helpdesk"]\n\n[pin_policy]',
    );
    await putProfile(world.world.central, rules);
    const number = await world.number(await askFor('by-helpdesk'));
    expect(await tryNumber(number)).toBe('KR-03-no-right');
    const kiosk = await world.withOperator();
    const card = blankCard();
    await expect(world.collect(number, card, { kiosk, stopBefore: 'puk' })).rejects.toBeInstanceOf(CutOff);
    await expect(world.collect(number, card)).rejects.toMatchObject({ code: 'KR-03-no-right' });
    await world.collect(number, card, { kiosk });
  });

  test('at a kiosk that does not serve them', async () => {
    const number = await world.number(await askFor());
    const elsewhere = await world.kioskOf('sales');
    await expect(world.prove(number, blankCard(), elsewhere)).rejects.toMatchObject({
      code: 'RP-07-not-served-here',
    });
  });
});

describe('a card', () => {
  test('that is somebody’s by its serial is refused, and the number does for a blank one', async () => {
    const theirs = await world.world.issueCard();
    const number = await world.number(await askFor());
    expect(await world.prove(number, asVirtualCard(theirs)).catch((error: Refused) => error.code)).toBe(
      'KR-01-card-is-somebodys',
    );
    await world.collect(number, blankCard());
  });

  test('whose management key somebody has changed is left as it was', async () => {
    const requestId = await askFor();
    const number = await world.number(requestId);
    for (const algorithm of ['AES-192', 'AES-256'] as const) {
      const card = blankCard();
      card.setManagementKey(algorithm, new Uint8Array(algorithm === 'AES-192' ? 24 : 32).fill(7));
      const writes: string[] = [];
      const failure = await world
        .collect(number, card, { onStep: (step) => writes.push(step) })
        .catch((error: Error & { code?: string }) => error.code ?? error.name);
      expect(failure).toBe(algorithm === 'AES-256' ? 'KR-01-not-blank' : 'WrongCardError');
      expect(writes).toEqual([]);
      const open = await findOpenOperation(world.database, (await world.newCard(requestId)).id);
      if (open) await world.kiosk.cancel(open.id);
    }
    await world.collect(number, blankCard());
  });
});
