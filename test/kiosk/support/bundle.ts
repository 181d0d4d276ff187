import { mkdirSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');
const THREAD = join(ROOT, 'src/kiosk/copy/copy-thread-main.ts');

/** What is used of esbuild, which comes with tsx. */
interface Esbuild {
  buildSync(options: {
    readonly entryPoints: readonly string[];
    readonly outfile: string;
    readonly bundle: true;
    readonly platform: 'node';
    readonly format: 'esm';
    readonly external: readonly string[];
  }): unknown;
}

/**
 * Puts a program of the kiosk into one file, and its thread of sync into another, which start five times as fast as their
 * many modules do.
 * @param folder an empty one, made to look like the project to what the program reads
 * @returns the file
 */
export function bundle(entry: string, folder: string): string {
  const esbuild = createRequire(import.meta.resolve('tsx'))('esbuild') as Esbuild;
  for (const name of ['db', 'node_modules']) symlinkSync(join(ROOT, name), join(folder, name));
  const outfile = join(folder, 'src', 'kiosk', 'bundle.mjs');
  mkdirSync(join(folder, 'src', 'kiosk'), { recursive: true });
  const external = ['better-sqlite3', 'pino', 'undici'];
  const how = { bundle: true, platform: 'node', format: 'esm', external } as const;
  esbuild.buildSync({ entryPoints: [entry], outfile, ...how });
  // Where the program looks for it: beside itself.
  const thread = join(folder, 'src', 'kiosk', 'copy-thread-main.ts');
  esbuild.buildSync({ entryPoints: [THREAD], outfile: thread, ...how });
  return outfile;
}
