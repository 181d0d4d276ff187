import { randomUUID } from 'node:crypto';
import { eq, inArray } from 'drizzle-orm';
import { copyScopeGroups, copyScopes } from '../../../db/central/copy-schema.ts';
import { groups } from '../../../db/central/group-schema.ts';
import type { Database } from '../database.ts';
import { listGroups } from '../repositories/groups.ts';

/** These groups are not at central. */
export class UnknownGroupError extends Error {
  override readonly name = 'UnknownGroupError';
  readonly unknown: readonly string[];
  readonly known: readonly string[];
  constructor(unknown: readonly string[], known: readonly string[]) {
    super(`find scope: there is no group ${unknown.join(', ')}; there are ${known.join(', ')}`);
    this.unknown = unknown;
    this.known = known;
  }
}

/**
 * The scope of these groups and all below them; made when there is none yet (the database adds those below).
 * @param names of groups, in any order
 * @throws UnknownGroupError
 */
export async function scopeOfGroups(transaction: Database, names: readonly string[]): Promise<string> {
  const wanted = [...new Set(names)].sort();
  const found = await transaction.select().from(groups).where(inArray(groups.name, wanted));
  const unknown = wanted.filter((name) => !found.some((group) => group.name === name));
  if (unknown.length > 0) {
    const known = (await listGroups(transaction)).map((group) => group.name);
    throw new UnknownGroupError(unknown, known);
  }
  const name = wanted.join(',');
  const scope = { id: randomUUID(), name, epoch: randomUUID(), revision: 0, prunedTo: 0 };
  const made = await transaction.insert(copyScopes).values(scope).onConflictDoNothing().returning();
  if (made.length === 0) {
    return (await transaction.select().from(copyScopes).where(eq(copyScopes.name, name)))[0]!.id;
  }
  const rows = found.map(({ id: groupId }) => ({ scopeId: scope.id, groupId, isNamed: true }));
  await transaction.insert(copyScopeGroups).values(rows);
  return scope.id;
}
