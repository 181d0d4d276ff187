import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { codeOf } from '../../src/flows/walk-up.ts';
import type * as newCard from '../../src/protocol/new-card.ts';
import { VirtualCard } from '../../src/virtual-card/virtual-card.ts';
import { aCentral, anImage, takesPin } from '../encoder/support/card-run.ts';
import { NEW_CARD } from '../flows/issue-states.ts';
import { A_LONG_PLAN } from '../flows/planned-changes.ts';
import { SOON } from '../support/soon.ts';
import { type KioskBench, startBench } from './support/kiosk-bench.ts';
import { aCardRecord, aCopy, aPerson, CARD_ID } from './support/small-world.ts';

const NUMBER = '04711258203917';
const NEW_PIN = '84726195';
const CHANGES = NEW_CARD as newCard.IssuePreviewResponse['changes'];

let bench: KioskBench;
afterEach(() => bench.close());

/** An empty card in the reader, and a number that makes it Alice's. */
async function withBlankCard(): Promise<VirtualCard> {
  bench = await startBench({ copy: aCopy({ cards: [] }) });
  const card = VirtualCard.create(null, { name: 'blank', serial: 1234 });
  bench.central.number = NUMBER;
  bench.central.issueOf = () => ({ changes: CHANGES, problem: null });
  bench.central.operation = aCentral(anImage('P-256', { changesManagementKey: false, replacesPuk: false }));
  bench.readers.insert(0, card);
  await bench.at('blank');
  return card;
}

/** From the screen of an empty card to what its number is answered with. */
async function typeNumber(number = NUMBER): Promise<void> {
  await bench.at('blank');
  bench.press('confirm');
  await bench.at('enterNumber');
  bench.type(number);
  bench.press('confirm');
}

async function toWriting(): Promise<void> {
  await bench.at('plan');
  bench.press('confirm');
  await bench.at('issueWarning');
  bench.press('confirm');
  await bench.at('newPin');
  for (const _ of ['new', 'repeat']) {
    bench.type(NEW_PIN);
    bench.press('confirm');
  }
}

function everythingWritten(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return files.map((file) => readFileSync(join(file.parentPath, file.name), 'latin1')).join('\n');
}

