import { sql } from 'drizzle-orm';
import { commonFacts } from '../../../db/central/common-schema.ts';
import type { Database } from '../database.ts';

/** What all centrals on this database have in common; fingerprints are SHA-256, hex. */
export type CommonFact =
  | 'root-fingerprint'
  | 'kiosk-authority-fingerprint'
  | 'audit-key-fingerprint'
  | 'archive-key-fingerprint'
  | 'published-url';

export async function readCommonFacts(
  database: Database,
): Promise<Readonly<Partial<Record<CommonFact, string>>>> {
  const rows = await database.select().from(commonFacts);
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}

export async function saveCommonFact(database: Database, name: CommonFact, value: string): Promise<void> {
  await database
    .insert(commonFacts)
    .values({ name, value })
    .onConflictDoUpdate({
      target: commonFacts.name,
      set: { value },
      setWhere: sql`${commonFacts.value} <> excluded.value`,
    });
}
