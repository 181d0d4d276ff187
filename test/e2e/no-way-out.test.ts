import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { TEXTS } from '../../screens/texts/texts.ts';
import { identityPath } from '../../src/kiosk/identity-path.ts';
import { PATIENCE } from '../support/soon.ts';
import { startInTerminal, type TerminalProgram } from '../support/terminal.ts';
import { writeTestIdentity } from '../support/test-line.ts';
import { seeded } from '../tear/seeded.ts';

vi.setConfig(PATIENCE);

/** The real kiosk, alone: no central answers, and the readers of this machine are somebody else's. */
let folder: string;
let kiosk: TerminalProgram;
/** Also where no card service runs. */
const START = /RP-11-insert-card|UX-06-(service|reader)-gone/;
/** Whichever language the noise has chosen. */
const SIGN_IN = new RegExp(
  Object.values(TEXTS)
    .map(({ desk }) => desk.signInPage)
    .join('|'),
);
const FIRST_STEP = /\[1 \S+\]/;
/** Opens the staff's pages, which a flood of keys would have to find its way out of. */
const STAFF_KEY = /o/gi;
const NOTHING = /(?!)/;
/** Less than a terminal holds (4096), however it is encoded: nobody may wait to write while the other does. */
const CHUNK_BYTES = 2000;
/** So many chunks are sent between two looks. */
const LOOK_EVERY = 250;
/** Function and editing keys, mouse reports in three encodings, focus, answers to questions that nobody asked, 8-bit control sequences, strings that never end. */
const SEQUENCES: readonly string[] = [
  ...['[A', '[H', '[2~', '[3~', '[5~', '[15~', '[24~', 'OP', 'OS', '[1;5P', '[1;3A', '[Z', '[[A', '[25^'],
  ...['[M !!', '[<0;10;10M', '[<0;10;10m', '[32;10;10M', '[I', '[O', '[?1;2c', '[0n', '[24;80R', '[8;24;80t'],
  ...[
    ']0;title\x07',
    'P1$r0m\x1b\\',
    '_application\x1b\\',
    '^private\x1b\\',
    'c',
    '[?1049l',
    '[?25h',
    '#8',
    'N',
    '\x1b',
  ],
]
  .map((rest) => `\x1b${rest}`)
  .concat(['\x9b3~', '\x90q', '\xff\xfe', '\u202e', '\ud800']);
/** Everything that a terminal turns into a signal, or into silence, and what leaves other programs. */
const CONTROL_KEYS = [
  '\x03',
  '\x04',
  '\x1a',
  '\x1c',
  '\x13',
  '\x11',
  '\x0f',
  '\x16',
  '\x12',
  '\x00',
  '\x18',
  '\x1d',
];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'recard-no-way-out-'));
  mkdirSync(join(folder, 'state'));
  await writeTestIdentity(identityPath(join(folder, 'state')));
  const lines = ['name = "Lobby"', 'central_url = "https://127.0.0.1:9"', 'state_folder = "state"'];
  writeFileSync(join(folder, 'kiosk.toml'), `${lines.join('\n')}\nlog_file = "kiosk.log"\n`);
  const command = ['scripts/node.sh', 'src/recard.ts', 'kiosk', '--config', join(folder, 'kiosk.toml')];
  kiosk = startInTerminal('bash', command, {
    env: { PCSCLITE_CSOCK_NAME: join(folder, 'no-pcscd') },
  });
});
afterAll(async () => {
  kiosk?.kill('SIGTERM');
  await kiosk?.exited();
  rmSync(folder, { recursive: true });
});

/** The stable code of whatever screen it is, in the last row. */
const ANY_CODE = /(?:RP|ID|OP|SY|UX)-\d\d-[a-z-]+\s*$/;

/** How the first line of all is read aloud. */
const READ_ALOUD = /^Recard, Lobby/m;
const READ_ALOUD_KEY = '\x12';

/** The clock, at the right end of a wide first line. */
const WIDE = /^.{60,}\d\d:\d\d\s*$/m;

/** It is there, runs, and draws: the clock of another size is drawn anew. What has turned reading aloud on, however late, is undone. */
async function demandAlive(): Promise<void> {
  kiosk.resize(100, 30);
  await expect.poll(() => isWide(), { timeout: 60_000, interval: 500 }).toBe(true);
  await kiosk.until(ANY_CODE);
  kiosk.resize(80, 24);
  await kiosk.until(ANY_CODE);
  expect(stateOf(kiosk.pid)).toMatch(/[RSD]/);
}

/** Whether the wide screen is there. The key may have to come again: it is no key while a sequence is unfinished. */
function isWide(): boolean {
  const screen = kiosk.screen();
  if (READ_ALOUD.test(screen)) kiosk.press(READ_ALOUD_KEY);
  return WIDE.test(screen);
}

/** Memory that is in use, as the kernel counts it. */
function residentBytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) * 1024;
}

/** All that it has read, keys first of all. */
function bytesRead(pid: number): number {
  return Number(/rchar: (\d+)/.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))![1]);
}

/** As in proc(5): R, S, D, T for stopped … */
function stateOf(pid: number): string {
  return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]![0]!;
}

test('keys that end or stop other programs, and the signals they stand for, do nothing', async () => {
  await kiosk.until(START);
  for (const key of CONTROL_KEYS) kiosk.press(key);
  await demandAlive();
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU'] as const)
    process.kill(kiosk.pid, signal);
  await demandAlive();
});

test('function keys, mouse reports, answers of terminals and pasted text lead nowhere', async () => {
  for (const sequence of SEQUENCES) kiosk.press(sequence);
  for (const sequence of SEQUENCES) kiosk.press(sequence.slice(0, -1));
  kiosk.press(`\x1b[200~${'rm -rf / ; exit\r'.repeat(500)}\x1b[201~`);
  await demandAlive();
});

test('a terminal that is resized again and again is drawn whole in the end', async () => {
  const { between } = seeded(8);
  for (let round = 0; round < 300; round += 1) kiosk.resize(1 + between(0, 300), 1 + between(0, 120));
  await demandAlive();
});

/** Random bytes, read before more are sent. */
async function makeNoise(bytes: number, leavesOut: RegExp): Promise<void> {
  const { between } = seeded(20261123);
  for (let sent = 0, chunk = 1; sent < bytes; sent += CHUNK_BYTES, chunk += 1) {
    const noise = Buffer.from(Array.from({ length: CHUNK_BYTES }, () => between(0, 255)));
    const text = noise.toString('latin1').replace(leavesOut, ' ');
    const wanted = bytesRead(kiosk.pid) + CHUNK_BYTES;
    kiosk.press(text);
    await expect
      .poll(() => bytesRead(kiosk.pid), { timeout: 60_000, interval: 1 })
      .toBeGreaterThanOrEqual(wanted);
    if (chunk % LOOK_EVERY === 0) await demandAlive();
  }
  await demandAlive();
}

test('a megabyte of random bytes leaves it where it was, and no larger', async () => {
  const before = residentBytes(kiosk.pid);
  await makeNoise(1024 * 1024, STAFF_KEY);
  await kiosk.until(START);
  expect(residentBytes(kiosk.pid)).toBeLessThan(before + 150 * 1024 * 1024);
});

test('random bytes that ask for the sign-in of staff end there, and Esc leads back', async () => {
  await makeNoise(10_000, NOTHING);
  kiosk.press('o');
  await kiosk.until(SIGN_IN);
  kiosk.press('\x1b');
  await kiosk.until(FIRST_STEP);
});
