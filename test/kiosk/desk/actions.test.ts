import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { WalkUpKind } from '../../../src/flows/walk-up-state.ts';
import { DeskBench, type Holder, PIN } from './desk-bench.ts';

/** What an operator does at the kiosk for a cardholder beside them, with two cards in two readers (RP-10, ID-02, OP-02). */

let bench: DeskBench;
let helga: Holder;
let olga: Holder;
beforeAll(async () => {
  bench = await DeskBench.open();
  helga = await bench.addOperator('helga');
  olga = await bench.addOperator('olga');
  await bench.putProfile('watched', 'witness = ["disable"]');
  await bench.start();
});
afterAll(() => bench.close());
afterEach(async () => {
  for (const reader of [0, 1]) bench.readers.pull(reader);
  bench.press('esc', 'esc');
  await bench.at('away');
  await bench.until('nobody', ({ walkUp }) => ['insertCard', 'interrupted'].includes(walkUp.kind));
  bench.press('esc');
});

/** Waits for a step of the walk-up. */
function walkUp(kind: WalkUpKind) {
  return bench.until(kind, (view) => view.walkUp.kind === kind);
}

/** Signed in, with the page of a card that is in the other reader. */
async function openCardOf(holder: Holder): Promise<void> {
  await bench.signIn(helga);
  bench.readers.insert(1, holder.card);
  await bench.until('in hand', ({ desk }) => desk?.inHand.kind === 'known');
  bench.press('2');
  await bench.page('card');
}

/** The operator says with their card that the holder is here. */
async function vouch(): Promise<void> {
  await bench.step('choose');
  const { step } = await bench.step('choose');
  if (step.kind === 'choose' && step.what === 'proof') {
    const place = step.options.findIndex(({ value }) => value === 'operator');
    bench.press(String(place + 1));
  }
  const next = await bench.until('the next step', ({ desk }) => {
    const kind = desk?.state.kind === 'open' ? desk.state.dialog?.step.kind : undefined;
    return kind === 'confirm' || kind === 'sign';
  });
  if (next.desk?.state.kind === 'open' && next.desk.state.dialog?.step.kind === 'confirm')
    bench.press('enter');
  await bench.step('sign');
  bench.type(PIN);
  bench.press('enter');
}

async function typeNewPin(pin: string): Promise<void> {
  for (const field of ['new', 'repeat'] as const) {
    await bench.until(field, (view) => view.walkUp.kind === 'newPin' && view.walkUp.field === field);
    bench.type(pin);
    bench.press('enter');
  }
}

async function audited(type: string): Promise<readonly string[]> {
  return bench.listening.audited(type);
}

test('a card is rewritten for a reason of the operator’s, while its holder types the new PIN', async () => {
  const anna = await bench.addHolder('anna');
  await openCardOf(anna);
  bench.press('R');
  await bench.step('choose');
  bench.press('1');
  await vouch();
  await bench.at('handedOver');
  await bench.until('plan', ({ walkUp: state }) => state.kind === 'plan' || state.kind === 'warning');
  if (bench.view.walkUp.kind === 'plan') bench.press('enter');
  await walkUp('warning');
  bench.press('enter');
  await typeNewPin('84736251');
  await walkUp('done');
  expect(bench.desk.kind).toBe('handedOver');
  bench.kiosk.command({ kind: 'openDesk' });
  // The card is found again without being touched, and its page is there.
  await bench.at('open');
  await bench.until('in hand', ({ desk }) => desk?.inHand.kind === 'known');
  const { page } = await bench.page('card');
  expect(page?.history.map(({ type }) => type)).toContain('operation.completed');
  const [begun] = await audited('operation.begun');
  expect(begun).toContain('operator:helga');
});

test('a PIN that is blocked is set anew, and nothing else, once the operator has vouched', async () => {
  const ben = await bench.addHolder('ben');
  for (let tries = 0; tries < 3; tries += 1) await spendTry(ben);
  await openCardOf(ben);
  bench.press('P');
  await vouch();
  await bench.at('handedOver');
  await walkUp('pinWarning');
  bench.press('enter');
  await typeNewPin('84736251');
  await walkUp('done');
  bench.readers.pull(1);
  await bench.at('open');
  expect(ben.card.pinTriesLeft).toBe(3);
});

