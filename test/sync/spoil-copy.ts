import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  openSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import Database from 'better-sqlite3';
import type { Chance } from '../tear/seeded.ts';

const PAGE = 4096;

/** What becomes of files on machines that stand in corridors. Nobody may have it open. */
const DAMAGES: Readonly<Record<string, (path: string, chance: Chance) => void>> = {
  'pages of garbage': (path, { between }) => {
    const pages = Math.floor(statSync(path).size / PAGE);
    const file = openSync(path, 'r+');
    for (let n = 0; n < 5; n += 1) writeSync(file, randomBytes(PAGE), 0, PAGE, between(0, pages) * PAGE);
    closeSync(file);
  },
  'cut short': (path, { between }) => truncateSync(path, between(0, statSync(path).size)),
  'something else': (path) => writeFileSync(path, 'not a database\n'.repeat(1000)),
  empty: (path) => truncateSync(path, 0),
  gone: (path) => rmSync(path),
  'without its log': (path) => rmSync(`${path}-wal`, { force: true }),
};

const SCHEMAS: Readonly<Record<string, (file: Database.Database) => void>> = {
  'of a schema to come': (file) => file.exec('update meta set schema = 1000000'),
  'with a table more': (file) => file.exec('create table more (id integer)'),
  'with a column less': (file) => file.exec('drop index cards_serial; alter table cards drop column serial'),
  'of another program': (file) => {
    for (const name of ['people', 'cards', 'certificates', 'profiles', 'reasons', 'meta'])
      file.exec(`drop table ${name}`);
    file.exec('create table meta (key text, value text)');
  },
};

/** Damages a copy. @returns how; null where there is none to damage */
export function damageCopy(path: string, chance: Chance): string | null {
  if (!existsSync(path)) return null;
  const [how, damage] = pick(DAMAGES, chance);
  damage(path, chance);
  return how;
}

/** Gives a copy another schema. @returns which; null where there is none */
export function changeSchema(path: string, chance: Chance): string | null {
  if (!existsSync(path)) return null;
  const [how, change] = pick(SCHEMAS, chance);
  const file = new Database(path);
  try {
    change(file);
  } catch (error) {
    // It was damaged before.
    if (!(error instanceof Database.SqliteError)) throw error;
  } finally {
    file.close();
  }
  return how;
}

function pick<T>(from: Readonly<Record<string, T>>, { between }: Chance): [string, T] {
  const all = Object.entries(from);
  return all[between(0, all.length - 1)]!;
}
