/** A new card is no way around the witness of a cancellation (OP-02): what it takes the place of is cancelled with it. */
import type { Profile } from '../../domain/profile.ts';
import type { Database } from '../database.ts';
import { findCard } from '../repositories/cards.ts';
import { newestRevision } from '../repositories/profiles.ts';
import type { RequestRow } from '../repositories/requests.ts';

/**
 * The profile of a request by what an operator who carries it out needs a witness for. Where a card that still lives goes with the new one, and
 * its profile wants a witness of a cancellation, an issue wants one. Its holder alone needs none in either case.
 */
export async function witnessedIssue<P extends Pick<Profile, 'witness'>>(
  database: Database,
  profile: P,
  { kind, cardId }: Pick<RequestRow, 'kind' | 'cardId'>,
): Promise<P> {
  const replaced = kind === 'newCard' && cardId !== null ? await findCard(database, cardId) : undefined;
  if (!replaced || replaced.state === 'cancelled') return profile;
  const { witness = [] } = (await newestRevision(database, replaced.profileName))?.profile ?? {};
  const own = profile.witness ?? [];
  return witness.includes('cancel') && !own.includes('issue')
    ? { ...profile, witness: [...own, 'issue' as const] }
    : profile;
}
