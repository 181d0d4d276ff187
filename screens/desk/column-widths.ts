/** How wide a column of a list is. */
export interface ColumnRoom {
  /** In cells, the gap behind it included. */
  readonly min: number;
  /** Its share of what is left over; none by default. */
  readonly grow?: number;
}

/**
 * The widths of columns in so many cells, in whole cells that add up to no more. Where not even the least has room, the
 * widest are cut first.
 */
export function columnWidths(columns: readonly ColumnRoom[], width: number): readonly number[] {
  const least = columns.reduce((sum, { min }) => sum + min, 0);
  if (least > width) return shrunk(columns, width);
  const shares = columns.reduce((sum, { grow = 0 }) => sum + grow, 0);
  const left = shares === 0 ? 0 : width - least;
  let given = 0;
  let passed = 0;
  return columns.map(({ min, grow = 0 }) => {
    passed += grow;
    const upTo = shares === 0 ? 0 : Math.floor((left * passed) / shares);
    const more = upTo - given;
    given = upTo;
    return min + more;
  });
}

function shrunk(columns: readonly ColumnRoom[], width: number): readonly number[] {
  const widths = columns.map(({ min }) => min);
  let tooMuch = widths.reduce((sum, one) => sum + one, 0) - Math.max(widths.length, width);
  while (tooMuch > 0) {
    widths[widths.indexOf(Math.max(...widths))]! -= 1;
    tooMuch -= 1;
  }
  return widths;
}
