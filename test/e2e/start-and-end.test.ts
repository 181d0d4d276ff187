import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { identityPath } from '../../src/kiosk/identity-path.ts';
import { PATIENCE } from '../support/soon.ts';
import { startInTerminal, type TerminalProgram } from '../support/terminal.ts';
import { writeTestIdentity } from '../support/test-line.ts';

vi.setConfig(PATIENCE);

/** The real kiosk, alone: no central answers, and the readers of this machine are somebody else's. */
let folder: string;
let started: TerminalProgram[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'recard-start-and-end-'));
  started = [];
  mkdirSync(join(folder, 'state'));
  await writeTestIdentity(identityPath(join(folder, 'state')));
  const lines = ['name = "Lobby"', 'central_url = "https://127.0.0.1:9"', 'state_folder = "state"'];
  writeFileSync(join(folder, 'kiosk.toml'), `${lines.join('\n')}\nlog_file = "kiosk.log"\n`);
});
afterEach(async () => {
  for (const kiosk of started) {
    kiosk.kill('SIGTERM');
    await kiosk.exited();
  }
  rmSync(folder, { recursive: true });
});

function start(): TerminalProgram {
  const command = ['scripts/node.sh', 'src/recard.ts', 'kiosk', '--config', join(folder, 'kiosk.toml')];
  const kiosk = startInTerminal('bash', command, {
    env: { PCSCLITE_CSOCK_NAME: join(folder, 'no-pcscd') },
    // What is said has one line, however long the name of the folder is.
    columns: 300,
  });
  started.push(kiosk);
  return kiosk;
}

/** What is seen when it is over: the terminal's own screen, with its cursor. */
async function endedWith(
  kiosk: TerminalProgram,
): Promise<{ readonly status: number; readonly said: string }> {
  const status = await kiosk.exited();
  const drawn = kiosk.drawn();
  expect(drawn.lastIndexOf('\x1b[?1049l')).toBeGreaterThan(drawn.lastIndexOf('\x1b[?1049h'));
  expect(drawn.lastIndexOf('\x1b[?25h')).toBeGreaterThan(drawn.lastIndexOf('\x1b[?25l'));
  return { status, said: kiosk.screen().replaceAll('\n', '') };
}

describe('A kiosk whose first screen is there before all else', () => {
  test('ends in order when its terminal is gone', async () => {
    const kiosk = start();
    await kiosk.until('not reached');
    kiosk.hangUp();
    expect(await kiosk.exited()).toBe(0);
  });

  test('gives the terminal back when it is told to end before it is ready', async () => {
    const kiosk = start();
    await kiosk.until(/RP-11-insert-card|UX-06-(service|reader)-gone/);
    kiosk.kill('SIGTERM');
    expect(await endedWith(kiosk)).toEqual({ status: 0, said: '' });
  });

  test('says why it cannot be one, where another has its folder, or its identity is damaged', async () => {
    const first = start();
    await first.until('not reached');
    const second = await endedWith(start());
    expect([second.status, second.said]).toEqual([1, expect.stringContaining('another kiosk runs on')]);
    first.kill('SIGTERM');
    expect((await endedWith(first)).status).toBe(0);
    writeFileSync(identityPath(join(folder, 'state')), 'nonsense');
    const damaged = await endedWith(start());
    expect([damaged.status, damaged.said]).toEqual([1, expect.stringContaining('it is damaged; enrol')]);
  });
});
