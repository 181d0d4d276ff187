import { describe, expect, it } from 'vitest';
import { isEventType } from '../../screens/texts/event-types.ts';
import { SCREEN_CODES } from '../../screens/texts/screen-codes.ts';
import { TEXTS } from '../../screens/texts/texts.ts';
import { clockText, dayText, durationText, momentText, remainingText } from '../../screens/texts/time.ts';
import { REFUSALS } from '../../src/domain/eligibility.ts';
import { LANGUAGES, type Language } from '../../src/flows/kiosk-view.ts';

/** Every text of a catalogue by its path; a text with a gap is said for one and for several. */
function everyText(part: object, path = ''): readonly (readonly [string, string])[] {
  return Object.entries(part).flatMap(([name, value]): readonly (readonly [string, string])[] => {
    const here = `${path}/${name}`;
    if (value === null) return [];
    if (typeof value === 'string') return [[here, value]];
    if (typeof value !== 'function') return everyText(value, here);
    return [1, 5].map((count): [string, string] => [`${here}(${count})`, value(count, count)]);
  });
}

/** What operators read may use the words of their trade. */
const isForStaff = (path: string) => path.startsWith('/desk/');
/** What each language says as English does: words that are the same. */
const SAME_AS_ENGLISH: Readonly<Record<Exclude<Language, 'en'>, readonly string[]>> = {
  de: [
    ...['Person', 'Person', 'Name', 'Mail', 'GUID', 'Kiosk', 'Version', '-'].map((text) => `staff: ${text}`),
    ...['Code: 1', 'Code: 5', 'PIN', 'Enter', '1: 1', '5: 5'],
  ],
  fr: [
    ...['Photo', 'GUID', 'Version', '-', 'magenta', 'cyan'].map((text) => `staff: ${text}`),
    ...['Photo', 'PIN', 'Ctrl', '1 minute', '5 minutes'],
  ],
  es: [
    'https://CENTRAL:8443',
    ...['GUID', 'Central', '-', 'no', 'magenta'].map((text) => `staff: ${text}`),
    ...['PIN', 'Ctrl', '1: 1', '5: 5'],
  ],
};

describe('The catalogue', () => {
  const english = everyText(TEXTS.en).map(([path]) => path);

  it.each(LANGUAGES)('is complete in %s, with nothing empty and nothing too much', (language) => {
    const texts = everyText(TEXTS[language]);
    expect(texts.map(([path]) => path).sort()).toEqual([...english].sort());
    for (const [path, text] of texts) expect(text.trim(), path).not.toBe('');
  });

  it.each(['de', 'fr', 'es'] as const)(
    'is translated into %s, but for words that are the same',
    (language) => {
      const inEnglish = new Map(everyText(TEXTS.en));
      const same = everyText(TEXTS[language]).filter(([path, text]) => inEnglish.get(path) === text);
      expect(same.map(([path, text]) => (isForStaff(path) ? `staff: ${text}` : text))).toEqual(
        SAME_AS_ENGLISH[language],
      );
    },
  );

  it('has words for every refusal of a card, each with why and what next', () => {
    for (const code of REFUSALS) expect(SCREEN_CODES).toContain(code);
    expect(new Set(SCREEN_CODES).size).toBe(SCREEN_CODES.length);
  });

  it('spares cardholders the words of the trade', () => {
    for (const language of LANGUAGES) {
      for (const [path, text] of everyText(TEXTS[language])) {
        if (isForStaff(path)) continue;
        expect(text, path).not.toMatch(/\b(slot|PIV|CHUID|CRL|APDU|9[ACDE]|PUK|CA|PKI|timeout)\b/);
      }
    }
  });

  it('has words for operators that fit the columns they stand in', () => {
    for (const language of LANGUAGES) {
      const { desk } = TEXTS[language];
      const fits = (words: Readonly<Record<string, unknown>>, width: number) => {
        for (const [name, text] of Object.entries(words))
          if (typeof text === 'string') expect(text.length, `${name}: ${text}`).toBeLessThan(width);
      };
      fits(desk.events, 23);
      fits({ ...desk.labels, certificate: '' }, 15);
      fits({ certificate: desk.labels.certificate }, 30);
      fits(desk.requestKinds, 20);
      fits(desk.requestStates, 15);
      fits(desk.operationKinds, 20);
      fits(desk.operationStates, 15);
      fits(desk.certificateStates, 11);
      fits(desk.cardStates, 15);
      fits(desk.slots, 14);
      fits(desk.actions, 24);
    }
  });

  it('has words for all that becomes of a request while it is collected', () => {
    const becomes = [
      'approved',
      'rejected',
      'collecting',
      'interrupted',
      'completed',
      'failed',
      'cancelled',
      'expired',
    ];
    expect(becomes.filter((state) => !isEventType(`request.${state}`))).toEqual([]);
  });

  it('has words for operators that the Linux console has the letters for', () => {
    for (const language of LANGUAGES) {
      for (const [path, text] of everyText(TEXTS[language]))
        if (path.startsWith('/desk')) expect(text, path).toMatch(/^[ -~¡«°»¿À-ÿ]+$/);
    }
  });

  it('tells operators what is wrong and what next, in two lines with the code', () => {
    for (const language of LANGUAGES) {
      for (const [code, { what, next }] of Object.entries(TEXTS[language].desk.refusals))
        expect(`! ${what} ${next} (${code})`.length, code).toBeLessThanOrEqual(150);
    }
  });
});

describe('Time', () => {
  it('is a day in the reader’s format', () => {
    expect(dayText('2032-12-31T23:59:59Z', 'en')).toBe('31 December 2032');
    expect(dayText('2032-12-31T23:59:59Z', 'de')).toBe('31. Dezember 2032');
  });

  it('is shown as it is when it is none', () => {
    expect(dayText('soon', 'en')).toBe('soon');
    expect(clockText('')).toBe('');
  });

  it('is a moment in the reader’s format', () => {
    expect(momentText('2026-11-22T12:00:00Z', 'en')).toMatch(/^22 Nov 2026, \d\d:\d\d$/);
    expect(momentText('2026-11-22T12:00:00Z', 'de')).toMatch(/^22\. Nov\. 2026, \d\d:\d\d$/);
  });

  it('is HH:MM on the clock', () => {
    expect(clockText('2026-11-22T10:42:00Z')).toMatch(/^\d\d:\d\d$/);
  });

  it.each([
    [0, '0 seconds'],
    [1, '1 second'],
    [42.2, '43 seconds'],
    [180, '3 minutes'],
    [7200, '2 hours'],
  ])('says that %d seconds are %s', (seconds, text) => {
    expect(durationText(seconds, TEXTS.en)).toBe(text);
  });

  it.each([
    [Number.NaN, 'a few seconds left'],
    [-1, 'a few seconds left'],
    [5_000, 'a few seconds left'],
    [5_001, 'about 10 seconds left'],
    [34_000, 'about 40 seconds left'],
    [90_500, 'about 2 minutes left'],
    [125_000, 'about 3 minutes left'],
  ])('left of %d ms is said coarsely: %s', (remainingMs, text) => {
    expect(remainingText(remainingMs, TEXTS.en)).toBe(text);
  });
});
