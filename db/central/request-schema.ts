/** Requests (KR-01, RP-15): what was asked for, for whom, who approved it, and the operation that collects it. */
import { sql } from 'drizzle-orm';
import {
  boolean,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { RequestKind, RequestState } from '../../src/domain/request.ts';
import type { Slot } from '../../src/domain/slot.ts';
import { bytes, instant } from './columns.ts';
import { cards, certificates, kiosks, people } from './schema.ts';

export const requests = pgTable(
  'requests',
  {
    id: uuid().primaryKey(),
    kind: text().$type<RequestKind>().notNull(),
    state: text().$type<RequestState>().notNull(),
    /** Whose keys and card it is about: who collects it, or is there when it is collected. */
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => people.id),
    /** existingCard, cardUpdate: that card, and no other (KR-06). newCard: the one that it takes the place of, if any. */
    cardId: uuid('card_id').references(() => cards.id),
    /** Whose rules hold, by its newest revision: who may ask, approve and collect. */
    profileName: text('profile_name').notNull(),
    /** cardUpdate, and newCard in the place of another: what becomes of the old certificates (RP-12). */
    reason: text(),
    /** Whoever asked, an operator's person; null: a command at central. */
    requestedById: uuid('requested_by_id').references(() => people.id),
    /** As in the audit. */
    requestedBy: text('requested_by').notNull(),
    /** In the words of whoever asked. */
    note: text(),
    approvalsWanted: integer('approvals_wanted').notNull(),
    requestedAt: instant('requested_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    endedAt: instant('ended_at'),
    /** The operation that collects it. */
    operationId: uuid('operation_id'),
    /** newCard: the record of the card that is to be, from the moment on that it can be collected. */
    newCardId: uuid('new_card_id').references(() => cards.id),
    /** newCard: how a number that is typed at a kiosk begins, once one was given. Six digits. */
    locator: text(),
  },
  (table) => [
    index('requests_new_card').on(table.newCardId),
    uniqueIndex('requests_locator').on(table.locator).where(sql`ended_at is null`),
    index('requests_owner').on(table.ownerId, table.state),
    index('requests_card').on(table.cardId, table.state),
    // The queue.
    index('requests_state').on(table.state, table.requestedAt),
    index('requests_operation').on(table.operationId),
  ],
);

/**
 * The certificates that a request is about. Of an existing card they are the complete list (KR-05): what was there and is not
 * wanted is removed; what has come onto the card since stays.
 */
export const requestCertificates = pgTable(
  'request_certificates',
  {
    requestId: uuid('request_id')
      .notNull()
      .references(() => requests.id),
    certificate: text()
      .notNull()
      .references(() => certificates.serialNumber),
    /** In the order in which they were chosen. */
    position: integer().notNull(),
    /** The card had it when the request was made. */
    wasOnCard: boolean('was_on_card').notNull(),
    isWanted: boolean('is_wanted').notNull(),
  },
  (table) => [primaryKey({ columns: [table.requestId, table.certificate] })],
);

/** What operators have said to a request: each once. */
export const requestVerdicts = pgTable(
  'request_verdicts',
  {
    requestId: uuid('request_id')
      .notNull()
      .references(() => requests.id),
    operatorId: uuid('operator_id')
      .notNull()
      .references(() => people.id),
    verdict: text().$type<'approved' | 'rejected'>().notNull(),
    note: text(),
    givenAt: instant('given_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.requestId, table.operatorId] })],
);

/**
 * Certificates that a card has besides those that were issued for it: recovered ones of its holder's other cards. Where a
 * card has those of its own is in `certificates`.
 */
export const recoveredCertificates = pgTable(
  'recovered_certificates',
  {
    cardId: uuid('card_id')
      .notNull()
      .references(() => cards.id),
    slot: text().$type<Slot>().notNull(),
    certificate: text()
      .notNull()
      .references(() => certificates.serialNumber),
  },
  (table) => [
    primaryKey({ columns: [table.cardId, table.slot] }),
    unique('recovered_certificates_once').on(table.cardId, table.certificate),
    index('recovered_certificates_certificate').on(table.certificate),
  ],
);

/** An operator at a kiosk, from the proof by their own card until they take it out, or stop (ID-05). */
export const operatorSessions = pgTable(
  'operator_sessions',
  {
    id: uuid().primaryKey(),
    operatorId: uuid('operator_id')
      .notNull()
      .references(() => people.id),
    kioskId: uuid('kiosk_id')
      .notNull()
      .references(() => kiosks.id),
    /** Their own card, by which they have proved themselves. */
    cardId: uuid('card_id')
      .notNull()
      .references(() => cards.id),
    /** SHA-256 of what the kiosk names it by. */
    tokenHash: bytes('token_hash').notNull().unique(),
    startedAt: instant('started_at').notNull(),
    /** It ends by itself when nothing was asked for so long. */
    usedAt: instant('used_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (table) => [index('operator_sessions_operator').on(table.operatorId)],
);
