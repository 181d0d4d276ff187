import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { serviceManager } from '../../src/kiosk/service-manager.ts';
import { Watchdog } from '../../src/kiosk/watchdog.ts';
import { SOON } from '../support/soon.ts';

/** A datagram socket as systemd has it, which prints what arrives; Node has none. */
const RECEIVER = `
import socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind(sys.argv[1])
while True: print(s.recv(4096).decode().rstrip(), flush=True)
`;

let folder: string;
let socket: string;
let receiver: ChildProcess;
let heard: string;
let watchdog: Watchdog | null = null;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'recard-watchdog-'));
  socket = join(folder, 'notify');
  receiver = spawn('python3', ['-c', RECEIVER, socket], { stdio: ['ignore', 'pipe', 'inherit'] });
  heard = '';
  receiver.stdout!.on('data', (chunk: Buffer) => {
    heard += chunk.toString();
  });
  await vi.waitFor(() => expect(existsSync(socket)).toBe(true), SOON);
});
afterEach(async () => {
  watchdog?.close();
  watchdog = null;
  const gone = once(receiver, 'exit');
  receiver.kill('SIGKILL');
  await gone;
  rmSync(folder, { recursive: true });
});

function manager(usec: string, pid = '77') {
  return serviceManager(
    { PATH: process.env.PATH, NOTIFY_SOCKET: socket, WATCHDOG_USEC: usec, WATCHDOG_PID: pid },
    77,
  )!;
}

describe('systemd', () => {
  test('hears that the kiosk is ready, then that it lives, while all of it is alive', async () => {
    watchdog = new Watchdog({ manager: manager('600000'), vitals: { 'the screen': () => 0 }, say: () => {} });
    watchdog.ready();
    watchdog.ready();
    await vi.waitFor(() => expect(heard.match(/^WATCHDOG=1$/gm)?.length).toBeGreaterThan(1), SOON);
    expect(heard.match(/^READY=1$/gm)).toHaveLength(1);
    expect(heard).toContain('STATUS=The kiosk is on its screen');
    watchdog.close();
    await vi.waitFor(() => expect(heard).toContain('STOPPING=1'), SOON);
  });

  test('hears nothing before the first frame, and no sign of life of a kiosk whose readers are silent', async () => {
    const said: string[] = [];
    let silentMs = 0;
    const vitals = { 'the readers': () => silentMs, 'the screen': () => 0 };
    watchdog = new Watchdog({ manager: manager('600000'), vitals, say: (line) => said.push(line) });
    expect(heard).toBe('');
    silentMs = 301;
    watchdog.ready();
    await vi.waitFor(() => expect(said).toHaveLength(1), SOON);
    expect(said[0]).toContain('from the readers;');
    await vi.waitFor(() => expect(heard).toContain('READY=1'), SOON);
    expect(heard).not.toContain('WATCHDOG=1');
    silentMs = 0;
    await vi.waitFor(() => expect(heard).toContain('WATCHDOG=1'), SOON);
  });

  test('is told nothing where it did not start the kiosk, and no signs of life that are meant for another process', () => {
    expect(serviceManager({ PATH: process.env.PATH }, 77)).toBeNull();
    expect(manager('600000', '78').watchdogMs).toBeNull();
    expect(manager('600000').watchdogMs).toBe(600);
  });
});
