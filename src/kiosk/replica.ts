import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { z } from 'zod';
import * as schema from '../../db/kiosk/replica/schema.ts';
import type { Card, CertificateSummary, Person } from '../domain/card.ts';
import type { CopiedReason } from '../domain/reason.ts';
import * as wire from '../protocol/copy.ts';
import { copyFiles, swapIn } from './copy/copy-files.ts';
import { type CopyMeta, readMeta, UnfitCopyError } from './copy/copy-schema.ts';
import { prepareQueries, type ReplicaQueries } from './replica-queries.ts';
import { isPassing } from './replica-trouble.ts';

/** A card with everything that the kiosk's copy says of it. */
export interface KnownCard {
  readonly card: Card;
  readonly holder: Person;
  readonly profile: wire.ShownProfile;
  readonly certificates: readonly CertificateSummary[];
}

/**
 * The kiosk's copy of central's data, for reading: the thread of sync alone writes in it. It is a cache: while there is
 * none that can be used, it is empty. No method throws because of what is in the file (SY-06).
 */
export class Replica {
  /** The file that the thread of sync keeps. */
  readonly path: string;
  readonly #source: string;
  #onUnusable: (error: unknown) => void = () => undefined;
  #file: Database.Database | null = null;
  #queries: ReplicaQueries | null = null;

  /** @param source address of central: a copy that came from another one is not looked at */
  constructor(path: string, source: string) {
    this.path = path;
    this.#source = source;
    this.swap();
  }

  /** Told why, each time that something is read in vain. */
  onUnusable(listener: (error: unknown) => void): void {
    this.#onUnusable = listener;
  }

  /** Reads from the newest copy that is ready from now on. Nobody else may have the present one open. */
  swap(): void {
    this.close();
    swapIn(copyFiles(this.path));
    if (!existsSync(this.path)) return;
    try {
      this.#file = new Database(this.path, { readonly: true, fileMustExist: true });
      this.#file.pragma('trusted_schema = OFF');
      if (readMeta(this.#file).source === this.#source)
        this.#queries = prepareQueries(drizzle(this.#file, { schema }));
      else this.close();
    } catch (error) {
      this.close();
      if (!(error instanceof UnfitCopyError || error instanceof Database.SqliteError)) throw error;
    }
  }

  /** What it is a copy of; null while there is none. */
  state(): Pick<CopyMeta, 'epoch' | 'revision' | 'madeAt'> | null {
    return this.#read((queries) => queries.meta.get()) ?? null;
  }

  findCardBySerial(serial: string): KnownCard | null {
    return this.#findCard((queries) => queries.cardBySerial.get({ serial }));
  }

  findCardByGuid(guid: string): KnownCard | null {
    return this.#findCard((queries) => queries.cardByGuid.get({ guid }));
  }

  /** Whether a card has an operation that is not finished; also while nobody knows. */
  hasOpenOperation(cardId: string): boolean {
    const read = this.#read((queries) => ({ card: queries.cardById.get({ id: cardId }) }));
    return read === null || (read.card?.hasOpenOperation ?? false);
  }

  /**
   * All that the copy has of a card's certificates, whatever has become of them, and those of these numbers that are its holder's on
   * another card. @param serialNumbers as in the certificates
   */
  certificatesOf({ id, holderId }: Card, serialNumbers: readonly string[]): readonly CertificateSummary[] {
    const read = this.#read((queries) => {
      const others = serialNumbers.flatMap((serialNumber) => {
        const row = queries.certificate.get({ serialNumber });
        const isTheirs = row && queries.cardById.get({ id: row.cardId })?.holderId === holderId;
        return isTheirs && row.cardId !== id ? [row] : [];
      });
      const rows = [...queries.certificatesOfCard.all({ cardId: id }), ...others];
      return rows.flatMap((one) => understood(wire.certificateSummary, one));
    });
    return read ?? [];
  }

  /** The newest revision of a profile that the copy has. */
  profile(name: string): wire.ShownProfile | null {
    return this.#read((queries) => {
      const row = queries.profile.get({ name });
      return row ? wire.shownProfile.parse(row.document) : null;
    });
  }

  /** In the order of the list. One whose consequences a newer central tells in words that nobody here knows is not among them. */
  reasons(): readonly CopiedReason[] {
    const read = this.#read((queries) => {
      const rows = queries.reasons.all();
      return rows.flatMap((row) => understood(wire.reason, row.document));
    });
    return read ?? [];
  }

  close(): void {
    this.#queries = null;
    this.#file?.close();
    this.#file = null;
  }

  #findCard(find: (queries: ReplicaQueries) => unknown): KnownCard | null {
    return this.#read((queries) => {
      const row = find(queries);
      if (!row) return null;
      const card = wire.card.parse(row);
      const holder = queries.person.get({ id: card.holderId });
      const profile = queries.profile.get({ name: card.profileName });
      if (!holder || !profile) return null;
      const certificates = queries.activeCertificates.all({ cardId: card.id });
      return {
        card,
        holder: wire.person.parse(holder),
        profile: wire.shownProfile.parse(profile.document),
        certificates: certificates.flatMap((one) => understood(wire.certificateSummary, one)),
      };
    });
  }

  /** One look at the copy as it is at one moment. Null also when it cannot be read. */
  #read<T>(read: (queries: ReplicaQueries) => T): T | null {
    const [file, queries] = [this.#file, this.#queries];
    if (file === null || queries === null) return null;
    try {
      return file.transaction(() => read(queries))();
    } catch (error) {
      if (!isPassing(error)) this.#onUnusable(error);
      return null;
    }
  }
}

/** Nothing for what only a newer program understands (SY-06). */
function understood<T extends z.ZodType>(schema: T, value: unknown): readonly z.output<T>[] {
  const read = schema.safeParse(value);
  return read.success ? [read.data] : [];
}
