/** Central's database through drizzle: connection and migrations. */
import { fileURLToPath } from 'node:url';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import pg from 'pg';
import { databaseFailure, repeatOnConflict } from './database-failure.ts';
import { connectionSettings, openPool, type PoolOptions } from './database-pool.ts';

/** A database or a transaction in it. What a transaction does outside of the database, it may do several times. */
export type Database = PgDatabase<PgQueryResultHKT, Record<string, never>>;

export interface Connection {
  readonly database: Database;
  close(): Promise<void>;
}

const MIGRATIONS = fileURLToPath(new URL('../../db/central/migrations', import.meta.url));
const MIGRATION_LOCK = 0x6d6967;
const CONNECT_MS = 15_000;

/** How many migrations this version has: a database with more is a newer one's. */
export function knownMigrations(): number {
  return readMigrationFiles({ migrationsFolder: MIGRATIONS }).length;
}

/** The database cannot be opened; the message says why, and never where with a password. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
}

/**
 * Connects and brings the schema up to date, one process at a time.
 * @throws DatabaseError
 */
export async function connectDatabase(databaseUrl: string, pool: PoolOptions): Promise<Connection> {
  await bringUpToDate(databaseUrl);
  return openDatabase(databaseUrl, pool);
}

/** Connects when there is something to ask. */
export function openDatabase(databaseUrl: string, options: PoolOptions): Connection {
  const pool = openPool(databaseUrl, options);
  const database = drizzle(pool);
  database.transaction = (work, config) =>
    repeatOnConflict(() => withClient(pool, (client) => drizzle(client).transaction(work, config)));
  return { database: database as unknown as Database, close: () => pool.end() };
}

/** Drizzle itself keeps a connection for ever whose transaction could not even begin: some crashes later none is left. */
async function withClient<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    return await work(client);
  } finally {
    client.release();
  }
}

/** What somebody is told whose command the database has failed; null for other errors. A failed query is not quoted. */
export function asDatabaseError(error: unknown): DatabaseError | null {
  if (!(error instanceof Error) || databaseFailure(error) === null) return null;
  let cause: Error & { readonly code?: string } = error;
  while (cause.cause instanceof Error) cause = cause.cause;
  const remedy = 'see that PostgreSQL runs there and lets central in, and try again';
  return new DatabaseError(`ask database: ${cause.code ?? cause.message}; ${remedy}`, { cause: error });
}

/** The lock is the session's: it goes with the process that dies here. */
async function bringUpToDate(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ ...connectionSettings(databaseUrl), connectionTimeoutMillis: CONNECT_MS });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const migrating: NodePgDatabase = drizzle(client);
    await migrate(migrating, { migrationsFolder: MIGRATIONS });
  } catch (error) {
    throw asDatabaseError(error) ?? error;
  } finally {
    await client.end().catch(() => {});
  }
}
