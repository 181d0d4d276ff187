/** What operators have said with the signature of their own card (ID-02, OP-02). */
import { index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { Slot } from '../../src/domain/slot.ts';
import type { StatementAction } from '../../src/domain/statement.ts';
import { bytes, instant } from './columns.ts';
import { operatorSessions } from './request-schema.ts';
import { cards, kiosks, people } from './schema.ts';

/** asked: not answered. accepted: signed, and good for its action once. refused: answered wrongly. used: it has served. */
export type StatementState = 'asked' | 'accepted' | 'refused' | 'used';

export const statements = pgTable(
  'statements',
  {
    id: uuid().primaryKey(),
    /** The session that it was asked for in: with its end it counts no more. */
    sessionId: uuid('session_id')
      .notNull()
      .references(() => operatorSessions.id, { onDelete: 'cascade' }),
    kioskId: uuid('kiosk_id')
      .notNull()
      .references(() => kiosks.id),
    /** Whoever says it: the session's operator, or of a witness the second one. */
    signerId: uuid('signer_id')
      .notNull()
      .references(() => people.id),
    signerCardId: uuid('signer_card_id')
      .notNull()
      .references(() => cards.id),
    action: jsonb().$type<StatementAction>().notNull(),
    challenge: bytes().notNull(),
    state: text().$type<StatementState>().notNull(),
    slot: text().$type<Slot>(),
    /** Of the question, then of what was signed. */
    expiresAt: instant('expires_at').notNull(),
    /** What it has served for: an operation, or the collection of a soft certificate. */
    usedFor: uuid('used_for'),
  },
  // What upkeep forgets.
  (table) => [index('statements_expiry').on(table.expiresAt)],
);
