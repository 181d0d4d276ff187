import type { z } from 'zod';
import type { CopyKind } from '../../domain/copy-kind.ts';
import { copyRows } from '../../protocol/copy.ts';
import type { LogBatch } from '../../protocol/log.ts';
import { REPLICA_ROWS } from '../../protocol/replica-schema.ts';

/** What SQLite takes. */
export type Cell = string | number | null;

/** An answer whose rows nobody has looked at yet. */
export type SentBatch = Omit<LogBatch, 'rows'> & { readonly rows: readonly unknown[] };

/** One row of the log, checked: to be put, or (`cells` null) to be removed. */
export interface CheckedRow {
  readonly kind: CopyKind;
  readonly key: string;
  /** In the order of the contract's columns. */
  readonly cells: readonly Cell[] | null;
}

/** Revisions are missing: the copy cannot be told to be central's any more. */
export class MissingRowsError extends Error {
  override readonly name = 'MissingRowsError';
  constructor(expected: number, got: number) {
    super(`follow central: expected revision ${expected}, got ${got}; the copy is fetched anew`);
  }
}

/** A row of the log that is not what the protocol says. Never quotes it. */
export class NonsenseRowError extends Error {
  override readonly name = 'NonsenseRowError';
  constructor(revision: number, kind: string, why: string) {
    super(`follow central: revision ${revision} is no ${kind}: ${why}; ask central's administrator`);
  }
}

/**
 * Checks a batch: each revision counts one from `from` on, each row is what its kind says. A row of a kind that only a newer
 * central knows counts, and is left out (SY-06).
 * @param after rows up to this revision are there already
 * @returns the rows after it
 * @throws MissingRowsError, NonsenseRowError
 */
export function checkBatch(batch: SentBatch, from: number, after = from): CheckedRow[] {
  if (batch.from !== from) throw new MissingRowsError(from, batch.from);
  let expected = from;
  const checked = batch.rows.flatMap((row) => {
    expected += 1;
    if (!Array.isArray(row)) throw new NonsenseRowError(expected, 'row', 'it is no list');
    if (row[0] !== expected) throw new MissingRowsError(expected, Number(row[0]));
    return expected > after ? checkRow(row) : [];
  });
  if (batch.to !== expected) throw new MissingRowsError(batch.to, expected);
  return checked;
}

const SCHEMAS = copyRows satisfies Record<CopyKind, z.ZodType>;

function checkRow([revision, kind, key, row]: readonly unknown[]): CheckedRow | [] {
  if (typeof kind !== 'string') throw new NonsenseRowError(Number(revision), 'row', 'it has no kind');
  if (!isKind(kind)) return [];
  if (typeof key !== 'string') throw new NonsenseRowError(Number(revision), kind, 'it has no key');
  if (row === null) return { kind, key, cells: null };
  const read = SCHEMAS[kind].safeParse(row);
  if (!read.success) {
    const where = read.error.issues[0]?.path.join('.') ?? '';
    throw new NonsenseRowError(Number(revision), kind, `${where} ${read.error.issues[0]?.code}`);
  }
  const cells = cellsOf(kind, read.data as Readonly<Record<string, unknown>>, row);
  if (cells[0] !== key) throw new NonsenseRowError(Number(revision), kind, 'its key is another one');
  return { kind, key, cells };
}

function isKind(kind: string): kind is CopyKind {
  return Object.hasOwn(SCHEMAS, kind);
}

/** Property of a row for each column of its kind. */
const PROPERTIES = Object.fromEntries(
  Object.entries(REPLICA_ROWS).map(([kind, { columns }]) => [kind, columns.map(camelCase)]),
) as unknown as Readonly<Record<CopyKind, readonly string[]>>;

function camelCase(column: string): string {
  return column.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

function cellsOf(kind: CopyKind, row: Readonly<Record<string, unknown>>, sent: unknown): Cell[] {
  const properties = PROPERTIES[kind];
  const cells = new Array<Cell>(properties.length);
  for (let i = 0; i < properties.length; i += 1) {
    const property = properties[i]!;
    const value = property === 'document' ? JSON.stringify(sent) : row[property];
    cells[i] = typeof value === 'boolean' ? Number(value) : (value as Cell);
  }
  return cells;
}
