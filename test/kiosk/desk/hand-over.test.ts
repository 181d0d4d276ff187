import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { putProfile } from '../../../src/central/command/put-profile.ts';
import { giveCode } from '../../../src/central/one-time-code.ts';
import { COMMAND } from '../../../src/central/request/actor.ts';
import { fileRequest } from '../../../src/central/request/file-request.ts';
import type { WalkUpKind } from '../../../src/flows/walk-up-state.ts';
import { PivSession } from '../../../src/piv/session.ts';
import { VirtualCard } from '../../../src/virtual-card/virtual-card.ts';
import { PROFILE } from '../../central/support/central-world.ts';
import { DeskBench, type Holder, PIN } from './desk-bench.ts';

/** What only a real central can say to somebody whom an operator helps, or who is alone: terms, attendance, a vouched new card. */

const TERMS =
  '\n\n[terms]\nen = "Keep this card with you."\nde = "Behalten Sie diese Karte bei sich."\nfr = "Gardez cette carte sur vous."\n';
const NEW_PIN = '84736251';

let bench: DeskBench;
let helga: Holder;
beforeAll(async () => {
  bench = await DeskBench.open();
  helga = await bench.addOperator('helga');
  await putProfile(bench.central, `${PROFILE.replace('name = "employee"', 'name = "terms"')}${TERMS}`);
  const attended = PROFILE.replace('name = "employee"', 'name = "attended"');
  await putProfile(bench.central, attended.replace(/\n\[proofs\]\npin_reset = .*\n/, '\n'));
  await bench.start();
});
afterAll(() => bench.close());
afterEach(async () => {
  for (const reader of [0, 1]) bench.readers.pull(reader);
  bench.press('esc', 'esc');
  await bench.at('away');
  await bench.until('nobody', ({ walkUp }) => walkUp.kind === 'insertCard');
});

function walkUp(kind: WalkUpKind) {
  return bench.until(kind, (view) => view.walkUp.kind === kind);
}

async function typeNewPin(): Promise<void> {
  for (const field of ['new', 'repeat'] as const) {
    await bench.until(field, (view) => view.walkUp.kind === 'newPin' && view.walkUp.field === field);
    bench.type(NEW_PIN);
    bench.press('enter');
  }
}

async function takes(card: VirtualCard, pin: string): Promise<boolean> {
  card.reset();
  const session = await PivSession.select(card);
  return session.verifyPin(new TextEncoder().encode(pin)).then(
    () => true,
    () => false,
  );
}

test('terms are accepted before anything is written, and the audit says which, in which language', async () => {
  const anna = await bench.addHolder('anna', {}, 'terms');
  bench.readers.insert(1, anna.card);
  await bench.until('found', ({ walkUp: state }) => state.kind === 'found' && state.card.holderName !== '');
  bench.press('enter');
  bench.type(PIN);
  bench.press('enter');
  await walkUp('chooseReason');
  bench.press('enter');
  const { walkUp: shown } = await walkUp('terms');
  expect(shown).toMatchObject({ terms: { text: 'Keep this card with you.', language: 'en' } });
  expect(anna.card.counters.writeApdus).toBe(0);
  bench.press('enter');
  await bench.until('plan', ({ walkUp: state }) => state.kind === 'plan' || state.kind === 'warning');
  if (bench.view.walkUp.kind === 'plan') bench.press('enter');
  await walkUp('warning');
  bench.press('enter');
  await typeNewPin();
  await walkUp('done');
  const [accepted] = await bench.listening.audited('terms.accepted');
  expect(accepted).toMatch(/"language":"en"/);
});

