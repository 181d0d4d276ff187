import { and, eq, gt, isNull, type SQL, sql } from 'drizzle-orm';
import { certificates } from '../../../db/central/schema.ts';
import type { Database } from '../database.ts';

/** Valid certificates (not expired, not revoked, not on a CRL) that no card has by central's record. */
export interface OrphanCount {
  /** Held, and no open operation has them. */
  readonly heldWithoutOperation: number;
  /** Active, and not in a slot of their card. */
  readonly activeNotOnCard: number;
}

/** Counts them. What a reason has left to expire when it was replaced (`superseded`) was left on purpose and does not count. */
export async function countOrphans(database: Database, now: Date): Promise<OrphanCount> {
  const { state, isOnCard, revokedAt, notAfter } = certificates;
  const hasOperation: SQL = sql`exists (
    select 1 from operation_keys join operations on operations.id = operation_keys.operation_id
    where operation_keys.certificate = certificates.serial_number and operations.state = 'open'
  )`;
  const count = async (which: SQL | undefined) =>
    database.$count(certificates, and(isNull(revokedAt), gt(notAfter, now), which));
  return {
    heldWithoutOperation: await count(and(eq(state, 'held'), sql`not ${hasOperation}`)),
    activeNotOnCard: await count(and(eq(state, 'active'), eq(isOnCard, false))),
  };
}
