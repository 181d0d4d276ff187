import { parseArgs } from 'node:util';
import { expect, test } from 'vitest';
import { argumentError } from '../../src/domain/argument-error.ts';

function said(...args: string[]): string | null {
  const options = { token: { type: 'string' }, json: { type: 'boolean', short: 'j' } } as const;
  try {
    parseArgs({ args, options });
    return 'taken';
  } catch (error) {
    return argumentError(error);
  }
}

test.each([
  [['--lang', 'de'], 'there is no option --lang'],
  [['-x'], 'there is no option -x'],
  [['--token'], '--token needs a value'],
  [['--token', '--json'], '--token needs a value; one that begins with a hyphen is written --token=VALUE'],
  [['--json=yes'], '--json takes no value'],
  [['lobby'], 'lobby is one word too many'],
])('words that are not taken are told in one line: %j', (args, line) => {
  expect(said(...args)).toBe(line);
});

test('any other error is not taken for one of words', () => {
  expect([argumentError(new Error('disk')), argumentError(null), argumentError('no')]).toEqual([
    null,
    null,
    null,
  ]);
});
