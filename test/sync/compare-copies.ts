import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Central } from '../../src/central/central.ts';
import { findGroup, groupsBelow } from '../../src/central/repositories/groups.ts';
import { REPLICA_ROWS } from '../../src/protocol/replica-schema.ts';
import { queryScope } from '../central/support/scope-contents.ts';
import type { WorldKiosk } from './sync-world.ts';

/** Rows by `kind key`, each in one form. */
type Rows = ReadonlyMap<string, string>;

/** How a kiosk's copy differs from a fresh query of its scope, a line for each row; empty: not at all. */
export async function compareCopy(central: Central, { place, groups }: WorldKiosk): Promise<string[]> {
  const expected = await freshRows(central, groups);
  const found = rowsOf(join(place.folder, 'replica.sqlite'));
  const keys = new Set([...expected.keys(), ...found.keys()]);
  return [...keys].flatMap((key) => {
    const [here, there] = [found.get(key), expected.get(key)];
    return here === there ? [] : [`${place.name}: ${key} is ${here ?? 'not there'}, not ${there ?? 'gone'}`];
  });
}

/** What is wrong with a file; null when it is sound. */
export function checkFile(path: string): string | null {
  const file = new Database(path, { readonly: true, fileMustExist: true });
  try {
    const found = file.pragma('integrity_check', { simple: true });
    return found === 'ok' ? null : String(found);
  } catch (error) {
    return (error as Error).message;
  } finally {
    file.close();
  }
}

async function freshRows({ database }: Central, names: readonly string[]): Promise<Rows> {
  const ids = new Set<string>();
  for (const name of names)
    for (const id of await groupsBelow(database, (await findGroup(database, name))!.id)) ids.add(id);
  const contents = await queryScope(database, [...ids]);
  const rows = [...contents].map(([key, value]) => {
    const [kind] = key.split(' ') as [keyof typeof REPLICA_ROWS];
    const sent = value as Readonly<Record<string, unknown>>;
    const cells = REPLICA_ROWS[kind].columns.map((column) =>
      column === 'document' ? sent : asCell(sent[camelCase(column)]),
    );
    return [key, canonical(cells)] as const;
  });
  return new Map(rows);
}

function rowsOf(path: string): Rows {
  const file = new Database(path, { readonly: true, fileMustExist: true });
  try {
    const rows = Object.entries(REPLICA_ROWS).flatMap(([kind, { table, columns }]) =>
      (
        file
          .prepare(`select ${columns.join(', ')} from ${table}`)
          .raw()
          .all() as unknown[][]
      ).map((cells) => {
        const read = cells.map((cell, at) => (columns[at] === 'document' ? JSON.parse(String(cell)) : cell));
        return [`${kind} ${cells[0]}`, canonical(read)] as const;
      }),
    );
    return new Map(rows);
  } finally {
    file.close();
  }
}

function asCell(value: unknown): unknown {
  return typeof value === 'boolean' ? Number(value) : value;
}

function camelCase(column: string): string {
  return column.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** JSON with the keys of every object in order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) =>
    one !== null && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}
