import { describe, expect, it } from 'vitest';
import { pinRefusal, refusal } from '../../src/piv/status-word.ts';

describe('a status word becomes the error that says what to do', () => {
  it.each([
    [0x6982, 'SecurityStatusError'],
    [0x6a81, 'NotSupportedError'],
    [0x6d00, 'NotSupportedError'],
    [0x6e00, 'NotSupportedError'],
    [0x6a84, 'CardFullError'],
    [0x6a80, 'CommandRefusedError'],
    [0x6f00, 'CommandRefusedError'],
    [0x6282, 'CommandRefusedError'],
    [0x63c2, 'CommandRefusedError'],
  ])('%i is a %s', (sw, name) => {
    const error = refusal(sw, 'write object 5FC102');
    expect(error).toMatchObject({ name, sw, intent: 'write object 5FC102' });
    expect(error.message).toMatch(/^write object 5FC102: .*\([0-9A-F]{4}\)$/);
  });
});

describe('a refused PIN', () => {
  it.each([
    [0x63c2, { name: 'WrongPinError', triesLeft: 2, reference: 'PIN' }],
    [0x63cf, { name: 'WrongPinError', triesLeft: 15 }],
    [0x63c0, { name: 'PinBlockedError', reference: 'PIN' }],
    [0x6983, { name: 'PinBlockedError', reference: 'PIN' }],
    [0x6982, { name: 'SecurityStatusError' }],
    [0x6300, { name: 'CommandRefusedError' }],
  ])('with status word %i says how many tries are left', (sw, expected) => {
    expect(pinRefusal(sw, 'verify PIN', 'PIN')).toMatchObject(expected);
  });
});
