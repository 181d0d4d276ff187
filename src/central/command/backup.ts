import { shellWord } from '../../domain/shell-word.ts';
import { BackupError } from '../backup/backup-error.ts';
import { makeBackup } from '../backup/make-backup.ts';
import { BackupOriginError } from '../backup/origin.ts';
import { verifyBackup } from '../backup/read-backup.ts';
import { restoreBackup } from '../backup/restore.ts';
import type { StatePlaces } from '../backup/state-files.ts';
import { openCentralForCommand } from '../server.ts';
import type { TokenSettings } from '../token/token-settings.ts';
import { readKey, readLock } from './age-options.ts';
import { type CommandIo, readArgs, UsageError } from './command-io.ts';

export interface BackupPlaces extends StatePlaces {
  /** The token that keys may be in. */
  readonly token?: TokenSettings | undefined;
  /** Null: central's own. */
  readonly databaseUrl: string | null;
}

const LOCK_OPTIONS = {
  recipient: { type: 'string', multiple: true },
  'passphrase-file': { type: 'string' },
} as const;
/** Said with every backup of a central whose keys are in a token. */
const NOT_IN_BACKUP =
  'recard: the keys that are in the token are not in this backup: back up the token by its own means, and keep both\n';
const KEY_OPTIONS = { identity: { type: 'string' }, 'passphrase-file': { type: 'string' } } as const;

/**
 * `central backup FILE --recipient age1…|--passphrase-file F`: all of central in one encrypted file, while it runs.
 * `central backup --verify FILE --identity F|--passphrase-file F`: whether one can be put back.
 */
export async function backupCommand(
  places: BackupPlaces,
  args: readonly string[],
  io: CommandIo,
): Promise<void> {
  if (args.includes('--verify')) return verify(args, io);
  const { values, positionals } = readArgs(args, LOCK_OPTIONS);
  const file = onlyOne(positionals, 'backup: FILE --recipient age1… or --passphrase-file F');
  const lock = await readLock(values.recipient ?? [], values['passphrase-file'] ?? null);
  const { stateDir, databaseUrl: url, ...others } = places;
  const opened = await openCentralForCommand(stateDir, url, others);
  try {
    const { central, databaseUrl } = opened;
    const { made, signedBy } = await makeBackup({ central, databaseUrl, places }, file, lock);
    const bytes = made.files.reduce((sum, { size }) => sum + size, 0);
    io.stdout.write(
      `${file}: backup ${made.id}, ${made.files.length} files, ${bytes} bytes, signed by ${signedBy}\n`,
    );
    if (central.authority.custody.isInToken) io.stderr.write(NOT_IN_BACKUP);
  } finally {
    await opened.close();
  }
}

/** `central restore FILE --identity F|--passphrase-file F --signed-by FINGERPRINT [--state DIR] [--replace NAME]`. */
export async function restoreCommand(
  places: BackupPlaces & { readonly config?: string | null },
  args: readonly string[],
  io: CommandIo,
): Promise<void> {
  const { values, positionals } = readArgs(args, {
    ...KEY_OPTIONS,
    ...{ state: { type: 'string' }, replace: { type: 'string' }, 'signed-by': { type: 'string' } },
  });
  const file = onlyOne(positionals, 'restore: FILE --identity F or --passphrase-file F');
  const key = await readKey(values.identity ?? null, values['passphrase-file'] ?? null);
  const { databaseUrl } = places;
  // Another state folder is another central: the configured keys are not its.
  const { token } = places;
  const target = values.state === undefined ? places : { stateDir: values.state, databaseUrl, token };
  const signedBy = values['signed-by'] ?? null;
  const options = { ...target, key, replaces: values.replace ?? null, signedBy };
  const { made, tokenProblem } = await restoreBackup(file, options).catch((error) => {
    if (error instanceof BackupOriginError && signedBy === null)
      throw withCommandLine(error, [...(places.config ? ['--config', places.config] : []), ...args]);
    throw error;
  });
  io.stdout.write(`${target.stateDir}: central is as it was at ${made.madeAt} (backup ${made.id})\n`);
  if (tokenProblem === null) io.stdout.write('the token has its keys\n');
  if (typeof tokenProblem === 'string')
    io.stderr.write(`recard: its keys are in a token, and it cannot start without: ${tokenProblem}\n`);
  io.stderr.write('recard: read «After a restore» in docs/operator.md before you start it\n');
}

/** What to type when it is the right one. */
function withCommandLine({ message, signedBy }: BackupOriginError, args: readonly string[]): BackupError {
  const quoted = args.map(shellWord).join(' ');
  return new BackupError(`${message}; then: recard central restore ${quoted} --signed-by ${signedBy}`);
}

async function verify(args: readonly string[], io: CommandIo): Promise<void> {
  const { values, positionals } = readArgs(args, { ...KEY_OPTIONS, verify: { type: 'boolean' } });
  const file = onlyOne(positionals, 'backup: --verify FILE --identity F or --passphrase-file F');
  const key = await readKey(values.identity ?? null, values['passphrase-file'] ?? null);
  const { made, signedBy } = await verifyBackup(file, key);
  io.stdout.write(`${file}: sound, made at ${made.madeAt} (backup ${made.id}), signed by ${signedBy}\n`);
}

function onlyOne(positionals: readonly string[], usage: string): string {
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError(usage);
  if (file === '-') throw new BackupError('backup: a backup is a file, not a stream; name one');
  return file;
}
