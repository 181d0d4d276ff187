import { afterAll, describe, expect, it, vi } from 'vitest';
import { blockLetters } from '../../screens/block-letters.ts';
import { answerOf, commandOf, keyNames, letterCommands, textCommands } from '../../screens/key-map.ts';
import { TEXTS } from '../../screens/texts/texts.ts';
import { codeOfDesk } from '../../src/flows/desk-facts.ts';
import type { DeskState } from '../../src/flows/desk-state.ts';
import { type KioskView, LANGUAGES } from '../../src/flows/kiosk-view.ts';
import type { ThemeName } from '../../src/flows/screen-look.ts';
import { codeOf } from '../../src/flows/walk-up.ts';
import { anEnterPin, EVERY_STATE } from '../flows/walk-up-states.ts';
import { aDeskView, DESK_STATES } from './desk-states.ts';
import { openScreen } from './one-screen.tsx';
import { aView } from './views.ts';

// Sixteen colours, as a terminal has them at least; asked for before the first frame is drawn.
vi.hoisted(() => {
  process.env.FORCE_COLOR = '1';
});

const screen = openScreen();
afterAll(() => screen.close());

/** Every screen there is, by a name. */
const EVERY_VIEW: readonly (readonly [string, Partial<KioskView>])[] = [
  ...EVERY_STATE.map(([name, walkUp]): [string, Partial<KioskView>] => [name, { walkUp }]),
  ...DESK_STATES.map(([name, state]): [string, Partial<KioskView>] => [`desk: ${name}`, atDesk(state)]),
];

