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

  get isRunning(): boolean {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** @returns its address, the same each time @throws Error with what it said when it ends instead */
  async start(): Promise<string> {
    const program = join(import.meta.dirname, 'central-process.ts');
    const args = [join(this.#folder, 'central'), join(this.#folder, 'central.log')];
    const child = fork(program, args, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    this.#child = child;
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
    const ended = once(child, 'close').then(([code, signal]) =>
      Promise.reject(new Error(`start central: it has ended (${code ?? signal})\n${said}`)),
    );
    ended.catch(() => undefined);
    const [url] = (await Promise.race([once(child, 'message'), ended])) as [string];
    return url;
  }

  /** Ends it as the kernel does, at once; resolves when it is no more. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || !this.isRunning) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
}
