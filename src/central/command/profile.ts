import { readFileSync } from 'node:fs';
import type { Central } from '../central.ts';
import { countCardsByProfile, listProfiles } from '../repositories/profiles.ts';
import { CommandError, type CommandIo, readArgs, UsageError } from './command-io.ts';
import { deleteProfile } from './delete-profile.ts';
import { type PutProfile, putProfile, tryProfile } from './put-profile.ts';
import { diffProfile, showProfile } from './show-profile.ts';

const USAGE = `profile: put FILE [--dry-run], list [--json], show NAME [--revision N], diff NAME N N, or delete NAME`;

/** `central profile put|list|show|diff|delete …`. */
export async function profileCommand(
  central: Central,
  args: readonly string[],
  io: CommandIo,
): Promise<void> {
  const { values, positionals } = readArgs(args, {
    'dry-run': { type: 'boolean', default: false },
    revision: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  const [verb, ...words] = positionals;
  const [name = '', first = '', second = ''] = words;
  const is = (one: string, count: number) => verb === one && words.length === count;
  if (is('put', 1)) io.stdout.write(await put(central, name, values['dry-run']));
  else if (is('list', 0)) io.stdout.write(await list(central, values.json));
  else if (is('show', 1)) io.stdout.write(await showProfile(central, name, values.revision ?? null));
  else if (is('diff', 3)) io.stdout.write(await diffProfile(central, name, first, second));
  else if (is('delete', 1)) io.stdout.write(await deleteProfile(central, name));
  else throw new UsageError(USAGE);
}

async function put(central: Central, file: string, isDryRun: boolean): Promise<string> {
  const document = read(file);
  return isDryRun
    ? described(await tryProfile(central, document), true)
    : described(await putProfile(central, document), false);
}

/** The first line is what programs read. */
function described({ profile: { name, revision }, changes, isSaved }: PutProfile, isDryRun: boolean): string {
  if (changes?.length === 0) return `${name} revision ${revision}\nnothing changed, nothing saved\n`;
  const lines = changes?.map((change) => `    ${change}\n`).join('') ?? '';
  if (isSaved) return `${name} revision ${revision}\n${lines}`;
  const would = `${name} would be saved as revision ${revision + 1}`;
  return `${would}\n${lines}${isDryRun ? 'nothing was saved: this was a dry run\n' : ''}`;
}

async function list(central: Central, isJson: boolean): Promise<string> {
  const cards = await countCardsByProfile(central.database);
  const profiles = (await listProfiles(central.database)).map(({ name, revision, title }) => {
    return { name, revision, title, cards: cards.get(name) ?? 0 };
  });
  if (isJson) return `${JSON.stringify({ profiles })}\n`;
  return profiles
    .map(({ name, revision, title, cards }) => `${name}\t${revision}\t${title}\t${cards} cards\n`)
    .join('');
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new CommandError(`put profile: ${file} cannot be read (${code}): name a file that is there`, {
      cause,
    });
  }
}
