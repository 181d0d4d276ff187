import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ProfileDocumentError, parseProfileDocument } from '../../src/central/profile-document.ts';
import { DEFAULT_SOFT_RULES } from '../../src/domain/soft-certificate.ts';
import { PROFILE } from './support/central-world.ts';

describe('a profile document', () => {
  test('becomes a profile', () => {
    const profile = parseProfileDocument(PROFILE);
    expect(profile).toMatchObject({
      name: 'employee',
      managementKeyAlgorithm: 'AES-192',
      unarchivedKeyLoss: 'refuse',
      abandonAfterHours: 720,
    });
    expect(profile.slots.map(({ slot }) => slot)).toEqual(['9A', '9C', '9D', '9E']);
  });

  test('says how long a new card lives, if it says so', () => {
    const told = PROFILE.replace('title', 'card_lifetime_days = 730\ntitle');
    expect(parseProfileDocument(told).cardLifetimeDays).toBe(730);
    expect(parseProfileDocument(PROFILE).cardLifetimeDays).toBeUndefined();
    expect(() => parseProfileDocument(told.replace('730', '0'))).toThrow(/card_lifetime_days/);
  });

  test.each([
    ['TOML that is none', 'title = "Employee card"', 'title = Employee', /line 2/],
    ['a value of the wrong kind', 'min_length = 6', 'min_length = "six"', /line 11: pin_policy.min_length/],
    ['a PIN that PIV does not allow', 'max_length = 8', 'max_length = 9', /line 12: pin_policy.max_length/],
    [
      'a misspelt key',
      'discovery = true',
      'discovery = true\ndiscovry = true',
      /discovry is not known here: check/,
    ],
    [
      'an unknown algorithm in the second slot',
      'slot = "9C"\nalgorithm = "P-256"',
      'slot = "9C"\nalgorithm = "X"',
      /line 24: slot 9C: algorithm: write one of "RSA-2048", /,
    ],
    [
      'a title that is missing',
      'title =',
      '# title =',
      /: title: it is missing: write text in quotation marks/,
    ],
    [
      'a text that is not closed',
      'title = "Employee card"',
      'title = "Employee card',
      /line 2: a text is not closed: end it/,
    ],
    [
      'days as text',
      'lifetime_days = ',
      'lifetime_days = "1"\n#',
      /slot 9A: lifetime_days: write a (whole )?number$/,
    ],
    ['no days', 'lifetime_days = ', 'lifetime_days = 0\n#', /slot 9A: lifetime_days: at least 1$/],
    [
      'a slot without its name',
      'slot = "9A"',
      '#',
      /slots, number 1: slot: it is missing: write one of "9A"/,
    ],
    ['a slot that is named twice', 'slot = "9C"', 'slot = "9A"', /named twice/],
    [
      'a policy that nothing satisfies',
      'min_length = 6\nmax_length = 8',
      'min_length = 8\nmax_length = 6',
      /less than min_length/,
    ],
  ])('names the line and the remedy: %s', (_what, good, bad, message) => {
    expect(() => parseProfileDocument(PROFILE.replace(good, bad))).toThrow(message);
  });

  test('says which proofs do for a new PIN, and keeps it attended where it does not', () => {
    const without = PROFILE.replace(/\[proofs\]\n.*\n/, '');
    expect(parseProfileDocument(without).pinResetProofs).toBeUndefined();
    expect(parseProfileDocument(PROFILE).pinResetProofs).toEqual(['operator', 'code']);
    const turned = PROFILE.replace('["operator", "code"]', '["code", "operator", "code"]');
    expect(parseProfileDocument(turned).pinResetProofs).toEqual(['operator', 'code']);
    for (const bad of ['[]', '["face"]', '"code"'])
      expect(() => parseProfileDocument(PROFILE.replace('["operator", "code"]', bad))).toThrow(
        /line \d+: proofs.pin_reset/,
      );
  });

  test('says what a second operator is wanted for', () => {
    const told = PROFILE.replace('title', 'witness = ["cancel", "reprovision"]\ntitle');
    expect(parseProfileDocument(told).witness).toEqual(['reprovision', 'cancel']);
    expect(parseProfileDocument(PROFILE).witness).toBeUndefined();
    expect(() => parseProfileDocument(told.replace('"cancel"', '"eject"'))).toThrow(/line 2: witness/);
  });

  test('has terms in English at least, in letters and lines alone', () => {
    const told = `${PROFILE}\n[terms]\nen = '''\nKeep your card.\nTell us of its loss.\n'''\nde = "Achtung: Ä"\n`;
    expect(parseProfileDocument(told).terms).toEqual({
      en: 'Keep your card.\nTell us of its loss.',
      de: 'Achtung: Ä',
    });
    expect(() => parseProfileDocument(told.replace('en =', 'fr ='))).toThrow(/add them in English/);
    expect(() => parseProfileDocument(told.replace('de =', 'german ='))).toThrow(/two letters/);
    for (const bad of ['\\u001b[2J', '\\u202e', '\\u0007'])
      expect(() => parseProfileDocument(told.replace('Achtung', bad))).toThrow(
        /letters, signs and line breaks/,
      );
  });

  test('says which key is archived, and has none that signs', () => {
    const { slots } = parseProfileDocument(PROFILE.replace('slot = "9D"', 'slot = "9D"\narchive = true'));
    expect(slots.filter(({ isArchived }) => isArchived).map(({ slot }) => slot)).toEqual(['9D']);
    for (const slot of ['9A', '9C', '9E']) {
      const signing = PROFILE.replace(`slot = "${slot}"`, `slot = "${slot}"\narchive = true`);
      expect(() => parseProfileDocument(signing)).toThrow(
        /line \d+: .*archive: a signing key can never be archived/,
      );
    }
  });

  test('says where soft certificates go, and what their password must be like', () => {
    const under = (lines: string) =>
      parseProfileDocument(PROFILE.replace('[pin_policy]', `${lines}\n[pin_policy]`));
    expect(parseProfileDocument(PROFILE).softRules).toBeUndefined();
    expect(under('[soft_certificate]').softRules).toEqual(DEFAULT_SOFT_RULES);
    const strict = '[soft_certificate]\nwhere = "medium"\nold_encryption = false';
    const password = '[soft_certificate.password]\nmin_length = 20\nmin_kinds = 3\nmin_different = 8';
    expect(under(`${strict}\n${password}\n`).softRules).toEqual({
      ...{ where: 'medium', allowsOldEncryption: false },
      password: { minLength: 20, maxLength: 128, minKinds: 3, minDifferent: 8 },
    });
    for (const [lines, why] of [
      ['[soft_certificate]\nwhere = "home"', /line \d+: soft_certificate.where/],
      ['[soft_certificate.password]\nmin_length = 4', /line \d+: soft_certificate.password.min_length/],
      ['[soft_certificate.password]\nmin_different = 13', /min_different: it is more than min_length/],
      ['[soft_certificate]\nplace = "chosen"', /place is not known here/],
    ] as const)
      expect(() => under(lines)).toThrow(why);
  });

  test('that is anything at all gives a profile or a ProfileDocumentError', () => {
    const anything = fc.oneof(
      fc.string(),
      fc
        .tuple(fc.nat(PROFILE.length), fc.string({ maxLength: 3 }))
        .map(([at, text]) => PROFILE.slice(0, at) + text + PROFILE.slice(at + 2)),
    );
    fc.assert(
      fc.property(anything, (text) => {
        try {
          parseProfileDocument(text);
        } catch (error) {
          expect(error).toBeInstanceOf(ProfileDocumentError);
        }
      }),
      { numRuns: 300 },
    );
  });
});
