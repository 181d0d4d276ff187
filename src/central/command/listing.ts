/** Lists that may be long: how much of them is shown, and how. */
import { type CommandIo, UsageError } from './command-io.ts';

const DEFAULT_LIMIT = 1000;

/** @throws UsageError */
export function readLimit(noun: string, text: string | undefined): number {
  if (text === undefined) return DEFAULT_LIMIT;
  if (/^[1-9]\d{0,7}$/.test(text)) return Number(text);
  throw new UsageError(`${noun}: --limit takes a number from 1`);
}

/** What is listed. */
interface Table {
  /** One for each cell of a row. */
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** With those that are not among the rows. */
  readonly total: number;
}

/**
 * A line a row, and how many rows are not shown: on a terminal in columns with their headings; for programs apart by tabs,
 * and without.
 */
export function writeTable({ stdout }: CommandIo, { headings, rows, total }: Table): void {
  const hidden = total - rows.length;
  const more = hidden > 0 ? `… and ${hidden} more: narrow the search, or give --limit\n` : '';
  const lines = stdout.isTTY === true ? columns([headings, ...rows]) : rows.map((cells) => cells.join('\t'));
  stdout.write(lines.map((line) => `${line}\n`).join('') + more);
}

/** Cells under one another. @param rows of one length, the first one with the headings */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, i) => rows.reduce((widest, row) => Math.max(widest, row[i]!.length), 0));
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join('  ')
      .trimEnd(),
  );
}
