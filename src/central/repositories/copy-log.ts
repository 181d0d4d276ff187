import { eq, sql } from 'drizzle-orm';
import { copyLog, copyScopes } from '../../../db/central/copy-schema.ts';
import type { Database } from '../database.ts';

/** Where a scope's log ends. */
export interface Head {
  readonly epoch: string;
  readonly revision: number;
}

export async function listHeads(
  database: Database,
): Promise<readonly (Head & { readonly scopeId: string })[]> {
  const { id: scopeId, epoch, revision } = copyScopes;
  return database.select({ scopeId, epoch, revision }).from(copyScopes);
}

/** A piece of a scope's log, as it goes to a kiosk: `rows` is JSON, comma-separated, and is never parsed here. */
export interface LogPiece extends Head {
  /** Log rows up to this one are gone. */
  readonly prunedTo: number;
  /** The last row of this piece; `since` when there is nothing new. */
  readonly to: number;
  readonly transactionEnd: number;
  readonly rows: string;
}

/**
 * Reads on from a revision: whole transactions, but for one with more rows than `limit`, which comes in pieces.
 * One statement, so that head and rows are of one instant. @returns undefined when there is no such scope
 */
export async function readLog(
  database: Database,
  scopeId: string,
  since: number,
  limit: number,
): Promise<LogPiece | undefined> {
  const answer = await database.execute(sql`
    with head as (select epoch, revision, pruned_to, least(${since}::bigint + ${limit}::bigint, revision) as last
        from copy_scopes where id = ${scopeId}),
      edge as (select head.*, case when last <= ${since} then ${since}::bigint else coalesce(
          (select l.revision from copy_log l where l.scope_id = ${scopeId} and l.revision > ${since}
            and l.revision <= last and l.transaction_end = l.revision order by l.revision desc limit 1), last) end as upto
        from head)
    select epoch, revision, pruned_to, upto, coalesce((select transaction_end from copy_log
        where scope_id = ${scopeId} and revision = upto), upto) as transaction_end,
      (select string_agg(line, ',') from (
        select concat('[', l.revision, ',"', l.kind, '",', to_json(l.key), ',', coalesce(l.row::text, 'null'), ']') as line
        from copy_log l where l.scope_id = ${scopeId} and l.revision > ${since} and l.revision <= upto
        order by l.revision) lines) as lines
    from edge`);
  const [row] = (answer as { readonly rows: readonly Record<string, string | null>[] }).rows;
  if (!row) return undefined;
  return {
    epoch: row.epoch ?? '',
    revision: Number(row.revision),
    prunedTo: Number(row.pruned_to),
    to: Number(row.upto),
    transactionEnd: Number(row.transaction_end),
    rows: row.lines ?? '',
  };
}

/** What a copy made now would be of; undefined when there is no such scope. */
export async function findHead(
  database: Database,
  scopeId: string,
): Promise<(Head & { readonly prunedTo: number }) | undefined> {
  const { epoch, revision, prunedTo } = copyScopes;
  const rows = await database
    .select({ epoch, revision, prunedTo })
    .from(copyScopes)
    .where(eq(copyScopes.id, scopeId));
  return rows[0];
}

/** Rows that one statement removes: short enough that nobody waits for it. */
const PRUNED_AT_ONCE = 10_000;

/**
 * Removes the oldest rows of each scope's log: those of before an instant, those above a number, and those of an older epoch.
 * Kiosks that are further behind fetch a snapshot.
 * @returns how many
 */
export async function pruneLogs(database: Database, before: Date, maxRows: number): Promise<number> {
  // Scope by scope: whoever holds one head and waits for another could wait for a transaction that waits for it.
  for (const { scopeId } of await listHeads(database)) {
    await database.execute(sql`
      update copy_scopes s set pruned_to = greatest(s.revision - ${maxRows}::bigint, coalesce(
        (select l.revision - 1 from copy_log l where l.scope_id = s.id and l.revision > s.pruned_to
          and l.at >= ${before.toISOString()}::timestamptz order by l.revision limit 1), s.revision))
      where s.id = ${scopeId} and s.pruned_to < s.revision`);
  }
  for (let pruned = 0; ; ) {
    const answer = await database.execute(sql`
      delete from ${copyLog} where ctid = any (array(
        select l.ctid from copy_scopes s join copy_log l on l.scope_id = s.id and l.revision <= s.pruned_to
        limit ${PRUNED_AT_ONCE}))`);
    const { rowCount } = answer as { readonly rowCount: number };
    pruned += rowCount;
    if (rowCount < PRUNED_AT_ONCE) return pruned;
  }
}
