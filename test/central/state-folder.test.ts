/** A state folder is one process's: a second one is told so, and one that was killed leaves nothing in the way. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { holdStateFolder, StateFolderError } from '../../src/configuration/state-folder.ts';

const MODULE = join(import.meta.dirname, '../../src/configuration/state-folder.ts');

let home: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'recard-state-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  chmodSync(home, 0o700);
  rmSync(home, { recursive: true });
});

/** Another process that has the folder, and does not let go of it. */
async function hold(folder: string): Promise<ChildProcess> {
  const code = `import { holdStateFolder } from ${JSON.stringify(MODULE)};
    holdStateFolder('kiosk', ${JSON.stringify(folder)}, 0o700);
    globalThis.gc();
    process.stdout.write('held');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--expose-gc', '--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  await once(child.stdout!, 'data');
  return child;
}

describe('a state folder', () => {
  test('that another process has is refused with what to do', async () => {
    const folder = join(home, 'kiosk');
    const child = await hold(folder);
    const start = () => holdStateFolder('kiosk', folder, 0o700);
    expect(start).toThrow(StateFolderError);
    expect(start).toThrow(`start kiosk: another kiosk runs on ${folder}`);
    expect(start).toThrow('end it first, or name another state_folder');
    child.kill('SIGKILL');
    await once(child, 'exit');
    // Nothing of the killed one is in the way.
    start()();
    start()();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'running.lock')).mode & 0o777).toBe(0o600);
  });

  test('is held against the same process too, until it is given up', () => {
    const release = holdStateFolder('central', home, 0o711);
    expect(() => holdStateFolder('central', home, 0o711)).toThrow('another central runs');
    release();
    holdStateFolder('central', home, 0o711)();
  });

  test('below /proc is refused as one that cannot be made: Node would try for ever', () => {
    expect(() => holdStateFolder('central', '/proc/nope/central', 0o711)).toThrow(
      'start central: its state folder /proc/nope/central cannot be written to (ENOENT)',
    );
  });

  test('that cannot be made is named, with what to do', () => {
    chmodSync(home, 0o500);
    // Root may write everywhere: a file in the way stops everybody.
    const where = process.getuid?.() === 0 ? '/dev/null/central' : join(home, 'central');
    expect(() => holdStateFolder('central', where, 0o711)).toThrow(
      `start central: its state folder ${where} cannot be written to`,
    );
    expect(() => holdStateFolder('central', where, 0o711)).toThrow(
      'state_folder in central.toml, or RECARD_HOME',
    );
  });
});
