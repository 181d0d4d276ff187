import {
  closeSync,
  existsSync,
  fchownSync,
  fsyncSync,
  lchownSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from '../configuration/make-folder.ts';
import { IdentityError, type KioskIdentity, readIdentity } from './identity.ts';

/** A kiosk's identity as its file says now: whoever keeps this, and not the identity, has it after a renewal too. */
export class IdentityFile {
  readonly #path: string;
  #identity: KioskIdentity | null = null;
  #version = '';

  constructor(path: string) {
    this.#path = path;
  }

  /** Read again when the file was replaced. @throws IdentityError */
  current(): KioskIdentity {
    const version = this.#versionNow();
    if (this.#identity === null || version !== this.#version) {
      this.#identity = readIdentity(this.#path);
      this.#version = version;
    }
    return this.#identity;
  }

  #versionNow(): string {
    try {
      const { ino, mtimeMs } = statSync(this.#path);
      return `${ino} ${mtimeMs}`;
    } catch {
      // Why it cannot be read is said by whoever reads it.
      return '';
    }
  }
}

/**
 * Writes an identity, for its owner only; nobody ever sees it half written, and after a power cut it is there or not.
 * @param replaces false: one that is there stays
 * @throws IdentityError when there is one
 */
export function writeIdentity(path: string, text: string, replaces: boolean): void {
  const folder = dirname(path);
  const made = makeFolder(folder, 0o700);
  // Root enrols for the user that the kiosk runs as: whoever has the state folder.
  const owner = statSync(made === undefined ? folder : dirname(made));
  if (made !== undefined && isRoot()) lchownSync(folder, owner.uid, owner.gid);
  if (!replaces && existsSync(path))
    throw new IdentityError(`write identity ${path}: there is one already`, 'say --replace to enrol it anew');
  const temporary = `${path}.tmp`;
  rmSync(temporary, { force: true });
  const file = openSync(temporary, 'wx', 0o600);
  try {
    writeSync(file, text);
    // By the file that is open, not by its name: the folder is the kiosk's, which could put a link to another file there.
    if (isRoot()) fchownSync(file, owner.uid, owner.gid);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  moveIdentity(temporary, path);
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** Puts one identity in the place of another, in one step that survives a power cut. */
export function moveIdentity(from: string, to: string): void {
  renameSync(from, to);
  const folder = openSync(dirname(to), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
