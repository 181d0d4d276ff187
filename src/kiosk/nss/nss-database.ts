import { createHash, X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type NssToolEnd, runNssTool, SECRET_PATHS } from './nss-tool.ts';

/** Firefox, Thunderbird, Chrome and Evolution keep a person's certificates in such a folder (KR-08). */

export type NssCode =
  | 'KR-08-nss-not-installed'
  | 'KR-08-nss-password-unusable'
  | 'KR-08-nss-database-locked'
  | 'KR-08-nss-pfx-refused'
  | 'KR-08-nss-not-found'
  | 'KR-08-nss-failed';

const WHY: Readonly<Record<NssCode, string>> = {
  'KR-08-nss-not-installed': 'certutil and pk12util are missing; install libnss3-tools',
  'KR-08-nss-password-unusable': 'a password is empty or has more than one line; type another',
  'KR-08-nss-database-locked': 'the database has another password; type the one of the database',
  'KR-08-nss-pfx-refused': 'the PFX has another password, or is none',
  'KR-08-nss-not-found': 'NSS does not list all keys afterwards; try again',
  'KR-08-nss-failed': 'NSS could not do it; close the programs that use the database, and try again',
};

/** Nothing was imported, or not all of it. */
export class NssError extends Error {
  override readonly name = 'NssError';
  readonly code: NssCode;
  /** With which code the tool has ended; null where none was run. */
  readonly exitCode: number | null;
  constructor(code: NssCode, exitCode: number | null) {
    super(`import into NSS database: ${WHY[code]}${exitCode === null ? '' : ` (it ended with ${exitCode})`}`);
    this.code = code;
    this.exitCode = exitCode;
  }
}

export interface NssDatabase {
  readonly folder: string;
  /** UTF-8; null where the database has none. Read, never changed: the caller wipes it. */
  readonly password: Uint8Array | null;
}

export interface PfxToImport {
  readonly pfx: Uint8Array;
  /** UTF-8, one line. Read, never changed: the caller wipes it. */
  readonly password: Uint8Array;
  /** Where the file, encrypted as it is, may lie for a moment: best XDG_RUNTIME_DIR, which is in memory. */
  readonly temporaryFolder: string;
}

/** Exit codes of pk12util. @see nss/cmd/pk12util/pk12util.h */
const AUTHENTICATION_FAILED = 13;
const NOT_DECODED = new Set([14, 16, 17, 18]);
const NOT_FOUND = 127;

/** As certutil says it, in the locale C. */
const NO_KEYS = 'no keys found';
const WRONG_PASSWORD = 'SEC_ERROR_BAD_PASSWORD';

export function hasNssDatabase(folder: string): boolean {
  return existsSync(join(folder, 'cert9.db'));
}

/**
 * The private keys of a database, which is opened by its password for it: `CKA_ID` in hex, as `nssKeyId` answers it.
 * @throws NssError `KR-08-nss-database-locked` under another password; `KR-08-nss-not-installed`
 */
export async function listNssKeys({ folder, password }: NssDatabase): Promise<ReadonlySet<string>> {
  const secrets = password === null ? [] : [oneLine(password)];
  const unlock = password === null ? [] : ['-f', SECRET_PATHS[0]];
  const end = await runNssTool(['certutil', '-K', '-d', `sql:${folder}`, ...unlock], secrets);
  if (end.output.includes(NO_KEYS)) return new Set();
  if (end.output.includes(WRONG_PASSWORD)) throw new NssError('KR-08-nss-database-locked', end.code);
  checkEnd(end);
  return new Set([...end.output.matchAll(/^< *\d+> +\S+ +([0-9a-f]+)/gm)].map(([, id]) => id!));
}

/** How NSS names the key of a certificate: SHA-1 of the modulus, or of the uncompressed point. @param certificate DER */
export function nssKeyId(certificate: Uint8Array): string {
  const { publicKey } = new X509Certificate(certificate);
  const { n, x, y } = publicKey.export({ format: 'jwk' });
  const parts = n === undefined ? [Buffer.from([UNCOMPRESSED]), bytesOf(x), bytesOf(y)] : [bytesOf(n)];
  return createHash('sha1').update(Buffer.concat(parts)).digest('hex');
}

const UNCOMPRESSED = 4;

function bytesOf(text = ''): Buffer {
  return Buffer.from(text, 'base64url');
}

/** Makes the database, readable for its owner only, where there is none. @returns whether it was made @throws NssError */
export async function makeNssDatabase({ folder, password }: NssDatabase): Promise<boolean> {
  if (hasNssDatabase(folder)) return false;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const secrets = password === null ? [] : [oneLine(password)];
  const how = password === null ? ['--empty-password'] : ['-f', SECRET_PATHS[0]];
  checkEnd(await runNssTool(['certutil', '-N', '-d', `sql:${folder}`, ...how], secrets));
  return true;
}

/** Imports all keys and certificates of a PFX; what is there already stays. @throws NssError */
export async function importIntoNss(database: NssDatabase, given: PfxToImport): Promise<void> {
  const { folder, password } = database;
  const secrets = [given.password, ...(password === null ? [] : [password])].map(oneLine);
  const place = await mkdtemp(join(given.temporaryFolder, 'recard-nss-'));
  try {
    const file = join(place, 'keys.p12');
    await writeFile(file, given.pfx, { mode: 0o600, flag: 'wx' });
    const unlock = password === null ? [] : ['-k', SECRET_PATHS[1]];
    const options = ['-i', file, '-d', `sql:${folder}`, '-w', SECRET_PATHS[0], ...unlock];
    checkEnd(await runNssTool(['pk12util', ...options], secrets));
  } finally {
    await rm(place, { recursive: true });
  }
}

/** The tools read a line. */
function oneLine(password: Uint8Array): Uint8Array {
  const isLine =
    password.length > 0 && !password.some((byte) => byte === 0x0a || byte === 0x0d || byte === 0);
  if (!isLine) throw new NssError('KR-08-nss-password-unusable', null);
  return password;
}

function checkEnd({ code }: NssToolEnd): void {
  if (code === 0) return;
  if (code === NOT_FOUND) throw new NssError('KR-08-nss-not-installed', code);
  if (code === AUTHENTICATION_FAILED) throw new NssError('KR-08-nss-database-locked', code);
  throw new NssError(NOT_DECODED.has(code) ? 'KR-08-nss-pfx-refused' : 'KR-08-nss-failed', code);
}
