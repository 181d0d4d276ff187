/** Soft certificates (KR-01, KR-08): who took archived keys away as a file, at which kiosk, and what became of it. */
import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { archivedKeys } from './archive-schema.ts';
import { bytes, instant } from './columns.ts';
import { requests } from './request-schema.ts';
import { cards, certificates, kiosks, people } from './schema.ts';

/** open: its kiosk has the keys, and has not said what became of them. stopped: no file was saved. saved: one was. */
export type SoftState = 'open' | 'stopped' | 'saved';

/** By which a person collects one request on a machine of their own, which is no kiosk. The newest of a request is the one that counts. */
export const collectionTokens = pgTable(
  'collection_tokens',
  {
    id: uuid().primaryKey(),
    requestId: uuid('request_id')
      .notNull()
      .references(() => requests.id),
    /** SHA-256 of its secret part. */
    tokenHash: bytes('token_hash').notNull().unique(),
    /** Whoever was given it: the owner, or an operator; null: a command at central. */
    givenToId: uuid('given_to_id').references(() => people.id),
    /** As in the audit. */
    givenTo: text('given_to').notNull(),
    /** Where it was shown; null: at central. */
    kioskId: uuid('kiosk_id').references(() => kiosks.id),
    /** By which its owner has proved themselves; null: an operator, or a command. */
    cardId: uuid('card_id').references(() => cards.id),
    givenAt: instant('given_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    /** Public key of the one run that has used it. */
    run: bytes(),
    /** Another one was given in its place. */
    endedAt: instant('ended_at'),
  },
  (table) => [index('collection_tokens_request').on(table.requestId, table.givenAt)],
);

/** One attempt to collect a request as a soft certificate: one run, at one kiosk or by one token. The newest is the one that counts. */
export const softCollections = pgTable(
  'soft_collections',
  {
    id: uuid().primaryKey(),
    requestId: uuid('request_id')
      .notNull()
      .references(() => requests.id),
    /** 1, 2, 3 … of this request. */
    attempt: integer().notNull(),
    /** Null: on a machine that is no kiosk, by a token. */
    kioskId: uuid('kiosk_id').references(() => kiosks.id),
    tokenId: uuid('token_id').references(() => collectionTokens.id),
    /** By which its owner proved themselves; null: an operator collects it for them. */
    cardId: uuid('card_id').references(() => cards.id),
    /** Public key of the run, to which the keys were sealed. */
    run: bytes().notNull(),
    state: text().$type<SoftState>().notNull(),
    openedAt: instant('opened_at').notNull(),
    endedAt: instant('ended_at'),
    /** Of the file, as the kiosk tells it; null where it went into an NSS database. */
    fileName: text('file_name'),
    sha256: bytes(),
    /** As the owner of the stick has named it; of an NSS database the machine, as it calls itself. */
    medium: text(),
  },
  (table) => [
    unique('soft_collections_attempt').on(table.requestId, table.attempt),
    unique('soft_collections_run').on(table.requestId, table.run),
    index('soft_collections_state').on(table.state, table.openedAt),
    check('soft_collections_where', sql`num_nonnulls(kiosk_id, token_id) = 1`),
  ],
);

/** A key has left central, encrypted to that run. */
export const softReleases = pgTable(
  'soft_releases',
  {
    collectionId: uuid('collection_id')
      .notNull()
      .references(() => softCollections.id),
    certificate: text()
      .notNull()
      .references(() => certificates.serialNumber),
    archivedKeyId: uuid('archived_key_id')
      .notNull()
      .references(() => archivedKeys.id),
    releasedAt: instant('released_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.collectionId, table.certificate] }),
    index('soft_releases_key').on(table.archivedKeyId),
  ],
);
