import { type ChildProcess, execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { spawnPcscd } from '../../src/demo/pcscd.ts';

/** An abstract socket: the kernel gives it back when its holder dies, however it dies. */
const LOCK = '\0recard-test-pcscd';
const LOCK_LIMIT_MS = 600_000;

/** What a hook that calls `startPcscd` or `lockPcscd` must be given: the other files of PC/SC come first. */
export const PCSCD_HOOK_LIMIT_MS = LOCK_LIMIT_MS + 60_000;

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
 * @throws PcscdError when a pcscd that is not ours is running
 */
export async function startPcscd(): Promise<TestPcscd> {
  const unlock = await lockPcscd();
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
    await unlock();
    throw error;
  }
  return {
    start,
    kill: () => end('SIGKILL'),
    stop: async () => {
      await end('SIGTERM');
      await unlock();
    },
  };
}

/**
 * Waits until no other test file uses PC/SC; for a test that has the demo start pcscd by itself.
 * @returns how to let the next one in
 */
export async function lockPcscd(): Promise<() => Promise<void>> {
  const server = await until('the other tests of PC/SC to end', holdLock, LOCK_LIMIT_MS);
  return () => new Promise((resolve) => server.close(() => resolve()));
}

function holdLock(): Promise<Server | null> {
  const server = createServer().unref();
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    );
    server.listen(LOCK, () => resolve(server));
  });
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
  limitMs = 60_000,
): Promise<NonNullable<T>> {
  for (const end = Date.now() + limitMs; Date.now() < end; await wait(20)) {
    const found = await ask();
    if (found) return found;
  }
  throw new Error(`wait: ${what} did not come within ${limitMs} ms`);
}
