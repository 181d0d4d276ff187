import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { isSearchable, readMeta, UnfitCopyError } from '../copy/copy-schema.ts';
import { SearchQueries } from './search-queries.ts';

/** A copy that is open to be searched. */
export interface SearchedCopy {
  readonly queries: SearchQueries;
  /** As the copy is at one moment. */
  atOnce<T>(read: () => T): T;
  close(): void;
}

/** Of the index's pages in memory; all else is in the machine's own cache. */
const CACHE_MB = 8;

/** @returns null while there is none of this central's that can be searched; @throws what SQLite throws when it cannot be read */
export function openSearched(path: string, source: string): SearchedCopy | null {
  if (!existsSync(path)) return null;
  const db = new Database(path, { readonly: true, fileMustExist: true });
  try {
    db.pragma('trusted_schema = OFF');
    db.pragma(`cache_size = -${CACHE_MB * 1024}`);
    if (readMeta(db).source === source && isSearchable(db))
      return {
        queries: new SearchQueries(db),
        atOnce: (read) => db.transaction(read)(),
        close: () => db.close(),
      };
  } catch (error) {
    db.close();
    if (error instanceof UnfitCopyError) return null;
    throw error;
  }
  db.close();
  return null;
}
