/**
 * The kiosk's copy of central's data, as the kiosk reads it. The tables themselves are a contract between both programs:
 * src/protocol/replica-schema.ts. No secret, and nothing that central does not have.
 */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const people = sqliteTable('people', {
  id: text().primaryKey(),
  displayName: text('display_name').notNull(),
  state: text().notNull(),
  approvedUntil: text('approved_until'),
  mail: text().notNull(),
  login: text(),
});

/** A card is looked up by its chip's serial, else by the GUID of its CHUID (RP-16). */
export const cards = sqliteTable('cards', {
  id: text().primaryKey(),
  serial: text(),
  guid: text().notNull(),
  holderId: text('holder_id').notNull(),
  state: text().notNull(),
  expiresAt: text('expires_at').notNull(),
  profileName: text('profile_name').notNull(),
  hasOpenOperation: integer('has_open_operation', { mode: 'boolean' }).notNull(),
  isManagementKeyKnown: integer('is_management_key_known', { mode: 'boolean' }).notNull(),
  /** A name for people, where it has one. */
  label: text(),
});

export const certificates = sqliteTable('certificates', {
  serialNumber: text('serial_number').primaryKey(),
  cardId: text('card_id').notNull(),
  slot: text().notNull(),
  notAfter: text('not_after').notNull(),
  state: text().notNull(),
});

/** The newest revision of each profile, as central sent it. */
export const profiles = sqliteTable('profiles', {
  name: text().primaryKey(),
  document: text({ mode: 'json' }).notNull(),
});

/** Reasons as central sent them; `position` is their place in the list. */
export const reasons = sqliteTable('reasons', {
  code: text().primaryKey(),
  position: integer().notNull(),
  document: text({ mode: 'json' }).notNull(),
});

/** One row: what this copy is a copy of. */
export const meta = sqliteTable('meta', {
  id: integer().primaryKey(),
  /** Number of the contract. */
  schema: integer().notNull(),
  /** UUID of the scope at central. */
  scope: text().notNull(),
  epoch: text().notNull(),
  revision: integer().notNull(),
  /** When central had this, ISO 8601 UTC. */
  madeAt: text('made_at').notNull(),
  /** Address of the central that it came from. */
  source: text(),
});
