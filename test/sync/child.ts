import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

const STOP_LIMIT_MS = 60_000;

/** A program that is there to be killed, and started again. */
export class Child {
  readonly #start: () => ChildProcess;
  readonly #isReady: (child: ChildProcess) => Promise<unknown>;
  #child: ChildProcess | null = null;
  #killed: ChildProcess | null = null;

  /** @param isReady resolves when it does its work */
  constructor(start: () => ChildProcess, isReady: (child: ChildProcess) => Promise<unknown>) {
    this.#start = start;
    this.#isReady = isReady;
  }

  get isRunning(): boolean {
    const child = this.#child;
    return child !== null && child.exitCode === null && child.signalCode === null;
  }

  /** Null while it does not run. */
  get process(): ChildProcess | null {
    return this.isRunning ? this.#child : null;
  }

  /**
   * Until it does its work, or is killed.
   * @param onEnd told when it ends although nobody has killed it, once it was ready
   * @throws EndedError when it ends before
   */
  async start(onEnd: (error: EndedError) => void): Promise<void> {
    const child = this.#start();
    this.#child = child;
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4000);
    });
    const ended = once(child, 'close').then(([code, signal]) => new EndedError(code ?? signal, said));
    const early = await Promise.race([this.#isReady(child).then(() => null), ended]);
    if (early && this.#killed !== child) throw early;
    void ended.then((error) => {
      if (this.#killed !== child) onEnd(error);
    });
  }

  /** Ends it as the kernel does, at once; resolves when it is no more. */
  async kill(): Promise<void> {
    await this.#end((child) => child.kill('SIGKILL'));
  }

  /** Has it end by itself. @throws Error when it does not; it is killed then */
  async stop(tell: (child: ChildProcess) => unknown): Promise<void> {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      this.#child?.kill('SIGKILL');
    }, STOP_LIMIT_MS);
    await this.#end(tell);
    clearTimeout(timer);
    if (isLate) throw new Error(`it does not end within ${STOP_LIMIT_MS} ms`);
  }

  async #end(how: (child: ChildProcess) => unknown): Promise<void> {
    const child = this.process;
    if (!child) return;
    this.#killed = child;
    const ended = once(child, 'close');
    how(child);
    await ended;
  }
}

/** It has ended by itself. */
export class EndedError extends Error {
  override readonly name = 'EndedError';
  constructor(how: number | string, said: string) {
    super(`it has ended (${how}): ${said}`);
  }
}
