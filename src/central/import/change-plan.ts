/** What an import would change: made, counted, listed and written in the database, however many rows there are. */
import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import type { ImportKind, PlannedField } from './import-kind.ts';
import { selectRows } from './select-rows.ts';

export interface ImportCounts {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** In how many rows each field changes; of those that are added nothing is counted. */
  readonly changedFields: Readonly<Record<string, number>>;
}

/** One row that is added or changed. */
export interface ImportChange {
  /** Null for what is changed because it is not in the file. */
  readonly line: number | null;
  readonly isNew: boolean;
  /** By what it is known: its first key that is there. */
  readonly name: string;
  /** Before and after, of each field that changes; null is nothing. */
  readonly fields: Readonly<Record<string, readonly [string | null, string | null]>>;
}

const LISTED_AT_ONCE = 1000;

/** Makes `import_plan` of the rows that are new or differ from the record. */
export async function makePlan(transaction: Database, { plan, table, fields }: ImportKind): Promise<void> {
  const differs = sql.raw(fields.map((field) => `(${differsOf(field)})`).join(' or '));
  await transaction.execute(sql`create temporary table import_plan on commit drop as
    select n.* from (${plan}) as n left join ${sql.identifier(table)} t on t.id = n.id where n.is_new or ${differs}`);
  await transaction.execute(sql`analyze import_plan`);
}

/** @param rows how many the file has */
export async function countChanges(
  transaction: Database,
  { table, fields }: ImportKind,
  rows: number,
): Promise<ImportCounts> {
  const counters = fields.map(
    (field, at) => `count(*) filter (where not n.is_new and (${differsOf(field)}))::int as f${at}`,
  );
  const [counted] = await selectRows<Record<string, number>>(
    transaction,
    sql.raw(`select count(*) filter (where n.is_new)::int as added, count(*) filter (where not n.is_new)::int as changed,
      count(n.line)::int as lines, ${counters.join(', ')} from import_plan n left join ${table} t on t.id = n.id`),
  );
  const { added = 0, changed = 0, lines = 0 } = counted ?? {};
  const changedFields = fields.flatMap(({ name }, at) => {
    const count = counted?.[`f${at}`] ?? 0;
    return count > 0 ? [[name, count] as const] : [];
  });
  return { added, changed, unchanged: rows - lines, changedFields: Object.fromEntries(changedFields) };
}

/** Tells each row of the plan, in the order of the file, a thousand at a time. */
export async function listChanges(
  transaction: Database,
  { table, fields, keys }: ImportKind,
  tell: (change: ImportChange) => void,
): Promise<void> {
  const shownFields = fields.filter(({ isShown }) => isShown !== false);
  const pairs = shownFields.map((field) => {
    const pair = `json_build_array(${shownOf(field, 't')}, ${shownOf(field, 'n')})`;
    return `'${field.name}', case when ${differsOf(field)} then ${pair} end`;
  });
  const keyColumns = keys.map((key) => `n.${fields.find(({ name }) => name === key)!.column}::text`);
  await transaction.execute(
    sql.raw(`declare import_change no scroll cursor for select n.line, n.is_new as "isNew",
      coalesce(${keyColumns.join(', ')}) as name, json_strip_nulls(json_build_object(${pairs.join(', ')})) as fields
      from import_plan n left join ${table} t on t.id = n.id order by n.line nulls last, n.id`),
  );
  for (;;) {
    const fetch = sql.raw(`fetch ${LISTED_AT_ONCE} from import_change`);
    const changes = await selectRows<ImportChange>(transaction, fetch);
    for (const change of changes) tell(change);
    if (changes.length < LISTED_AT_ONCE) return;
  }
}

/** Adds what is new and changes what differs. */
export async function writePlan(transaction: Database, { table, fields }: ImportKind): Promise<void> {
  const columns = fields.filter(({ isStored }) => isStored !== false).map(({ column }) => column);
  const taken = columns.map((column) => `n.${column}`).join(', ');
  await transaction.execute(
    sql.raw(`insert into ${table} (id, ${columns.join(', ')})
      select n.id, ${taken} from import_plan n where n.is_new order by n.line`),
  );
  const set = columns.map((column) => `${column} = n.${column}`).join(', ');
  await transaction.execute(
    sql.raw(`update ${table} t set ${set} from import_plan n where t.id = n.id and not n.is_new`),
  );
}

function differsOf({ column, differs }: PlannedField): string {
  return differs ?? `n.${column} is distinct from t.${column}`;
}

function shownOf({ column, shown }: PlannedField, alias: 'n' | 't'): string {
  return shown?.(alias) ?? `${alias}.${column}::text`;
}
