import { afterEach, describe, expect, test, vi } from 'vitest';
import { codeOf } from '../../src/flows/walk-up.ts';
import { aCard, aCentral, anImage, takesPin } from '../encoder/support/card-run.ts';
import { SOON } from '../support/soon.ts';
import { type KioskBench, startBench } from './support/kiosk-bench.ts';
import { aCardRecord, aCopy, CARD_ID } from './support/small-world.ts';

const TAGS = ['5FC107', '5FC109', '5FC108', '5FC103', '5FC10C', '5FC106', '5FC102'];

let bench: KioskBench;
afterEach(() => bench.close());

/** A cancelled card in the reader, full of what it was. */
async function withCancelledCard() {
  bench = await startBench({ copy: aCopy({ cards: [aCardRecord({ state: 'cancelled', serial: '1234' })] }) });
  const card = aCard();
  bench.central.operation = aCentral({
    ...anImage('P-256', { keys: [], objects: TAGS.map((tag) => ({ tag, content: new Uint8Array() })) }),
    emptiedCertificates: ['9A', '9C', '9D', '9E', '82'],
    removedKeys: ['9A', '9C', '9D', '9E', '82'],
    changesManagementKey: false,
  });
  bench.readers.insert(0, card);
  await bench.at('refused');
  return card;
}

describe('a cancelled card', () => {
  test('is emptied by whoever says yes, and by nobody who only presses Enter', async () => {
    const card = await withCancelledCard();
    expect(codeOf(bench.state())).toBe('RP-06-cancelled');
    bench.press('confirm');
    await bench.at('emptyWarning');
    bench.press('confirm');
    expect(bench.state()).toMatchObject({ kind: 'emptyWarning' });
    expect(card.counters.writeApdus).toBe(0);
    bench.press('yes');
    expect(await bench.at('done')).toMatchObject({ work: 'empty' });
    expect(bench.central.emptied).toEqual([CARD_ID]);
    for (const tag of TAGS) expect(card.object(Number.parseInt(tag, 16)) ?? []).toHaveLength(0);
    await vi.waitFor(
      () =>
        expect(bench.central.happened.map(({ type }) => type)).toEqual([
          ...['card.refused', 'operation.begun', 'operation.completed'],
        ]),
      SOON,
    );
    expect(bench.central.happened[1]).toMatchObject({ cardId: CARD_ID, detail: { kind: 'empty' } });
    bench.readers.pull(0);
    await bench.at('insertCard');
    expect(await takesPin(card, '123456')).toBe(true);
  });

  test('that is left alone is what it was', async () => {
    const card = await withCancelledCard();
    bench.press('confirm');
    await bench.at('emptyWarning');
    bench.press('back');
    await bench.at('insertCard');
    expect(card.counters.writeApdus).toBe(0);
    expect(bench.central.emptied).toEqual([]);
  });

  test('that is pulled in the middle is waited for, and goes on', async () => {
    const card = await withCancelledCard();
    let cut: (() => void) | null = () => bench.readers.pull(0);
    bench.central.before = (route) => {
      if (!route.endsWith('/intents')) return;
      cut?.();
      cut = null;
    };
    bench.press('confirm');
    await bench.at('emptyWarning');
    bench.press('yes');
    expect(await bench.at('interrupted')).toMatchObject({ work: 'empty', cardId: CARD_ID });
    bench.readers.insert(0, card);
    expect(await bench.at('emptyWarning')).toMatchObject({ isResume: true });
    bench.press('yes');
    await bench.at('done');
    expect(bench.central.emptied).toEqual([CARD_ID, CARD_ID]);
  });
});
