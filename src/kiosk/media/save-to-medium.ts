import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { numberedName, safeFileName } from './file-name.ts';
import { asMediaError, MediaError, MediumFullError } from './media-error.ts';
import type { UsableMedium } from './medium.ts';

export interface FileToSave {
  /** Any text; made safe for the medium. */
  readonly name: string;
  /** Without a dot, such as `p12`. */
  readonly ending: string;
  readonly bytes: Uint8Array;
}

/** For the folder's entry, and whatever the file system needs for itself. */
const SPARE_BYTES = 64 * 1024;
const MAX_ATTEMPTS = 99;
/** Unfinished files of ours: nobody else's have such a name. */
const UNFINISHED = /^\.recard-[0-9a-f]{16}\.part$/;

/**
 * Saves a file on a medium, or nothing: written under a name of its own, synced, read back, and only then renamed. Another
 * file is never overwritten: a number is appended. What an earlier attempt has left is removed.
 * @returns the name that the file has now
 * @throws MediaError
 */
export async function saveToMedium(medium: UsableMedium, file: FileToSave): Promise<string> {
  try {
    const folder = await open(medium.folder, constants.O_RDONLY | constants.O_DIRECTORY);
    try {
      return await saveInFolder(medium, file, folder);
    } finally {
      await folder.close();
    }
  } catch (error) {
    throw asMediaError(error, file.bytes.length);
  }
}

/** Takes a file that was just saved off again. @returns false where the medium has gone, and the file with it */
export async function takeOffMedium(medium: UsableMedium, name: string): Promise<boolean> {
  try {
    const folder = await open(medium.folder, constants.O_RDONLY | constants.O_DIRECTORY);
    try {
      await checkPresent(medium, folder);
      await rm(`/proc/self/fd/${folder.fd}/${name}`, { force: true });
      await folder.sync();
      return true;
    } finally {
      await folder.close();
    }
  } catch {
    return false;
  }
}

/** The folder stays open: whatever is pulled or mounted meanwhile, its name never stands for another one. */
async function saveInFolder(medium: UsableMedium, file: FileToSave, folder: FileHandle): Promise<string> {
  await checkPresent(medium, folder);
  const inside = (name: string) => `/proc/self/fd/${folder.fd}/${name}`;
  if (medium.isReadOnly) throw new MediaError('KR-08-medium-read-only');
  await removeUnfinished(inside);
  await checkSpace(inside('.'), file.bytes.length);
  const unfinished = inside(`.recard-${randomBytes(8).toString('hex')}.part`);
  let written = unfinished;
  try {
    await writeSynced(unfinished, file.bytes);
    await folder.sync();
    await checkReadBack(unfinished, file.bytes);
    const name = await freeName(file, inside);
    await rename(unfinished, inside(name));
    written = inside(name);
    await folder.sync();
    await checkPresent(medium, folder);
    return name;
  } catch (error) {
    await removeQuietly(written);
    throw error;
  }
}

/** What is mounted there now is what was listed. */
async function checkPresent(medium: UsableMedium, folder: FileHandle): Promise<void> {
  const opened = await folder.stat({ bigint: true });
  const there = await stat(medium.folder, { bigint: true });
  if (opened.dev !== medium.device || there.dev !== medium.device) throw new MediaError('KR-08-medium-gone');
}

async function removeUnfinished(inside: (name: string) => string): Promise<void> {
  const names = await readdir(inside('.'));
  for (const name of names.filter((one) => UNFINISHED.test(one))) await rm(inside(name), { force: true });
}

async function checkSpace(folder: string, needed: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < needed + SPARE_BYTES) throw new MediumFullError(needed + SPARE_BYTES, bavail * bsize);
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  const file = await open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  try {
    await file.writeFile(bytes);
    // At home its owner is another user than the kiosk. FAT knows no users, and refuses.
    await file.chmod(0o644).catch(() => undefined);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Opened anew; how much of it comes from the medium itself is up to the kernel. */
async function checkReadBack(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const read = await file.readFile();
    if (Buffer.compare(read, bytes) !== 0) throw new MediaError('KR-08-read-back-differs');
  } finally {
    await file.close();
  }
}

/** Nobody but the kiosk writes there, so that what is free stays free until it is renamed to. */
async function freeName(file: FileToSave, inside: (name: string) => string): Promise<string> {
  const name = safeFileName(file.name);
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const candidate = numberedName(name, file.ending, attempt);
    if (await isFree(inside(candidate))) return candidate;
  }
  throw new MediumFullError(file.bytes.length, 0);
}

async function isFree(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return false;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
    throw error;
  }
}

/** Where the medium has gone, the next attempt removes it. */
async function removeQuietly(path: string): Promise<void> {
  await rm(path, { force: true }).catch(() => undefined);
}
