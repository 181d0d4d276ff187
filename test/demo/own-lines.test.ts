import { expect, test } from 'vitest';
import { commandOf } from '../../screens/key-map.ts';
import { bottomLine, DEMO_KEYS } from '../../src/demo/bottom-line.ts';
import { REHEARSAL_KEYS, Rehearsal } from '../../src/demo/rehearsal.ts';
import { SITUATIONS } from '../../src/demo/situations.ts';
import { VirtualCard } from '../../src/virtual-card/virtual-card.ts';

/** The lines below the kiosk's, which are the demo's own. */

/** One column stays free at each side of 80. */
const ROOM = 78;

const NAMES = [...SITUATIONS.map(({ name }) => name), 'blank'];

test('whatever cards are in, the line names all keys and what quits', () => {
  for (const selected of NAMES)
    for (const first of [null, ...NAMES])
      for (const second of [null, ...NAMES]) {
        const readers = [first, second].map((card, reader) => ({ reader, card }));
        const line = bottomLine({ readers, cards: [] }, selected);
        expect(line.length, line).toBeLessThanOrEqual(ROOM);
        for (const part of [selected, '^P/^N', '^O', '^G 2:', '^X quit']) expect(line).toContain(part);
      }
});

test('no key of the demo is one that the kiosk has, and none is given twice', () => {
  const keys = [...Object.values(DEMO_KEYS), ...Object.values(REHEARSAL_KEYS)];
  expect(keys.filter((key) => commandOf(key) !== null)).toEqual([]);
  expect(new Set(keys).size).toBe(keys.length);
});

test('the rehearsal tells the card that was pulled from another one', () => {
  const [pulled, other] = ['one', 'two'].map((name, i) =>
    VirtualCard.create(null, { name, serial: 7_700_001 + i, personality: 'full' }),
  );
  let inReader: VirtualCard | null = pulled!;
  const rehearsal = new Rehearsal(() => inReader);
  rehearsal.choose('puk', 'before');
  rehearsal.stepBegins('puk');
  inReader = null;
  expect(rehearsal.line()).toContain('pulled before PUK: put it in again with ^O');
  inReader = other!;
  expect(rehearsal.line()).toContain('another card is in');
  inReader = pulled!;
  expect(rehearsal.line()).toContain('it is in again');
});
