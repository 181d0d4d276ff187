/** Columns of an imported file: how a cell is read, and what the database takes it as. */
import { FieldError } from '../person-fields.ts';
import type { AttachedFiles } from './attached-files.ts';
import { CellError, type ImportProblems, quoted } from './problem.ts';
import type { SourceRow } from './source.ts';

export type ColumnType = 'text' | 'integer' | 'uuid' | 'timestamptz' | 'bytea';
export type ColumnValue = string | number | Uint8Array | null;

export interface ImportColumn {
  /** In the file and in the table of its rows. */
  readonly name: string;
  readonly type: ColumnType;
  /** @throws CellError, FieldError */
  read(text: string, files: AttachedFiles): ColumnValue;
}

/** Reads the cells of a row; what cannot be taken is among the problems. @returns null when something cannot */
export function readCells(
  columns: readonly ImportColumn[],
  { line, cells }: SourceRow,
  files: AttachedFiles,
  problems: ImportProblems,
): ColumnValue[] | null {
  let isWhole = true;
  const values = columns.map((column) => {
    const text = cells.get(column.name);
    if (text === undefined) return null;
    try {
      return column.read(text, files);
    } catch (error) {
      if (!(error instanceof CellError || error instanceof FieldError)) throw error;
      problems.add(line, column.name, `${quoted(text)}: ${error.message}`);
      isWhole = false;
      return null;
    }
  });
  return isWhole ? values : null;
}

/** A cell that is one of a few words. */
export function oneOf(words: readonly string[]): ImportColumn['read'] {
  return (text) => {
    if (words.includes(text)) return text;
    throw new CellError(`write one of ${words.join(', ')}`);
  };
}

const GROUP_NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._&-]{0,62}$/u;

/** @throws CellError */
export function readGroupName(text: string): string {
  if (GROUP_NAME.test(text)) return text;
  throw new CellError('a group has up to 63 letters, digits, spaces, dots, hyphens, & and _');
}
