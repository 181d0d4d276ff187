import type { Profile } from '../../domain/profile.ts';
import type { Database } from '../database.ts';
import { findCard } from '../repositories/cards.ts';
import { findCertificate } from '../repositories/certificates.ts';
import { newestRevision } from '../repositories/profiles.ts';
import type { ChosenCertificate } from './choose-certificates.ts';

/** The newest revision, withdrawn or not, of each profile of the cards that the keys were made for which a request brings somewhere. */
export async function sourceProfiles(
  database: Database,
  chosen: readonly ChosenCertificate[],
): Promise<readonly Profile[]> {
  const names = new Set<string>();
  for (const { certificate } of chosen.filter(({ isWanted, wasOnCard }) => isWanted && !wasOnCard)) {
    const row = await findCertificate(database, certificate);
    const card = row && (await findCard(database, row.cardId));
    if (card) names.add(card.profileName);
  }
  const found: Profile[] = [];
  for (const name of names) {
    const revision = await newestRevision(database, name);
    if (revision) found.push(revision.profile);
  }
  return found;
}
