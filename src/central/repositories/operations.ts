import { and, asc, desc, eq, inArray, isNull, lt, not, or, sql } from 'drizzle-orm';
import {
  type FrozenImage,
  managementKeyExchanges,
  operationKeys,
  operations,
  secretIntents,
} from '../../../db/central/operation-schema.ts';
import { recoveredCertificates } from '../../../db/central/request-schema.ts';
import { cards, certificates } from '../../../db/central/schema.ts';
import type { Slot } from '../../domain/slot.ts';
import type { SecretKind } from '../../protocol/values.ts';
import type { Database } from '../database.ts';

export type OperationRow = typeof operations.$inferSelect;
export type OperationKeyRow = typeof operationKeys.$inferSelect;
export type SecretIntentRow = typeof secretIntents.$inferSelect;
export type ExchangeRow = typeof managementKeyExchanges.$inferSelect;

export async function addOperation(transaction: Database, operation: OperationRow): Promise<void> {
  await transaction.insert(operations).values(operation);
}

export async function addOperationKeys(
  transaction: Database,
  keys: readonly OperationKeyRow[],
): Promise<void> {
  if (keys.length > 0) await transaction.insert(operationKeys).values([...keys]);
}

export async function findOperation(database: Database, id: string): Promise<OperationRow | undefined> {
  const query = database.select().from(operations).where(eq(operations.id, id));
  return (await query.prepare('find_operation').execute())[0];
}

/** Holds the operation until the transaction ends; the card first, as begin does: two that want both never wait for each other. */
export async function lockOperation(transaction: Database, id: string): Promise<OperationRow | undefined> {
  const cardOf = transaction.select({ id: operations.cardId }).from(operations).where(eq(operations.id, id));
  const card = transaction
    .select({ id: cards.id })
    .from(cards)
    .where(inArray(cards.id, cardOf))
    .for('update');
  await card.prepare('lock_card_of_operation').execute();
  const query = transaction.select().from(operations).where(eq(operations.id, id)).for('update');
  return (await query.prepare('lock_operation').execute())[0];
}

/** The one operation of a card that is not finished. */
export async function findOpenOperation(
  database: Database,
  cardId: string,
): Promise<OperationRow | undefined> {
  const key = and(eq(operations.cardId, cardId), eq(operations.state, 'open'));
  return (await database.select().from(operations).where(key))[0];
}

/** The one of a card that was completed last among those whose image has this object. @param tag hex */
export async function findCompletedWith(
  database: Database,
  cardId: string,
  tag: string,
): Promise<OperationRow | undefined> {
  const hasObject = sql`${operations.image} @> ${JSON.stringify({ objects: [{ tag }] })}::jsonb`;
  const key = and(eq(operations.cardId, cardId), eq(operations.state, 'completed'), hasObject);
  return (await database.select().from(operations).where(key).orderBy(desc(operations.endedAt)).limit(1))[0];
}

/** Notes in the frozen image what became of a collection. */
export async function noteInImage(
  transaction: Database,
  id: string,
  note: Pick<FrozenImage, 'hasPassed' | 'wasResumed'>,
): Promise<void> {
  const image = sql`${operations.image} || ${JSON.stringify(note)}::jsonb`;
  await transaction.update(operations).set({ image }).where(eq(operations.id, id));
}

export async function changeOperation(
  transaction: Database,
  id: string,
  change: Partial<OperationRow>,
): Promise<void> {
  await transaction.update(operations).set(change).where(eq(operations.id, id));
}

/** In writing order. */
export async function listOperationKeys(database: Database, operationId: string): Promise<OperationKeyRow[]> {
  return database
    .select()
    .from(operationKeys)
    .where(eq(operationKeys.operationId, operationId))
    .orderBy(asc(operationKeys.position));
}

/** The same, each with the certificate that it has, if any. */
export async function listIssuedKeys(database: Database, operationId: string) {
  return database
    .select({ key: operationKeys, certificate: certificates })
    .from(operationKeys)
    .leftJoin(certificates, eq(certificates.serialNumber, operationKeys.certificate))
    .where(eq(operationKeys.operationId, operationId))
    .orderBy(asc(operationKeys.position));
}

