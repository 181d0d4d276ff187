import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { KeptChild } from '../../src/readers/kept-child.ts';
import { catchesSigusr1 } from '../support/caught-signals.ts';
import { SOON } from '../support/soon.ts';

let folder: string;
let child: KeptChild<unknown> | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recard-kept-child-'));
});
afterEach(async () => {
  await child?.stop();
  child = null;
  rmSync(folder, { recursive: true });
});

/** Keeps a process that runs this, and waits until it has said `started`. */
async function keep(program: string): Promise<KeptChild<unknown>> {
  const entry = join(folder, 'child.mjs');
  writeFileSync(entry, `${program}\nprocess.send('started');\n`);
  const reports: unknown[] = [];
  child = new KeptChild({ entry: pathToFileURL(entry), onReport: (report) => reports.push(report) });
  await vi.waitFor(() => expect(reports).toContain('started'), SOON);
  return child;
}

describe('a process that is kept', () => {
  test('owes no answer when it lives', async () => {
    const kept = await keep("process.on('message', (said) => process.send(said));");
    for (let asked = 0; asked < 3; asked += 1) {
      await vi.waitFor(() => expect(kept.askAlive()).toBe(0), SOON);
    }
  });

  test('opens no debugger when it is sent SIGUSR1', async () => {
    const kept = await keep("process.on('message', (said) => process.send(said));");
    expect(catchesSigusr1(kept.pid)).toBe(false);
    expect(catchesSigusr1(process.pid)).toBe(true);
  });

  test('owes an answer since it was asked first, when it hangs', async () => {
    const kept = await keep("process.on('message', () => { for (;;); });");
    expect(kept.askAlive()).toBe(0);
    await vi.waitFor(() => expect(kept.askAlive()).toBeGreaterThan(300), SOON);
  });

  test('is asked again when it was killed in the meantime', async () => {
    const kept = await keep("process.on('message', (said) => process.send(said));");
    const { pid } = kept;
    kept.askAlive();
    kept.replace();
    await vi.waitFor(() => expect(kept.pid ?? pid).not.toBe(pid), SOON);
    await vi.waitFor(() => expect(kept.askAlive()).toBe(0), SOON);
  });
});
