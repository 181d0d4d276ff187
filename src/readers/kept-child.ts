import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { backoffMs } from './backoff.ts';

/** Asked of a process that is kept; it answers with the same. */
export const ALIVE = 'alive';
/** A process that says nothing for so long hangs: nothing that it does keeps its event loop that busy. */
const HUNG_MS = 30_000;

/** A process that is started again, with growing pauses, whenever it ends, until it is stopped. */
export interface KeptChildOptions<Report> {
  readonly entry: URL;
  readonly arguments?: readonly string[];
  readonly onReport: (report: Report) => void;
  /** It ended, by itself or killed; the next one is on its way unless it was stopped. */
  readonly onEnd?: () => void;
  /** Lines that it wrote to stderr: crashes of the binding. */
  readonly log?: (line: string) => void;
}

/** Keeps one child process alive. */
export class KeptChild<Report> {
  readonly #options: KeptChildOptions<Report>;
  #child: ChildProcess | null = null;
  #retry: NodeJS.Timeout | undefined;
  #attempt = 0;
  #isStopped = false;
  /** Since when it owes an answer to whether it lives; null when it owes none. */
  #askedMs: number | null = null;

  constructor(options: KeptChildOptions<Report>) {
    this.#options = options;
    this.#start();
  }

  /** Undefined between two of its lives. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** @returns false when there is no process to send to */
  send(message: object): boolean {
    if (!this.#child?.connected) return false;
    this.#child.send(message, () => undefined);
    return true;
  }

  /**
   * Asks the process whether it lives; one that hangs is replaced.
   * @returns for how many milliseconds it owes the answer to an earlier question; 0 when it owes none
   */
  askAlive(): number {
    const now = performance.now();
    const silentMs = this.#askedMs === null ? 0 : now - this.#askedMs;
    if (silentMs > HUNG_MS) this.replace();
    this.#askedMs ??= now;
    if (this.#child?.connected) this.#child.send(ALIVE, () => undefined);
    return silentMs;
  }

  /** Kills the process, however hung it is; another takes its place. */
  replace(): void {
    this.#child?.kill('SIGKILL');
  }

  /** Kills it for good and waits until it is gone. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#retry);
    const child = this.#child;
    if (!child) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  #start(): void {
    const { entry, arguments: args = [], onReport, log } = this.#options;
    const child = fork(entry, [...args], {
      execPath: process.execPath,
      // No signal opens a debugger in it: PINs pass through it.
      execArgv: ['--disable-sigusr1'],
      env: { ...process.env, NODE_OPTIONS: '' },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child = child;
    // It inherits the question that the one before has left open.
    if (this.#askedMs !== null) child.send(ALIVE, () => undefined);
    child.stderr?.on('data', (chunk: Buffer) => log?.(chunk.toString().trimEnd()));
    child.on('error', (error) => {
      log?.(error.message);
      // A process that could not be started never exits.
      if (child.pid === undefined) this.#ended();
    });
    child.on('message', (report) => {
      this.#attempt = 0;
      this.#askedMs = null;
      if (this.#child === child && report !== ALIVE) onReport(report as Report);
    });
    child.once('exit', () => this.#ended());
  }

  #ended(): void {
    this.#child = null;
    this.#options.onEnd?.();
    if (this.#isStopped) return;
    this.#retry = setTimeout(() => this.#start(), backoffMs(this.#attempt));
    this.#attempt += 1;
  }
}
