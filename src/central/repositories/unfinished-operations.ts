/** Operations that were begun and not completed: what they may have left on their card, and since when nobody heard of them. */
import { and, asc, desc, eq, gt, max, or, type SQL, sql } from 'drizzle-orm';
import { operations, secretIntents } from '../../../db/central/operation-schema.ts';
import { cards, kiosks, people } from '../../../db/central/schema.ts';
import type { SecretKind } from '../../protocol/values.ts';
import type { Database } from '../database.ts';
import type { OperationRow, SecretIntentRow } from './operations.ts';

/** A change of a secret that was intended by an operation which has ended, and of which nobody knows the outcome. */
export interface PendingIntent {
  readonly intent: SecretIntentRow;
  readonly operation: OperationRow;
}

/** Newest first. No more than one for each secret is possible, unless a card never passed again in between. */
export async function listPendingIntents(
  database: Database,
  cardId: string,
  secret: SecretKind,
): Promise<PendingIntent[]> {
  const isPending = and(eq(secretIntents.secret, secret), eq(secretIntents.state, 'intended'));
  return database
    .select({ intent: secretIntents, operation: operations })
    .from(secretIntents)
    .innerJoin(operations, eq(operations.id, secretIntents.operationId))
    .where(and(eq(operations.cardId, cardId), eq(operations.state, 'abandoned'), isPending))
    .orderBy(desc(secretIntents.version));
}

/** What was abandoned of a card since it was completed for the last time, oldest first. */
export async function listAbandonedSinceCompleted(
  database: Database,
  cardId: string,
): Promise<OperationRow[]> {
  const ofCard = eq(operations.cardId, cardId);
  const [last] = await database
    .select({ at: max(operations.endedAt) })
    .from(operations)
    .where(and(ofCard, eq(operations.state, 'completed')));
  const since = last?.at ? gt(operations.endedAt, last.at) : undefined;
  return database
    .select()
    .from(operations)
    .where(and(ofCard, eq(operations.state, 'abandoned'), since))
    .orderBy(asc(operations.startedAt));
}

/**
 * When a kiosk last said something of an operation: it brought a proof (which is good for ten minutes), authenticated the
 * card, changed a secret, or had a key certified.
 */
const lastWordAt: SQL<Date> = sql`greatest(
  operations.started_at,
  (select max(expires_at) - interval '10 minutes' from proofs where operation_id = operations.id),
  (select max(started_at) from management_key_exchanges where operation_id = operations.id),
  (select max(greatest(intended_at, decided_at)) from secret_intents where operation_id = operations.id),
  (select max(issued_at) from certificates where operation_id = operations.id)
)`.mapWith(operations.startedAt);

/** Those that are open for a holder's cards, always in the same order. */
export async function listOpenOperationsOf(
  database: Database,
  holderId: string,
): Promise<{ readonly id: string; readonly cardId: string }[]> {
  return database
    .select({ id: operations.id, cardId: operations.cardId })
    .from(operations)
    .innerJoin(cards, eq(cards.id, operations.cardId))
    .where(and(eq(cards.holderId, holderId), eq(operations.state, 'open')))
    .orderBy(asc(operations.cardId));
}

/** An operation with whom and what it is about. */
export interface UnfinishedOperation {
  readonly operation: OperationRow;
  readonly card: { readonly id: string; readonly label: string | null; readonly serial: string | null };
  readonly holder: string;
  readonly kiosk: string;
  readonly lastWordAt: Date;
}

/** Those that are open, and those that were abandoned after this instant; oldest first. */
export async function listUnfinished(
  database: Database,
  abandonedAfter: Date,
): Promise<UnfinishedOperation[]> {
  const isRecent = and(eq(operations.state, 'abandoned'), gt(operations.endedAt, abandonedAfter));
  return database
    .select({
      operation: operations,
      card: { id: cards.id, label: cards.label, serial: cards.serial },
      holder: people.displayName,
      kiosk: kiosks.name,
      lastWordAt,
    })
    .from(operations)
    .innerJoin(cards, eq(cards.id, operations.cardId))
    .innerJoin(people, eq(people.id, cards.holderId))
    .innerJoin(kiosks, eq(kiosks.id, operations.kioskId))
    .where(or(eq(operations.state, 'open'), isRecent))
    .orderBy(asc(operations.startedAt));
}

/** The same instant for one operation. */
export async function lastWordOf(database: Database, operationId: string): Promise<Date | undefined> {
  const [row] = await database.select({ lastWordAt }).from(operations).where(eq(operations.id, operationId));
  return row?.lastWordAt;
}
