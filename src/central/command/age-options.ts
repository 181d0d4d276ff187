import { readFile, stat } from 'node:fs/promises';
import type { AgeKey, AgeLock } from '../age.ts';
import { CommandError } from './command-io.ts';

/** A passphrase that could be guessed is no protection of a file that holds every key. */
const MIN_PASSPHRASE = 16;
const OTHERS = 0o007;

/** What a file is encrypted with: nothing is ever written without. @throws CommandError */
export async function readLock(
  recipients: readonly string[],
  passphraseFile: string | null,
): Promise<AgeLock> {
  if (recipients.length > 0 && passphraseFile === null) return { kind: 'recipients', recipients };
  if (recipients.length > 0 || passphraseFile === null) {
    const remedy = 'say either --recipient age1… (its identity kept elsewhere) or --passphrase-file F';
    throw new CommandError(`back up: it holds every key of central and is never written in clear; ${remedy}`);
  }
  return { kind: 'passphrase', passphrase: await readPassphrase(passphraseFile) };
}

/** @throws CommandError */
export async function readKey(identityFile: string | null, passphraseFile: string | null): Promise<AgeKey> {
  if (passphraseFile !== null && identityFile === null)
    return { kind: 'passphrase', passphrase: await readPassphrase(passphraseFile) };
  if (identityFile === null || passphraseFile !== null)
    throw new CommandError('read backup: say either --identity F or --passphrase-file F');
  const lines = (await readSecretFile(identityFile)).split('\n').map((line) => line.trim());
  const identities = lines.filter((line) => line !== '' && !line.startsWith('#'));
  if (identities.length === 0) throw new CommandError(`read backup: there is no identity in ${identityFile}`);
  return { kind: 'identities', identities };
}

async function readPassphrase(file: string): Promise<string> {
  const passphrase = (await readSecretFile(file)).replace(/\r?\n$/, '');
  if (passphrase.length < MIN_PASSPHRASE)
    throw new CommandError(`read passphrase: ${file} has fewer than ${MIN_PASSPHRASE} characters`);
  return passphrase;
}

async function readSecretFile(file: string): Promise<string> {
  try {
    const [text, { mode }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
    if ((mode & OTHERS) === 0) return text;
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new CommandError(`read secret: ${file} cannot be read (${why}): name a file that is there`, {
      cause,
    });
  }
  throw new CommandError(`read secret: others may read ${file}; chmod 600 it`);
}
