/** What an update of one card would do to it, as it is seen before the card is in a reader (KR-05). */
import type { Difference } from '../../domain/difference.ts';
import { OPEN_REQUEST_STATES } from '../../domain/request.ts';
import { findDifference, readCollectionFacts } from '../collection/find-difference.ts';
import { differenceUnderWay } from '../collection/under-way.ts';
import type { Database } from '../database.ts';
import { readCollectionDoubt } from '../operation/aftermath.ts';
import { findCard } from '../repositories/cards.ts';
import { findOpenOperation } from '../repositories/operations.ts';
import { newestProfile } from '../repositories/profiles.ts';
import type { RequestRow } from '../repositories/requests.ts';

/** What a card can is seen when it is in a reader; until then the best is hoped for. */
export const HOPED_FOR = { canMoveKeys: true, canImportKeys: true } as const;

/** Null: it is no update with recovered keys, or it is over. While it is being collected: what is being done. */
export async function differenceOf(database: Database, request: RequestRow): Promise<Difference | null> {
  const { kind, cardId, state } = request;
  if (kind !== 'existingCard' || cardId === null || !OPEN_REQUEST_STATES.includes(state)) return null;
  const card = await findCard(database, cardId);
  const profile = card && (await newestProfile(database, card.profileName));
  if (!card || !profile) return null;
  const open = await findOpenOperation(database, cardId);
  if (open?.requestId === request.id) return differenceUnderWay(database, card, open);
  const doubt = await readCollectionDoubt(database, cardId);
  const facts = await readCollectionFacts(database, request.id, card, profile, doubt);
  return findDifference(facts, { capabilities: HOPED_FOR, leavesOut: [] });
}
