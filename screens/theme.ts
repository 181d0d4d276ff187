import type { TextProps } from 'ink';
import type { ThemeName } from '../src/flows/screen-look.ts';

/** How a kind of text looks. Eight colours, and nothing is said by colour alone (UX-01). */
type Look = Pick<TextProps, 'color' | 'bold' | 'dimColor' | 'inverse' | 'underline'>;

/** What text can mean; screens and parts name these and no colours. */
export type LookName =
  | 'title'
  | 'heading'
  | 'text'
  /** What a person has to see first. */
  | 'emphasis'
  | 'label'
  | 'rule'
  | 'key'
  | 'stepNow'
  | 'stepDone'
  | 'stepAhead'
  | 'selected'
  /** A row of a list over its whole width. */
  | 'selectedRow'
  /** Where the next character goes. */
  | 'cursor'
  /** What cannot be chosen now. */
  | 'off'
  | 'good'
  | 'warn'
  | 'bad'
  | 'code';

/** How all that has a meaning looks. */
export interface Theme {
  readonly looks: Readonly<Record<LookName, Look>>;
  /** Behind everything; null: as the terminal is. */
  readonly background: string | null;
  /** Of borders that mean nothing by themselves; null: as the terminal is. */
  readonly border: string | null;
  /** Behind the first line. */
  readonly titleBackground: string;
  /** Behind a row of a list that is chosen. */
  readonly selectedBackground: string;
}

const STANDARD: Theme = {
  background: null,
  border: null,
  titleBackground: 'blue',
  selectedBackground: 'cyan',
  looks: {
    title: { color: 'white', bold: true },
    heading: { bold: true },
    text: {},
    emphasis: { bold: true },
    label: { color: 'cyan' },
    rule: { color: 'cyan' },
    key: { color: 'cyan', bold: true },
    stepNow: { inverse: true, bold: true },
    stepDone: { color: 'green' },
    stepAhead: {},
    selected: { inverse: true, bold: true },
    selectedRow: { color: 'black' },
    cursor: { inverse: true },
    off: { dimColor: true },
    good: { color: 'green', bold: true },
    warn: { color: 'yellow', bold: true },
    bad: { color: 'red', bold: true },
    code: { bold: true },
  },
};

/** White on black and the other way round, and one colour for what must not be overlooked; nothing is ever dim. */
const CONTRAST: Theme = {
  background: 'black',
  border: 'whiteBright',
  titleBackground: 'whiteBright',
  selectedBackground: 'whiteBright',
  looks: {
    title: { color: 'black' },
    heading: { color: 'whiteBright', bold: true },
    text: { color: 'whiteBright' },
    emphasis: { color: 'whiteBright', bold: true },
    label: { color: 'whiteBright' },
    rule: { color: 'whiteBright' },
    key: { color: 'whiteBright', bold: true, underline: true },
    stepNow: { color: 'whiteBright', inverse: true },
    stepDone: { color: 'whiteBright' },
    stepAhead: { color: 'whiteBright' },
    selected: { color: 'whiteBright', inverse: true },
    selectedRow: { color: 'black' },
    cursor: { color: 'whiteBright', inverse: true },
    off: { color: 'whiteBright' },
    good: { color: 'whiteBright', bold: true },
    warn: { color: 'yellowBright', bold: true },
    bad: { color: 'yellowBright', bold: true },
    code: { color: 'whiteBright', bold: true },
  },
};

/** By name. Large letters are drawn in the colours of the highest contrast. */
export const THEMES: Readonly<Record<ThemeName, Theme>> = {
  standard: STANDARD,
  contrast: CONTRAST,
  large: CONTRAST,
};

/** The eight that every terminal has, for the test page of the kiosk (OP-04). */
export const TEST_COLOURS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;

/** What a notice is about decides its border and its sign. */
export type Tone = 'good' | 'warn' | 'bad';

/** Signs that not every terminal has. */
export interface Glyphs {
  readonly tick: string;
  readonly open: string;
  readonly bullet: string;
  readonly pinDigit: string;
  readonly pinEmpty: string;
  readonly selected: string;
  readonly full: string;
  readonly rest: string;
  readonly separator: string;
  /** In the place of what is too long. */
  readonly cut: string;
  /** Two sides that are compared are the same, or are not. */
  readonly same: string;
  readonly differs: string;
  /** Half a cell; null: there is none. */
  readonly halfBlock: string | null;
  readonly lowerHalf: string | null;
  /** From dark to bright, as they look on a dark screen. */
  readonly shades: string;
}

const ALL_GLYPHS: Glyphs = {
  tick: '✓',
  open: '·',
  bullet: '•',
  pinDigit: '●',
  pinEmpty: '·',
  selected: '►',
  full: '█',
  rest: '░',
  separator: '›',
  cut: '…',
  same: '=',
  differs: '≠',
  halfBlock: '▀',
  lowerHalf: '▄',
  shades: ' ░▒▓█',
};

/** For the Linux console, whose font has 256 signs. */
const FEW_GLYPHS: Glyphs = {
  tick: '+',
  open: '-',
  bullet: '*',
  pinDigit: '*',
  pinEmpty: '.',
  selected: '>',
  full: '#',
  rest: '.',
  separator: '>',
  cut: '~',
  same: '=',
  differs: '!',
  halfBlock: null,
  lowerHalf: null,
  shades: ' .:-=+*#%@',
};

/** Where the screen is read aloud: none, and nothing is cut. */
export const NO_GLYPHS: Glyphs = {
  tick: '',
  open: '',
  bullet: '',
  pinDigit: '',
  pinEmpty: '',
  selected: '',
  full: '',
  rest: '',
  separator: ',',
  cut: '…',
  same: '=',
  differs: '!',
  halfBlock: null,
  lowerHalf: null,
  shades: ' ',
};

/** The signs for a terminal. */
export function glyphsFor(hasFewGlyphs: boolean): Glyphs {
  return hasFewGlyphs ? FEW_GLYPHS : ALL_GLYPHS;
}
