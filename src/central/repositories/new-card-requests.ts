/** Requests for a new card, by the number that is typed for them, and by the record of the card. */
import { and, eq, isNull } from 'drizzle-orm';
import { requests } from '../../../db/central/request-schema.ts';
import type { Database } from '../database.ts';
import type { RequestRow } from './requests.ts';

/** The one that is not over, with these first digits of its number. */
export async function findByLocator(database: Database, locator: string): Promise<RequestRow | undefined> {
  const key = and(eq(requests.locator, locator), isNull(requests.endedAt));
  return (await database.select().from(requests).where(key))[0];
}

/** Those that are not over and are to become this card. */
export async function listOpenForNewCard(database: Database, cardId: string): Promise<RequestRow[]> {
  const key = and(eq(requests.newCardId, cardId), isNull(requests.endedAt));
  return database.select().from(requests).where(key);
}
