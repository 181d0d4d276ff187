import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder, and those around it that are missing, level by level: Node's `recursive` never returns below /proc, which answers
 * ENOENT for a folder that could not be made either.
 * @returns the topmost one that was made; undefined where all are there
 * @throws what the file system says of the one that cannot be made
 */
export function makeFolder(folder: string, mode: number): string | undefined {
  const missing: string[] = [];
  for (let at = resolve(folder); !existsSync(at) && at !== dirname(at); at = dirname(at)) missing.unshift(at);
  for (const one of missing) {
    try {
      mkdirSync(one, { mode });
    } catch (error) {
      // Somebody else may have made it meanwhile.
      if (!statSync(one, { throwIfNoEntry: false })?.isDirectory()) throw error;
    }
  }
  return missing[0];
}
