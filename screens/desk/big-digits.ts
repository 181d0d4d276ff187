import { LETTER_SHAPES, SHAPE_HEIGHT } from '../letter-shapes.ts';

/** Of the digits of a group, in fours; what is too much for them stands in the first. */
const GROUP = 4;

/** One-time digits as people read them out: in fours, the number of a request before them as it is. */
export function digitGroups(digits: string): readonly string[] {
  const inFours = digits.length - (digits.length % GROUP);
  const first = digits.length % GROUP === 0 ? GROUP : GROUP + digits.length - inFours;
  const rest = digits.slice(first).match(/.{4}/g) ?? [];
  return digits === '' ? [] : [digits.slice(0, first), ...rest];
}

/** The same, large: five lines. @param full the sign that a digit is drawn with */
export function bigDigits(groups: readonly string[], full: string): readonly string[] {
  return Array.from({ length: SHAPE_HEIGHT }, (_, line) =>
    groups
      .map((group) => [...group].map((digit) => LETTER_SHAPES[digit]?.[line] ?? '...').join(' '))
      .join('   ')
      .replaceAll('.', ' ')
      .replaceAll('#', full),
  );
}
