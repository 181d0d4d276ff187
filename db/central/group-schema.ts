/** The tree of groups (divisions, departments) that people belong to. */
import { type AnyPgColumn, pgTable, text, uuid } from 'drizzle-orm/pg-core';

/** The root of the tree; there from the first migration on. */
export const EVERYBODY = '00000000-0000-7000-8000-000000000001';

export const groups = pgTable('groups', {
  id: uuid().primaryKey(),
  /** As commands and files name it (`all`, `sales`). */
  name: text().notNull().unique(),
  /** Null for the root alone. */
  parentId: uuid('parent_id').references((): AnyPgColumn => groups.id),
});
