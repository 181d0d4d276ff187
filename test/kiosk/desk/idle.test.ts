import { afterAll, beforeAll, expect, test } from 'vitest';
import { SOON } from '../../support/soon.ts';
import { DeskBench, type Holder, PIN } from './desk-bench.ts';

/** An operator who has gone away is signed out, counted down in sight (ID-05, UX-04). */

/** Of a cardholder's screens; an operator's have five times as much. */
const IDLE_SECONDS = 2;

let bench: DeskBench;
let helga: Holder;
let anna: Holder;
beforeAll(async () => {
  bench = await DeskBench.open(IDLE_SECONDS);
  helga = await bench.addOperator('helga');
  anna = await bench.addHolder('anna');
  await bench.start();
});
afterAll(() => bench.close());

test('the menu ends by itself, the session with it, and a card in the other reader waits meanwhile', async () => {
  await bench.signIn(helga);
  expect(bench.view.idleSecondsLeft).toBe(5 * IDLE_SECONDS);
  bench.readers.insert(1, anna.card);
  await bench.until('in hand', ({ desk }) => desk?.inHand.kind === 'known');
  await bench.until('counted down', ({ idleSecondsLeft }) => (idleSecondsLeft ?? 5) <= 2);
  // Longer than the walk-up's screens may stand.
  expect(bench.view.walkUp.kind).toBe('found');
  await bench.at('away');
  await expect.poll(async () => (await bench.listening.audited('session.ended')).length, SOON).toBe(1);
  for (const reader of [0, 1]) bench.readers.pull(reader);
});

test('a card that the operator has left in is nobody’s to be shown, until somebody asks for it', async () => {
  await bench.signIn(helga);
  bench.press('X');
  await bench.at('away');
  const isAtStart = ({ walkUp }: typeof bench.view) =>
    walkUp.kind === 'insertCard' && walkUp.passedOver === 0;
  await bench.until('the card passed over', isAtStart);
  expect(JSON.stringify(bench.view)).not.toContain(helga.person.displayName);
  bench.press('enter');
  await bench.until('found', ({ walkUp }) => walkUp.kind === 'found');
  bench.readers.pull(0);
  await bench.until('the start', ({ walkUp }) => walkUp.kind === 'insertCard');
});

test('what a cardholder has begun to type is gone when an operator comes', async () => {
  bench.readers.insert(1, anna.card);
  await bench.until('found', ({ walkUp }) => walkUp.kind === 'found');
  bench.press('enter');
  await bench.until('the PIN', ({ walkUp }) => walkUp.kind === 'enterPin');
  bench.type(PIN.slice(0, 4));
  expect(bench.view.walkUp).toMatchObject({ length: 4 });
  bench.readers.insert(0, helga.card);
  bench.kiosk.command({ kind: 'openDesk' });
  expect(bench.view.walkUp).toMatchObject({ kind: 'enterPin', length: 0 });
  await bench.at('enterOperatorPin');
  bench.press('esc');
  for (const reader of [0, 1]) bench.readers.pull(reader);
});

test('a PIN that somebody has begun to type is wiped', async () => {
  bench.kiosk.command({ kind: 'openDesk' });
  bench.readers.insert(0, helga.card);
  await bench.at('enterOperatorPin');
  bench.type(PIN.slice(0, 4));
  await bench.at('away');
  // Nor does the walk-up say whose card this is.
  expect(bench.view.walkUp).toMatchObject({ kind: 'insertCard', passedOver: 0 });
  bench.readers.pull(0);
  bench.kiosk.command({ kind: 'openDesk' });
  bench.readers.insert(0, helga.card);
  expect(await bench.at('enterOperatorPin')).toMatchObject({ length: 0 });
});
