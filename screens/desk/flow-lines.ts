/** Free cells between two things on a line. */
export const ITEM_GAP = 3;

/** Things of so many cells each, put on as few lines as they need, in their order. @returns their indices, line by line */
export function flowLines(widths: readonly number[], width: number): readonly (readonly number[])[] {
  const lines: number[][] = [];
  let taken = 0;
  for (const [i, one] of widths.entries()) {
    const line = lines.at(-1);
    if (line === undefined || taken + ITEM_GAP + one > width) {
      lines.push([i]);
      taken = one;
    } else {
      line.push(i);
      taken += ITEM_GAP + one;
    }
  }
  return lines;
}
