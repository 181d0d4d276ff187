import { and, asc, eq } from 'drizzle-orm';
import * as schema from '../../db/kiosk/replica/schema.ts';
import type { Card, CertificateSummary, Person } from '../domain/card.ts';
import type { Profile } from '../domain/profile.ts';
import type { Reason } from '../domain/reason.ts';
import * as wire from '../protocol/copy.ts';
import { replaceCopy } from './replica-writer.ts';
import { openSqliteFile, removeSqliteFile, type SqliteFile, UnusableDatabaseError } from './sqlite-file.ts';

/** What the copy is a copy of. */
export interface CopyState {
  readonly revision: string;
  readonly etag: string | null;
  readonly madeAt: string;
}

/** A card with everything that the kiosk's copy says of it. */
export interface KnownCard {
  readonly card: Card;
  readonly holder: Person;
  readonly profile: Profile;
  readonly certificates: readonly CertificateSummary[];
}

/**
 * The kiosk's copy of central's data. It is a cache: a file that is damaged, or rows that make no sense, are thrown away
 * and the copy is empty until the next one arrives (SY-06). No method throws because of what is in the file.
 */
export class Replica {
  readonly #path: string;
  readonly #source: string;
  #file: SqliteFile<typeof schema>;

  /** @param source address of central: a copy that came from another one is thrown away */
  constructor(path: string, source: string) {
    this.#path = path;
    this.#source = source;
    this.#file = openOrRebuild(path);
    const meta = this.#read((db) => db.select().from(schema.meta).get());
    if (meta && meta.source !== source) this.#rebuild();
  }

  /** Replaces everything in one transaction. */
  replace(copy: wire.Copy, etag: string | null): void {
    try {
      replaceCopy(this.#file.db, copy, this.#source, etag);
    } catch {
      this.#rebuild();
      replaceCopy(this.#file.db, copy, this.#source, etag);
    }
  }

  /** Null while there is no copy. */
  state(): CopyState | null {
    return this.#read((db) => db.select().from(schema.meta).get()) ?? null;
  }

  findCardBySerial(serial: string): KnownCard | null {
    return this.#findCard((db) =>
      db.select().from(schema.cards).where(eq(schema.cards.serial, serial)).get(),
    );
  }

  findCardByGuid(guid: string): KnownCard | null {
    return this.#findCard((db) => db.select().from(schema.cards).where(eq(schema.cards.guid, guid)).get());
  }

  /** Whether a card has an operation that is not finished; also while nobody knows. */
  hasOpenOperation(cardId: string): boolean {
    const read = this.#read((db) => ({
      card: db.select().from(schema.cards).where(eq(schema.cards.id, cardId)).get(),
    }));
    return read === null || (read.card?.hasOpenOperation ?? false);
  }

  /** The newest revision of a profile that the copy has. */
  profile(name: string): Profile | null {
    return this.#read((db) => {
      const row = db.select().from(schema.profiles).where(eq(schema.profiles.name, name)).get();
      return row ? wire.profile.parse(row.document) : null;
    });
  }

  /** In the order of the list. */
  reasons(): readonly Reason[] {
    const read = this.#read((db) => {
      const rows = db.select().from(schema.reasons).orderBy(asc(schema.reasons.position)).all();
      return rows.map((row) => wire.reason.parse(row.document));
    });
    return read ?? [];
  }

  close(): void {
    this.#file.close();
  }

  #findCard(find: (db: SqliteFile<typeof schema>['db']) => unknown): KnownCard | null {
    return this.#read((db) => {
      const row = find(db);
      if (!row) return null;
      const card = wire.card.parse(row);
      const holder = db.select().from(schema.people).where(eq(schema.people.id, card.holderId)).get();
      const profile = db
        .select()
        .from(schema.profiles)
        .where(eq(schema.profiles.name, card.profileName))
        .get();
      if (!holder || !profile) return null;
      const certificates = db
        .select()
        .from(schema.certificates)
        .where(and(eq(schema.certificates.cardId, card.id), eq(schema.certificates.state, 'active')))
        .all();
      return {
        card,
        holder: wire.person.parse(holder),
        profile: wire.profile.parse(profile.document),
        certificates: certificates.map((certificate) => wire.certificateSummary.parse(certificate)),
      };
    });
  }

  /** Null also when the file turned out to be useless; it is empty then. */
  #read<T>(read: (db: SqliteFile<typeof schema>['db']) => T): T | null {
    try {
      return read(this.#file.db);
    } catch {
      this.#rebuild();
      return null;
    }
  }

  #rebuild(): void {
    this.#file.close();
    removeSqliteFile(this.#path);
    this.#file = open(this.#path);
  }
}

function open(path: string): SqliteFile<typeof schema> {
  return openSqliteFile({ path, folder: 'replica', schema, synchronous: 'NORMAL' });
}

function openOrRebuild(path: string): SqliteFile<typeof schema> {
  try {
    return open(path);
  } catch (error) {
    if (!(error instanceof UnusableDatabaseError)) throw error;
    removeSqliteFile(path);
    return open(path);
  }
}