describe('an empty card', () => {
  test('becomes the card of whoever types its number, with a PIN that they choose', async () => {
    const card = await withBlankCard();
    expect(codeOf(bench.state())).toBe('RP-07-blank');
    await typeNumber();
    expect(await bench.at('plan')).toMatchObject({
      card: {
        cardId: CARD_ID,
        serial: '1234',
        holderName: 'Alice Example',
        expiresAt: '2029-11-22T00:00:00Z',
      },
      warning: { kind: 'issueWarning', inPlaceOf: 'K-1', isResume: false },
    });
    expect(card.counters.writeApdus).toBe(0);
    await toWriting();
    expect(await bench.at('done')).toMatchObject({ work: 'issue', stillWaiting: 0 });
    expect(bench.central.issued).toMatchObject({ serial: '1234', leavesOut: [] });
    await vi.waitFor(
      () =>
        expect(bench.central.happened.map(({ type }) => type)).toEqual([
          'operation.begun',
          'operation.completed',
        ]),
      SOON,
    );
    expect(bench.central.happened[0]).toMatchObject({ cardId: CARD_ID, detail: { kind: 'issue' } });
    const written = everythingWritten(bench.folder);
    for (const secret of [NUMBER, NUMBER.slice(6), NEW_PIN]) expect(written).not.toContain(secret);
    bench.readers.pull(0);
    await bench.at('insertCard');
    expect(await takesPin(card, NEW_PIN)).toBe(true);
  });

  test('is not touched by a wrong number, nor by none, and says whom to ask', async () => {
    const card = await withBlankCard();
    bench.press('otherWay');
    expect(codeOf(bench.state())).toBe('ID-02-ask-helpdesk');
    bench.press('back');
    await typeNumber(NUMBER.replace(/7$/, '8'));
    await bench.until('a wrong number', ({ walkUp }) => 'error' in walkUp && walkUp.error === 'wrong');
    expect(bench.state()).toMatchObject({ kind: 'enterNumber', triesLeft: 4, length: 0 });
    bench.type('1234');
    bench.press('confirm');
    expect(bench.state()).toMatchObject({ kind: 'enterNumber', error: 'length' });
    bench.central.number = null;
    bench.type('0123456789');
    bench.press('confirm');
    expect(await bench.at('refused')).toMatchObject({ code: 'ID-03-code-dead' });
    expect(card.counters.writeApdus).toBe(0);
  });

  test('is refused as before by a central that issues no cards yet (SY-06)', async () => {
    await withBlankCard();
    bench.central.number = undefined;
    await typeNumber();
    expect(await bench.at('refused')).toMatchObject({ code: 'RP-07-blank' });
  });

  test('without central there is nothing to be done with it', async () => {
    bench = await startBench({ copy: aCopy({ cards: [] }) });
    bench.central.weather = 'down';
    bench.readers.insert(0, VirtualCard.create(null, { name: 'blank', serial: 77 }));
    const { walkUp } = await bench.until('a refusal', (view) => view.walkUp.kind === 'refused');
    expect(codeOf(walkUp)).toMatch(/^(RP-07-not-known-here|SY-03-central-not-reached)$/);
  });

  test('that has too little room is asked which keys wait, and gets the others', async () => {
    await withBlankCard();
    bench.central.issueOf = (leavesOut) => ({
      changes: A_LONG_PLAN.filter(({ change }) => change !== 'unknown') as typeof CHANGES,
      problem: leavesOut.length === 0 ? 'KR-07-too-few-slots' : null,
    });
    await typeNumber();
    const { changes } = await bench.at('issueChoice');
    bench.press('confirm');
    expect(await bench.at('issueChoice')).toMatchObject({ hasChosenNone: true });
    bench.press('toggle', 'confirm');
    await toWriting();
    await bench.at('done');
    const [left] = bench.central.issued!.leavesOut;
    expect(changes.map(({ certificate }) => certificate?.serialNumber)).toContain(left);
  });

  test('that takes no keys from outside is refused with just that', async () => {
    await withBlankCard();
    bench.central.issueOf = () => ({ changes: [], problem: 'KR-11-cannot-import' });
    await typeNumber();
    expect(await bench.at('refused')).toMatchObject({ code: 'KR-11-cannot-import' });
  });
});

test('a new card that is pulled in the middle is finished with the same number, and no other one in its place', async () => {
  const card = await withBlankCard();
  await typeNumber();
  let cut: (() => void) | null = () => bench.readers.pull(0);
  bench.central.before = (route) => {
    if (!route.endsWith('/certificates')) return;
    cut?.();
    cut = null;
  };
  await toWriting();
  expect(await bench.at('interrupted')).toMatchObject({ work: 'issue', cardId: CARD_ID });
  bench.readers.insert(0, VirtualCard.create(null, { name: 'other', serial: 99 }));
  expect(await bench.at('refused')).toMatchObject({ code: 'RP-17-other-card' });
  await bench.takeOutRefused(0);
  await bench.at('interrupted');
  bench.central.lookup = { card: aCardRecord({ state: 'planned' }), holder: aPerson() };
  bench.readers.insert(0, card);
  const { card: blank } = await bench.at('blank');
  expect(blank).toMatchObject({ cardId: CARD_ID, isUnfinished: true });
  expect(codeOf(bench.state())).toBe('RP-17-unfinished');
  await typeNumber();
  expect(await bench.at('plan')).toMatchObject({ warning: { isResume: true } });
  await toWriting();
  await bench.at('done');
  bench.readers.pull(0);
  await bench.at('insertCard');
  expect(await takesPin(card, NEW_PIN)).toBe(true);
});

test('a card that was begun is known by central’s record, whatever is on it', async () => {
  bench = await startBench({ copy: aCopy({ cards: [aCardRecord({ state: 'planned', serial: '77' })] }) });
  bench.readers.insert(0, VirtualCard.create(null, { name: 'begun', serial: 77 }));
  expect(await bench.at('blank')).toMatchObject({ card: { cardId: CARD_ID, isUnfinished: true } });
});
