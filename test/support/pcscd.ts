import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { VPCD_PORTS } from '../../src/virtual-card/vpcd.ts';

const SOCKET_FOLDER = '/run/pcscd';
const SOCKET = `${SOCKET_FOLDER}/pcscd.comm`;
const LOCK = join(tmpdir(), 'recard-test-pcscd.lock');
const START_LIMIT_MS = 20_000;
const LOCK_LIMIT_MS = 110_000;

/** The machine's one pcscd, ours for the length of a test file. Its readers are vpcd's two. */
export interface TestPcscd {
  /** Kills pcscd as a crash would. */
  kill(): Promise<void>;
  /** Starts it again after a kill. */
  start(): Promise<void>;
  /** Ends it and lets the next test file have it. */
  stop(): Promise<void>;
}

/**
 * Starts pcscd with vpcd, as root. There is one socket a machine, so test files wait for each other here.
 * @throws Error when a pcscd that is not ours is running
 */
export async function startPcscd(): Promise<TestPcscd> {
  await takeLock();
  let child: ChildProcess | null = null;
  const start = async () => {
    child = await spawnPcscd();
  };
  const end = async (signal: NodeJS.Signals) => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  try {
    await start();
  } catch (error) {
    releaseLock();
    throw error;
  }
  return {
    start,
    kill: () => end('SIGKILL'),
    stop: async () => {
      await end('SIGTERM');
      releaseLock();
    },
  };
}

/** Runs a program until it ends and gives what it printed; stderr is added to both the answer and an error. */
export async function run(program: string, ...args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { timeout: 60_000, encoding: 'latin1' }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${program} ${args[0]}: ${error.message}\n${stdout}\n${stderr}`));
      else resolve(stdout + stderr);
    });
  });
}

/** Waits for a condition, asking again every 20 ms. @throws Error that names what did not come */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  limitMs = 20_000,
): Promise<NonNullable<T>> {
  for (const end = Date.now() + limitMs; Date.now() < end; await wait(20)) {
    const found = await ask();
    if (found) return found;
  }
  throw new Error(`wait: ${what} did not come within ${limitMs} ms`);
}

async function spawnPcscd(): Promise<ChildProcess> {
  if (await isListening({ path: SOCKET })) {
    throw new Error(
      `start pcscd: one is running already (${SOCKET} answers); stop it, these tests need their own`,
    );
  }
  mkdirSync(SOCKET_FOLDER, { recursive: true });
  rmSync(SOCKET, { force: true });
  rmSync(`${SOCKET_FOLDER}/pcscd.pid`, { force: true });
  const child = spawn('pcscd', ['--foreground'], { stdio: 'ignore' });
  const ports = [{ path: SOCKET }, ...VPCD_PORTS.map((port) => ({ port }))];
  await until(
    'pcscd with its two virtual readers',
    async () => {
      if (child.exitCode !== null) throw new Error(`start pcscd: it ended with ${child.exitCode}`);
      for (const port of ports) if (!(await hasListener(port))) return false;
      return true;
    },
    START_LIMIT_MS,
  );
  return child;
}

function isListening(where: { path: string }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(where);
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

/** A TCP port is looked up, not tried: vpcd takes any connection for a card. */
async function hasListener(where: { path: string } | { port: number }): Promise<boolean> {
  if ('path' in where) return isListening(where);
  const wanted = `:${where.port.toString(16).toUpperCase().padStart(4, '0')} `;
  const tables = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) =>
    readFileSync(file, 'utf8').split('\n'),
  );
  return tables.some((line) => {
    const [, local = '', , state] = line.trim().split(/\s+/);
    return `${local} `.endsWith(wanted) && state === '0A';
  });
}

async function takeLock(): Promise<void> {
  await until(
    'the other test of PC/SC to end',
    () => {
      try {
        writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
        return true;
      } catch {
        if (!isHeld()) rmSync(LOCK, { force: true });
        return false;
      }
    },
    LOCK_LIMIT_MS,
  );
}

function isHeld(): boolean {
  try {
    const pid = Number(readFileSync(LOCK, 'utf8'));
    if (pid > 0) process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

function releaseLock(): void {
  rmSync(LOCK, { force: true });
}
