import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_PASSWORD_POLICY, PASSWORD_LENGTHS } from '../../src/domain/password-policy.ts';
import { PasswordBuffers, type PasswordField } from '../../src/kiosk/pfx/password-buffers.ts';

function type(buffers: PasswordBuffers, field: PasswordField, text: string): boolean {
  return [...text].map((character) => buffers.push(field, character.codePointAt(0)!)).every(Boolean);
}

describe('what is typed as a password', () => {
  test('is given away as UTF-8, whatever it is, and nothing stays', () => {
    const typed = fc
      .string({ unit: 'grapheme', maxLength: 40 })
      .filter((text) => !/[\p{Cc}\p{Cs}]/u.test(text));
    fc.assert(
      fc.property(typed, (text) => {
        const buffers = new PasswordBuffers();
        expect(type(buffers, 'new', `${text}é🔑x`)).toBe(true);
        for (let i = 0; i < 3; i += 1) expect(buffers.erase('new')).toBe(true);
        expect(buffers.facts('new', DEFAULT_PASSWORD_POLICY).length).toBe([...text].length);
        expect(new TextDecoder().decode(buffers.handOver())).toBe(text);
        expect(buffers.facts('new', DEFAULT_PASSWORD_POLICY).length).toBe(0);
        expect(buffers.erase('new')).toBe(false);
      }),
    );
  });

  test('is told with its rules, and whether it was repeated', () => {
    const buffers = new PasswordBuffers();
    type(buffers, 'new', 'Blaue Kühe 7');
    const judged = buffers.facts('new', DEFAULT_PASSWORD_POLICY);
    expect(judged.verdicts.every(({ satisfied }) => satisfied)).toBe(true);
    type(buffers, 'repeat', 'Blaue Kühe ');
    expect(buffers.facts('repeat', DEFAULT_PASSWORD_POLICY)).toEqual({
      length: 11,
      verdicts: [],
      matches: false,
    });
    type(buffers, 'repeat', '7');
    expect(buffers.facts('repeat', DEFAULT_PASSWORD_POLICY).matches).toBe(true);
    buffers.wipe();
    expect(buffers.facts('repeat', DEFAULT_PASSWORD_POLICY).matches).toBe(false);
  });

  test.each([0x00, 0x0a, 0x1b, 0x7f, 0x85, 0xd800, 0x110000, -1, 65.5, Number.NaN])(
    'is no control character or nonsense: %d',
    (codePoint) => {
      expect(new PasswordBuffers().push('new', codePoint)).toBe(false);
    },
  );

  test('ends where the longest password ends', () => {
    const buffers = new PasswordBuffers();
    expect(type(buffers, 'new', '🔑'.repeat(PASSWORD_LENGTHS.most))).toBe(true);
    expect(buffers.push('new', 0x61)).toBe(false);
    expect(buffers.handOver()).toHaveLength(PASSWORD_LENGTHS.most * 4);
  });
});
