/** Central's database through drizzle: connection, migrations, and the transaction that tells kiosks of a change. */
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import pg from 'pg';
import { copyHead } from '../../db/central/schema.ts';
import { APPLICATION_NAME } from './cluster-owner.ts';

/** A database or a transaction in it. */
export type Database = PgDatabase<PgQueryResultHKT, Record<string, never>>;

export interface Connection {
  readonly database: Database;
  close(): Promise<void>;
}

const MIGRATIONS = fileURLToPath(new URL('../../db/central/migrations', import.meta.url));
const MIGRATION_LOCK = 0x6d6967;

/** Connects and brings the schema up to date, one process at a time. */
export async function connectDatabase(databaseUrl: string): Promise<Connection> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 12, application_name: APPLICATION_NAME });
  // An idle connection that breaks is replaced at its next use.
  pool.on('error', () => {});
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const migrating: NodePgDatabase = drizzle(client);
    await migrate(migrating, { migrationsFolder: MIGRATIONS });
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    client.release();
  } catch (error) {
    client.release(true);
    await pool.end();
    throw error;
  }
  return { database: drizzle(pool) as unknown as Database, close: () => pool.end() };
}

/**
 * A transaction that changes what kiosks copy: the head is bumped as its last statement, so that whoever sees the new
 * revision sees all that belongs to it.
 */
export async function changeCopy<T>(
  database: Database,
  work: (transaction: Database) => Promise<T>,
): Promise<T> {
  return database.transaction(async (transaction) => {
    const result = await work(transaction);
    await bumpCopy(transaction);
    return result;
  });
}

/** The same for a transaction that finds out on its way whether it changes what kiosks copy: its last statement. */
export async function bumpCopy(transaction: Database): Promise<void> {
  await transaction
    .insert(copyHead)
    .values({ id: 1, revision: 1 })
    .onConflictDoUpdate({ target: copyHead.id, set: { revision: sql`${copyHead.revision} + 1` } });
}
