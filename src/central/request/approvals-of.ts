import { approvalsWanted, type Profile } from '../../domain/profile.ts';
import type { Database } from '../database.ts';
import { findCard } from '../repositories/cards.ts';
import { findCertificate } from '../repositories/certificates.ts';
import { newestRevision } from '../repositories/profiles.ts';
import type { ChosenCertificate } from './choose-certificates.ts';

/**
 * How many operators have to approve a request: as many as the strictest profile wants of its own and those of the cards that its keys were
 * made for. So nobody has a key without an approval by asking for it under another profile (KR-04).
 */
export async function approvalsOf(
  database: Database,
  profile: Profile,
  chosen: readonly ChosenCertificate[],
): Promise<number> {
  const names = new Set<string>();
  for (const { certificate } of chosen.filter(({ isWanted, wasOnCard }) => isWanted && !wasOnCard)) {
    const row = await findCertificate(database, certificate);
    const card = row && (await findCard(database, row.cardId));
    if (card) names.add(card.profileName);
  }
  const counts = [approvalsWanted(profile)];
  for (const name of names) {
    const revision = await newestRevision(database, name);
    if (revision) counts.push(approvalsWanted(revision.profile));
  }
  return Math.max(...counts);
}
