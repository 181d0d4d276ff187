import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { AgeFileError, type AgeKey, decryptAgeStream, unreadable } from '../age.ts';
import { BackupError } from './backup-error.ts';
import {
  DUMP_FOLDER,
  describeFile,
  MANIFEST_NAME,
  MAX_PART,
  type Manifest,
  type ManifestFile,
  manifest,
} from './manifest.ts';
import { ORIGIN_NAME, signerOf, UNSIGNED } from './origin.ts';
import { isStateFile } from './state-files.ts';
import { readTar, TarError, type TarFile } from './tar.ts';

/** Some fields of the manifest grow with the number of parts. */
const MAX_FILE = 8 * MAX_PART;

/** A backup whose every byte is as its manifest says. */
export interface VerifiedBackup {
  readonly made: Manifest;
  /** Fingerprint of the key that has signed the manifest; `nobody`. */
  readonly signedBy: string;
}

/**
 * Reads a whole backup and checks every byte of it; nothing of it is written anywhere.
 * @throws AgeFileError, BackupError
 */
export async function verifyBackup(file: string, key: AgeKey): Promise<VerifiedBackup> {
  const found: ManifestFile[] = [];
  let last: Uint8Array | null = null;
  let signedBy: string | null = null;
  for await (const entry of backupFiles(file, key)) {
    if (last && signedBy === null && entry.name === ORIGIN_NAME) {
      signedBy = signerOf(last, entry.content);
      if (signedBy === null) throw damaged(file, 'its signature is not good');
    } else if (last) throw damaged(file, 'something follows its manifest');
    else if (entry.name === MANIFEST_NAME) last = entry.content;
    else found.push(describeFile(entry));
  }
  const made = parseManifest(file, last);
  if (JSON.stringify(made.files) !== JSON.stringify(found)) {
    throw damaged(file, 'what it holds is not what its manifest says');
  }
  const strange = found.find(({ name }) => !name.startsWith(DUMP_FOLDER) && !isStateFile(name));
  if (strange) throw damaged(file, `${JSON.stringify(strange.name)} has no place in it`);
  for (const name of [`${DUMP_FOLDER}00000000`, 'authority.key', 'authority/keys']) {
    if (!found.some((one) => one.name === name)) throw damaged(file, `${name} is missing`);
  }
  return { made, signedBy: signedBy ?? UNSIGNED };
}

/** The files of a backup, in order, as they are decrypted. @throws AgeFileError, BackupError */
async function* backupFiles(file: string, key: AgeKey): AsyncGenerator<TarFile> {
  const content = createReadStream(file);
  try {
    const encrypted = Readable.toWeb(content) as ReadableStream<Uint8Array>;
    const decrypted = await decryptAgeStream(encrypted, key, file);
    yield* readTar(decrypted as unknown as AsyncIterable<Uint8Array>, MAX_FILE);
  } catch (error) {
    throw explained(error, file);
  } finally {
    content.destroy();
  }
}

/** The same again, each held to the manifest that was verified: the file may have been changed since. @throws as `backupFiles` */
export async function* filesAsVerified(file: string, key: AgeKey, made: Manifest): AsyncGenerator<TarFile> {
  let at = 0;
  for await (const entry of backupFiles(file, key)) {
    if (at === made.files.length) break;
    if (JSON.stringify(describeFile(entry)) !== JSON.stringify(made.files[at]))
      throw damaged(file, 'it was changed while it was read');
    yield entry;
    at += 1;
  }
  if (at < made.files.length) throw damaged(file, 'it was changed while it was read');
}

function explained(error: unknown, file: string): unknown {
  if (error instanceof AgeFileError || error instanceof BackupError) return error;
  if (error instanceof TarError) return damaged(file, error.message);
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new BackupError(`read backup: there is no file ${file}`);
  return typeof code === 'string' ? error : unreadable(file, error);
}

function parseManifest(file: string, content: Uint8Array | null): Manifest {
  if (!content) throw damaged(file, 'its manifest is missing');
  try {
    return manifest.parse(JSON.parse(new TextDecoder().decode(content)));
  } catch {
    throw damaged(file, 'its manifest is of another version');
  }
}

function damaged(file: string, why: string): BackupError {
  return new BackupError(`read backup: ${file} is no sound backup: ${why}; take another one`);
}
