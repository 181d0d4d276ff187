import { afterEach, describe, expect, test, vi } from 'vitest';
import { codeOf } from '../../src/flows/walk-up.ts';
import type { VirtualCard } from '../../src/virtual-card/virtual-card.ts';
import { aCard, aCentral, anImage, OLD_PIN, publicKeyIn, takesPin } from '../encoder/support/card-run.ts';
import { SOON } from '../support/soon.ts';
import { type KioskBench, startBench } from './support/kiosk-bench.ts';
import { CARD_ID } from './support/small-world.ts';

const CODE = '12345678';
const NEW_PIN = '84726195';
const ANOTHER_PIN = '39517284';

let bench: KioskBench;
afterEach(() => bench.close());

/** A card in the reader whose new PIN was begun elsewhere. */
async function withForgottenPin(): Promise<VirtualCard> {
  bench = await startBench();
  const card = aCard();
  bench.central.code = CODE;
  bench.central.isResetOpen = true;
  bench.central.provingKeys.set('9A', publicKeyIn(card, '9A'));
  bench.central.operation = aCentral({
    ...anImage('P-256', { keys: [], objects: [] }),
    changesManagementKey: false,
  });
  bench.readers.insert(0, card);
  await bench.at('found');
  return card;
}

async function typeCode(): Promise<void> {
  bench.press('confirm', 'otherWay');
  await bench.at('enterCode');
  bench.type(CODE);
  bench.press('confirm');
}

async function typePin(pin: string): Promise<void> {
  await bench.at('newPin');
  for (const _ of ['new', 'repeat']) {
    bench.type(pin);
    bench.press('confirm');
  }
}

describe('a new PIN', () => {
  test('is set for whoever has a code, and nothing else of the card is touched', async () => {
    const card = await withForgottenPin();
    await typeCode();
    expect(await bench.at('pinWarning')).toMatchObject({ isResume: true, keepsPin: false });
    expect(codeOf(bench.state())).toBe('ID-02-new-pin');
    expect(card.counters.writeApdus).toBe(0);
    bench.press('confirm');
    await typePin(NEW_PIN);
    expect(await bench.at('done')).toMatchObject({ work: 'pinReset', result: { certificates: [] } });
    expect(bench.central.reset).toEqual([CARD_ID]);
    // PIN and PUK.
    expect(card.counters.writeApdus).toBe(2);
    await vi.waitFor(
      () =>
        expect(bench.central.happened.map(({ type }) => type)).toEqual([
          'operation.begun',
          'operation.completed',
        ]),
      SOON,
    );
    expect(bench.central.happened[0]).toMatchObject({ cardId: CARD_ID, detail: { kind: 'pinReset' } });
    bench.readers.pull(0);
    await bench.at('insertCard');
    expect(await takesPin(card, NEW_PIN)).toBe(true);
    expect(await takesPin(card, OLD_PIN)).toBe(false);
  });

  test('that was cut off is finished by the same code with another PIN, or by the PIN that is set', async () => {
    const card = await withForgottenPin();
    await typeCode();
    await bench.at('pinWarning');
    bench.press('confirm');
    let cut: (() => void) | null = () => bench.readers.pull(0);
    bench.central.before = (route) => {
      if (!route.endsWith('/outcomes')) return;
      cut?.();
      cut = null;
    };
    await typePin(NEW_PIN);
    expect(await bench.at('interrupted')).toMatchObject({ work: 'pinReset', cardId: CARD_ID });
    bench.readers.insert(0, card);
    await bench.at('found');
    bench.press('confirm');
    bench.type(NEW_PIN);
    bench.press('confirm');
    const { kind } = (
      await bench.until('what comes next', ({ walkUp }) =>
        ['pinWarning', 'chooseReason'].includes(walkUp.kind),
      )
    ).walkUp;
    // Whether central has heard that the PIN was set is a matter of the instant of the cut.
    if (kind === 'pinWarning') {
      bench.press('confirm');
      await bench.at('done');
      bench.readers.pull(0);
      await bench.at('insertCard');
      expect(await takesPin(card, NEW_PIN)).toBe(true);
      return;
    }
    bench.press('back');
    await bench.at('enterPin');
    bench.press('otherWay');
    bench.type(CODE);
    bench.press('confirm');
    await bench.at('pinWarning');
    bench.press('confirm');
    await typePin(ANOTHER_PIN);
    await bench.at('done');
    bench.readers.pull(0);
    await bench.at('insertCard');
    expect(await takesPin(card, ANOTHER_PIN)).toBe(true);
  });

  test('is not for whoever turns away', async () => {
    const card = await withForgottenPin();
    await typeCode();
    await bench.at('pinWarning');
    bench.press('back');
    await bench.at('insertCard');
    expect(card.counters.writeApdus).toBe(0);
    expect(bench.central.reset).toEqual([]);
  });
});
