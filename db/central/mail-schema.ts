/** What people are told of by mail: written by the transaction that does it, sent by whichever central comes to it. */
import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { bytes, instant } from './columns.ts';
import { people } from './schema.ts';

export const mails = pgTable(
  'mails',
  {
    id: uuid().primaryKey(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    /** What it tells: the name of a text, with what that text needs; no secret. */
    kind: text().notNull(),
    facts: jsonb().$type<Readonly<Record<string, string | number | readonly string[]>>>().notNull(),
    /** The one-time code that it brings, sealed; gone with its sending. */
    sealedCode: bytes('sealed_code'),
    madeAt: instant('made_at').notNull(),
    sentAt: instant('sent_at'),
    /** Times that it could not be sent. */
    failures: integer().notNull().default(0),
    /** It is tried again then. */
    dueAt: instant('due_at').notNull(),
    /** Given up, and why; it stays in the list of what was not sent. */
    givenUpWith: text('given_up_with'),
  },
  (table) => [
    index('mails_due').on(table.dueAt).where(sql`sent_at is null and given_up_with is null`),
    index('mails_person').on(table.personId),
  ],
);
