import type { Profile } from '../../domain/profile.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { profileChanges } from '../profile-changes.ts';
import { parseProfileDocument } from '../profile-document.ts';
import { recordAudits } from '../repositories/audit.ts';
import { lockProfiles, newestRevision, saveProfile } from '../repositories/profiles.ts';
import { recallRequests } from '../request/recall-requests.ts';

/** What became of a document. */
export interface PutProfile {
  /** As saved; the newest revision where nothing was. */
  readonly profile: Profile;
  readonly isSaved: boolean;
  /** One line for each thing that differs from the newest revision; null where there was none. */
  readonly changes: readonly string[] | null;
}

/**
 * Saves a profile document as the next revision of its profile, unless it says what the newest one says.
 * @param document TOML or JSON text
 * @throws ProfileDocumentError
 */
export async function putProfile(central: Central, document: string): Promise<PutProfile> {
  const profile = parseProfileDocument(document);
  const present = await compare(central.database, profile);
  if (present.changes?.length === 0) return present;
  return central.database.transaction(async (transaction) => {
    await lockProfiles(transaction);
    const compared = await compare(transaction, profile);
    if (compared.changes?.length === 0) return compared;
    const saved = await saveProfile(transaction, profile, document, central.now());
    const entry = { type: 'profile.saved', actor: 'command' };
    const detail = { name: saved.name, revision: saved.revision };
    const recalled = await recallRequests(transaction, saved, central.now());
    await recordAudits(central, transaction, [{ ...entry, detail }, ...recalled], central.now());
    return { ...compared, profile: saved, isSaved: true };
  });
}

/** What putting this document would change. @throws ProfileDocumentError */
export function tryProfile(central: Central, document: string): Promise<PutProfile> {
  return compare(central.database, parseProfileDocument(document));
}

async function compare(database: Database, profile: Omit<Profile, 'revision'>): Promise<PutProfile> {
  const newest = await newestRevision(database, profile.name);
  if (!newest || newest.withdrawnAt !== null) {
    return {
      profile: { ...profile, revision: newest?.profile.revision ?? 0 },
      isSaved: false,
      changes: null,
    };
  }
  return { profile: newest.profile, isSaved: false, changes: profileChanges(newest.profile, profile) };
}