function atDesk(state: DeskState): Partial<KioskView> {
  return { desk: aDeskView(state), idleSecondsLeft: 275 };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: an SGR sequence begins with ESC
const SGR = /\x1b\[([0-9;]*)m/g;

const drawn = (theme: ThemeName, view: Partial<KioskView>) =>
  screen.draw(aView({ ...view, theme })).join('\n');
const coloursOf = (frame: string) => [...frame.matchAll(SGR)].flatMap(([, codes]) => codes!.split(';'));
/** A heading is the lines before the first free one; it may be in large letters, which are no words. */
const rowsOfHeading = (lines: readonly string[]) => {
  const begin = lines.findIndex((line) => line.trim() !== '');
  return begin + lines.slice(begin).findIndex((line) => line.trim() === '');
};
const wordsOf = (frame: string) => frame.replace(SGR, '');

/** Bold, underlined, inverse, and each off again; black and white, for letters and behind them. */
const BLACK_AND_WHITE = ['1', '22', '4', '24', '7', '27', '30', '39', '97', '40', '49', '107'];
/** And bright yellow: the one colour there is. */
const ALLOWED = [...BLACK_AND_WHITE, '93'];

describe.each(['contrast'] as const)('In the theme %s', (theme) => {
  it.each(EVERY_VIEW)(
    'the screen "%s" is black and white, with one colour for what must be seen',
    (_, view) => {
      const frame = drawn(theme, view);
      // What it is there for: every colour of the terminal.
      if (frame.includes(TEXTS.en.desk.kiosk.colours.title)) return;
      expect(
        coloursOf(frame).filter((code) => !ALLOWED.includes(code)),
        frame,
      ).toEqual([]);
      // Not one cell is left as the terminal would have it.
      for (const line of frame.split('\n')) expect(line.startsWith('\x1b['), frame).toBe(true);
    },
  );
});

describe('In the theme contrast', () => {
  it.each(EVERY_VIEW)('the screen "%s" says the same as ever, at the same places', (_, view) => {
    const withoutKey = (frame: string) =>
      wordsOf(frame)
        .split('\n')
        .slice(1)
        .map((line) => line.trimEnd());
    expect(withoutKey(drawn('contrast', view))).toEqual(withoutKey(drawn('standard', view)));
  });
});

/** What is drawn with blocks: letters, and bars. */
const BLOCKS = /[█▀▄]/;

describe('In the theme large', () => {
  const CARDHOLDERS = EVERY_VIEW.filter(([, { desk }]) => desk === undefined);
  const corners = (frame: string, corner: string) => frame.split(corner).length - 1;

  it.each([
    { columns: 80, rows: 24 },
    { columns: 120, rows: 40 },
    { columns: 200, rows: 60 },
  ])('every screen is whole at $columns×$rows', (size) => {
    for (const [name, view] of CARDHOLDERS) {
      const lines = wordsOf(drawn('large', { ...view, size })).split('\n');
      const frame = `${name}\n${lines.join('\n')}`;
      expect(lines, frame).toHaveLength(size.rows);
      for (const line of lines) expect(line.length, frame).toBeLessThanOrEqual(size.columns);
      expect(lines.at(-1)!.trimEnd(), frame).toMatch(new RegExp(`${codeOf(view.walkUp!)}$`));
      for (const corner of '┐└┘') expect(corners(frame, corner), frame).toBe(corners(frame, '┌'));
      // Whatever the usual look says is said; of a long list there may be less in sight.
      if (/\d more (above|below)/.test(frame)) continue;
      const usual = wordsOf(drawn('standard', { ...view, size }))
        .split('\n')
        .slice(7, -3);
      const words = frame.split(/[\s│]+/);
      for (const word of usual
        .slice(rowsOfHeading(usual))
        .join(' ')
        .split(/[\s│]+/))
        if (/^\p{L}+[.,]?$/u.test(word)) expect(words, frame).toContain(word);
    }
  });

  it('what a screen is about is in large letters where there is room, and as usual where there is none', () => {
    const title = TEXTS.en.enterPin.title;
    const at = (columns: number, rows: number, more: Partial<KioskView> = {}) =>
      wordsOf(drawn('large', { walkUp: anEnterPin(), size: { columns, rows }, ...more }));
    expect(at(120, 40)).toMatch(BLOCKS);
    expect(at(120, 40)).not.toContain(title);
    expect(at(80, 24)).not.toMatch(/[▀▄]/);
    expect(at(80, 24)).toContain(title);
    // The Linux console has no halves of blocks: there the font is larger.
    expect(at(120, 40, { hasFewGlyphs: true })).toContain(title);
  });
});

describe('Large letters', () => {
  const halves = { halfBlock: '▀', lowerHalf: '▄', full: '█' };

  it('are drawn with two dots in a cell', () => {
    expect(blockLetters('Ä1', 80, 4, halves)).toEqual(['▀  ▀    ', '▄▀▀▄ ▄█ ', '█▀▀█  █ ', '▀  ▀ ▀▀▀']);
  });

  it('there are for every heading, in every language', () => {
    const headings = (texts: object): readonly string[] =>
      Object.entries(texts).flatMap(([name, value]) =>
        typeof value === 'string' ? (/title$/i.test(name) ? [value] : []) : value ? headings(value) : [],
      );
    for (const language of LANGUAGES) {
      for (const text of headings(TEXTS[language]))
        expect(blockLetters(text, 200, 100, halves), text).not.toBeNull();
    }
  });

  it('are broken between words, and are none where they do not fit', () => {
    const lines = blockLetters('Put your card in', 50, 12, halves)!;
    expect(lines).toHaveLength(8);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(50);
    expect(blockLetters('Put your card in', 50, 4, halves)).toBeNull();
    expect(blockLetters('Donaudampfschiff', 50, 12, halves)).toBeNull();
    expect(blockLetters('漢', 50, 12, halves)).toBeNull();
  });
});

describe('The key for it', () => {
  it.each(LANGUAGES)('stands above every screen of the cardholder, with what comes next (%s)', (language) => {
    const { themes } = TEXTS[language].seeing;
    for (const [name, view] of EVERY_VIEW.filter(([, { desk }]) => desk === undefined)) {
      const first = wordsOf(screen.draw(aView({ ...view, language }))[0]!);
      const key = view.walkUp?.kind === 'softPassword' ? `${TEXTS[language].keys.control}+T` : 'H';
      expect(first, name).toContain(` ${key} ${themes.contrast}   `);
    }
    expect(screen.draw(aView({ language, theme: 'contrast' }))[0]).toContain(`H ${themes.large}`);
    expect(screen.draw(aView({ language, theme: 'large' }))[0]).toContain(`H ${themes.standard}`);
  });

  it('stands above the desk where there is room', () => {
    const name = TEXTS.en.seeing.themes.contrast;
    const state = DESK_STATES.find(([, one]) => codeOfDesk(one).includes('home'))![1];
    const first = (columns: number) =>
      screen.draw(aView({ ...atDesk(state), size: { columns, rows: 30 } }))[0];
    expect(first(100)).toContain(`Ctrl+T ${name}`);
    expect(first(80)).not.toContain(name);
  });

  it('is H, or Ctrl+T where letters are something else', () => {
    const control = { ctrl: true };
    expect(commandOf('h')).toEqual({ kind: 'nextTheme' });
    expect(answerOf('h')).toEqual({ kind: 'nextTheme' });
    expect(keyNames('t', control).map(commandOf)).toEqual([{ kind: 'nextTheme' }]);
    expect(keyNames('r', control).map(commandOf)).toEqual([{ kind: 'toggleReader' }]);
    expect(letterCommands('h', {})).toEqual([{ kind: 'letter', letter: 'H' }]);
    expect(textCommands('h', {})).toEqual([{ kind: 'character', codePoint: 104 }]);
  });
});
