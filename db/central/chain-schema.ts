/** What happened, as hash chains (SE-05): central's own, and one for each own database that a kiosk has ever had. */
import { sql } from 'drizzle-orm';
import { bigint, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bytes, instant } from './columns.ts';
import { kiosks } from './schema.ts';

/** The request that an entry tells of. As text: an entry that somebody else has written need not be JSON. */
export const REQUEST_OF_ENTRY = sql.raw(`substring("entry" from '"request":"([0-9a-f-]{36})"')`);

/*
 * What else entries are found by. Split, not matched: each is worked out for every entry, while whoever records anything waits. A quote
 * within a text has a backslash before it, so that nothing that somebody has typed is taken for one of these.
 */

/** The card that an entry is about. */
export const CARD_OF_ENTRY = sql.raw(`nullif(left(split_part("entry", '"cardId":"', 2), 36), '')`);
/** Whom it is about, by whichever name. */
export const PERSON_OF_ENTRY = sql.raw(
  `nullif(left(split_part(replace(replace("entry", '"person":"', '"owner":"'), '"holder":"', '"owner":"'), '"owner":"', 2), 36), '')`,
);
/** The kiosk that says it, or where an operator did it. */
export const KIOSK_OF_ENTRY = sql.raw(
  `nullif(split_part(case when starts_with("entry", '{"actor":"kiosk:') then substr("entry", 17) else split_part("entry", '"kiosk":"', 2) end, '"', 1), '')`,
);

/** A hash chain: `hash` = SHA-256(previous hash ‖ entry). `entry` is canonical JSON and holds seq and time. */
export const audit = pgTable(
  'audit',
  {
    seq: bigint({ mode: 'number' }).primaryKey(),
    entry: text().notNull(),
    previousHash: bytes('previous_hash').notNull(),
    hash: bytes().notNull(),
  },
  // The history of a request, a card, somebody, a kiosk.
  ({ seq }) => [
    index('audit_request').on(REQUEST_OF_ENTRY).where(sql`${REQUEST_OF_ENTRY} is not null`),
    index('audit_card').on(CARD_OF_ENTRY, seq).where(sql`${CARD_OF_ENTRY} is not null`),
    index('audit_person').on(PERSON_OF_ENTRY, seq).where(sql`${PERSON_OF_ENTRY} is not null`),
    index('audit_kiosk').on(KIOSK_OF_ENTRY, seq).where(sql`${KIOSK_OF_ENTRY} is not null`),
  ],
);

/**
 * One row: the last entry of the audit, changed in the transaction that adds it. Signed by a key outside of the database, so
 * that last entries which are gone are found too.
 */
export const auditHead = pgTable('audit_head', {
  id: integer().primaryKey(),
  seq: bigint({ mode: 'number' }).notNull(),
  hash: bytes().notNull(),
  /** Ed25519. Null: of a central from before heads were signed; then `mac` is set, and checked once. */
  signature: bytes(),
  mac: bytes(),
});

/** How far central has each chain of each kiosk. */
export const kioskChains = pgTable(
  'kiosk_chains',
  {
    kioskId: uuid('kiosk_id')
      .notNull()
      .references(() => kiosks.id),
    /** Made by the kiosk; `LEGACY_CHAIN` for what came before there were chains. */
    chainId: uuid('chain_id').notNull(),
    /** Events 1 … n are here. */
    acknowledged: integer().notNull(),
    /** Of that event; null before the first, and for the legacy chain. */
    hash: bytes(),
    /** As of `auditHead`. */
    signature: bytes(),
    startedAt: instant('started_at').notNull(),
    /** When its head was last written into central's own audit. */
    anchoredAt: instant('anchored_at'),
    /** What was refused last, and that the audit has it: `7 SE-05-event-changed`. */
    refused: text(),
  },
  (table) => [primaryKey({ columns: [table.kioskId, table.chainId] })],
);

/** What kiosks reported; the key makes each count once (SY-02). */
export const kioskEvents = pgTable(
  'kiosk_events',
  {
    kioskId: uuid('kiosk_id')
      .notNull()
      .references(() => kiosks.id),
    chainId: uuid('chain_id').notNull(),
    n: integer().notNull(),
    /** Exactly as it was sent: JSON of `kioskEvent`. Null: of health that was dropped after some days; the hash stands for it. */
    body: text(),
    /** SHA-256(hash of the event before ‖ body); null in the legacy chain. */
    hash: bytes(),
    /** By the kiosk, over `signedBytes(hash)`; null in the legacy chain. */
    signature: bytes(),
    /** Whose key checks it; null in the legacy chain. */
    certificateSerial: text('certificate_serial'),
    /** When central took it, of health; null of all else. */
    healthAt: instant('health_at'),
  },
  (table) => [
    primaryKey({ columns: [table.kioskId, table.chainId, table.n] }),
    index('kiosk_events_health').on(table.healthAt).where(sql`health_at is not null and body is not null`),
  ],
);

/** What central still keeps of a kiosk's events (SE-07): one account for all centrals. No row: nothing was taken from it. */
export const kioskEventShares = pgTable('kiosk_event_shares', {
  kioskId: uuid('kiosk_id')
    .primaryKey()
    .references(() => kiosks.id),
  /** Bytes, as of `countedAt`; below zero where the last events were more than was left. */
  bytesLeft: bigint('bytes_left', { mode: 'number' }).notNull(),
  countedAt: instant('counted_at').notNull(),
  /** Since when it sends more than it may, and that the audit has it; null while it does not. */
  exceededSince: instant('exceeded_since'),
});
