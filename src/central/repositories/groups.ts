/** The tree of groups, and who hangs on one. */
import { eq, sql } from 'drizzle-orm';
import { copyScopeGroups } from '../../../db/central/copy-schema.ts';
import { groups } from '../../../db/central/group-schema.ts';
import { kiosks, operators, people } from '../../../db/central/schema.ts';
import type { Database } from '../database.ts';

export type GroupRow = typeof groups.$inferSelect;

export interface ListedGroup extends GroupRow {
  /** Right in it, not below. */
  readonly people: number;
}

export async function findGroup(database: Database, name: string): Promise<GroupRow | undefined> {
  return (await database.select().from(groups).where(eq(groups.name, name)))[0];
}

export async function nameOfGroup(database: Database, id: string): Promise<string> {
  return (await database.select({ name: groups.name }).from(groups).where(eq(groups.id, id)))[0]?.name ?? '-';
}

/** By name. */
export async function listGroups(database: Database): Promise<ListedGroup[]> {
  const { id, name, parentId } = groups;
  return database
    .select({ id, name, parentId, people: sql<number>`count(${people.id})::int` })
    .from(groups)
    .leftJoin(people, eq(people.groupId, id))
    .groupBy(id)
    .orderBy(name);
}

/** The id of a group and of all below it. */
export async function groupsBelow(database: Database, id: string): Promise<string[]> {
  const rows = await database.execute(sql`with recursive below as (
      select id from groups where id = ${id}
      union all select g.id from groups g join below on g.parent_id = below.id)
    select id from below`);
  return (rows as unknown as { rows: { id: string }[] }).rows.map((row) => row.id);
}

/** What would be without a place, were this group gone. */
export interface GroupUse {
  readonly people: number;
  readonly subgroups: readonly string[];
  /** By name. */
  readonly kiosks: readonly string[];
  readonly operators: number;
}

export async function useOfGroup(database: Database, id: string): Promise<GroupUse> {
  const serving = await database
    .selectDistinct({ name: kiosks.name })
    .from(kiosks)
    .innerJoin(copyScopeGroups, eq(copyScopeGroups.scopeId, kiosks.scopeId))
    .where(sql`${copyScopeGroups.groupId} = ${id} and ${copyScopeGroups.isNamed}`)
    .orderBy(kiosks.name);
  const below = await database.select().from(groups).where(eq(groups.parentId, id)).orderBy(groups.name);
  return {
    people: await database.$count(people, eq(people.groupId, id)),
    subgroups: below.map(({ name }) => name),
    kiosks: serving.map(({ name }) => name),
    operators: await database.$count(operators, eq(operators.groupId, id)),
  };
}

/** Scopes that no kiosk follows any more keep no group from going. */
export async function removeGroup(transaction: Database, id: string): Promise<void> {
  await transaction.delete(copyScopeGroups).where(eq(copyScopeGroups.groupId, id));
  await transaction.delete(groups).where(eq(groups.id, id));
}
