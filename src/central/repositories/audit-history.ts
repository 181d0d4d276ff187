/** What the audit says of a card, of somebody, of a kiosk: by its indexes, however long it is. */
import { and, desc, lt, type SQL, sql } from 'drizzle-orm';
import {
  audit,
  CARD_OF_ENTRY,
  KIOSK_OF_ENTRY,
  PERSON_OF_ENTRY,
  REQUEST_OF_ENTRY,
} from '../../../db/central/chain-schema.ts';
import type { Database } from '../database.ts';
import { type AuditLine, parseEntry } from './audit.ts';

/** Whatever tells of one of these. */
export interface AuditSubjects {
  readonly cardIds: readonly string[];
  readonly personIds: readonly string[];
  readonly requestIds: readonly string[];
}

/** Newest first. */
export async function historyOf(
  database: Database,
  { cardIds, personIds, requestIds }: AuditSubjects,
  limit: number,
): Promise<AuditLine[]> {
  const found = [
    ...(await newestOf(database, CARD_OF_ENTRY, cardIds, limit)),
    ...(await newestOf(database, PERSON_OF_ENTRY, personIds, limit)),
    ...(await newestOf(database, REQUEST_OF_ENTRY, requestIds, limit)),
  ];
  const lines = new Map(found.map((line) => [line.seq, line]));
  return [...lines.values()].sort((a, b) => b.seq - a.seq).slice(0, limit);
}

/** How many lines that is without a limit; one that tells of several of them counts once. */
export async function countHistoryOf(
  database: Database,
  { cardIds, personIds, requestIds }: AuditSubjects,
): Promise<number> {
  // Offset 0: looked up by the index, one after the other, whatever the planner would rather do.
  const tellsOf = (subjectOfEntry: SQL, subjects: readonly string[]) => sql`
    select found.seq from unnest(${sql.param([...subjects])}::text[]) as subject cross join lateral (
      select seq from ${audit} where ${subjectOfEntry} = subject offset 0) as found`;
  const answer = await database.execute(sql`select count(*)::int as total from (
    ${tellsOf(CARD_OF_ENTRY, cardIds)} union ${tellsOf(PERSON_OF_ENTRY, personIds)}
    union ${tellsOf(REQUEST_OF_ENTRY, requestIds)}) as found`);
  const { rows } = answer as unknown as { readonly rows: readonly { readonly total: number }[] };
  return rows[0]?.total ?? 0;
}

/** Of each so many: one query for each would do the same. */
async function newestOf(
  database: Database,
  subjectOfEntry: SQL,
  subjects: readonly string[],
  limit: number,
): Promise<AuditLine[]> {
  if (subjects.length === 0) return [];
  const answer = await database.execute(sql`
    select found.entry from unnest(${sql.param([...subjects])}::text[]) as subject cross join lateral (
      select entry from ${audit} where ${subjectOfEntry} = subject order by seq desc limit ${limit}) as found`);
  const { rows } = answer as unknown as { readonly rows: readonly { readonly entry: string }[] };
  return rows.flatMap((row) => parseEntry(row) ?? []);
}

/** What a kiosk says itself, and what operators did there, newest first. @param before null: from the newest on */
export async function auditOfKiosk(
  database: Database,
  kiosk: string,
  before: number | null,
  limit: number,
): Promise<AuditLine[]> {
  const rows = await database
    .select({ entry: audit.entry })
    .from(audit)
    .where(and(sql`${KIOSK_OF_ENTRY} = ${kiosk}`, before === null ? undefined : lt(audit.seq, before)))
    .orderBy(desc(audit.seq))
    .limit(limit);
  return rows.flatMap((row) => parseEntry(row) ?? []);
}
