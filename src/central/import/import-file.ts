/** Imports a file into central's records: all of it or nothing (issue: getting people and cards in). */
import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path';
import { sql } from 'drizzle-orm';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { databaseFailure, isCollision } from '../database-failure.ts';
import { recordAudit } from '../repositories/audit.ts';
import { RowIds } from '../row-ids.ts';
import { AttachedFiles } from './attached-files.ts';
import {
  countChanges,
  type ImportChange,
  type ImportCounts,
  listChanges,
  makePlan,
  writePlan,
} from './change-plan.ts';
import { readCells } from './columns.ts';
import type { ImportKind, ImportOptions, RowCheck } from './import-kind.ts';
import { CellError, ImportProblems, ImportRefusedError, MAX_PROBLEMS } from './problem.ts';
import { selectRows } from './select-rows.ts';
import { sourceRows } from './source.ts';
import { StagedTable } from './staged-table.ts';

export interface ImportOrder extends ImportOptions {
  readonly kind: ImportKind;
  readonly path: string;
  /** Null: found out. */
  readonly separator: string | null;
  /** Nothing is changed, and each change is told. */
  readonly isDryRun: boolean;
  /** Of a dry run, in the order of the file. */
  onChange?(change: ImportChange): void;
}

/** What it read, and what it changed, or would. */
export interface ImportReport extends ImportCounts {
  readonly sha256: string;
}

/** One import at a time, and no profile is withdrawn while cards are given it. */
export const IMPORT_LOCK = 0x696d70;

/**
 * Imports a file, or finds out what that would do.
 * @throws ImportRefusedError with every problem, up to 100; nothing is changed then
 */
export async function importFile(central: Central, order: ImportOrder): Promise<ImportReport> {
  const { kind, isDryRun } = order;
  try {
    if (isDryRun)
      return await central.database.transaction((transaction) => plan(central, transaction, order));
    const report = await central.database.transaction((transaction) => carryOut(central, transaction, order));
    await kind.finish?.(central);
    return report;
  } catch (error) {
    if (!isCollision(error) && databaseFailure(error) !== 'conflict') throw error;
    const message = 'somebody changed the same records meanwhile: import the file again';
    throw new ImportRefusedError(order.path, [{ line: null, field: null, message }]);
  }
}

async function carryOut(central: Central, transaction: Database, order: ImportOrder): Promise<ImportReport> {
  const { kind } = order;
  const report = await plan(central, transaction, order);
  await kind.before?.(transaction);
  await writePlan(transaction, kind);
  await kind.after?.(central, transaction);
  if (report.added + report.changed === 0) return report;
  const { added, changed, unchanged, changedFields, sha256 } = report;
  const detail = { file: basename(order.path), sha256, added, changed, unchanged, changedFields };
  const entry = { type: `import.${kind.name}`, actor: 'command', detail };
  await recordAudit(central, transaction, entry, central.now());
  return report;
}

/** Leaves `import_plan` behind: what is to be written. Writes nothing else. */
async function plan(central: Central, transaction: Database, order: ImportOrder): Promise<ImportReport> {
  const { kind } = order;
  await transaction.execute(sql`select pg_advisory_xact_lock(${IMPORT_LOCK})`);
  const problems = new ImportProblems();
  const { rows, sha256 } = await stage(central, transaction, order, problems);
  await kind.prepare?.(transaction);
  await check(transaction, kind.rowChecks, problems);
  if (!problems.isEmpty) throw new ImportRefusedError(order.path, problems.list());
  await makePlan(transaction, kind);
  try {
    await kind.planMore?.(transaction, order);
  } catch (error) {
    if (!(error instanceof CellError)) throw error;
    problems.add(null, null, error.message);
  }
  await check(transaction, kind.planChecks, problems);
  if (!problems.isEmpty) throw new ImportRefusedError(order.path, problems.list());
  const counts = await countChanges(transaction, kind, rows);
  if (order.isDryRun && order.onChange) await listChanges(transaction, kind, order.onChange);
  return { ...counts, sha256 };
}

interface Staged {
  readonly rows: number;
  readonly sha256: string;
}

/** Puts the rows into `import_row` as they are, each with an id for the case that it is new. */
async function stage(
  central: Central,
  transaction: Database,
  { kind, path, separator }: ImportOrder,
  problems: ImportProblems,
): Promise<Staged> {
  const table = await StagedTable.create(transaction, 'import_row', [
    { name: 'line', type: 'integer' },
    { name: 'new_id', type: 'uuid' },
    ...kind.columns,
  ]);
  const attachment = await kind.attach?.(transaction);
  const hash = createHash('sha256');
  const columns = new Set([...kind.columns.map(({ name }) => name), ...kind.attachedColumns]);
  const files = new AttachedFiles(dirname(path));
  const ids = new RowIds();
  const source = { path, separator, columns, problems, onBytes: (bytes: Uint8Array) => hash.update(bytes) };
  let rows = 0;
  for await (const row of sourceRows(source)) {
    if (problems.isFull) break;
    const values = readCells(kind.columns, row, files, problems);
    const isAttached = (await attachment?.take(row, files, problems)) ?? true;
    if (!kind.keys.some((key) => row.cells.has(key))) {
      problems.add(row.line, kind.keys.join(' or '), 'it is missing: each row says it');
    } else if (values !== null && isAttached) {
      await table.add([row.line, ids.next(central.now()), ...values]);
      rows += 1;
    }
  }
  await table.finish();
  await attachment?.table.finish();
  return { rows, sha256: hash.digest('hex') };
}

async function check(
  transaction: Database,
  checks: readonly RowCheck[],
  problems: ImportProblems,
): Promise<void> {
  for (const { field, query, describe } of checks) {
    const found = await selectRows<{ line: number; value: string }>(
      transaction,
      sql`select line, value from (${query}) as found order by line limit ${MAX_PROBLEMS}`,
    );
    for (const { line, value } of found) problems.add(line, field, describe(value));
  }
}
