import { asc, sql } from 'drizzle-orm';
import { audit, REQUEST_OF_ENTRY } from '../../../db/central/chain-schema.ts';
import type { Database } from '../database.ts';
import { type AuditLine, parseEntry } from './audit.ts';

/** What the audit says of one request, oldest first. */
export async function historyOfRequest(database: Database, requestId: string): Promise<AuditLine[]> {
  const rows = await database
    .select()
    .from(audit)
    .where(sql`${REQUEST_OF_ENTRY} = ${requestId}`)
    .orderBy(asc(audit.seq));
  return rows.flatMap((row) => parseEntry(row) ?? []);
}
