import { sql } from 'drizzle-orm';
import { type MovedKey, moveToToken } from '../authority/move-to-token.ts';
import { authorityPlaces, tokenOf } from '../authority-places.ts';
import type { Central } from '../central.ts';
import type { CentralPlaces } from '../central-configuration.ts';
import { recordAudit } from '../repositories/audit.ts';
import { openCentralForCommand } from '../server.ts';
import type { Token } from '../token/token.ts';
import { TokenError } from '../token/token-error.ts';
import { type CommandIo, readArgs, UsageError } from './command-io.ts';

/** One move at a time, whatever process does it. */
const MOVE_LOCK = 0x746f6b;
const NAMES = {
  root: 'root CA key',
  issuing: 'issuing CA key',
  contentSigner: 'content signer key',
  archive: 'archive key',
} as const;
type Name = keyof typeof NAMES;

/**
 * `central token show [--json]`: what token it is, where each key is, and whether it proves itself. `token move`: brings the keys
 * that are in sealed files into it, and destroys the files' own.
 */
export async function tokenCommand(
  places: CentralPlaces,
  args: readonly string[],
  io: CommandIo,
): Promise<void> {
  const { values, positionals } = readArgs(args, { json: { type: 'boolean', default: false } });
  const [verb, ...more] = positionals;
  if ((verb !== 'show' && verb !== 'move') || more.length > 0 || (verb === 'move' && values.json))
    throw new UsageError('token: show [--json], or move');
  const token = tokenOf(places);
  if (!token) {
    const remedy = 'central.toml names none; write module, label and pin_file into a table [token]';
    throw new TokenError('notConfigured', remedy);
  }
  const { stateDir, databaseUrl, ...others } = places;
  const opened = await openCentralForCommand(stateDir, databaseUrl, others);
  try {
    if (verb === 'show') await show(opened.central, token, values.json, io);
    else await move(opened.central, places, token, io);
  } finally {
    await token.close();
    await opened.close();
  }
}

async function show({ authority }: Central, token: Token, isJson: boolean, io: CommandIo): Promise<void> {
  const facts = await token.open();
  const { custody } = authority;
  const keys: { key: Name; id: string | null; isLocal: boolean }[] = [];
  for (const [name, id] of Object.entries(custody.tokenIds)) {
    const isLocal = id !== null && ((await token.describe(id))?.isLocal ?? false);
    keys.push({ key: name as Name, id, isLocal });
  }
  await custody.prove();
  if (isJson) {
    io.stdout.write(`${JSON.stringify({ token: facts, keys })}\n`);
    return;
  }
  io.stdout.write(`${facts.label}, serial number ${facts.serial}, ${facts.model}\n`);
  for (const { key, id, isLocal } of keys) {
    const history = isLocal ? 'made there' : 'brought there';
    const place =
      id === null ? 'in a sealed file; bring it there: token move' : `in the token, ${history}: ${id}`;
    io.stdout.write(`${NAMES[key]}: ${place}\n`);
  }
}

async function move(central: Central, places: CentralPlaces, token: Token, io: CommandIo): Promise<void> {
  const { label, serial } = await token.open();
  // The entry is there before a file is changed: whatever cuts it off, no key leaves its file untold.
  const tell = async (keys: readonly MovedKey[]) => {
    const entry = {
      type: 'keys.moved-to-token',
      actor: 'command',
      detail: { token: { label, serial }, keys },
    };
    await central.database.transaction((own) => recordAudit(central, own, entry, central.now()));
  };
  const moved = await central.database.transaction(async (transaction) => {
    await transaction.execute(sql`select pg_advisory_xact_lock(${MOVE_LOCK})`);
    return moveToToken(authorityPlaces(places), token, tell);
  });
  if (moved.length === 0) {
    io.stdout.write('all keys are in the token already\n');
    return;
  }
  for (const { name, id } of moved) io.stdout.write(`${NAMES[name]}: moved into the token: ${id}\n`);
  io.stderr.write(AFTERWARDS);
}

const AFTERWARDS = `recard: the files have these keys no more. Now: restart central, which has them in memory; do the same at every other
recard: central that has its own folder; make a backup of the token, and one of central; destroy older backups of central, which
recard: still have the keys
`;