export async function changeOperationKey(
  transaction: Database,
  operationId: string,
  slot: Slot,
  change: Partial<OperationKeyRow>,
): Promise<void> {
  const key = and(eq(operationKeys.operationId, operationId), eq(operationKeys.slot, slot));
  await transaction.update(operationKeys).set(change).where(key);
}

export async function listIntents(database: Database, operationId: string): Promise<SecretIntentRow[]> {
  return database.select().from(secretIntents).where(eq(secretIntents.operationId, operationId));
}

/** Records an intent, or changes the one that this operation has for this secret. */
export async function saveIntent(transaction: Database, intent: SecretIntentRow): Promise<void> {
  const target = [secretIntents.operationId, secretIntents.secret];
  await transaction.insert(secretIntents).values(intent).onConflictDoUpdate({ target, set: intent });
}

export async function findIntent(
  database: Database,
  operationId: string,
  secret: SecretKind,
): Promise<SecretIntentRow | undefined> {
  return (await listIntents(database, operationId)).find((intent) => intent.secret === secret);
}

export async function addExchange(database: Database, exchange: ExchangeRow): Promise<void> {
  await database.insert(managementKeyExchanges).values(exchange);
}

export async function lockExchange(transaction: Database, id: string): Promise<ExchangeRow | undefined> {
  const { id: key } = managementKeyExchanges;
  return (await transaction.select().from(managementKeyExchanges).where(eq(key, id)).for('update'))[0];
}

export async function decideExchange(
  transaction: Database,
  id: string,
  isAuthenticated: boolean,
): Promise<void> {
  const { id: key } = managementKeyExchanges;
  await transaction.update(managementKeyExchanges).set({ isAuthenticated }).where(eq(key, id));
}

/** What earlier runs of an operation have authenticated counts no more. */
export async function forgetExchanges(transaction: Database, operationId: string): Promise<void> {
  const { operationId: key } = managementKeyExchanges;
  await transaction.delete(managementKeyExchanges).where(eq(key, operationId));
}

/**
 * Forgets exchanges that were begun before then and in which no card has passed; of an operation that has ended also the others:
 * who asks what it did finds it in the audit.
 * @returns how many
 */
export async function forgetOldExchanges(database: Database, before: Date): Promise<number> {
  const { id, operationId, isAuthenticated, startedAt } = managementKeyExchanges;
  const isOpen = inArray(
    operationId,
    database.select({ id: operations.id }).from(operations).where(eq(operations.state, 'open')),
  );
  const isOver = or(isNull(isAuthenticated), eq(isAuthenticated, false), not(isOpen));
  const forgotten = database.delete(managementKeyExchanges).where(and(lt(startedAt, before), isOver));
  return (await forgotten.returning({ id })).length;
}

/** Whether the card has passed mutual authentication in this run: only then it is the right card. */
export async function hasAuthenticatedCard(database: Database, operationId: string): Promise<boolean> {
  const { operationId: key, isAuthenticated } = managementKeyExchanges;
  const passed = and(eq(key, operationId), eq(isAuthenticated, true));
  return (await database.select().from(managementKeyExchanges).where(passed).limit(1)).length > 0;
}

/** Slots that something was put into, or was to be, in any operation of a card, or that its certificates were issued for. */
export async function slotsEverUsed(database: Database, cardId: string): Promise<Set<Slot>> {
  const inOperations = database
    .select({ slot: operationKeys.slot })
    .from(operationKeys)
    .innerJoin(operations, eq(operations.id, operationKeys.operationId))
    .where(eq(operations.cardId, cardId));
  const inCertificates = database
    .select({ slot: certificates.slot })
    .from(certificates)
    .where(eq(certificates.cardId, cardId));
  const recovered = database
    .select({ slot: recoveredCertificates.slot })
    .from(recoveredCertificates)
    .where(eq(recoveredCertificates.cardId, cardId));
  const rows = [...(await inOperations), ...(await inCertificates), ...(await recovered)];
  return new Set(rows.map(({ slot }) => slot));
}
