import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createOnce } from './create-once.ts';
import { KeyStoreError } from './sealed-file.ts';

const SECRET_LENGTH = 32;
/** A file shorter than this is taken for a mistake. */
const MIN_SECRET_LENGTH = 16;
const OTHERS = 0o007;

/**
 * Reads the key file: a secret of 16 bytes or more, kept apart from the store (own file or systemd credential).
 * The caller wipes it.
 * @throws KeyStoreError `missing`; `weakKey` when it is too short or others may read it
 */
export async function readKeyFile(path: string): Promise<Uint8Array> {
  try {
    const [secret, { mode }] = await Promise.all([readFile(path), stat(path)]);
    if (secret.length < MIN_SECRET_LENGTH)
      throw new KeyStoreError('weakKey', path, `the key file has fewer than ${MIN_SECRET_LENGTH} bytes`);
    if ((mode & OTHERS) !== 0)
      throw new KeyStoreError('weakKey', path, 'others may read the key file; chmod 600 it');
    return secret;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    const remedy = 'the key file is missing; copy it from another central, or put it back from its backup';
    throw new KeyStoreError('missing', path, remedy, { cause });
  }
}

/** Makes a random key file, mode 0600, unless there is one (a credential's folder can only be read). */
export async function createKeyFile(path: string): Promise<void> {
  if (existsSync(path)) return;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const secret = randomBytes(SECRET_LENGTH);
  await createOnce(path, secret);
  secret.fill(0);
}
