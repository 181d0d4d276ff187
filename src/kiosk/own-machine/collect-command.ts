import { hostname, tmpdir } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { TermsView } from '../../flows/walk-up-state.ts';
import { type CollectionToken, parseCollectionToken } from '../../protocol/collection-token.ts';
import {
  hasNssDatabase,
  listNssKeys,
  makeNssDatabase,
  type NssDatabase,
  NssError,
} from '../nss/nss-database.ts';
import { connectAsStranger, findAuthority, PinnedCentralError } from '../pinned-central.ts';
import { CollectError, collectIntoNss } from './collect-into-nss.ts';
import { NothingTypedError, SecretInput, type SecretSource } from './secret-input.ts';
import { printable, tellCollected } from './tell-collected.ts';

/** How it is used. */
const COLLECT_USAGE = `usage: recard collect https://CENTRAL:8443 --nss DIR
       brings recovered keys into the NSS database in DIR; a new one is made where there is none.
       Asks for the token that a kiosk or the helpdesk has shown, and for the password of the database: nothing is shown while
       it is typed. Where standard input is no terminal: one on each line, an empty line for a database without password.
       Where there are terms they are shown, and "yes" is asked for before a key leaves central.
`;

/** Where the command finds its person. */
export interface CollectIo extends SecretSource {
  readonly stdout: { write(text: string): unknown };
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** `recard collect URL --nss DIR` (KR-08). @returns 0 done, 1 not done, 2 usage */
export async function collectCommand(args: readonly string[], io: CollectIo): Promise<number> {
  if (args.some((word) => word === '--help' || word === '-h')) {
    io.stdout.write(COLLECT_USAGE);
    return 0;
  }
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { nss: { type: 'string' } },
  });
  const [url, ...more] = positionals;
  const mistake = mistakeIn(url, more, values.nss);
  if (mistake !== null || url === undefined || !values.nss) {
    io.output.write(`${COLLECT_USAGE}recard: collect: ${mistake}\n`);
    return 2;
  }
  try {
    return await collect(url, values.nss, io);
  } catch (error) {
    const line = lineOf(error);
    if (line === null) throw error;
    io.output.write(`recard: ${line}\n`);
    return 1;
  }
}

/** What was typed wrongly; null: nothing. */
function mistakeIn(url: string | undefined, more: readonly string[], nss: string | undefined): string | null {
  if (url === undefined) return "name central's address: https://CENTRAL:8443";
  if (URL.parse(url)?.protocol !== 'https:')
    return `${url} is no address of central: it begins with https://`;
  if (more.length > 0) return `${more[0]} is one word too many`;
  return nss ? null : 'name the folder of the database with --nss DIR';
}

/** Central is known before anything is said to it, and the database opens before a key leaves central. */
async function collect(url: string, folder: string, io: CollectIo): Promise<number> {
  const input = new SecretInput(io);
  const { pin, secret } = await askToken(input);
  const authority = await findAuthority(url, pin);
  const database = await openDatabase(input, folder, io);
  const connection = connectAsStranger(url, authority);
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  for (const name of SIGNALS) process.on(name, onSignal);
  try {
    const ports = {
      ...{ connection, pause: PAUSE, machine: hostname() },
      temporaryFolder: io.environment.XDG_RUNTIME_DIR || tmpdir(),
      language: languageOf(io.environment),
      accept: (terms: TermsView) => accept(terms, input, io),
    };
    const collected = await collectIntoNss(ports, secret, database, stop.signal);
    return tellCollected(collected, folder, io);
  } finally {
    for (const name of SIGNALS) process.off(name, onSignal);
    database.password?.fill(0);
    await connection.close();
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const PAUSE = {
  async sleep(ms: number, signal?: AbortSignal) {
    await delay(ms, undefined, { signal }).catch(() => undefined);
  },
  random: Math.random,
};

async function askToken(input: SecretInput): Promise<CollectionToken> {
  const typed = await input.ask('Token');
  const token = parseCollectionToken(Buffer.from(typed).toString('latin1'));
  typed.fill(0);
  if (token) return token;
  throw new CollectError('that is no token; type all six groups of it, as they were shown');
}

/** Of whoever runs it: two letters. @see setlocale(3) */
function languageOf({ LC_ALL, LC_MESSAGES, LANG }: CollectIo['environment']): string {
  return /^[a-z]{2}/.exec(LC_ALL || LC_MESSAGES || LANG || '')?.[0] ?? 'en';
}

/** In the languages of the kiosk. */
const YES = ['yes', 'ja', 'oui', 'si', 'sí'];

/** What is to be accepted before a key leaves central (RP-19). Anything but a yes is a no. */
async function accept({ text }: TermsView, input: SecretInput, { output }: CollectIo): Promise<boolean> {
  output.write(`${printableText(text)}\n\n`);
  const typed = await input.ask('Type yes if you accept this');
  return YES.includes(Buffer.from(typed).toString('utf8').trim().toLowerCase());
}

/** Its line breaks stay. */
function printableText(text: string): string {
  return text.split('\n').map(printable).join('\n');
}

/** Made where there is none. @throws NssError, CollectError */
async function openDatabase(input: SecretInput, folder: string, io: CollectIo): Promise<NssDatabase> {
  if (hasNssDatabase(folder)) {
    const password = await input.ask(`Password of the database in ${folder} (empty where it has none)`);
    const database = { folder, password: password.length === 0 ? null : password };
    await listNssKeys(database);
    return database;
  }
  const password = await input.ask(`There is no database in ${folder}; a password for a new one`);
  if (password.length === 0)
    throw new CollectError('a new database wants a password: whoever has the file would have the keys');
  if (input.isTerminal) await repeat(input, password);
  const database = { folder, password };
  await makeNssDatabase(database);
  io.output.write(`made a database in ${folder}\n`);
  return database;
}

async function repeat(input: SecretInput, password: Uint8Array): Promise<void> {
  const again = await input.ask('Once more');
  const isSame = Buffer.compare(again, password) === 0;
  again.fill(0);
  if (isSame) return;
  password.fill(0);
  throw new CollectError('the two passwords are not the same; begin again with the same token');
}

/** Null for what is nobody's mistake but ours. */
function lineOf(error: unknown): string | null {
  if (error instanceof CollectError)
    return printable(error.code === null ? error.message : `${error.message} (${error.code})`);
  if (error instanceof NssError) return `${error.message} (${error.code})`;
  if (error instanceof PinnedCentralError) return `collect keys: ${error.why}`;
  return error instanceof NothingTypedError ? 'collect keys: nothing was typed; nothing was collected' : null;
}
