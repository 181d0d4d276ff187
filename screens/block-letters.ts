import { LETTER_SHAPES } from './letter-shapes.ts';

/** What stands above a letter, in two lines of dots, by its combining character: over four dots, and over three or five. */
const MARKS: Readonly<Record<string, readonly [even: readonly string[], odd: readonly string[]]>> = {
  '\u0300': [
    ['.#..', '..#.'],
    ['#..', '.#.'],
  ],
  '\u0301': [
    ['..#.', '.#..'],
    ['..#', '.#.'],
  ],
  '\u0302': [
    ['.##.', '#..#'],
    ['.#.', '#.#'],
  ],
  '\u0303': [
    ['.#.#', '#.#.'],
    ['.##', '##.'],
  ],
  '\u0308': [
    ['#..#', '....'],
    ['#.#', '...'],
  ],
  '\u030a': [
    ['.##.', '.##.'],
    ['.#.', '.#.'],
  ],
};
/** Below it. */
const CEDILLA = '\u0327';

/** Lines of dots: a mark, a letter, a cedilla; two dots share a cell. */
const DOTS = 8;
/** Of the screen, for a line of letters. */
export const LETTER_ROWS = DOTS / 2;

/** The upper and the lower half of a cell, and all of it. */
export interface Halves {
  readonly halfBlock: string;
  readonly lowerHalf: string;
  readonly full: string;
}

/**
 * A text in large capital letters, as lines of the screen.
 * @param width in cells @param rows at most so many lines of the screen
 * @returns null where it does not fit, or has a letter that is not known
 */
export function blockLetters(
  text: string,
  width: number,
  rows: number,
  halves: Halves,
): readonly string[] | null {
  const words = text.toUpperCase().split(' ').map(dotsOf);
  const lines: (readonly string[])[] = [];
  for (const word of words) {
    if (word === null || widthOf(word) > width) return null;
    const last = lines.at(-1);
    const together = last && beside(last, beside(emptyDots(GAP), word));
    if (together && widthOf(together) <= width) lines.splice(-1, 1, together);
    else lines.push(word);
  }
  if (lines.length * LETTER_ROWS > rows) return null;
  return lines.flatMap((line) => cellsOf(line, halves));
}

/** Between two words, besides what is between two letters. */
const GAP = 2;

/** A word, dot by dot; null: a letter is not known. */
function dotsOf(word: string): readonly string[] | null {
  const letters = word.normalize('NFD').match(/\P{M}\p{M}*/gu) ?? [];
  let dots: readonly string[] | null = null;
  for (const letter of letters) {
    const next = letterDots(letter);
    if (next === null) return null;
    dots = dots === null ? next : beside(dots, next);
  }
  return dots ?? emptyDots(1);
}

function letterDots(letter: string): readonly string[] | null {
  const [base, ...marks] = letter;
  const shape = LETTER_SHAPES[base!];
  if (shape === undefined || marks.some((mark) => mark !== CEDILLA && !Object.hasOwn(MARKS, mark)))
    return null;
  const width = shape[0]!.length;
  const mark = marks.map((one) => MARKS[one]).find((one) => one !== undefined);
  const above = mark?.[width % 2] ?? ['', ''];
  const below = marks.includes(CEDILLA) ? '.#.' : '';
  return [...above.map((line) => centred(line, width)), ...shape, centred(below, width)];
}

function centred(line: string, width: number): string {
  const before = '.'.repeat(Math.max(0, Math.floor((width - line.length) / 2)));
  return `${before}${line}`.padEnd(width, '.').slice(0, width);
}

/** With a free dot between them. */
function beside(left: readonly string[], right: readonly string[]): readonly string[] {
  return left.map((line, i) => `${line}.${right[i]}`);
}

function emptyDots(width: number): readonly string[] {
  return Array.from({ length: DOTS }, () => '.'.repeat(width));
}

function widthOf(dots: readonly string[]): number {
  return dots[0]!.length;
}

/** Two lines of dots in a line of cells. */
function cellsOf(dots: readonly string[], { halfBlock, lowerHalf, full }: Halves): readonly string[] {
  const signs: Readonly<Record<string, string>> = { '##': full, '#.': halfBlock, '.#': lowerHalf, '..': ' ' };
  return Array.from({ length: LETTER_ROWS }, (_, row) =>
    [...dots[2 * row]!].map((upper, column) => signs[`${upper}${dots[2 * row + 1]![column]}`]).join(''),
  );
}
