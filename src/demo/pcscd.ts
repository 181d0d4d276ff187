import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { VPCD_PORTS } from '../virtual-card/vpcd.ts';

const SOCKET_FOLDER = '/run/pcscd';
/** Where pcscd listens. */
export const PCSCD_SOCKET = `${SOCKET_FOLDER}/pcscd.comm`;
const START_LIMIT_MS = 20_000;
const LOOK_AGAIN_MS = 20;

/** The smart-card service cannot be used; the message says what to do. */
export class PcscdError extends Error {
  override readonly name = 'PcscdError';
}

/** Whether a pcscd answers on this machine. */
export function isPcscdRunning(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ path: PCSCD_SOCKET });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Whether vpcd listens for both of its cards. The ports are looked up, not tried: vpcd takes any connection for a card. */
export function hasVirtualReaders(): boolean {
  const lines = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => readFileSync(file, 'utf8').split('\n'));
  return VPCD_PORTS.every((port) => {
    const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
    return lines.some((line) => {
      const [, local = '', , state] = line.trim().split(/\s+/);
      return local.endsWith(wanted) && state === '0A';
    });
  });
}

/**
 * Starts pcscd as a child, and waits until it and its virtual readers can be used.
 * @throws PcscdError when it does not start (it wants root), or has no virtual readers
 */
export async function spawnPcscd(): Promise<ChildProcess> {
  if (process.getuid?.() !== 0) {
    throw new PcscdError(
      'start pcscd: it wants root; start it with `sudo systemctl start pcscd`, or use sudo',
    );
  }
  mkdirSync(SOCKET_FOLDER, { recursive: true });
  rmSync(PCSCD_SOCKET, { force: true });
  rmSync(`${SOCKET_FOLDER}/pcscd.pid`, { force: true });
  const child = spawn('setpriv', ['--pdeathsig=TERM', '--', 'pcscd', '--foreground'], {
    stdio: 'ignore',
    detached: true,
  });
  const failed = once(child, 'error').then(([error]) => {
    throw new PcscdError(`start pcscd: ${(error as Error).message}; run \`npm run setup -- --pcsc\``);
  });
  await Promise.race([untilUsable(child), failed]);
  failed.catch(() => undefined);
  return child;
}

async function untilUsable(child: ChildProcess): Promise<void> {
  for (const end = Date.now() + START_LIMIT_MS; Date.now() < end; await wait(LOOK_AGAIN_MS)) {
    if (child.exitCode !== null) throw new PcscdError(`start pcscd: it ended with ${child.exitCode}`);
    if ((await isPcscdRunning()) && hasVirtualReaders()) return;
  }
  child.kill();
  throw new PcscdError(
    'start pcscd: no virtual readers came; run `npm run setup -- --pcsc` (vsmartcard-vpcd)',
  );
}

/**
 * The machine's pcscd where one runs, else one of our own for as long as the demo runs.
 * @param needsVirtualReaders vpcd's two must be there
 * @throws PcscdError
 */
export async function joinPcscd(needsVirtualReaders: boolean): Promise<{ close(): Promise<void> }> {
  if (await isPcscdRunning()) {
    if (needsVirtualReaders && !hasVirtualReaders()) {
      throw new PcscdError(
        'use pcscd: it runs without virtual readers; run `npm run setup -- --pcsc`, then restart pcscd',
      );
    }
    return { close: async () => undefined };
  }
  const child = await spawnPcscd();
  return {
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}
