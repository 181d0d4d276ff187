import Database from 'better-sqlite3';
import { REPLICA_INDEXES, REPLICA_SCHEMA, REPLICA_TABLES } from '../../protocol/replica-schema.ts';

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

/** As SQLite keeps the contract's own statements. */
const CONTRACT = contract();

function contract(): string {
  const db = new Database(':memory:');
  try {
    for (const statement of [...REPLICA_TABLES, ...REPLICA_INDEXES]) db.exec(statement);
    return JSON.stringify(db.prepare(LIST).all());
  } finally {
    db.close();
  }
}

/**
 * Reads what this is a copy of, if it has exactly the contract's tables and indexes: no table, trigger or view besides.
 * @throws UnfitCopyError; what SQLite throws when the file is no database
 */
export function readMeta(db: Database.Database): CopyMeta {
  if (JSON.stringify(db.prepare(LIST).all()) !== CONTRACT) throw new UnfitCopyError('it has another schema');
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
