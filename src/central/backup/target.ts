/** The place that a backup is put back to: what is there already, and how it is set aside. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import pg from 'pg';
import { APPLICATION_NAME } from '../cluster-owner.ts';
import { BackupError } from './backup-error.ts';
import { SET_ASIDE_PREFIX } from './postgres-tools.ts';
import { bringFilesBack, hasKeys, type StatePlaces, setFilesAside } from './state-files.ts';

const SCHEMAS = ['public', 'drizzle'];

export interface RestoreTarget extends StatePlaces {
  readonly databaseUrl: string;
}

/**
 * A name that nobody types by accident: the state folder's, and the CA's where there is one.
 * @example `central-3f9a01bc`
 */
export async function nameOfCentral(stateDir: string): Promise<string> {
  const file = join(stateDir, 'ca.pem');
  const folder = basename(resolve(stateDir));
  if (!existsSync(file)) return folder;
  const hash = createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
  return `${folder}-${hash.slice(0, 8)}`;
}

/**
 * Only an empty place is written to, or one whose name was said.
 * @param keyFileHash SHA-256 of the backup's key file, which may be there
 * @returns whether something is there that has to be set aside
 * @throws BackupError
 */
export async function checkTarget(
  target: RestoreTarget,
  keyFileHash: string,
  replaces: string | null,
): Promise<boolean> {
  const { stateDir } = target;
  await refuseRunning(target);
  const isOccupied = (await hasKeys(target, keyFileHash)) || (await hasTables(target));
  const name = await nameOfCentral(stateDir);
  if (isOccupied && replaces === null) {
    const remedy = `name another with --state and DATABASE_URL, or set this one aside with --replace ${name}`;
    throw new BackupError(`restore: there is a central in ${stateDir} or in its database already; ${remedy}`);
  }
  if (isOccupied && replaces !== name)
    throw new BackupError(`restore: the central that is there is called ${name}, not ${replaces}`);
  return isOccupied;
}

/**
 * Renames what is there, so that nothing is lost: schemas `before_…`, files into a folder `before-…`.
 * @param suffix of both
 */
export async function setAside(target: RestoreTarget, suffix: string, keyFileHash: string): Promise<void> {
  await setFilesAside(target, join(target.stateDir, `before-${suffix}`), keyFileHash);
  await withClient(target.databaseUrl, async (client) => {
    await client.query('begin');
    for (const schema of await schemasThere(client)) {
      const aside = client.escapeIdentifier(`${SET_ASIDE_PREFIX}${suffix}_${schema}`);
      await client.query(`alter schema ${client.escapeIdentifier(schema)} rename to ${aside}`);
    }
    await client.query('create schema if not exists public');
    await client.query('commit');
  });
}

/**
 * Undoes `setAside` after a restore that failed: what it has put there goes, what was there is in its place again.
 * @param cause what failed
 * @throws BackupError with what to do by hand, where this fails too
 */
export async function bringBack(target: RestoreTarget, suffix: string, cause: unknown): Promise<void> {
  const folder = join(target.stateDir, `before-${suffix}`);
  try {
    await withClient(target.databaseUrl, (client) => bringSchemasBack(client, suffix));
    await bringFilesBack(target, folder);
  } catch (error) {
    const [first, second] = [cause, error].map((one) => (one instanceof Error ? one.message : String(one)));
    const tables = `in its database drop the schemas ${SCHEMAS.join(', ')} and rename ${SET_ASIDE_PREFIX}${suffix}_… to them`;
    const files = `move what is in ${folder} back, and the folder authority.before-${suffix} to authority`;
    throw new BackupError(
      `restore: ${first}; the central that was there could not be brought back (${second}): ${tables}; ${files}`,
      { cause },
    );
  }
}

/** All or nothing. Without a schema that was set aside nothing was put back either. */
async function bringSchemasBack(client: pg.Client, suffix: string): Promise<void> {
  const prefix = `${SET_ASIDE_PREFIX}${suffix}_`;
  const query = 'select nspname from pg_namespace where starts_with(nspname, $1)';
  const aside = (await client.query(query, [prefix])).rows.map(({ nspname }) => nspname as string);
  if (aside.length === 0) return;
  await client.query('begin');
  for (const schema of SCHEMAS)
    await client.query(`drop schema if exists ${client.escapeIdentifier(schema)} cascade`);
  for (const name of aside) {
    const schema = client.escapeIdentifier(name.slice(prefix.length));
    await client.query(`alter schema ${client.escapeIdentifier(name)} rename to ${schema}`);
  }
  await client.query('commit');
}

/** @throws BackupError while a central or a command works on the database */
async function refuseRunning({ databaseUrl }: RestoreTarget): Promise<void> {
  const query = `select count(*)::int as others from pg_stat_activity
    where application_name = $1 and datname = current_database()`;
  const others = await withClient(databaseUrl, async (client) => {
    return (await client.query(query, [APPLICATION_NAME])).rows[0].others as number;
  });
  if (others > 0) throw new BackupError('restore: a central works on this database; stop it first');
}

function hasTables({ databaseUrl }: RestoreTarget): Promise<boolean> {
  return withClient(databaseUrl, async (client) => {
    const query = 'select 1 from pg_tables where schemaname = any($1) limit 1';
    return (await client.query(query, [SCHEMAS])).rows.length > 0;
  });
}

async function schemasThere(client: pg.Client): Promise<string[]> {
  const query = 'select nspname from pg_namespace where nspname = any($1)';
  return (await client.query(query, [SCHEMAS])).rows.map(({ nspname }) => nspname as string);
}

async function withClient<T>(databaseUrl: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'recard restore' });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
