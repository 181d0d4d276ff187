/** Scopes: which groups a kiosk's copy is of. Their logs are written by the database itself (migration `copy-log`). */
import { randomUUID } from 'node:crypto';
import { eq, inArray, sql } from 'drizzle-orm';
import { copyScopeGroups, copyScopes } from '../../../db/central/copy-schema.ts';
import { groups } from '../../../db/central/group-schema.ts';
import type { Database } from '../database.ts';

/** A scope was asked for with groups that are none. */
export class NoSuchGroupError extends Error {
  override readonly name = 'NoSuchGroupError';
  readonly groups: readonly string[];
  constructor(names: readonly string[]) {
    const what = names.length === 0 ? 'name at least one group' : `there is no group ${names.join(', ')}`;
    super(`choose a scope: ${what}; see \`recard central group list\``);
    this.groups = names;
  }
}

/**
 * The scope of these groups and of all below them; made when no kiosk had it before.
 * @returns its id
 * @throws NoSuchGroupError
 */
export async function findOrMakeScope(transaction: Database, groupNames: readonly string[]): Promise<string> {
  const wanted = [...new Set(groupNames)].sort();
  const found = await transaction
    .select({ id: groups.id, name: groups.name })
    .from(groups)
    .where(inArray(groups.name, wanted));
  const missing = wanted.filter((name) => !found.some((group) => group.name === name));
  if (missing.length > 0 || wanted.length === 0) throw new NoSuchGroupError(missing);
  const name = wanted.join(',');
  const id = randomUUID();
  const made = await transaction
    .insert(copyScopes)
    .values({ id, name, epoch: randomUUID(), revision: 0, prunedTo: 0 })
    .onConflictDoNothing()
    .returning({ id: copyScopes.id });
  if (made.length === 0) return (await scopeNamed(transaction, name)) ?? findOrMakeScope(transaction, wanted);
  // Those below are added when the transaction ends.
  await transaction
    .insert(copyScopeGroups)
    .values(found.map(({ id: groupId }) => ({ scopeId: id, groupId, isNamed: true })));
  return id;
}

async function scopeNamed(database: Database, name: string): Promise<string | undefined> {
  const rows = await database.select({ id: copyScopes.id }).from(copyScopes).where(eq(copyScopes.name, name));
  return rows[0]?.id;
}

/**
 * Makes every kiosk fetch its copy anew: after central's data were put back to what they were (a backup), revisions are given
 * out again that kiosks know already.
 */
export async function replaceEpochs(database: Database): Promise<void> {
  await database.execute(sql`select copy_replace_epochs()`);
}
