import Database from 'better-sqlite3';
import { REPLICA_INDEXES, REPLICA_SCHEMA, REPLICA_TABLES } from '../../protocol/replica-schema.ts';
import { SEARCH_TABLE } from '../search/search-terms.ts';

/** What the `meta` row of a copy says. */
export interface CopyMeta {
  /** UUID of the scope that it is a copy of. */
  readonly scope: string;
  readonly epoch: string;
  readonly revision: number;
  /** When central had this, ISO 8601 UTC. */
  readonly madeAt: string;
  /** Address of that central; null while nobody has said it. */
  readonly source: string | null;
}

/** A copy that is not what the contract says. `why` is for the log. */
export class UnfitCopyError extends Error {
  override readonly name = 'UnfitCopyError';
  constructor(why: string, options?: ErrorOptions) {
    super(`open copy: ${why}; a new one is fetched`, options);
  }
}

const LIST = 'select type, name, tbl_name, sql from sqlite_schema order by type, name';

/** As SQLite keeps the contract's own statements, and with what is searched in. */
const CONTRACT = schemaOf([...REPLICA_TABLES, ...REPLICA_INDEXES]);
const SEARCHABLE = schemaOf([...REPLICA_TABLES, ...REPLICA_INDEXES, SEARCH_TABLE]);

function schemaOf(statements: readonly string[]): string {
  const db = new Database(':memory:');
  try {
    for (const statement of statements) db.exec(statement);
    return JSON.stringify(db.prepare(LIST).all());
  } finally {
    db.close();
  }
}

/** Whether a copy has what it is searched in, as this program makes it. */
export function isSearchable(db: Database.Database): boolean {
  return JSON.stringify(db.prepare(LIST).all()) === SEARCHABLE;
}

/**
 * Reads what this is a copy of, if it has exactly the contract's tables and indexes: no table, trigger or view besides. A copy that
 * is in use may have the search's table as well.
 * @throws UnfitCopyError; what SQLite throws when the file is no database
 */
export function readMeta(db: Database.Database): CopyMeta {
  const found = JSON.stringify(db.prepare(LIST).all());
  if (found !== CONTRACT && found !== SEARCHABLE) throw new UnfitCopyError('it has another schema');
  const row = db
    .prepare('select schema, scope, epoch, revision, made_at as madeAt, source from meta')
    .get() as (CopyMeta & { readonly schema: number }) | undefined;
  if (!row) throw new UnfitCopyError('it does not say what it is a copy of');
  const { schema, ...meta } = row;
  if (schema !== REPLICA_SCHEMA) throw new UnfitCopyError(`its schema is ${schema}, not ${REPLICA_SCHEMA}`);
  if (Number.isNaN(Date.parse(meta.madeAt))) throw new UnfitCopyError('it has no date');
  return meta;
}

/** Opens a file as data only: nothing in its schema is run as code. */
export function openUntrusted(path: string): Database.Database {
  const db = new Database(path, { fileMustExist: true });
  db.pragma('trusted_schema = OFF');
  db.pragma('cell_size_check = ON');
  return db;
}
