import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { CentralReady } from './central-process.ts';

/** Central as a process of its own, with the demo's world in it. */
export interface StartedCentral {
  readonly pid: number | undefined;
  readonly ready: CentralReady;
  stop(): Promise<void>;
}

/** Central has ended before it could be used; the message holds what it said. */
export class CentralStartError extends Error {
  override readonly name = 'CentralStartError';
}

const MAX_COMPLAINT = 4000;

/** Starts central on this home; the world is made at the first time. @throws CentralStartError */
export async function startCentralProcess(home: string): Promise<StartedCentral> {
  const child = fork(join(import.meta.dirname, 'central-process.ts'), [home], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let complaint = '';
  child.stderr?.on('data', (chunk) => {
    complaint = `${complaint}${chunk}`.slice(-MAX_COMPLAINT);
  });
  const ended = once(child, 'exit').then(() => {
    throw new CentralStartError(`start central: it has ended.\n${complaint}`);
  });
  const [ready] = await Promise.race([once(child, 'message'), ended]);
  ended.catch(() => undefined);
  return { pid: child.pid, ready: ready as CentralReady, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  if (child.connected) child.disconnect();
  else child.kill('SIGTERM');
  await ended;
}
