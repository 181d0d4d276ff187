/** PostgreSQL's own programs for dump and restore. The password of a database goes by the environment, not the command line. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import pg from 'pg';
import { newestBinaries } from '../cluster-folder.ts';

/** Schemas that a restore has set aside are called so. */
export const SET_ASIDE_PREFIX = 'before_';
const MAX_MESSAGE = 2000;

/** pg_dump or pg_restore failed; the message ends with what it said. */
export class PostgresToolError extends Error {
  override readonly name = 'PostgresToolError';
}

/** The whole database as pg_dump's custom format, as it was at one moment. @throws PostgresToolError */
export async function* dumpDatabase(databaseUrl: string): AsyncGenerator<Uint8Array> {
  const options = ['--format=custom', '--compress=3', '--no-owner', '--no-privileges'];
  const excluded = `--exclude-schema=${SET_ASIDE_PREFIX}*`;
  const child = spawn(join(newestBinaries(), 'pg_dump'), [...options, excluded], {
    env: environment(databaseUrl),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = end(child, 'dump database');
  // Asked for below; an error that comes before that must not end the process.
  ended.catch(() => {});
  try {
    for await (const chunk of child.stdout) yield chunk as Uint8Array;
  } finally {
    if (child.exitCode === null && !child.stdout.readableEnded) child.kill();
  }
  await ended;
}

/** Takes a dump piece by piece into an empty database: all of it, or nothing. */
export interface DatabaseRestore {
  write(piece: Uint8Array): Promise<void>;
  /** @throws PostgresToolError */
  finish(): Promise<void>;
  /** Nothing is kept. */
  cancel(): Promise<void>;
}

export function restoreDatabase(databaseUrl: string): DatabaseRestore {
  const env = environment(databaseUrl);
  const options = ['--no-owner', '--no-privileges', '--single-transaction', '--exit-on-error'];
  const child = spawn(join(newestBinaries(), 'pg_restore'), [...options, `--dbname=${env.PGDATABASE}`], {
    env,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const ended = end(child, 'restore database');
  ended.catch(() => {});
  // It ends before it has read everything: why is what `ended` says.
  child.stdin.on('error', () => {});
  return {
    async write(piece) {
      if (!child.stdin.write(piece)) await Promise.race([once(child.stdin, 'drain'), ended]);
    },
    async finish() {
      child.stdin.end();
      await ended;
    },
    async cancel() {
      child.kill('SIGKILL');
      await ended.catch(() => {});
    },
  };
}

async function end(
  child: ChildProcessByStdio<Writable | null, Readable | null, Readable>,
  intent: string,
): Promise<void> {
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = `${said}${text}`.slice(0, MAX_MESSAGE);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new PostgresToolError(`${intent}: ${said.trim() || `it ended with ${code}`}`);
}

/** As libpq takes it. */
function environment(databaseUrl: string): NodeJS.ProcessEnv & { readonly PGDATABASE: string } {
  const { host, port, user, password, database } = new pg.Client({ connectionString: databaseUrl });
  const options = new URL(databaseUrl.replace('@/', '@localhost/')).searchParams;
  const { PATH, HOME, LANG } = process.env;
  const tls = [
    ['PGSSLMODE', options.get('sslmode')],
    ['PGSSLROOTCERT', options.get('sslrootcert')],
    ['PGSSLCERT', options.get('sslcert')],
    ['PGSSLKEY', options.get('sslkey')],
  ].filter(([, value]) => value !== null);
  return {
    ...{ PATH, HOME, LANG, PGHOST: host, PGPORT: String(port), PGUSER: user, PGDATABASE: database ?? '' },
    ...(typeof password === 'string' ? { PGPASSWORD: password } : {}),
    ...Object.fromEntries(tls),
    PGAPPNAME: 'recard backup',
  };
}
