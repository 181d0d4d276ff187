import { DEFAULT_SOFT_RULES } from '../../domain/soft-certificate.ts';
import type { WaitingItem } from '../../protocol/request.ts';
import { listed } from '../collection/find-difference.ts';
import type { Database } from '../database.ts';
import { termsOf } from '../operation/terms.ts';
import { archivedAmong } from '../repositories/archived-keys.ts';
import { newestProfile } from '../repositories/profiles.ts';
import { listRequestCertificates, type RequestRow } from '../repositories/requests.ts';

/** What goes into the file of a request, by what the newest revision of its profile says. Null: its profile is withdrawn. */
export async function describeSoft(
  database: Database,
  { id, ownerId, profileName }: RequestRow,
): Promise<WaitingItem['soft']> {
  const profile = await newestProfile(database, profileName);
  if (!profile) return null;
  const rows = (await listRequestCertificates(database, id)).filter(({ isWanted }) => isWanted);
  const archived = await archivedAmong(
    database,
    ownerId,
    rows.map(({ row }) => row.publicKey),
  );
  return {
    rules: profile.softRules ?? DEFAULT_SOFT_RULES,
    certificates: rows.map(({ row }) => listed(row, archived)),
    terms: termsOf(profile),
  };
}
