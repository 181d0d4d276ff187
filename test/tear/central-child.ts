import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Central, with its PostgreSQL, in a process of its own that can be killed and started again. */
export class CentralChild {
  readonly #folder: string;
  #child: ChildProcess | null = null;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @returns its address, the same each time */
  async start(): Promise<string> {
    const program = join(import.meta.dirname, 'central-process.ts');
    const args = [join(this.#folder, 'central'), join(this.#folder, 'central.log')];
    const child = fork(program, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.#child = child;
    const ended = once(child, 'exit').then(() => Promise.reject(new Error('start central: it has ended')));
    ended.catch(() => undefined);
    const [url] = (await Promise.race([once(child, 'message'), ended])) as [string];
    return url;
  }

  /** Ends it as the kernel does, at once; resolves when it is no more. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
}
