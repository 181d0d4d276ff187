import { sql } from 'drizzle-orm';
import type { RowCheck } from './import-kind.ts';

/** No two rows may say the same in this column. */
export function isNotTwice(column: string): RowCheck {
  const name = sql.identifier(column);
  return {
    field: column,
    query: sql`select line, ${name}::text || ' ' || first_line as value from (
      select line, ${name}, min(line) over (partition by ${name}) as first_line
      from import_row where ${name} is not null) as counted where line > first_line`,
    describe: (value) =>
      `${JSON.stringify(beforeLast(value))} is in line ${afterLast(value)} too: keep one of them`,
  };
}

/** What is named here must be there. @param column of group names */
export function isKnownGroup(column: string): RowCheck {
  const name = sql.identifier(column);
  return {
    field: column,
    query: sql`select line, r.${name} as value from import_row r left join groups g on g.name = r.${name}
      where r.${name} is not null and g.id is null`,
    describe: (value) => `there is no group ${value}: import it first, or see: group list`,
  };
}

/** A row that adds something must say this. @param isNew SQL, true for such a row of `import_row r` */
export function isSaidOfNew(column: string, joins: string, isNew: string): RowCheck {
  const name = sql.identifier(column);
  return {
    field: column,
    query: sql`select r.line, '' as value from import_row r ${sql.raw(joins)}
      where r.${name} is null and ${sql.raw(isNew)}`,
    describe: () => 'it is missing, and the row adds somebody or something new: say it',
  };
}

function beforeLast(value: string): string {
  return value.slice(0, value.lastIndexOf(' '));
}

function afterLast(value: string): string {
  return value.slice(value.lastIndexOf(' ') + 1);
}
