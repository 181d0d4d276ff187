/** What the kiosk alone knows and must not lose: its journal and what happened at it. No secret. */
import { foreignKey, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';

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

/** The last one is this file's own. Those before it hold what was rescued from files that were set aside, and go on no more. */
export const chains = sqliteTable('chains', {
  position: integer().primaryKey(),
  /** UUID; all zeros for what was recorded before there were chains. */
  id: text().notNull().unique(),
  /** ISO 8601 UTC. */
  startedAt: text('started_at').notNull(),
});

/**
 * The local audit (SE-05): rows are added and never changed, but for a signature that could not be made at once. `hash` is
 * SHA-256 over the hash before and `body`; row 1 of a chain follows 32 zero bytes.
 */
export const audit = sqliteTable(
  'audit',
  {
    chain: text().notNull(),
    n: integer().notNull(),
    /** The event exactly as it is sent, as JSON. */
    body: text().notNull(),
    /** Hex. */
    hash: text().notNull(),
    /** By the kiosk's key, base64; null until it has one. */
    signature: text(),
    /** Serial number of that key's certificate. */
    certificate: text(),
  },
  (table) => [primaryKey({ columns: [table.chain, table.n] })],
);

/** Events that central has not acknowledged yet (SY-02). Their text is in `audit`. */
export const outbox = sqliteTable('outbox', { chain: text().notNull(), n: integer().notNull() }, (table) => [
  primaryKey({ columns: [table.chain, table.n] }),
  foreignKey({ columns: [table.chain, table.n], foreignColumns: [audit.chain, audit.n] }),
]);

/** How long the steps of writing have taken here on cards of one family (UX-03): running means. */
export const paces = sqliteTable(
  'paces',
  {
    /** Answer to reset, in hex. */
    family: text().notNull(),
    /** As the encoder names it: `key:RSA-2048`, `object:`. */
    kind: text().notNull(),
    /** Cards that were finished; the mean follows the newest few. */
    cards: integer().notNull(),
    /** Against what is expected of an ordinary card: 2 is twice as long. */
    pace: real().notNull(),
  },
  (table) => [primaryKey({ columns: [table.family, table.kind] })],
);
