import { and, desc, eq } from 'drizzle-orm';
import { profiles } from '../../../db/central/schema.ts';
import { DEFAULT_ABANDON_AFTER_HOURS, type Profile } from '../../domain/profile.ts';
import type { Database } from '../database.ts';

/** Saves a profile as its next revision; older ones stay. */
export async function saveProfile(
  transaction: Database,
  profile: Omit<Profile, 'revision'>,
  document: string,
  now: Date,
): Promise<Profile> {
  const newest = await newestProfile(transaction, profile.name);
  const parsed = { ...profile, revision: (newest?.revision ?? 0) + 1 };
  await transaction
    .insert(profiles)
    .values({ name: parsed.name, revision: parsed.revision, document, parsed, savedAt: now });
  return parsed;
}

/** The revision that a reprovision uses (RP-02). */
export async function newestProfile(database: Database, name: string): Promise<Profile | undefined> {
  const [row] = await database
    .select({ parsed: profiles.parsed })
    .from(profiles)
    .where(eq(profiles.name, name))
    .orderBy(desc(profiles.revision))
    .limit(1);
  return row && read(row);
}

/** One revision as it was saved. */
export async function findProfile(
  database: Database,
  name: string,
  revision: number,
): Promise<Profile | undefined> {
  const key = and(eq(profiles.name, name), eq(profiles.revision, revision));
  const [row] = await database.select({ parsed: profiles.parsed }).from(profiles).where(key);
  return row && read(row);
}

/** The newest revision of each. */
export async function listProfiles(database: Database): Promise<Profile[]> {
  const rows = await database
    .selectDistinctOn([profiles.name], { parsed: profiles.parsed })
    .from(profiles)
    .orderBy(profiles.name, desc(profiles.revision));
  return rows.map(read);
}

/** Revisions that were saved before a setting came up have its default. */
function read({ parsed }: { readonly parsed: Profile }): Profile {
  return { ...parsed, abandonAfterHours: parsed.abandonAfterHours ?? DEFAULT_ABANDON_AFTER_HOURS };
}
