/** The rows of a file that is imported, whatever its form. */
import { closeSync, openSync, readSync } from 'node:fs';
import { csvRecords, findSeparator } from './csv-records.ts';
import { jsonRecords } from './json-records.ts';
import { type ImportProblems, UnreadableFileError } from './problem.ts';
import { readText } from './text-file.ts';

/** One row: what it says, by the name of the column. What is empty says nothing, and is not in it. */
export interface SourceRow {
  /** Where it begins. */
  readonly line: number;
  readonly cells: ReadonlyMap<string, string>;
}

export interface SourceOptions {
  readonly path: string;
  /** Of a CSV file; null: `;` or `,` or a tab, whichever its header has. */
  readonly separator: string | null;
  /** What a row may say. */
  readonly columns: ReadonlySet<string>;
  readonly problems: ImportProblems;
  /** Sees the file as it is. */
  onBytes(bytes: Uint8Array): void;
}

const HEAD_BYTES = 64 * 1024;

/** Reads the rows of a CSV or JSON file one by one; what cannot be read is among the problems. */
export async function* sourceRows(options: SourceOptions): AsyncGenerator<SourceRow> {
  const head = readHead(options.path);
  try {
    if (/^\s*[[{]/.test(head)) yield* fromJson(options);
    else yield* fromCsv(options, options.separator ?? findSeparator(head));
  } catch (error) {
    if (!(error instanceof UnreadableFileError)) throw error;
    options.problems.add(error.line, null, error.message);
  }
}

async function* fromCsv(options: SourceOptions, separator: string): AsyncGenerator<SourceRow> {
  let header: readonly string[] | null = null;
  for await (const { line, cells } of csvRecords(readText(options.path, options.onBytes), separator)) {
    if (header === null) {
      header = cells.map((cell) => cell.trim().toLowerCase());
      if (!isHeader(header, line, options)) return;
    } else if (cells.length !== header.length) {
      const why = `it has ${cells.length} fields and the header has ${header.length}`;
      options.problems.add(line, null, `${why}: put into quotes what contains the separator`);
    } else {
      const said = header.flatMap((name, at) => cell(name, cells[at]!.trim()));
      if (said.length > 0) yield { line, cells: new Map(said) };
    }
  }
  if (header === null)
    options.problems.add(null, null, 'the file is empty: its first line names the columns');
}

function cell(name: string, text: string): [string, string][] {
  return text === '' ? [] : [[name, text]];
}

function isHeader(header: readonly string[], line: number, { columns, problems }: SourceOptions): boolean {
  const known = [...columns].join(', ');
  const unknown = header.filter((name) => !columns.has(name));
  for (const name of unknown) {
    problems.add(line, name, `no column is called so: write one of ${known}, or take it away`);
  }
  const twice = header.filter((name, at) => header.indexOf(name) < at);
  for (const name of twice) problems.add(line, name, 'this column is there twice: keep one of them');
  return unknown.length === 0 && twice.length === 0;
}

async function* fromJson({ path, columns, problems, onBytes }: SourceOptions): AsyncGenerator<SourceRow> {
  for await (const { line, value } of jsonRecords(readText(path, onBytes))) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      problems.add(line, null, 'it is not an object: write { "name": "value" }');
      continue;
    }
    const cells = new Map<string, string>();
    for (const [name, member] of Object.entries(value)) {
      const text = asText(member);
      if (!columns.has(name)) {
        problems.add(line, name, `nothing is called so: write one of ${[...columns].join(', ')}`);
      } else if (text === null) {
        problems.add(line, name, 'it is neither text nor a whole number: put it into quotes');
      } else if (text !== '') cells.set(name, text);
    }
    yield { line, cells };
  }
}

/** A number is taken where it is written without loss; null for what is no value of a cell. */
function asText(value: unknown): string | null {
  if (value === null) return '';
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : null;
}

function readHead(path: string): string {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    return head.toString('utf8', 0, readSync(file, head)).replace(/^\ufeff/, '');
  } finally {
    closeSync(file);
  }
}
