/** What an import of one kind (groups, people, cards) is made of; `import-file.ts` carries it out. */
import type { SQL } from 'drizzle-orm';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import type { AttachedFiles } from './attached-files.ts';
import type { ImportColumn } from './columns.ts';
import type { ImportProblems } from './problem.ts';
import type { SourceRow } from './source.ts';
import type { StagedTable } from './staged-table.ts';

export type KindName = 'groups' | 'people' | 'cards';

/**
 * A query of rows that cannot be taken, `line` and `value`, and what is said of each. It may ask `import_row` (the file)
 * and, after planning, `import_plan` (what changes).
 */
export interface RowCheck {
  readonly field: string | null;
  readonly query: SQL;
  describe(value: string): string;
}

/** A column of the plan that is compared with what is on record. */
export interface PlannedField {
  /** As the file calls it. */
  readonly name: string;
  /** Of `import_plan` and of the table. */
  readonly column: string;
  /** SQL of the text that is shown for it, in `n` (the plan) and in `t` (the record). Default: the column. */
  shown?(alias: 'n' | 't'): string;
  /** SQL, where comparing the columns is not enough or too dear. */
  readonly differs?: string;
  /** Whether it is a column of the table. Default: yes. */
  readonly isStored?: boolean;
  /** Whether people want to see it. Default: yes. */
  readonly isShown?: boolean;
}

export interface ImportOptions {
  /** Of people who are not in the file: state disabled. */
  readonly disablesMissing: boolean;
}

export interface ImportKind {
  readonly name: KindName;
  /** Where its rows go. */
  readonly table: string;
  readonly columns: readonly ImportColumn[];
  /** Columns of the file that have a table of their own (`attach`). */
  readonly attachedColumns: readonly string[];
  /** One of these must be said in each row. */
  readonly keys: readonly string[];
  readonly fields: readonly PlannedField[];
  /** Makes what attached columns need; what it returns takes them row by row. */
  attach?(transaction: Database): Promise<Attachment>;
  /** When all rows are there, before anything is asked of them. */
  prepare?(transaction: Database): Promise<void>;
  /** Before planning: of the rows by themselves, and of what they name. */
  readonly rowChecks: readonly RowCheck[];
  /** Selects `line`, `id`, `is_new` and the fields as they shall be, from `import_row`. */
  readonly plan: SQL;
  /** More rows of the plan, without a line. */
  planMore?(transaction: Database, options: ImportOptions): Promise<void>;
  /** Of what would change. */
  readonly planChecks: readonly RowCheck[];
  /** Just before the table is written: `import_plan` and the old rows are both there. */
  before?(transaction: Database): Promise<void>;
  /** After the table is written, in the same transaction. */
  after?(central: Central, transaction: Database): Promise<void>;
  /** After it is committed. */
  finish?(central: Central): Promise<void>;
}

export interface Attachment {
  readonly table: StagedTable;
  /** @returns whether all could be taken */
  take(row: SourceRow, files: AttachedFiles, problems: ImportProblems): Promise<boolean>;
}
