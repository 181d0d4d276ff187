/** One-time codes (ID-03), and what is known of the PUKs that would set a PIN for their holders. */
import { sql } from 'drizzle-orm';
import { index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytes, instant } from './columns.ts';
import { operations } from './operation-schema.ts';
import { cards } from './schema.ts';

export type CodeKind = 'short' | 'long';
/** open: never accepted yet. accepted: belongs to one operation. spent: that is completed. dead: all other ends. */
export type CodeState = 'open' | 'accepted' | 'spent' | 'dead';

/** A code is never stored: its hash needs a key of the key store. At most one of a card lives. */
export const codes = pgTable(
  'codes',
  {
    id: uuid().primaryKey(),
    cardId: uuid('card_id')
      .notNull()
      .references(() => cards.id),
    kind: text().$type<CodeKind>().notNull(),
    hash: bytes().notNull(),
    /** As in the audit: `command`. */
    givenBy: text('given_by').notNull(),
    givenAt: instant('given_at').notNull(),
    /** Until it is first accepted; then counts `acceptedAt`. */
    expiresAt: instant('expires_at').notNull(),
    state: text().$type<CodeState>().notNull(),
    /** Since it was given, or since it was last accepted. */
    wrongTries: integer('wrong_tries').notNull(),
    /** The first time. */
    acceptedAt: instant('accepted_at'),
    /** An accepted code does not die of wrong tries: after too many there is one a minute. */
    nextTryAt: instant('next_try_at'),
    /** The operation that has begun with it, or is finished with it. */
    operationId: uuid('operation_id').references(() => operations.id),
  },
  (table) => [
    index('codes_card').on(table.cardId),
    uniqueIndex('codes_one_alive').on(table.cardId).where(sql`state in ('open', 'accepted')`),
  ],
);

/** PUK versions that a card has refused: not given out again, so that no PUK is blocked by trying. */
export const refusedPuks = pgTable(
  'refused_puks',
  {
    cardId: uuid('card_id')
      .notNull()
      .references(() => cards.id),
    version: integer().notNull(),
    refusedAt: instant('refused_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.cardId, table.version] })],
);
