/** Soft certificates (KR-01, KR-08): who took archived keys away as a file, at which kiosk, and what became of it. */
import { index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { archivedKeys } from './archive-schema.ts';
import { bytes, instant } from './columns.ts';
import { requests } from './request-schema.ts';
import { cards, certificates, kiosks } from './schema.ts';

/** open: its kiosk has the keys, and has not said what became of them. stopped: no file was saved. saved: one was. */
export type SoftState = 'open' | 'stopped' | 'saved';

/** One attempt to collect a request as a soft certificate: one run at one kiosk. The newest is the one that counts. */
export const softCollections = pgTable(
  'soft_collections',
  {
    id: uuid().primaryKey(),
    requestId: uuid('request_id')
      .notNull()
      .references(() => requests.id),
    /** 1, 2, 3 … of this request. */
    attempt: integer().notNull(),
    kioskId: uuid('kiosk_id')
      .notNull()
      .references(() => kiosks.id),
    /** By which its owner proved themselves; null: an operator collects it for them. */
    cardId: uuid('card_id').references(() => cards.id),
    /** Public key of the run, to which the keys were sealed. */
    run: bytes().notNull(),
    state: text().$type<SoftState>().notNull(),
    openedAt: instant('opened_at').notNull(),
    endedAt: instant('ended_at'),
    /** Of the file, as the kiosk tells it. */
    fileName: text('file_name'),
    sha256: bytes(),
    /** As the owner of the stick has named it. */
    medium: text(),
  },
  (table) => [
    unique('soft_collections_attempt').on(table.requestId, table.attempt),
    unique('soft_collections_run').on(table.requestId, table.run),
    index('soft_collections_state').on(table.state, table.openedAt),
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
