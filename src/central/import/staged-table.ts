import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import type { ColumnType, ColumnValue } from './columns.ts';

const BATCH_ROWS = 5000;
const BATCH_BYTES = 4 * 1024 * 1024;

export interface StagedColumn {
  readonly name: string;
  readonly type: ColumnType;
}

/** A table of this transaction only, filled in batches: a file may have more rows than memory. */
export class StagedTable {
  readonly #transaction: Database;
  readonly #name: string;
  readonly #columns: readonly StagedColumn[];
  #batch: ColumnValue[][] = [];
  #bytes = 0;

  private constructor(transaction: Database, name: string, columns: readonly StagedColumn[]) {
    this.#transaction = transaction;
    this.#name = name;
    this.#columns = columns;
  }

  static async create(
    transaction: Database,
    name: string,
    columns: readonly StagedColumn[],
  ): Promise<StagedTable> {
    const definitions = columns.map((column) => `"${column.name}" ${column.type}`).join(', ');
    await transaction.execute(sql.raw(`create temporary table ${name} (${definitions}) on commit drop`));
    return new StagedTable(transaction, name, columns);
  }

  /** @param values in the order of the columns */
  async add(values: ColumnValue[]): Promise<void> {
    this.#batch.push(values);
    for (const value of values) if (value instanceof Uint8Array) this.#bytes += value.length;
    if (this.#batch.length >= BATCH_ROWS || this.#bytes >= BATCH_BYTES) await this.#flush();
  }

  /** All rows are there: the planner is told how many. */
  async finish(): Promise<void> {
    await this.#flush();
    await this.#transaction.execute(sql.raw(`analyze ${this.#name}`));
  }

  async #flush(): Promise<void> {
    if (this.#batch.length === 0) return;
    const rows = this.#batch;
    const arrays = this.#columns.map(({ type }, at) => columnArray(rows, at, type));
    await this.#transaction.execute(
      sql`insert into ${sql.raw(this.#name)} select * from unnest(${sql.join(arrays, sql`, `)})`,
    );
    this.#batch = [];
    this.#bytes = 0;
  }
}

/** The values of one column as one parameter. */
function columnArray(rows: readonly ColumnValue[][], at: number, type: ColumnType): SQL {
  const values = rows.map((row) => {
    const value = row[at]!;
    return value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : value;
  });
  return sql`${sql.param(values)}::${sql.raw(type)}[]`;
}
