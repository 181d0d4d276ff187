import { and, eq, inArray, isNotNull, ne, or } from 'drizzle-orm';
import { operations } from '../../../db/central/operation-schema.ts';
import { cards } from '../../../db/central/schema.ts';
import type { Card } from '../../domain/card.ts';
import type { Database } from '../database.ts';
import { toInstant } from '../instant.ts';
import { isUuid } from './people.ts';

/** A card with what only central knows of it. */
export type CardRow = typeof cards.$inferSelect;

const NAMES_AT_ONCE = 1000;

export async function addCard(database: Database, card: CardRow): Promise<void> {
  await database.insert(cards).values(card);
}

export async function changeCard(database: Database, id: string, change: Partial<CardRow>): Promise<void> {
  await database.update(cards).set(change).where(eq(cards.id, id));
}

export async function findCard(database: Database, id: string): Promise<CardRow | undefined> {
  return (await database.select().from(cards).where(eq(cards.id, id)).prepare('find_card').execute())[0];
}

/** Holds the card until the transaction ends: what changes one card happens one after the other. */
export async function lockCard(transaction: Database, id: string): Promise<CardRow | undefined> {
  const query = transaction.select().from(cards).where(eq(cards.id, id)).for('update');
  return (await query.prepare('lock_card').execute())[0];
}

/** By chip serial, or else by the GUID of its CHUID: both are hints. */
export async function findCardBySight(
  database: Database,
  serial: string | null,
  guid: string | null,
): Promise<CardRow | undefined> {
  if (serial !== null) {
    const [found] = await database.select().from(cards).where(eq(cards.serial, serial));
    if (found) return found;
  }
  if (guid === null) return undefined;
  const [found] = await database.select().from(cards).where(eq(cards.guid, guid));
  // A card with another serial is another card, whatever its CHUID says.
  return found && (serial === null || found.serial === null) ? found : undefined;
}

/** By what an operator may type: id, label or chip serial. */
export async function findCardByName(database: Database, name: string): Promise<CardRow | undefined> {
  const key = isUuid(name)
    ? or(eq(cards.id, name), eq(cards.guid, name))
    : or(eq(cards.label, name), eq(cards.serial, name));
  return (await database.select().from(cards).where(key))[0];
}

/** What people call these cards: label, else chip serial; by id. A card without either is not in it. */
export async function cardNames(
  database: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  const distinct = [...new Set(ids)];
  for (let at = 0; at < distinct.length; at += NAMES_AT_ONCE) {
    const some = inArray(cards.id, distinct.slice(at, at + NAMES_AT_ONCE));
    const { id, label, serial } = cards;
    for (const row of await database.select({ id, label, serial }).from(cards).where(some)) {
      const name = row.label ?? row.serial;
      if (name !== null) names.set(row.id, name);
    }
  }
  return names;
}

/** What kiosks may know: of a card that was never issued nothing, until there is a chip that they may meet. */
export async function listCards(database: Database): Promise<Card[]> {
  const rows = await database
    .select({ card: cards, operationId: operations.id })
    .from(cards)
    .leftJoin(operations, and(eq(operations.cardId, cards.id), eq(operations.state, 'open')))
    .where(or(ne(cards.state, 'planned'), isNotNull(cards.serial)))
    .orderBy(cards.id);
  return rows.map(({ card, operationId }) => toCard(card, operationId !== null));
}

/** Leaves out what a kiosk need not know. */
export function toCard(row: CardRow, hasOpenOperation: boolean): Card {
  const { id, serial, guid, holderId, state, profileName, isManagementKeyKnown } = row;
  const expiresAt = toInstant(row.expiresAt);
  return {
    id,
    serial,
    guid,
    holderId,
    state,
    expiresAt,
    profileName,
    hasOpenOperation,
    isManagementKeyKnown,
  };
}

/** Of a card that an issue writes: nothing stands against it that it was not issued yet. */
export function lifeOfIssue(card: CardRow) {
  const life = lifeOf(card);
  return life.state === 'planned' ? { ...life, state: 'issued' as const } : life;
}

/** What decides whether a card's life goes on (RP-04, RP-06, RP-21). */
export function lifeOf({ state, expiresAt, isManagementKeyKnown }: CardRow) {
  return { state, expiresAt: toInstant(expiresAt), isManagementKeyKnown };
}
