import { sql } from 'drizzle-orm';
import { EVERYBODY } from '../../../db/central/group-schema.ts';
import { readGroupName } from './columns.ts';
import type { ImportKind } from './import-kind.ts';
import { isNotTwice } from './row-checks.ts';

const ROOT = sql`${EVERYBODY}::uuid`;

/** The tree of groups: `name`, and `parent`, which may come later in the file. Without one a new group is right below `all`. */
export const GROUPS: ImportKind = {
  name: 'groups',
  table: 'groups',
  columns: [
    { name: 'name', type: 'text', read: readGroupName },
    { name: 'parent', type: 'text', read: readGroupName },
  ],
  attachedColumns: [],
  keys: ['name'],
  fields: [
    { name: 'name', column: 'name' },
    {
      name: 'parent',
      column: 'parent_id',
      shown: (alias) =>
        `coalesce((select g.name from groups g where g.id = ${alias}.parent_id),
          (select g.name from import_plan g where g.id = ${alias}.parent_id))`,
    },
  ],
  rowChecks: [
    isNotTwice('name'),
    {
      field: 'parent',
      query: sql`select line, parent as value from import_row r
        where not exists (select from groups g where g.name = r.parent)
        and not exists (select from import_row other where other.name = r.parent) and parent is not null`,
      describe: (value) => `there is no group ${value}, here or on record: add a row for it`,
    },
    {
      field: 'parent',
      query: sql`select r.line, r.parent as value from import_row r join groups g on g.name = r.name
        where g.id = ${ROOT} and r.parent is not null`,
      describe: () => 'this group is the top of the tree: leave its parent empty',
    },
  ],
  plan: sql`select r.line, coalesce(g.id, r.new_id) as id, g.id is null as is_new, r.name,
      case when g.id = ${ROOT} then null
        else coalesce(known_parent.id, new_parent.new_id, g.parent_id, ${ROOT}) end as parent_id
    from import_row r
    left join groups g on g.name = r.name
    left join groups known_parent on known_parent.name = r.parent
    left join import_row new_parent on new_parent.name = r.parent`,
  planChecks: [
    {
      field: 'parent',
      query: sql`with recursive tree as (
          select coalesce(n.id, g.id) as id, case when n.id is null then g.parent_id else n.parent_id end as parent_id
          from groups g full join import_plan n on n.id = g.id),
        reached as (
          select id from tree where id = ${ROOT}
          union all select tree.id from tree join reached on tree.parent_id = reached.id)
        select line, name as value from import_plan where id not in (select id from reached)`,
      describe: (value) => `${value} would be below itself: name a parent that leads up to all`,
    },
  ],
};
