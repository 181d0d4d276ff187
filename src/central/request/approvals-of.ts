import { approvalsWanted, type Profile } from '../../domain/profile.ts';
import type { Database } from '../database.ts';
import type { ChosenCertificate } from './choose-certificates.ts';
import { sourceProfiles } from './source-profiles.ts';

/**
 * How many operators have to approve a request: as many as the strictest profile wants of its own and those of the cards that its keys were
 * made for. So nobody has a key without an approval by asking for it under another profile (KR-04).
 */
export async function approvalsOf(
  database: Database,
  profile: Profile,
  chosen: readonly ChosenCertificate[],
): Promise<number> {
  const all = [profile, ...(await sourceProfiles(database, chosen))];
  return Math.max(...all.map(approvalsWanted));
}
