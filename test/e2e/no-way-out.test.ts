import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { identityPath } from '../../src/kiosk/identity-file.ts';
import { startInTerminal, type TerminalProgram } from '../support/terminal.ts';
import { writeTestIdentity } from '../support/test-line.ts';
import { seeded } from '../tear/seeded.ts';

/** The real kiosk, alone: no central answers, and the readers of this machine are somebody else's. */
let folder: string;
let kiosk: TerminalProgram;
const START = 'RP-11-insert-card';
const NOISE_BYTES = 10 * 1024 * 1024;
const CHUNK_BYTES = 256 * 1024;
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

/** It is there, runs, and draws: the clock of another size is drawn anew. */
async function demandAlive(): Promise<void> {
  kiosk.resize(100, 30);
  await kiosk.until(/^.{60,}\d\d:\d\d\s*$/m);
  await kiosk.until(START);
  kiosk.resize(80, 24);
  await kiosk.until(START);
  expect(stateOf(kiosk.pid)).toMatch(/[RSD]/);
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

test(`${NOISE_BYTES} random bytes leave it where it was, and no larger`, { timeout: 300_000 }, async () => {
  const before = residentBytes(kiosk.pid);
  const { between } = seeded(20261123);
  for (let sent = 0; sent < NOISE_BYTES; sent += CHUNK_BYTES) {
    const wanted = bytesRead(kiosk.pid) + CHUNK_BYTES;
    kiosk.press(Buffer.from(Array.from({ length: CHUNK_BYTES }, () => between(0, 255))).toString('latin1'));
    await expect.poll(() => bytesRead(kiosk.pid), { timeout: 60_000 }).toBeGreaterThan(wanted);
    await demandAlive();
  }
  expect(residentBytes(kiosk.pid)).toBeLessThan(before + 150 * 1024 * 1024);
});