test('terms are accepted before a new PIN, too: the card is not touched, and nothing begun, until then', async () => {
  const dora = await bench.addHolder('dora', {}, 'terms');
  const { code } = await giveCode(bench.central, dora.row.id, 'long', 'command');
  await bench.signIn(helga);
  bench.readers.insert(1, dora.card);
  await bench.until('in hand', ({ desk }) => desk?.inHand.kind === 'known');
  bench.press('2');
  await bench.page('card');
  bench.press('P');
  const { step } = await bench.step('choose');
  const place = step.kind === 'choose' ? step.options.findIndex(({ value }) => value === 'code') : -1;
  bench.press(String(place + 1));
  await walkUp('enterCode');
  bench.type(Buffer.from(code).toString('latin1'));
  bench.press('enter');
  const { walkUp: shown } = await walkUp('terms');
  expect(shown).toMatchObject({ terms: { language: 'en' }, next: { kind: 'pinWarning' } });
  expect(dora.card.counters.writeApdus).toBe(0);
  expect((await bench.listening.audited('operation.begun')).join()).not.toContain(dora.row.id);
  bench.press('enter');
  await walkUp('pinWarning');
  bench.press('enter');
  await typeNewPin();
  await walkUp('done');
  bench.readers.pull(1);
  await bench.at('open');
  const accepted = (await bench.listening.audited('terms.accepted')).join('\n');
  expect(accepted).toContain(dora.row.id);
});

test('a code alone does not do, and does with an operator there, who sees the same code through', async () => {
  const ben = await bench.addHolder('ben', {}, 'attended');
  const { code } = await giveCode(bench.central, ben.row.id, 'long', 'command');
  const digits = Buffer.from(code).toString('latin1');
  bench.readers.insert(1, ben.card);
  await walkUp('found');
  bench.press('enter');
  bench.kiosk.command({ kind: 'otherWay' });
  bench.type(digits);
  bench.press('enter');
  const { walkUp: refused } = await walkUp('refused');
  expect(refused).toMatchObject({ code: 'ID-02-attended-only' });
  bench.readers.pull(1);
  await bench.until('an empty reader', (view) => view.walkUp.kind === 'refused' && !view.walkUp.isCardIn);
  bench.press('enter');
  await walkUp('insertCard');
  await bench.signIn(helga);
  bench.readers.insert(1, ben.card);
  await bench.until('in hand', ({ desk }) => desk?.inHand.kind === 'known');
  bench.press('2');
  await bench.page('card');
  bench.press('P');
  const { step } = await bench.step('choose');
  const place = step.kind === 'choose' ? step.options.findIndex(({ value }) => value === 'code') : -1;
  bench.press(String(place + 1));
  await walkUp('enterCode');
  bench.type(digits);
  bench.press('enter');
  await walkUp('pinWarning');
  bench.press('enter');
  await typeNewPin();
  await walkUp('done');
  bench.readers.pull(1);
  await bench.at('open');
  expect(await takes(ben.card, NEW_PIN)).toBe(true);
  const [reset] = await bench.listening.audited('pin.reset');
  expect(reset).toContain('"proof":"code"');
});

test('a blank card becomes somebody’s without a number, once an operator has vouched for them', async () => {
  const cleo = await bench.addHolder('cleo');
  const wish = {
    kind: 'newCard',
    ownerId: cleo.person.id,
    profileName: 'employee',
    certificates: [],
  } as const;
  await fileRequest(bench.central, COMMAND, { ...wish, certificates: [], inPlaceOf: null, note: null });
  await bench.signIn(helga);
  const blank = VirtualCard.create(null, { name: 'blank', serial: 990_001, personality: 'full' });
  bench.readers.insert(1, blank);
  await bench.until('blank', ({ desk }) => desk?.inHand.kind === 'blank');
  bench.press('3');
  await bench.page('requests');
  bench.press('tab');
  await bench.until('waiting', ({ desk }) => {
    const page = desk?.state.kind === 'open' ? desk.state.pages.at(-1) : undefined;
    return page?.kind === 'requests' && page.view === 'waiting' && (page.lines?.length ?? 0) > 0;
  });
  bench.press('enter');
  await bench.page('request');
  bench.press('L');
  const { step } = await bench.step('choose');
  const place = step.kind === 'choose' ? step.options.findIndex(({ value }) => value === 'operator') : -1;
  bench.press(String(place + 1));
  await bench.step('confirm');
  bench.press('enter');
  await bench.step('sign');
  bench.type(PIN);
  bench.press('enter');
  await bench.until('plan', ({ walkUp: state }) => ['plan', 'issueWarning'].includes(state.kind));
  if (bench.view.walkUp.kind === 'plan') bench.press('enter');
  await walkUp('issueWarning');
  bench.press('enter');
  await typeNewPin();
  await walkUp('done');
  bench.readers.pull(1);
  await bench.at('open');
  expect(await takes(blank, NEW_PIN)).toBe(true);
});
