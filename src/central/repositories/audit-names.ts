/** Whom and which cards entries of the audit are about. */
import { eq, inArray } from 'drizzle-orm';
import { cards, people } from '../../../db/central/schema.ts';
import type { Database } from '../database.ts';
import type { CardRow } from './cards.ts';

export interface NamedHolder {
  readonly id: string;
  readonly displayName: string;
  readonly groupId: string;
}

const holder = { id: people.id, displayName: people.displayName, groupId: people.groupId };

/** By id. */
export async function namesOfPeople(
  database: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, NamedHolder>> {
  if (ids.length === 0) return new Map();
  const rows = await database
    .select(holder)
    .from(people)
    .where(inArray(people.id, [...new Set(ids)]));
  return new Map(rows.map((row) => [row.id, row]));
}

export interface CardWithHolder extends Pick<CardRow, 'id' | 'label' | 'serial'> {
  readonly holder: NamedHolder;
}

/** By id. */
export async function namesOfCards(
  database: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, CardWithHolder>> {
  if (ids.length === 0) return new Map();
  const rows = await database
    .select({ id: cards.id, label: cards.label, serial: cards.serial, holder })
    .from(cards)
    .innerJoin(people, eq(people.id, cards.holderId))
    .where(inArray(cards.id, [...new Set(ids)]));
  return new Map(rows.map((row) => [row.id, row]));
}
