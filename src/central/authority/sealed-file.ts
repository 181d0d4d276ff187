import { randomBytes, scryptSync } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createOnce, replaceDestroying } from './create-once.ts';
import { openBytes, SEAL_LENGTH, SEALING_KEY_LENGTH, sealBytes } from './sealed-bytes.ts';

/**
 * A file of central's keys, sealed as a whole; made once, and changed only when its keys go into a token:
 *
 *     magic (16) ‖ salt (16) ‖ sealed bytes
 *
 * The key comes from the key file through scrypt; the magic and what the file is for are authenticated as well.
 */

const MAGIC = new TextEncoder().encode('recard keys  v1\n');
const SALT_LENGTH = 16;
const HEADER_LENGTH = MAGIC.length + SALT_LENGTH;
const SCRYPT = { N: 16_384, r: 8, p: 1 } as const;

export type KeyStoreProblem = 'missing' | 'damaged' | 'wrongKey' | 'weakKey' | 'foreign';

/** Central's keys cannot be read. `problem` says why; neither key nor content is told. */
export class KeyStoreError extends Error {
  override readonly name = 'KeyStoreError';
  readonly problem: KeyStoreProblem;
  readonly path: string;
  constructor(problem: KeyStoreProblem, path: string, remedy: string, options?: ErrorOptions) {
    super(`open key store ${path}: ${remedy}`, options);
    this.problem = problem;
    this.path = path;
  }
}

/**
 * Reads a sealed file; whoever gets its content wipes it.
 * @param purpose what the file is for: one in the place of another does not open
 * @param secret content of the key file
 * @returns null when there is none yet
 * @throws KeyStoreError `wrongKey` (or content changed), `damaged`
 */
export async function readSealed(
  path: string,
  purpose: string,
  secret: Uint8Array,
): Promise<Uint8Array | null> {
  const file = await readIfThere(path);
  if (!file) return null;
  if (file.length < HEADER_LENGTH + SEAL_LENGTH || !file.subarray(0, MAGIC.length).equals(MAGIC))
    throw new KeyStoreError('damaged', path, 'it is not a key store; put the backup in its place');
  const key = derive(secret, file.subarray(MAGIC.length, HEADER_LENGTH));
  try {
    return openBytes(key, file.subarray(HEADER_LENGTH), associated(purpose));
  } catch (cause) {
    const remedy =
      'the key file does not open it, or it was changed; put key file and store of one backup there';
    throw new KeyStoreError('wrongKey', path, remedy, { cause });
  } finally {
    key.fill(0);
  }
}

/** Writes a new sealed file, mode 0600; answers false, with nothing changed, when there is one already. */
export async function createSealed(
  path: string,
  purpose: string,
  secret: Uint8Array,
  content: Uint8Array,
): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  return createOnce(path, sealFile(purpose, secret, content));
}

/** Puts another content in the place of the one that is there: whole, or not at all. The old one is destroyed as far as a file system lets it be. */
export async function replaceSealed(
  path: string,
  purpose: string,
  secret: Uint8Array,
  content: Uint8Array,
): Promise<void> {
  await replaceDestroying(path, sealFile(purpose, secret, content));
}

function sealFile(purpose: string, secret: Uint8Array, content: Uint8Array): Uint8Array {
  const salt = randomBytes(SALT_LENGTH);
  const key = derive(secret, salt);
  const sealed = sealBytes(key, content, associated(purpose));
  key.fill(0);
  return Buffer.concat([MAGIC, salt, sealed]);
}

/**
 * The content of a sealed file that is made at the first time; of several processes that make it at once one wins.
 * @throws KeyStoreError
 */
export async function openSealed(
  path: string,
  purpose: string,
  secret: Uint8Array,
  make: () => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const existing = await readSealed(path, purpose, secret);
  if (existing) return existing;
  const made = await make();
  if (await createSealed(path, purpose, secret, made)) return made;
  made.fill(0);
  const theirs = await readSealed(path, purpose, secret);
  if (!theirs) throw new KeyStoreError('missing', path, 'it vanished while it was opened');
  return theirs;
}

/** Whoever gets the key wipes it. */
function derive(secret: Uint8Array, salt: Uint8Array): Uint8Array {
  return scryptSync(secret, salt, SEALING_KEY_LENGTH, SCRYPT);
}

function associated(purpose: string): Uint8Array {
  return Buffer.concat([MAGIC, new TextEncoder().encode(purpose)]);
}

async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
