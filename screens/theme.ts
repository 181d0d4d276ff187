import type { TextProps } from 'ink';

/** How a kind of text looks. Eight colours, and nothing is said by colour alone (UX-01). */
type Look = Pick<TextProps, 'color' | 'bold' | 'dimColor' | 'inverse' | 'underline'>;

/** Looks by what they mean; screens and parts name these and no colours. */
export const THEME = {
  title: { color: 'white', bold: true },
  titleBackground: 'blue',
  heading: { bold: true },
  text: {},
  /** What a person has to see first. */
  emphasis: { bold: true },
  label: { color: 'cyan' },
  rule: { color: 'cyan' },
  key: { color: 'cyan', bold: true },
  stepNow: { inverse: true, bold: true },
  stepDone: { color: 'green' },
  stepAhead: {},
  selected: { inverse: true, bold: true },
  /** What cannot be chosen now. */
  off: { dimColor: true },
  good: { color: 'green', bold: true },
  warn: { color: 'yellow', bold: true },
  bad: { color: 'red', bold: true },
  code: { bold: true },
} as const satisfies Record<string, Look | string>;

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
};

/** The signs for a terminal. */
export function glyphsFor(hasFewGlyphs: boolean): Glyphs {
  return hasFewGlyphs ? FEW_GLYPHS : ALL_GLYPHS;
}
