/** What the kiosk alone knows and must not lose: its journal and what happened at it. No secret. */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Steps of operations that are not finished: written before the step is sent to the card, and after it. */
export const journal = sqliteTable(
  'journal',
  {
    operationId: text('operation_id').notNull(),
    cardId: text('card_id').notNull(),
    /** As the encoder names it: `key:9A`, `object:5FC102`. */
    step: text().notNull(),
    state: text({ enum: ['intended', 'done'] }).notNull(),
    /** ISO 8601 UTC of the last change. */
    at: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.operationId, table.step] })],
);

/**
 * The local audit, a hash chain (SE-05): rows are added and never changed. `hash` is SHA-256 over the hash before and
 * `body`, in hex; row 1 follows 64 zeros.
 */
export const audit = sqliteTable('audit', {
  n: integer().primaryKey(),
  /** The event exactly as it is sent, as JSON. */
  body: text().notNull(),
  hash: text().notNull(),
});

/** Events that central has not acknowledged yet, in the order of `n` (SY-02). Their text is in `audit`. */
export const outbox = sqliteTable('outbox', {
  n: integer()
    .primaryKey()
    .references(() => audit.n),
});
