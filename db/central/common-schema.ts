/** What all centrals that work on this database have in common. */
import { pgTable, text } from 'drizzle-orm/pg-core';

/** A few texts by name; which ones is said where they are read. */
export const commonFacts = pgTable('common_facts', {
  name: text().primaryKey(),
  value: text().notNull(),
});
