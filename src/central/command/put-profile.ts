import type { Profile } from '../../domain/profile.ts';
import type { Central } from '../central.ts';
import { changeCopy } from '../database.ts';
import { parseProfileDocument } from '../profile-document.ts';
import { recordAudit } from '../repositories/audit.ts';
import { saveProfile } from '../repositories/profiles.ts';

/**
 * Saves a profile document as the next revision of its profile.
 * @param document TOML text
 * @throws ProfileDocumentError
 */
export async function putProfile(central: Central, document: string): Promise<Profile> {
  const profile = parseProfileDocument(document);
  return changeCopy(central.database, async (transaction) => {
    const saved = await saveProfile(transaction, profile, document, central.now());
    const entry = { type: 'profile.saved', actor: 'command' };
    const detail = { name: saved.name, revision: saved.revision };
    await recordAudit(central, transaction, { ...entry, detail }, central.now());
    return saved;
  });
}
