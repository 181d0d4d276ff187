/** What a backup takes from central's folders besides the database. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { TarFile } from './tar.ts';

/** Where one central keeps its files. */
export interface StatePlaces {
  readonly stateDir: string;
  /** Default: `authority` in the state folder. */
  readonly authorityDir?: string | undefined;
  /** Default: `authority.key` in the state folder. */
  readonly keyFile?: string | undefined;
}

/** As a backup names it. */
export const KEY_FILE = 'authority.key';
const AUTHORITY = 'authority';
/** What certificates and kiosks have written down of this central. */
const FILES = [KEY_FILE, 'ca.pem', 'port', 'kiosk-port', 'kiosk-url', 'published-url'] as const;
const FOLDERS = [AUTHORITY, 'attestation-roots'] as const;
/** A file that was being written when a process was killed. */
const IS_LEFTOVER = /\.tmp$/;

/** Keys first. */
export async function* readStateFiles(places: StatePlaces): AsyncGenerator<TarFile> {
  for (const folder of FOLDERS) {
    for (const entry of await entriesOf(pathOf(places, folder))) {
      const name = `${folder}/${entry}`;
      if (!IS_LEFTOVER.test(entry)) yield { name, content: await readFile(pathOf(places, name)) };
    }
  }
  for (const name of FILES) {
    const content = await readFile(pathOf(places, name)).catch(ignoreMissing);
    if (content) yield { name, content };
  }
}

/** Whether a name in a backup is one that a restore writes: nothing else of a file is believed. */
export function isStateFile(name: string): boolean {
  if ((FILES as readonly string[]).includes(name)) return true;
  const [folder = '', entry = '', ...more] = name.split('/');
  const isKnown = (FOLDERS as readonly string[]).includes(folder);
  return isKnown && more.length === 0 && /^\w[\w.-]*$/.test(entry);
}

/** Writes them where nothing is, or the very same. The keys come last: without them nothing can be opened. */
export async function writeStateFiles(places: StatePlaces, files: readonly TarFile[]): Promise<void> {
  const isKey = ({ name }: TarFile) => Number(name.startsWith(AUTHORITY));
  for (const { name, content } of files.toSorted((a, b) => isKey(a) - isKey(b))) {
    const path = pathOf(places, name);
    if ((await hashOfFile(path)) === hashOf(content)) continue;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(path, content, { mode: 0o600, flag: 'wx', flush: true });
  }
}

/**
 * Whether a central has its keys here.
 * @param keyFileHash SHA-256 of the key file that may be here already (a credential of the unit)
 */
export async function hasKeys(places: StatePlaces, keyFileHash: string): Promise<boolean> {
  const found = await hashOfFile(pathOf(places, KEY_FILE));
  const entries = await entriesOf(pathOf(places, AUTHORITY));
  return entries.length > 0 || (found !== null && found !== keyFileHash);
}

/** Takes the files of the central that is there away into a folder. @param keyFileHash as `hasKeys`; that one stays */
export async function setFilesAside(places: StatePlaces, folder: string, keyFileHash: string): Promise<void> {
  await mkdir(folder, { mode: 0o700 });
  for (const name of [...FOLDERS, ...FILES]) {
    const path = pathOf(places, name);
    if (name === KEY_FILE && (await hashOfFile(path)) === keyFileHash) continue;
    await rename(path, asideOf(path, name, folder)).catch(ignoreMissing);
  }
}

/** Undoes `setFilesAside`: what was written meanwhile goes. A key file that was not set aside is the one that stayed. */
export async function bringFilesBack(places: StatePlaces, folder: string): Promise<void> {
  const set = await readdir(folder).catch(ignoreMissing);
  if (!set) return;
  for (const name of [...FOLDERS, ...FILES]) {
    const path = pathOf(places, name);
    const aside = asideOf(path, name, folder);
    if (name === KEY_FILE && !set.includes(name)) continue;
    await rm(path, { recursive: true, force: true });
    await rename(aside, path).catch(ignoreMissing);
  }
  await rmdir(folder);
}

/** The authority beside its place: another folder may be on another disk. */
function asideOf(path: string, name: string, folder: string): string {
  return name === AUTHORITY ? `${path}.${basename(folder)}` : join(folder, name);
}

function pathOf({ stateDir, authorityDir, keyFile }: StatePlaces, name: string): string {
  if (name === KEY_FILE && keyFile !== undefined) return keyFile;
  const isAuthority = name === AUTHORITY || name.startsWith(`${AUTHORITY}/`);
  if (isAuthority && authorityDir !== undefined) return join(authorityDir, name.slice(AUTHORITY.length));
  return join(stateDir, name);
}

async function hashOfFile(path: string): Promise<string | null> {
  const content = await readFile(path).catch(ignoreMissing);
  return content ? hashOf(content) : null;
}

function hashOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

async function entriesOf(folder: string): Promise<string[]> {
  return ((await readdir(folder).catch(ignoreMissing)) ?? []).sort();
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
