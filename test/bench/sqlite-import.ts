import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { REPLICA_INDEXES, REPLICA_TABLES } from '../../src/protocol/replica-schema.ts';

const run = promisify(execFile);
const TABLES = ['people', 'cards', 'certificates', 'profiles', 'reasons'];

/**
 * Has the sqlite3 program import the rows of a copy from CSV files into the same tables, with a WAL, the indexes made
 * afterwards. The rows come in the order of their keys, which suits it best.
 * @param copy path of a copy; the files are put beside it
 * @returns how long the import took, in milliseconds
 */
export async function importIntoSqlite(copy: string, folder: string): Promise<number> {
  const csv = (table: string) => join(folder, `${table}.csv`);
  const dump = TABLES.flatMap((table) => [`.once ${csv(table)}`, `select * from ${table};`]);
  await sqlite(copy, folder, ['.mode csv', ...dump]);
  const load = [
    ...['pragma journal_mode = wal;', ...REPLICA_TABLES.map((table) => `${table};`), '.mode csv'],
    ...TABLES.map((table) => `.import ${csv(table)} ${table}`),
    ...REPLICA_INDEXES.map((index) => `${index};`),
  ];
  const begun = performance.now();
  await sqlite(join(folder, 'imported.sqlite'), folder, load);
  return performance.now() - begun;
}

async function sqlite(database: string, folder: string, commands: readonly string[]): Promise<void> {
  const script = join(folder, 'script.sql');
  writeFileSync(script, `${commands.join('\n')}\n`);
  await run('sqlite3', ['-bail', database, `.read ${script}`]);
}
