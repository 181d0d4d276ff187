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
const START_AGAIN_MS = 1000;

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
 * Starts pcscd as a child, and waits until it and its virtual readers can be used. It ends with whoever started it.
 * @throws PcscdError when it does not start (it wants root), has no virtual readers, or one is running already
 */
export async function spawnPcscd(): Promise<ChildProcess> {
  if (await isPcscdRunning()) {
    throw new PcscdError(`start pcscd: one is running already (${PCSCD_SOCKET} answers)`);
  }
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
    if (hasEnded(child))
      throw new PcscdError(`start pcscd: it ended with ${child.exitCode ?? child.signalCode}`);
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
  const kept = new KeptPcscd(await spawnPcscd());
  return { close: () => kept.close() };
}

/** A pcscd of our own, started again whenever it ends, as systemd does with the machine's. */
class KeptPcscd {
  readonly #stop = new AbortController();
  readonly #kept: Promise<void>;
  #child: ChildProcess;

  constructor(child: ChildProcess) {
    this.#child = child;
    this.#kept = this.#keep();
  }

  async close(): Promise<void> {
    this.#stop.abort();
    this.#child.kill('SIGTERM');
    await this.#kept;
  }

  async #keep(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      if (!hasEnded(this.#child)) await once(this.#child, 'exit');
      await wait(START_AGAIN_MS, undefined, { signal }).catch(() => undefined);
      if (!signal.aborted) await this.#startAgain();
    }
    if (hasEnded(this.#child)) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await gone;
  }

  /** Another one may be there meanwhile, or something may be missing: it is looked at again after the next pause. */
  async #startAgain(): Promise<void> {
    try {
      this.#child = await spawnPcscd();
    } catch (error) {
      if (!(error instanceof PcscdError)) throw error;
    }
  }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
