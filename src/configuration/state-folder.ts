/** The state folders of both programs: each is one process's at a time. */
import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { makeFolder } from './make-folder.ts';

/** A state folder cannot be used. The message says why, and what to do. */
export class StateFolderError extends Error {
  override readonly name = 'StateFolderError';
}

/** Holds nothing but the lock, which the kernel takes away from a process that has ended, however it ended. */
const LOCK_FILE = 'running.lock';
/** A handle that nobody refers to is closed by the garbage collector, and its lock with it. */
const held = new Set<Database.Database>();

/**
 * Makes the folder where it is missing, and keeps it for this process.
 * @param mode of a new folder
 * @returns how to give it up
 * @throws StateFolderError when another process has it, or it cannot be written to
 */
export function holdStateFolder(program: 'kiosk' | 'central', folder: string, mode: number): () => void {
  const path = join(folder, LOCK_FILE);
  try {
    makeFolder(folder, mode);
    // Nobody else on this machine may open it, and so lock it.
    if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
  } catch (cause) {
    throw unusable(program, folder, cause);
  }
  return lock(program, folder, path);
}

function lock(program: 'kiosk' | 'central', folder: string, path: string): () => void {
  let file: Database.Database | null = null;
  try {
    file = new Database(path, { timeout: 0 });
    file.exec('begin exclusive');
    const kept = file;
    held.add(kept);
    return () => {
      held.delete(kept);
      kept.close();
    };
  } catch (cause) {
    file?.close();
    if (!(cause instanceof Database.SqliteError) || !cause.code.startsWith('SQLITE_BUSY'))
      throw unusable(program, folder, cause);
    throw new StateFolderError(
      `start ${program}: another ${program} runs on ${folder}, and would write what this one writes; end it first, or name another state_folder`,
      { cause },
    );
  }
}

function unusable(program: string, folder: string, cause: unknown): StateFolderError {
  const why = (cause as NodeJS.ErrnoException).code ?? String(cause);
  const remedy = ['ENOSPC', 'EDQUOT', 'SQLITE_FULL'].includes(why)
    ? 'make room on its disk'
    : 'start it as the user whose folder it is';
  return new StateFolderError(
    `start ${program}: its state folder ${folder} cannot be written to (${why}); ${remedy}, or name another with ${program === 'central' ? 'state_folder in central.toml, or RECARD_HOME' : 'state_folder in kiosk.toml'}`,
    { cause },
  );
}
