import { readFile } from 'node:fs/promises';
import { decryptAge } from '../age.ts';
import type { Central } from '../central.ts';
import { takeOverCards } from '../take-over/take-over.ts';
import { CommandError, type CommandIo, readArgs, UsageError } from './command-io.ts';

const MAX_BYTES = 64 * 1024 * 1024;

/** `central import-key`: prints what a file for central is encrypted to, `age1…`. */
export async function importKeyCommand(
  central: Central,
  args: readonly string[],
  io: CommandIo,
): Promise<void> {
  if (args.length > 0) throw new UsageError('import-key: it takes nothing');
  io.stdout.write(`${await central.authority.importIdentity.recipient()}\n`);
}

/**
 * `central import card-secrets FILE [--dry-run]`: takes over management keys and PUKs of another system's cards. FILE is
 * encrypted with age to `central import-key`.
 */
export async function importCardSecretsCommand(
  central: Central,
  args: readonly string[],
  io: CommandIo,
): Promise<void> {
  const { values, positionals } = readArgs(args, { 'dry-run': { type: 'boolean', default: false } });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError('import: card-secrets FILE [--dry-run]');
  const text = await decryptFile(central, file);
  const isDryRun = values['dry-run'];
  const { cards, puks, replaced, cancelled } = await takeOverCards(central, text, {
    isDryRun,
    actor: 'command',
  });
  const again = replaced > 0 ? `, ${replaced} of them anew` : '';
  const done = isDryRun ? 'nothing was changed; this file would take over' : 'taken over:';
  io.stdout.write(`${done} ${cards} cards${again}, ${puks} of them with their PUK\n`);
  if (cancelled > 0)
    io.stderr.write(
      `recard: ${cancelled} of them cancelled: those can be emptied for another holder, and are not rewritten\n`,
    );
  if (!isDryRun) io.stderr.write(`recard: delete ${file} now, and whatever it was made from\n`);
}

async function decryptFile(central: Central, file: string): Promise<string> {
  const content = await readFile(file).catch((cause: NodeJS.ErrnoException) => {
    const why = `${file} cannot be read (${cause.code ?? cause}): name a file that is there`;
    throw new CommandError(`import card secrets: ${why}`, { cause });
  });
  if (content.length > MAX_BYTES)
    throw new CommandError(`import card secrets: ${file} is larger than 64 MiB; split it`);
  const identities = [await central.authority.importIdentity.open()];
  const key = { kind: 'identities', identities } as const;
  const plaintext = await decryptAge(content, key, `import card secrets: ${file}`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(plaintext);
  } catch {
    throw new CommandError(`import card secrets: ${file} holds no UTF-8 text`);
  } finally {
    plaintext.fill(0);
  }
}
