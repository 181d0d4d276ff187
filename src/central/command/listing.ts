/** Lists that may be long: how much of them is shown, and how. */
import { UsageError } from './command-io.ts';

const DEFAULT_LIMIT = 1000;

/** @throws UsageError */
export function readLimit(noun: string, text: string | undefined): number {
  if (text === undefined) return DEFAULT_LIMIT;
  if (/^[1-9]\d{0,7}$/.test(text)) return Number(text);
  throw new UsageError(`${noun}: --limit takes a number from 1`);
}

/** A line a row, its cells apart by tabs; and how many rows are not shown. */
export function table(rows: readonly (readonly string[])[], total: number): string {
  const hidden = total - rows.length;
  const more = hidden > 0 ? `… and ${hidden} more: narrow the search, or give --limit\n` : '';
  return rows.map((cells) => `${cells.join('\t')}\n`).join('') + more;
}
