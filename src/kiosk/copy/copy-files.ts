import { closeSync, existsSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The files of one copy, side by side. Only `live` is ever read; `ready` is whole, checked and on the disk. */
export interface CopyFiles {
  readonly live: string;
  /** A new copy under work: unpacked, or being built. Worth nothing after a restart. */
  readonly unfinished: string;
  /** Rows on their way into it. */
  readonly staged: string;
  readonly ready: string;
  /** What `live` was before the last swap, until it is removed. */
  readonly old: string;
}

/** What SQLite keeps beside a database. */
const SUFFIXES = ['-wal', '-shm', '-journal'] as const;
const PART = '.part-';

/** @param live path of the copy, as `…/replica.sqlite` */
export function copyFiles(live: string): CopyFiles {
  return {
    live,
    unfinished: `${live}.unfinished`,
    staged: `${live}.staged`,
    ready: `${live}.new`,
    old: `${live}.old`,
  };
}

/** Where a snapshot is downloaded to: its name says which, so that another one is never mixed into it. */
export function partFile({ live }: CopyFiles, id: string): string {
  return `${live}${PART}${id}`;
}

/** Says that `unfinished` is whole. From here on a kill leaves the new copy, before it the old one. */
export function declareReady({ unfinished, ready }: CopyFiles): void {
  for (const suffix of SUFFIXES) rmSync(unfinished + suffix, { force: true });
  syncPath(unfinished);
  renameSync(unfinished, ready);
  syncPath(dirname(ready));
}

/**
 * Puts the copy that is ready in the place of `live`; nothing when there is none. Nobody may have `live` open. Cut off
 * anywhere, the next call ends it: what SQLite kept beside the old file is gone before the new one has its name.
 */
export function swapIn({ live, ready, old }: CopyFiles): void {
  if (!existsSync(ready)) return;
  if (existsSync(live)) renameSync(live, old);
  for (const suffix of SUFFIXES) rmSync(live + suffix, { force: true });
  renameSync(ready, live);
  syncPath(dirname(live));
}

/** Removes what nobody reads any more: a copy that was not finished, and the one before the last swap. */
export function removeUnfinished({ unfinished, staged, old }: CopyFiles): void {
  for (const path of [unfinished, staged, old]) {
    for (const suffix of ['', ...SUFFIXES]) rmSync(path + suffix, { force: true });
  }
}

/** Removes what was downloaded, but for the snapshot with this id. */
export function removeDownloads({ live }: CopyFiles, except: string | null = null): void {
  const prefix = basename(live) + PART;
  for (const name of readdirSync(dirname(live))) {
    if (name.startsWith(prefix) && name !== prefix + except) rmSync(join(dirname(live), name));
  }
}

function syncPath(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
