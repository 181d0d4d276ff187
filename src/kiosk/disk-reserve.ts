import { closeSync, existsSync, fsyncSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';

/** Nothing is begun here that could not be written down. */
export const NO_ROOM = 'SY-02-no-room';
/** What SQLite says of a disk that is full, cannot be written, or fails. */
const OF_DISK = /^SQLITE_(FULL|IOERR|READONLY|CANTOPEN)/;

/** Whether an error of a database is about the disk below it. Drizzle wraps what SQLite says. */
export function isOfDisk(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof Database.SqliteError) return OF_DISK.test(error.code);
  return isOfDisk(error.cause);
}

/** Enough for thousands of events and the rest of an operation. */
const RESERVE_BYTES = 4 * 1024 * 1024;
/** The reserve is laid aside again only where that leaves as much free. */
const LEAVES_BYTES = RESERVE_BYTES;
const PART = Buffer.alloc(1024 * 1024, 0x5a);

export interface DiskReserveOptions {
  /** Of the file that holds the room. */
  readonly path: string;
  /** Bytes that are free where that file is. Default: as the file system says. */
  readonly free?: () => number;
}

/**
 * Room on the disk that is laid aside while there is some, and given away when there is none: what has happened is written down,
 * and what was begun is finished, on a disk that somebody else has filled (SY-02, RP-17). While it is gone nothing new is begun.
 */
export class DiskReserve {
  readonly #path: string;
  readonly #free: () => number;

  constructor({ path, free = () => freeBytes(path) }: DiskReserveOptions) {
    this.#path = path;
    this.#free = free;
  }

  /** There is room for something new: what was laid aside, or as much and more beside it. */
  get isThere(): boolean {
    return existsSync(this.#path) || this.#isEnoughFree();
  }

  /** Lays it aside if it is gone and there is room; never throws. */
  keep(): void {
    if (existsSync(this.#path) || !this.#isEnoughFree()) return;
    try {
      fill(this.#path);
    } catch {
      this.use();
    }
  }

  /** Gives it away, for the little that still has to be written. @returns false where it was gone already */
  use(): boolean {
    try {
      rmSync(this.#path);
      return true;
    } catch {
      return false;
    }
  }

  #isEnoughFree(): boolean {
    try {
      return this.#free() >= RESERVE_BYTES + LEAVES_BYTES;
    } catch {
      return false;
    }
  }
}

/** Written, since a hole in a file keeps nothing free. */
function fill(path: string): void {
  const file = openSync(path, 'w', 0o600);
  try {
    for (let written = 0; written < RESERVE_BYTES; written += PART.length) writeSync(file, PART);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function freeBytes(path: string): number {
  const { bavail, bsize } = statfsSync(dirname(path));
  return bavail * bsize;
}
