/** Who may act for others (OP-05). */
import { asc, eq, sql } from 'drizzle-orm';
import { groups } from '../../../db/central/group-schema.ts';
import { operators, people } from '../../../db/central/schema.ts';
import type { OperatorRole } from '../../domain/operator.ts';
import type { Database } from '../database.ts';

export type OperatorRow = typeof operators.$inferSelect;

export interface ListedOperator {
  readonly personId: string;
  readonly login: string | null;
  readonly displayName: string;
  readonly state: string;
  readonly role: OperatorRole;
  /** Name of the group that they act for. */
  readonly group: string;
  readonly addedAt: Date;
  readonly addedBy: string;
}

/** In the order in which they came. */
export async function listOperators(database: Database): Promise<ListedOperator[]> {
  const { personId, role, addedAt, addedBy } = operators;
  const { login, displayName, state } = people;
  return database
    .select({ personId, login, displayName, state, role, group: groups.name, addedAt, addedBy })
    .from(operators)
    .innerJoin(people, eq(people.id, personId))
    .innerJoin(groups, eq(groups.id, operators.groupId))
    .orderBy(asc(addedAt), asc(personId));
}

/** Whoever else adds one waits until this transaction ends. */
export async function lockOperators(transaction: Database): Promise<void> {
  await transaction.execute(sql`lock table ${operators} in share row exclusive mode`);
}

export async function addOperator(transaction: Database, operator: OperatorRow): Promise<void> {
  await transaction.insert(operators).values(operator);
}

/** Their role as it is now; none: they act for nobody but themselves. */
export async function findOperator(database: Database, personId: string): Promise<OperatorRow | undefined> {
  return (await database.select().from(operators).where(eq(operators.personId, personId)))[0];
}

/** Gives somebody a role, or another one. */
export async function saveOperator(transaction: Database, operator: OperatorRow): Promise<void> {
  await transaction
    .insert(operators)
    .values(operator)
    .onConflictDoUpdate({ target: operators.personId, set: operator });
}

export async function removeOperator(transaction: Database, personId: string): Promise<void> {
  await transaction.delete(operators).where(eq(operators.personId, personId));
}
