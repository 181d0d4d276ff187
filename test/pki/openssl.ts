import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of files for openssl, which judges what we have made; gone with `dispose`. */
export interface Workbench {
  /** Writes a file and answers its path. */
  put(name: string, content: Uint8Array | string): string;
  /** Runs openssl; answers how it ended and everything that it said. */
  run(...args: readonly string[]): Promise<{ readonly code: number; readonly output: string }>;
  dispose(): void;
}

export function openWorkbench(): Workbench {
  const folder = mkdtempSync(join(tmpdir(), 'recard-openssl-'));
  return {
    put(name, content) {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    },
    run: (...args) =>
      new Promise((resolve) => {
        execFile('openssl', [...args], { cwd: folder }, (error, stdout, stderr) => {
          resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr });
        });
      }),
    dispose: () => rmSync(folder, { recursive: true }),
  };
}
