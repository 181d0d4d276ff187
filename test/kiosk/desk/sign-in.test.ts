import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { SOON } from '../../support/soon.ts';
import { DeskBench, type Holder, PIN } from './desk-bench.ts';

/** An operator signs in and out at the kiosk (ID-05), at a real central. */

let bench: DeskBench;
let helga: Holder;
let anna: Holder;
beforeAll(async () => {
  bench = await DeskBench.open();
  helga = await bench.addOperator('helga');
  anna = await bench.addHolder('anna');
  await bench.start();
});
afterAll(() => bench.close());
afterEach(async () => {
  for (const reader of [0, 1]) bench.readers.pull(reader);
  bench.press('esc', 'esc');
  await bench.at('away');
  await bench.until('nobody', ({ walkUp }) => walkUp.kind === 'insertCard');
});

async function sessions(type: string): Promise<number> {
  return (await bench.listening.audited(type)).length;
}

/** How many central has begun and not ended; those of the tests before may end a moment later. */
async function openSessions(): Promise<number> {
  return (await sessions('session.started')) - (await sessions('session.ended'));
}

test('their card and PIN bring the menu, with name and role, and the card is given back', async () => {
  await bench.signIn(helga);
  const state = await bench.at('open');
  expect(state.operator).toMatchObject({ displayName: 'helga example', role: 'helpdesk' });
  expect(state.pages).toHaveLength(1);
  // Nobody of this kiosk holds it any more.
  const connection = await bench.readers.open(0);
  await connection.close();
});

test('a card that somebody has gone back from, and left in, is the one to work with', async () => {
  await bench.signIn(helga);
  // She stays near the kiosk, and her card in its reader.
  bench.press('X');
  await bench.at('away');
  bench.readers.insert(1, anna.card);
  await bench.until('found', ({ walkUp }) => walkUp.kind === 'found' && walkUp.card.cardId === anna.row.id);
  bench.press('esc');
  await bench.until('passed over', ({ walkUp }) => walkUp.kind === 'insertCard');
  bench.kiosk.command({ kind: 'openDesk' });
  expect(await bench.at('enterOperatorPin')).toMatchObject({ cardId: helga.row.id });
  bench.type(PIN);
  bench.press('enter');
  await bench.until(
    'it is in hand',
    ({ desk }) => desk?.inHand.kind === 'known' && desk.inHand.cardId === anna.row.id,
  );
  bench.press('2');
  await bench.until('its page', () => bench.desk.kind === 'open' && bench.desk.pages.at(-1)?.kind === 'card');
});

test('taking the card out signs out at once, and central knows', async () => {
  await bench.signIn(helga);
  expect(await openSessions()).toBeGreaterThan(0);
  bench.readers.pull(0);
  expect(bench.desk.kind).toBe('away');
  await expect.poll(openSessions, SOON).toBe(0);
});

test('a wrong PIN is said with the tries that are left, and the last one wants a yes', async () => {
  bench.kiosk.command({ kind: 'openDesk' });
  bench.readers.insert(0, helga.card);
  await bench.at('enterOperatorPin');
  bench.type('999999');
  bench.press('enter');
  await bench.until(
    'wrong',
    ({ desk }) => desk?.state.kind === 'enterOperatorPin' && desk.state.error === 'wrong',
  );
  expect(bench.desk).toMatchObject({ kind: 'enterOperatorPin', triesLeft: 2, length: 0 });
  bench.type('999999');
  bench.press('enter');
  await bench.until(
    'one try',
    ({ desk }) => desk?.state.kind === 'enterOperatorPin' && desk.state.triesLeft === 1,
  );
  bench.type(PIN);
  bench.press('enter');
  expect(bench.desk).toMatchObject({ asksForLastTry: true });
  bench.press('yes');
  await bench.at('open');
  expect(helga.card.pinTriesLeft).toBe(3);
});

test('whoever is no operator is refused by central, and no session is begun', async () => {
  const begun = await sessions('session.started');
  bench.kiosk.command({ kind: 'openDesk' });
  bench.readers.insert(0, anna.card);
  await bench.at('enterOperatorPin');
  bench.type(PIN);
  bench.press('enter');
  expect(await bench.at('signInRefused')).toMatchObject({ code: 'ID-05-not-an-operator' });
  expect(await sessions('session.started')).toBe(begun);
});

test('a card that was found by the walk-up can be the one that signs in', async () => {
  bench.readers.insert(1, helga.card);
  await bench.until('found', ({ walkUp }) => walkUp.kind === 'found');
  bench.kiosk.command({ kind: 'openDesk' });
  await bench.at('enterOperatorPin');
  expect(bench.view.walkUp.kind).toBe('insertCard');
  bench.type(PIN);
  bench.press('enter');
  await bench.at('open');
});

describe('the card that is swapped', () => {
  test('while its PIN is typed asks anew, whose it is', async () => {
    bench.kiosk.command({ kind: 'openDesk' });
    bench.readers.insert(0, helga.card);
    await bench.at('enterOperatorPin');
    bench.type('1234');
    bench.readers.pull(0);
    bench.readers.insert(0, anna.card);
    expect(bench.desk.kind).toBe('away');
    expect(anna.card.pinTriesLeft).toBe(3);
  });

  test('while somebody is signed in is a cardholder’s from then on', async () => {
    await bench.signIn(helga);
    bench.readers.pull(0);
    bench.readers.insert(0, anna.card);
    expect(bench.desk.kind).toBe('away');
    await bench.until('found', ({ walkUp }) => walkUp.kind === 'found' && walkUp.card.cardId === anna.row.id);
  });
});

test.each(['lookingAtOperator', 'enterOperatorPin', 'signingIn'] as const)(
  'pulling the card at %s leads to the first screen, and leaves no session',
  async (kind) => {
    bench.kiosk.command({ kind: 'openDesk' });
    bench.readers.insert(0, helga.card);
    if (kind !== 'lookingAtOperator') await bench.at('enterOperatorPin');
    if (kind === 'signingIn') {
      bench.type(PIN);
      bench.press('enter');
    }
    expect(bench.desk.kind).toBe(kind);
    bench.readers.pull(0);
    expect(bench.desk.kind).toBe('away');
    await expect.poll(openSessions, SOON).toBe(0);
  },
);
