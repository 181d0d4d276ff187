/** Operations that were begun and not completed: what they may have left on their card, and since when nobody heard of them. */
import { and, asc, count, desc, eq, getTableColumns, gt, inArray, max, or, type SQL, sql } from 'drizzle-orm';
import { copyScopeGroups } from '../../../db/central/copy-schema.ts';
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
  (select max(c.issued_at) from operation_keys k join certificates c on c.serial_number = k.certificate
    where k.operation_id = operations.id)
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

/** An operation with whom and what it is about, but for what it writes. */
export interface UnfinishedOperation {
  readonly operation: Omit<OperationRow, 'image' | 'result'>;
  readonly card: { readonly id: string; readonly label: string | null; readonly serial: string | null };
  readonly holder: string;
  readonly holderId: string;
  /** Of the holder. */
  readonly groupId: string;
  readonly kiosk: string;
  readonly lastWordAt: Date;
}

export interface UnfinishedSearch {
  /** Those that were abandoned before are left out. */
  readonly abandonedAfter: Date;
  /** Groups of the holders; null: all. */
  readonly groupIds: readonly string[] | null;
  /** Of a kiosk: only of people whom it serves; null: all. */
  readonly scopeId: string | null;
  readonly limit: number;
}

/** Those that are open, and those that were abandoned after this instant; oldest first. */
export function listUnfinished(database: Database, abandonedAfter: Date): Promise<UnfinishedOperation[]> {
  return select(database, openOrAbandonedAfter(abandonedAfter)).orderBy(asc(operations.startedAt));
}

/**
 * The same of some people, and how many there are without the limit: the open ones first, oldest first, since somebody may have to do
 * something; then the abandoned ones, the last first.
 */
export async function searchUnfinished(
  database: Database,
  { abandonedAfter, groupIds, scopeId, limit }: UnfinishedSearch,
): Promise<{ readonly found: UnfinishedOperation[]; readonly total: number }> {
  const served = database
    .select({ id: copyScopeGroups.groupId })
    .from(copyScopeGroups)
    .where(eq(copyScopeGroups.scopeId, scopeId ?? ''));
  const wanted = and(
    openOrAbandonedAfter(abandonedAfter),
    groupIds === null ? undefined : inArray(people.groupId, [...groupIds]),
    scopeId === null ? undefined : inArray(people.groupId, served),
  );
  const isOpen = sql`${operations.state} = 'open'`;
  const sinceOpened = sql`case when ${isOpen} then ${operations.startedAt} end`;
  const found = await select(database, wanted)
    .orderBy(desc(isOpen), asc(sinceOpened), desc(operations.endedAt), asc(operations.id))
    .limit(limit);
  const [counted] = await database
    .select({ total: count() })
    .from(operations)
    .innerJoin(cards, eq(cards.id, operations.cardId))
    .innerJoin(people, eq(people.id, cards.holderId))
    .where(wanted);
  return { found, total: counted?.total ?? 0 };
}

/** One of them, whatever its state; undefined: there is none. */
export async function findUnfinished(
  database: Database,
  operationId: string,
): Promise<UnfinishedOperation | undefined> {
  return (await select(database, eq(operations.id, operationId)))[0];
}

/** `state <> 'completed'` is what the index has. */
function openOrAbandonedAfter(instant: Date): SQL | undefined {
  const isRecent = and(eq(operations.state, 'abandoned'), gt(operations.endedAt, instant));
  return and(sql`${operations.state} <> 'completed'`, or(eq(operations.state, 'open'), isRecent));
}

const { image: _image, result: _result, ...shortColumns } = getTableColumns(operations);

function select(database: Database, where: SQL | undefined) {
  return database
    .select({
      operation: shortColumns,
      card: { id: cards.id, label: cards.label, serial: cards.serial },
      ...{ holder: people.displayName, holderId: people.id, groupId: people.groupId },
      kiosk: kiosks.name,
      lastWordAt,
    })
    .from(operations)
    .innerJoin(cards, eq(cards.id, operations.cardId))
    .innerJoin(people, eq(people.id, cards.holderId))
    .innerJoin(kiosks, eq(kiosks.id, operations.kioskId))
    .where(where);
}

/** The same instant for one operation. */
export async function lastWordOf(database: Database, operationId: string): Promise<Date | undefined> {
  const [row] = await database.select({ lastWordAt }).from(operations).where(eq(operations.id, operationId));
  return row?.lastWordAt;
}
