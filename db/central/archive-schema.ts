/** The key archive: encryption keys that central keeps, sealed, and every time that one left it (KR-11). */
import { index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { KeyAlgorithm } from '../../src/domain/slot.ts';
import { bytes, instant } from './columns.ts';
import { operations } from './operation-schema.ts';
import { certificates, people } from './schema.ts';

/** A certificate is one of an archived key when its public key is the same. */
export const archivedKeys = pgTable(
  'archived_keys',
  {
    id: uuid().primaryKey(),
    /** Whose messages it opens. */
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => people.id),
    algorithm: text().$type<KeyAlgorithm>().notNull(),
    /** SubjectPublicKeyInfo. */
    publicKey: bytes('public_key').notNull().unique(),
    /** PKCS #8 under the archive key, which is no part of the database (SE-04). */
    sealed: bytes().notNull(),
    madeAt: instant('made_at').notNull(),
    /** The operation that it was made for; null: a card was issued with it. */
    operationId: uuid('operation_id'),
  },
  (table) => [index('archived_keys_owner').on(table.ownerId)],
);

/** A key has left central, encrypted to one run of one operation. */
export const keyReleases = pgTable(
  'key_releases',
  {
    operationId: uuid('operation_id')
      .notNull()
      .references(() => operations.id),
    /** Recipient key of the run. */
    run: bytes().notNull(),
    archivedKeyId: uuid('archived_key_id')
      .notNull()
      .references(() => archivedKeys.id),
    /** That it was asked for by. */
    certificate: text()
      .notNull()
      .references(() => certificates.serialNumber),
    releasedAt: instant('released_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.operationId, table.run, table.archivedKeyId] }),
    index('key_releases_key').on(table.archivedKeyId),
  ],
);
