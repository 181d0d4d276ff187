import { and, desc, eq, isNull, max, sql } from 'drizzle-orm';
import { cards, profiles } from '../../../db/central/schema.ts';
import { DEFAULT_ABANDON_AFTER_HOURS, type Profile } from '../../domain/profile.ts';
import type { Database } from '../database.ts';

/** One revision as it was put in. */
export interface ProfileRevision {
  readonly profile: Profile;
  /** TOML or JSON. */
  readonly document: string;
  readonly savedAt: Date;
  /** Of the newest revision: since when the profile is withdrawn. */
  readonly withdrawnAt: Date | null;
}

/** Whoever else saves or withdraws a profile waits until this transaction ends. */
export async function lockProfiles(transaction: Database): Promise<void> {
  await transaction.execute(sql`lock table ${profiles} in share row exclusive mode`);
}

/** Saves a profile as its next revision; older ones stay. A withdrawn one is there again. */
export async function saveProfile(
  transaction: Database,
  profile: Omit<Profile, 'revision'>,
  document: string,
  now: Date,
): Promise<Profile> {
  const ofName = eq(profiles.name, profile.name);
  const [last] = await transaction
    .select({ revision: max(profiles.revision) })
    .from(profiles)
    .where(ofName);
  const parsed = { ...profile, revision: (last?.revision ?? 0) + 1 };
  await transaction
    .insert(profiles)
    .values({ name: parsed.name, revision: parsed.revision, document, parsed, savedAt: now });
  return parsed;
}

/** The revision that a reprovision uses (RP-02); none of a withdrawn profile. */
export async function newestProfile(database: Database, name: string): Promise<Profile | undefined> {
  const newest = await newestRevision(database, name);
  return newest && newest.withdrawnAt === null ? newest.profile : undefined;
}

/** The newest revision, withdrawn or not. */
export async function newestRevision(database: Database, name: string): Promise<ProfileRevision | undefined> {
  const [row] = await database
    .select()
    .from(profiles)
    .where(eq(profiles.name, name))
    .orderBy(desc(profiles.revision))
    .limit(1);
  return row && toRevision(row);
}

/** One revision as it was saved. */
export async function findProfile(
  database: Database,
  name: string,
  revision: number,
): Promise<Profile | undefined> {
  return (await findRevision(database, name, revision))?.profile;
}

export async function findRevision(
  database: Database,
  name: string,
  revision: number,
): Promise<ProfileRevision | undefined> {
  const key = and(eq(profiles.name, name), eq(profiles.revision, revision));
  const query = database.select().from(profiles).where(key);
  const [row] = await query.prepare('find_revision').execute();
  return row && toRevision(row);
}

/** The newest revision of each that is not withdrawn. */
export async function listProfiles(database: Database): Promise<Profile[]> {
  const newest = newestOfEach(database);
  const rows = await database.select().from(newest).where(isNull(newest.withdrawnAt)).orderBy(newest.name);
  return rows.map(({ parsed }) => withDefaults(parsed));
}

/** The newest revision of each, withdrawn or not. */
export async function listNewestRevisions(database: Database): Promise<ProfileRevision[]> {
  return (await database.select().from(newestOfEach(database))).map(toRevision);
}

function newestOfEach(database: Database) {
  return database
    .selectDistinctOn([profiles.name])
    .from(profiles)
    .orderBy(profiles.name, desc(profiles.revision))
    .as('newest');
}

/** How many cards have each profile, whatever their state. */
export async function countCardsByProfile(database: Database): Promise<ReadonlyMap<string, number>> {
  const rows = await database
    .select({ name: cards.profileName, count: sql<number>`count(*)::int` })
    .from(cards)
    .groupBy(cards.profileName);
  return new Map(rows.map(({ name, count }) => [name, count]));
}

/** Its revisions stay readable. */
export async function withdrawProfile(transaction: Database, newest: Profile, now: Date): Promise<void> {
  const key = and(eq(profiles.name, newest.name), eq(profiles.revision, newest.revision));
  await transaction.update(profiles).set({ withdrawnAt: now }).where(key);
}

function toRevision(row: typeof profiles.$inferSelect): ProfileRevision {
  const { parsed, document, savedAt, withdrawnAt } = row;
  return { profile: withDefaults(parsed), document, savedAt, withdrawnAt };
}

/** Revisions that were saved before a setting came up have its default. */
function withDefaults(parsed: Profile): Profile {
  return { ...parsed, abandonAfterHours: parsed.abandonAfterHours ?? DEFAULT_ABANDON_AFTER_HOURS };
}
