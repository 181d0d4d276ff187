/** Lists of people and cards for those who look for some of them. */
import { and, asc, eq, ilike, inArray, or } from 'drizzle-orm';
import { groups } from '../../../db/central/group-schema.ts';
import { cards, people } from '../../../db/central/schema.ts';
import type { CardState } from '../../domain/card.ts';
import type { Database } from '../database.ts';
import type { CardRow } from './cards.ts';

export interface PeopleSearch {
  /** A part of login, name or mail, in any case; null: everybody. */
  readonly text: string | null;
  readonly groupIds: readonly string[] | null;
  /** Only this one. */
  readonly onlyId?: string;
  readonly limit: number;
}

export type ListedPerson = Omit<typeof people.$inferSelect, 'photo' | 'groupId'> & { readonly group: string };

/** All but the photo. */
const { id, login, displayName, mail, userPrincipalName, state, approvedUntil } = people;
const shownColumns = { id, login, displayName, mail, userPrincipalName, state, approvedUntil };

/** By name. `total` counts those beyond the limit too. */
export async function searchPeople(
  database: Database,
  { text, groupIds, onlyId, limit }: PeopleSearch,
): Promise<{ readonly people: ListedPerson[]; readonly total: number }> {
  const part = text === null ? null : `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  const where = and(
    part === null
      ? undefined
      : or(ilike(people.login, part), ilike(people.displayName, part), ilike(people.mail, part)),
    groupIds === null ? undefined : inArray(people.groupId, [...groupIds]),
    onlyId === undefined ? undefined : eq(people.id, onlyId),
  );
  const found = await database
    .select({ ...shownColumns, group: groups.name })
    .from(people)
    .innerJoin(groups, eq(groups.id, people.groupId))
    .where(where)
    .orderBy(asc(people.displayName), asc(people.id))
    .limit(limit);
  return { people: found, total: await database.$count(people, where) };
}

export interface CardSearch {
  readonly holderId: string | null;
  readonly state: CardState | null;
  readonly limit: number;
}

export type ListedCard = CardRow & { readonly holder: string };

/** By chip serial. `total` counts those beyond the limit too. */
export async function searchCards(
  database: Database,
  search: CardSearch,
): Promise<{ readonly cards: ListedCard[]; readonly total: number }> {
  const where = and(
    search.holderId === null ? undefined : eq(cards.holderId, search.holderId),
    search.state === null ? undefined : eq(cards.state, search.state),
  );
  const rows = await database
    .select({ card: cards, holder: people.displayName })
    .from(cards)
    .innerJoin(people, eq(people.id, cards.holderId))
    .where(where)
    .orderBy(asc(cards.serial), asc(cards.id))
    .limit(search.limit);
  return {
    cards: rows.map(({ card, holder }) => ({ ...card, holder })),
    total: await database.$count(cards, where),
  };
}

export async function cardsOfHolder(database: Database, holderId: string): Promise<CardRow[]> {
  return database.select().from(cards).where(eq(cards.holderId, holderId)).orderBy(asc(cards.id));
}
