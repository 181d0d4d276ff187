import { expect, test } from 'vitest';
import { lookAtReaders } from '../../src/doctor/look-at-readers.ts';
import { MemoryReaders } from '../../src/readers/memory-readers.ts';

test('readers are named with what is in them: nothing, a card, a card that does not answer', async () => {
  const readers = new MemoryReaders(3, ['one', 'two', 'three']);
  const card = { isContactless: false, transmit: async () => new Uint8Array(), reset: () => undefined };
  readers.insert(1, { ...card, atr: new Uint8Array([0x3b, 0x00]) });
  readers.insert(2, { ...card, atr: new Uint8Array() });
  expect(await lookAtReaders(readers, 1)).toEqual([
    { name: 'one', card: 'none' },
    { name: 'two', card: 'answers' },
    { name: 'three', card: 'mute' },
  ]);
});