/** Tries a wrong PIN at the card, as somebody has at home. */
async function spendTry({ card }: Holder): Promise<void> {
  await card.transmit(new Uint8Array([0, 0xa4, 4, 0, 5, 0xa0, 0, 0, 3, 8]));
  await card.transmit(new Uint8Array([0, 0x20, 0, 0x80, 8, 0x39, 0x39, 0x39, 0x39, 0x39, 0x39, 0xff, 0xff]));
}

describe('what was handed over', () => {
  /** At the cardholder's turn, with the warning in sight. */
  async function toWarning(login: string): Promise<Holder> {
    const holder = await bench.addHolder(login);
    await openCardOf(holder);
    bench.press('R');
    await bench.step('choose');
    bench.press('1');
    await vouch();
    await bench.until('plan', ({ walkUp: state }) => state.kind === 'plan' || state.kind === 'warning');
    if (bench.view.walkUp.kind === 'plan') bench.press('enter');
    await walkUp('warning');
    return holder;
  }

  test('is taken back by O, and the page is there again', async () => {
    await toWarning('cleo');
    bench.kiosk.command({ kind: 'openDesk' });
    await bench.at('open');
    await bench.page('card');
    await bench.until('in hand', ({ desk }) => desk?.inHand.kind === 'known');
  });

  test('ends with the operator’s card before anything is written', async () => {
    await toWarning('dora');
    bench.readers.pull(0);
    expect(bench.desk.kind).toBe('away');
    expect(bench.view.walkUp.kind).toBe('insertCard');
  });

  test('ends with the cardholder’s card before anything is written, and the operator stays', async () => {
    await toWarning('edda');
    bench.readers.pull(1);
    await bench.at('open');
    await bench.page('card');
  });

  test('is finished when the operator’s card is pulled in the middle of the write', async () => {
    const holder = await toWarning('fritz');
    holder.card.faults.delayMs = 5;
    bench.press('enter');
    await typeNewPin('84736251');
    await bench.until('writing', ({ walkUp: state }) => state.kind === 'writing' && state.hasBegunWriting);
    bench.readers.pull(0);
    expect(bench.desk.kind).toBe('away');
    await walkUp('done');
  });

  test('can be interrupted by pulling the card, and is finished when it is back', async () => {
    const holder = await toWarning('gerd');
    holder.card.faults.delayMs = 5;
    bench.press('enter');
    await typeNewPin('84736251');
    await bench.until('writing', ({ walkUp: state }) => state.kind === 'writing' && state.hasBegunWriting);
    bench.readers.pull(1);
    await walkUp('interrupted');
    expect(bench.desk.kind).toBe('handedOver');
    bench.press('esc');
    await bench.at('open');
  });
});

/** Of this card, in the audit. */
async function codesOf({ row }: Holder): Promise<number> {
  return (await audited('code.given')).filter((line) => line.includes(row.id)).length;
}

test('a one-time code is shown once, and is nowhere when it is put away', async () => {
  const hanna = await bench.addHolder('hanna');
  await openCardOf(hanna);
  bench.press('O');
  await bench.step('choose');
  bench.press('1');
  await bench.step('sign');
  expect(await codesOf(hanna)).toBe(0);
  bench.type(PIN);
  bench.press('enter');
  const { step } = await bench.step('said');
  const digits = step.kind === 'said' && step.outcome.kind === 'given' ? step.outcome.given.digits : null;
  expect(digits).toMatch(/^[0-9]{8}$/);
  bench.press('enter');
  expect(JSON.stringify(bench.view)).not.toContain(digits);
  expect(bench.files()).not.toContain(digits);
  const signed = (await audited('statement.accepted')).filter((line) => line.includes(hanna.row.id));
  expect(signed).toHaveLength(1);
  expect(signed[0]).toMatch(/"action":"give code".*"kind":"short"|"kind":"short".*"action":"give code"/);
});

