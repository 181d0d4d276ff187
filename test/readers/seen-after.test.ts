import { expect, test } from 'vitest';
import type { CardSeen } from '../../src/readers/pcsc-messages.ts';
import { seenAfter } from '../../src/readers/seen-after.ts';

const answering = (counter: number): CardSeen => ({ isPresent: true, counter, atr: Uint8Array.of(0x3b) });
const mute = (counter: number): CardSeen => ({ isPresent: true, counter, atr: new Uint8Array() });
const none = (counter: number): CardSeen => ({ isPresent: false, counter, atr: new Uint8Array() });

test.each([
  ['a card that left while it was reset is not in', answering(1), mute(2), false],
  ['an empty reader stays empty when the reset of its last card fails late', none(2), mute(2), false],
  ['a card that left is not in, where the counter begins again', answering(0xffff), mute(0), false],
  ['a card that does not answer any more is still in', answering(1), mute(1), true],
  ['a card that does not answer is in when it was put into an empty reader', none(2), mute(3), true],
  ['another card is in, though it does not answer, when one left before it', answering(1), mute(3), true],
  ['a card that answers is in, whatever was counted', answering(1), answering(2), true],
  ['a reader that is said to be empty is', answering(1), none(1), false],
])('%s', (_, before, reported, isPresent) => {
  expect(seenAfter(before, reported)).toEqual({ ...reported, isPresent });
});

test('what is seen first is believed', () => {
  expect(seenAfter(null, mute(2))).toEqual(mute(2));
});
