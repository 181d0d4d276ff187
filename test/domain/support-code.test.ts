import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CARD_FAMILIES, cardFamilyOf } from '../../src/domain/card-family.ts';
import { READER_KINDS, readerKindOf } from '../../src/domain/reader-kind.ts';
import { STABLE_CODES } from '../../src/domain/stable-codes.ts';
import { readSupportCode, type SupportFacts, supportCodeOf } from '../../src/domain/support-code.ts';
import { SUPPORT_STEPS } from '../../src/domain/support-steps.ts';

const facts: fc.Arbitrary<SupportFacts> = fc.record({
  code: fc.constantFrom(null, ...STABLE_CODES),
  step: fc.constantFrom(null, ...SUPPORT_STEPS),
  statusWord: fc.option(fc.integer({ min: 0, max: 0xffff })),
  reader: fc.constantFrom(...READER_KINDS),
  family: fc.constantFrom(...CARD_FAMILIES),
  version: fc.option(fc.tuple(fc.nat(7), fc.nat(63), fc.nat(31)).map((parts) => parts.join('.'))),
});
const recorded = (name: string) =>
  readFileSync(join(import.meta.dirname, '../data', name), 'utf8')
    .trim()
    .split('\n');
const EXAMPLE: SupportFacts = {
  ...{ code: 'RP-06-disabled', step: 'looking', statusWord: null },
  ...{ reader: 'omnikey', family: 'yubikey-5', version: '0.1.0' },
};

describe('A support code', () => {
  it('says again all that was put into it', () => {
    fc.assert(
      fc.property(facts, (said) => {
        const code = supportCodeOf(said);
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
        expect(readSupportCode(code)).toEqual({ kind: 'read', facts: said });
      }),
    );
  });

  it('is read in whatever case, with or without dashes, and with the letters that look like digits', () => {
    const code = supportCodeOf(EXAMPLE);
    const asTyped = [code.toLowerCase(), code.replaceAll('-', ''), code.replaceAll('-', ' ')];
    const alike = code.replaceAll('0', 'o').replaceAll('1', 'l');
    for (const text of [...asTyped, alike, alike.replaceAll('l', 'I')])
      expect(readSupportCode(text), text).toEqual({ kind: 'read', facts: EXAMPLE });
  });

  it('is not taken with one wrong character, or with any two in each other’s place', () => {
    fc.assert(
      fc.property(facts, fc.nat(11), fc.nat(11), fc.nat(31), (said, here, there, value) => {
        const right = [...supportCodeOf(said).replaceAll('-', '')];
        const wrong = right.with(here, '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[value]!);
        const swapped = right.with(here, right[there]!).with(there, right[here]!);
        for (const typed of [wrong, swapped]) {
          if (typed.join('') === right.join('')) continue;
          expect(readSupportCode(typed.join('')), typed.join('')).toEqual({ kind: 'mistyped' });
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('is none where it is too short, too long, or has a character that no code has', () => {
    for (const text of ['', '7K2M-9QPX', `${supportCodeOf(EXAMPLE)}0`, '7K2M-9QPX-41TU', 'RP-06-unknown'])
      expect(readSupportCode(text), text).toEqual({ kind: 'malformed' });
  });

  it('is never read as something else, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), (text) => {
        const read = readSupportCode(text);
        if (read.kind !== 'read') return;
        expect(readSupportCode(supportCodeOf(read.facts))).toEqual(read);
      }),
    );
  });

  it('of a version that does not fit says that it is not known', () => {
    for (const version of ['8.0.0', '0.64.0', '0.1.32', 'newest']) {
      const read = readSupportCode(supportCodeOf({ ...EXAMPLE, version }));
      expect(read).toEqual({ kind: 'read', facts: { ...EXAMPLE, version: null } });
    }
  });

  it('stays the same for ever: what was given out once is still read', () => {
    expect(supportCodeOf(EXAMPLE)).toBe('4392-860W-8TKH');
    for (const [list, name] of [
      [STABLE_CODES, 'stable-codes.txt'],
      [SUPPORT_STEPS, 'support-steps.txt'],
    ] as const) {
      const given = recorded(name);
      expect(list.slice(0, given.length), `${name}: nothing may move; add at the end`).toEqual(given);
      expect(given, `${name}: record what was added: copy it to the end of this file`).toEqual(list);
      expect(new Set(list).size).toBe(list.length);
    }
  });
});

describe('What was in use', () => {
  it.each([
    ['Yubico YubiKey OTP+FIDO+CCID 00 00', 'yubico'],
    ['HID Global OMNIKEY 3x21 Smart Card Reader 00 00', 'omnikey'],
    ['Gemalto PC Twin Reader 01 00', 'gemalto'],
    ['SCM Microsystems Inc. SCR 3310 [CCID Interface] 00 00', 'identiv'],
    ['ACS ACR39U ICC Reader 00 00', 'acs'],
    ['Virtual PCD 00 00', 'virtual'],
    ['Somebody Else 00 00', 'other'],
  ])('%s is a reader of %s', (name, kind) => {
    expect(readerKindOf(name)).toBe(kind);
  });

  it.each([
    ['3BFD1300008131FE158073C021C057597562694B657940', 'yubikey-5'],
    ['3BF81300008131FE15597562696B657934D4', 'yubikey-4'],
    ['3BFC1300008131FE15597562696B65794E454F7233E1', 'yubikey-neo'],
    ['3B8F8001804F0CA000000306030001000000006A', 'contactless'],
    ['3B00', 'other'],
    ['', 'none'],
  ])('a card that answers %s to reset is %s', (atr, family) => {
    expect(cardFamilyOf(Uint8Array.from(Buffer.from(atr, 'hex')))).toBe(family);
  });
});
