import type { Database, Statement } from 'better-sqlite3';
import type { CopyKind } from '../../domain/copy-kind.ts';
import { REPLICA_ROWS, type ReplicaTable } from '../../protocol/replica-schema.ts';
import type { Cell, CheckedRow } from './checked-rows.ts';

/** Rows put by one statement: half as fast again as one by one. */
const TOGETHER = 100;

interface Statements {
  readonly put: Statement;
  readonly putMany: Statement;
  readonly remove: Statement;
}

/** Puts and removes rows of a copy by prepared statements. Call it within a transaction. */
export class RowWriter {
  readonly #statements: Readonly<Record<CopyKind, Statements>>;

  /** @param staged tables that take rows of a kind as they come: a removed one with its key alone */
  constructor(db: Database, staged: Readonly<Partial<Record<CopyKind, string>>> = {}) {
    const prepared = Object.entries(REPLICA_ROWS).map(([kind, table]) => {
      const stage = staged[kind as CopyKind];
      return [kind, stage === undefined ? prepare(db, table) : prepareStaged(db, table, stage)];
    });
    this.#statements = Object.fromEntries(prepared);
  }

  /** Rows of one kind in the order given; kinds are tables apart, so their rows need not be. */
  write(rows: readonly CheckedRow[]): void {
    const kinds = Map.groupBy(rows, ({ kind }) => kind);
    for (const [kind, ofKind] of kinds) writeKind(this.#statements[kind], ofKind);
  }
}

function writeKind({ put, putMany, remove }: Statements, rows: readonly CheckedRow[]): void {
  let together: Cell[] = [];
  let waiting: (readonly Cell[])[] = [];
  const flush = () => {
    for (const cells of waiting) put.run(cells);
    waiting = [];
    together = [];
  };
  for (const { key, cells } of rows) {
    if (cells === null) {
      flush();
      remove.run(key);
      continue;
    }
    waiting.push(cells);
    for (const cell of cells) together.push(cell);
    if (waiting.length < TOGETHER) continue;
    putMany.run(together);
    waiting = [];
    together = [];
  }
  flush();
}

function prepare(db: Database, table: ReplicaTable): Statements {
  return {
    put: db.prepare(upsert(table, 1)),
    putMany: db.prepare(upsert(table, TOGETHER)),
    remove: db.prepare(`delete from ${table.table} where ${table.columns[0]} = ?`),
  };
}

function prepareStaged(db: Database, { columns }: ReplicaTable, stage: string): Statements {
  return {
    put: db.prepare(insert(stage, columns, 1)),
    putMany: db.prepare(insert(stage, columns, TOGETHER)),
    remove: db.prepare(insert(stage, columns.slice(0, 1), 1)),
  };
}

/** An update rather than a replacement: only the indexes of what is another value than before are touched. */
function upsert({ table, columns }: ReplicaTable, count: number): string {
  const [key, ...others] = columns;
  const set = others.map((column) => `${column} = excluded.${column}`).join(', ');
  return `${insert(table, columns, count)} on conflict (${key}) do update set ${set}`;
}

function insert(table: string, columns: readonly string[], count: number): string {
  const one = `(${columns.map(() => '?').join(', ')})`;
  return `insert into ${table} (${columns.join(', ')}) values ${Array(count).fill(one).join(', ')}`;
}
