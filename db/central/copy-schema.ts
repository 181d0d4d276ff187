/**
 * What kiosks copy, scope by scope: a head row with a dense revision, and a log of which rows came, changed and went. Both are
 * written by the database itself at the end of each transaction (migration `copy-log`), never by a program.
 */
import {
  bigint,
  boolean,
  index,
  json,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import type { CopyKind } from '../../src/domain/copy-kind.ts';
import { instant } from './columns.ts';

/** A set of groups that some kiosks serve, and the head of its log. */
export const copyScopes = pgTable('copy_scopes', {
  id: uuid().primaryKey(),
  /** Sorted names of the groups it was asked for, `sales,support`. */
  name: text().notNull().unique(),
  /** Replaced when the scope is another set of groups than before: copies made under the old one are fetched anew. */
  epoch: uuid().notNull(),
  /** Of the last log row. Dense: each row counts one. */
  revision: bigint({ mode: 'number' }).notNull(),
  /** Log rows up to this one are gone. */
  prunedTo: bigint('pruned_to', { mode: 'number' }).notNull(),
  /** When central's processes were last notified of its head: at most once a second, since notifying commits one at a time. */
  toldAt: timestamp('told_at', { withTimezone: true }),
});

/** The groups of a scope, those below the named ones included. */
export const copyScopeGroups = pgTable(
  'copy_scope_groups',
  {
    scopeId: uuid('scope_id')
      .notNull()
      .references(() => copyScopes.id),
    /** Gone with its group: the end of that transaction sees to it. */
    groupId: uuid('group_id').notNull(),
    /** It was named itself, and not only one above it. */
    isNamed: boolean('is_named').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.scopeId, table.groupId] }),
    index('copy_scope_groups_group').on(table.groupId),
  ],
);

/** One row of a scope as it became by one transaction. */
export const copyLog = pgTable(
  'copy_log',
  {
    /** Not checked for each of a million rows: only the end of a transaction writes here, while it holds the head. */
    scopeId: uuid('scope_id').notNull(),
    revision: bigint({ mode: 'number' }).notNull(),
    /** Revision of the last row of the same transaction: a copy never stops within one. */
    transactionEnd: bigint('transaction_end', { mode: 'number' }).notNull(),
    kind: text().$type<CopyKind>().notNull(),
    /** Primary key of what it is: an id, a serial number, a name. */
    key: text().notNull(),
    /** As `src/protocol/copy.ts` says; null: it is not in this scope any more. */
    row: json(),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.scopeId, table.revision] }), index('copy_log_at').on(table.at)],
);
