import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  DEFAULT_PASSWORD_POLICY,
  isGoodPassword,
  judgePassword,
  PASSWORD_RULES,
} from '../../src/domain/password-policy.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const failed = (password: string) =>
  judgePassword(DEFAULT_PASSWORD_POLICY, bytes(password))
    .filter(({ satisfied }) => !satisfied)
    .map(({ rule }) => rule);

describe('the password of a soft certificate', () => {
  test.each([
    ['Blaue Kühe 7', []],
    ['correct horse battery', []],
    ['', ['length', 'kinds', 'different']],
    ['kurz1', ['length']],
    ['123456789012', ['kinds']],
    ['abcdefghijkl', ['kinds']],
    ['aaaaaaaaaaa1', ['different']],
    ['äöüäöüäöüäöü', ['kinds', 'different']],
    ['🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑', ['kinds', 'different']],
    [`Aa1-${'ä'.repeat(125)}`, ['length']],
  ])('%s fails on %j', (password, rules) => {
    expect(failed(password)).toEqual(rules);
    expect(isGoodPassword(DEFAULT_PASSWORD_POLICY, bytes(password))).toBe(rules.length === 0);
  });

  test('is counted in characters, whatever is typed', () => {
    const text = fc.string({ unit: 'binary', maxLength: 140 }).filter((typed) => typed.isWellFormed());
    fc.assert(
      fc.property(text, (typed) => {
        const characters = [...typed];
        const policy = {
          minLength: characters.length,
          maxLength: characters.length,
          minKinds: 1,
          minDifferent: new Set(characters).size,
        };
        const satisfied = (change: object) =>
          judgePassword({ ...policy, ...change }, bytes(typed)).map((verdict) => verdict.satisfied);
        expect(judgePassword(policy, bytes(typed)).map(({ rule }) => rule)).toEqual(PASSWORD_RULES);
        expect(satisfied({})[0]).toBe(true);
        expect(satisfied({})[2]).toBe(true);
        expect(satisfied({ minLength: characters.length + 1 })[0]).toBe(false);
        expect(satisfied({ minDifferent: policy.minDifferent + 1 })[2]).toBe(false);
      }),
    );
  });
});
