import type { SQL } from 'drizzle-orm';
import type { Database } from '../database.ts';

/** The rows of a query in plain SQL, as the driver gives them. */
export async function selectRows<T>(database: Database, query: SQL): Promise<T[]> {
  return ((await database.execute(query)) as { readonly rows: T[] }).rows;
}
