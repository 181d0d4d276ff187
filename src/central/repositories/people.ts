import { and, eq, getTableColumns, inArray, isNotNull, sql } from 'drizzle-orm';
import { people } from '../../../db/central/schema.ts';
import type { Person } from '../../domain/card.ts';
import type { Database } from '../database.ts';
import { toInstantOrNull } from '../instant.ts';

/** A person with all that central has of them. */
export type PersonWithPhoto = typeof people.$inferSelect;
/** The same without the photo, which is larger than all the rest, and wanted by almost nobody. */
export type PersonRow = Omit<PersonWithPhoto, 'photo'>;

const { photo, ...withoutPhoto } = getTableColumns(people);

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** Whether a name that somebody typed is an id rather than a login or a label. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

export async function findPerson(database: Database, idOrLogin: string): Promise<PersonRow | undefined> {
  const [column, name] = isUuid(idOrLogin)
    ? ([people.id, 'find_person'] as const)
    : ([people.login, 'find_person_by_login'] as const);
  const query = database.select(withoutPhoto).from(people).where(eq(column, idOrLogin));
  return (await query.prepare(name).execute())[0];
}

/** JPEG as it goes into the facial image; null: there is none. */
export async function findPhoto(database: Database, id: string): Promise<Uint8Array | null> {
  return (await database.select({ photo }).from(people).where(eq(people.id, id)))[0]?.photo ?? null;
}

export async function hasPhoto(database: Database, id: string): Promise<boolean> {
  return (await database.$count(people, and(eq(people.id, id), isNotNull(photo)))) > 0;
}

/** The same for whoever changes them: until the transaction ends nobody else does, nor adds somebody of this login. */
export async function holdPerson(
  transaction: Database,
  idOrLogin: string,
): Promise<PersonWithPhoto | undefined> {
  const name = `person ${idOrLogin}`;
  await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
  const found = await findPerson(transaction, idOrLogin);
  if (!found) return undefined;
  return (await transaction.select().from(people).where(eq(people.id, found.id)).for('update'))[0];
}

/** Adds a person or changes the one with this id; without a photo in it, that stays as it is. */
export async function savePerson(
  database: Database,
  person: PersonRow & Partial<PersonWithPhoto>,
): Promise<void> {
  await database.insert(people).values(person).onConflictDoUpdate({ target: people.id, set: person });
}

/** What people are called, by id. */
export async function displayNames(
  database: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const { id, displayName } = people;
  const rows = await database
    .select({ id, displayName })
    .from(people)
    .where(inArray(id, [...new Set(ids)]));
  return new Map(rows.map((row) => [row.id, row.displayName]));
}

/** Everybody as kiosks may know them. */
export async function listPeople(database: Database): Promise<Person[]> {
  const { id, displayName, state, approvedUntil } = people;
  const rows = await database.select({ id, displayName, state, approvedUntil }).from(people).orderBy(id);
  return rows.map(toPerson);
}

/** Leaves out what a kiosk need not know. */
export function toPerson(row: Pick<PersonRow, 'id' | 'displayName' | 'state' | 'approvedUntil'>): Person {
  return {
    id: row.id,
    displayName: row.displayName,
    state: row.state,
    approvedUntil: toInstantOrNull(row.approvedUntil),
  };
}
