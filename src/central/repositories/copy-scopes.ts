import { and, eq, sql } from 'drizzle-orm';
import { copyScopeGroups } from '../../../db/central/copy-schema.ts';
import { people } from '../../../db/central/schema.ts';
import type { Database } from '../database.ts';

/** Whether a person is in a group of this scope now. */
export async function isInScope(database: Database, scopeId: string, personId: string): Promise<boolean> {
  const query = database
    .select({ id: people.id })
    .from(people)
    .innerJoin(copyScopeGroups, eq(copyScopeGroups.groupId, people.groupId))
    .where(and(eq(people.id, personId), eq(copyScopeGroups.scopeId, scopeId)));
  return (await query.prepare('is_in_scope').execute()).length > 0;
}

/** All of it, as it is now. */
export async function groupsOfScope(database: Database, scopeId: string): Promise<ReadonlySet<string>> {
  const rows = await database
    .select({ id: copyScopeGroups.groupId })
    .from(copyScopeGroups)
    .where(eq(copyScopeGroups.scopeId, scopeId));
  return new Set(rows.map(({ id }) => id));
}

/**
 * Makes every kiosk fetch its copy anew: after central's data were put back to what they were (a backup), revisions are given
 * out again that kiosks know already.
 */
export async function replaceEpochs(database: Database): Promise<void> {
  await database.execute(sql`select copy_replace_epochs()`);
}