test('a one-time code is not given for a wrong PIN of the operator, and is for the right one', async () => {
  const mona = await bench.addHolder('mona');
  await openCardOf(mona);
  bench.press('O');
  await bench.step('choose');
  bench.press('3');
  await bench.step('sign');
  bench.type('999999');
  bench.press('enter');
  await bench.until('wrong', ({ desk }) => JSON.stringify(desk?.state).includes('"triesLeft":2,"length":0'));
  expect(await codesOf(mona)).toBe(0);
  bench.type(PIN);
  bench.press('enter');
  const { step } = await bench.step('said');
  expect(step).toMatchObject({ outcome: { given: { digits: expect.stringMatching(/^[0-9]{12}$/) } } });
  expect(await codesOf(mona)).toBe(1);
  expect(helga.card.pinTriesLeft).toBe(3);
});

test('no one-time code is given once the operator has taken their card out instead of typing its PIN', async () => {
  const nora = await bench.addHolder('nora');
  await openCardOf(nora);
  bench.press('O');
  await bench.step('choose');
  bench.press('1');
  await bench.step('sign');
  bench.type(PIN);
  bench.readers.pull(0);
  await bench.at('away');
  expect(await codesOf(nora)).toBe(0);
});

describe('where the profile wants a second operator', () => {
  async function toWitness(login: string): Promise<Holder> {
    const holder = await bench.addHolder(login, {}, 'watched');
    await openCardOf(holder);
    bench.press('D');
    await bench.step('choose');
    bench.press('1');
    await bench.step('write');
    bench.press('enter');
    await bench.step('confirm');
    bench.press('enter');
    await bench.step('witnessCard');
    return holder;
  }

  test('their card and PIN disable the card', async () => {
    const holder = await toWitness('ida');
    bench.readers.pull(1);
    bench.readers.insert(1, olga.card);
    await bench.step('sign');
    bench.type(PIN);
    bench.press('enter');
    const { step } = await bench.step('said');
    expect(step).toMatchObject({ outcome: { kind: 'changed' } });
    expect(await audited('card.disabled')).toContainEqual(expect.stringContaining(holder.row.id));
    expect((await audited('statement.accepted')).at(-1)).toContain(olga.person.id);
  });

  test('pulling the witness’s card says so, and nothing is done', async () => {
    const holder = await toWitness('jan');
    bench.readers.pull(1);
    bench.readers.insert(1, olga.card);
    await bench.step('sign');
    bench.type('12');
    bench.readers.pull(1);
    expect((await bench.step('witnessCard')).step).toMatchObject({ said: 'OP-02-witness-out' });
    expect(await audited('card.disabled')).not.toContainEqual(expect.stringContaining(holder.row.id));
  });

  test('the holder is no witness of their own card, and no try of their PIN is spent', async () => {
    const holder = await toWitness('kurt');
    bench.readers.pull(1);
    bench.readers.insert(1, holder.card);
    await bench.step('sign');
    bench.type(PIN);
    bench.press('enter');
    expect((await bench.step('witnessCard')).step).toMatchObject({
      said: expect.stringMatching(/^(ID-05|OP-02)-/),
    });
    expect(holder.card.pinTriesLeft).toBe(3);
  });
});

test('who types their own PIN wrongly twice is warned before the last try, also when they come back to it later', async () => {
  const lena = await bench.addHolder('lena');
  await openCardOf(lena);
  const toSignature = async () => {
    bench.press('P');
    await bench.step('choose');
    bench.press('1');
    await bench.step('sign');
  };
  await toSignature();
  for (const left of [2, 1]) {
    bench.type('999999');
    bench.press('enter');
    await bench.until('wrong', ({ desk }) =>
      JSON.stringify(desk?.state).includes(`"triesLeft":${left},"length":0`),
    );
  }
  bench.press('esc', 'esc');
  await bench.page('card');
  await toSignature();
  bench.type(PIN);
  bench.press('enter');
  expect((await bench.step('sign')).step).toMatchObject({ asksForLastTry: true });
  bench.press('yes');
  await bench.at('handedOver');
  expect(helga.card.pinTriesLeft).toBe(3);
});
