import { Worker } from 'node:worker_threads';
import { backoffMs, type Pause } from '../backoff.ts';
import type { CentralAddress } from '../central-connection.ts';
import type { Log } from '../log.ts';
import type { CopyThreadData, FromCopyThread, ToCopyThread } from './copy-messages.ts';

export interface CopyThreadOptions {
  /** Path of the copy. */
  readonly path: string;
  readonly central: CentralAddress;
  readonly pause: Pause;
  readonly log: Log;
  onMessage(message: FromCopyThread): void;
  /** It has ended although nobody told it to. It is started again a moment later. */
  onDeath(): void;
  /** It is about to be started, and nobody has the copy open for writing. It is waited for. */
  onStart(): Promise<void> | undefined;
}

/** Of JavaScript's own memory; SQLite's and the network's come on top. No answer that is taken needs as much. */
const MAX_HEAP_MB = 192;
/** Of what is thrown away at once: with more it collects rarely, and has a hundred megabytes of garbage by then. */
const MAX_YOUNG_MB = 32;
/** A thread that has lived this long has not failed because of how it was started. */
const WELL_MS = 60_000;
/** One that is told to end and does not is ended: a copy survives that at any moment. */
const LAST_MS = 3_000;

/** Keeps the thread of sync alive: one that has died is started again, later each time (SY-01). */
export class CopyThread {
  readonly #options: CopyThreadOptions;
  readonly #stop = new AbortController();
  #worker: Worker | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(options: CopyThreadOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running = this.#keepAlive();
  }

  /** False while there is no thread to say it to. */
  tell(message: ToCopyThread): boolean {
    this.#worker?.postMessage(message);
    return this.#worker !== null;
  }

  async close(): Promise<void> {
    this.#stop.abort();
    const worker = this.#worker;
    worker?.ref();
    this.tell({ type: 'stop' });
    const timer = setTimeout(() => void worker?.terminate(), LAST_MS);
    await this.#running;
    clearTimeout(timer);
  }

  async #keepAlive(): Promise<void> {
    const { log, pause, onDeath, onStart } = this.#options;
    let failures = 0;
    while (!this.#stop.signal.aborted) {
      const startedAt = performance.now();
      const opening = onStart();
      if (opening) await opening;
      if (this.#stop.signal.aborted) return;
      const error = await this.#live();
      if (this.#stop.signal.aborted) return;
      failures = performance.now() - startedAt > WELL_MS ? 1 : failures + 1;
      log.error({ err: error, failures }, 'the thread of sync has died');
      onDeath();
      await pause.sleep(backoffMs(failures, pause.random), this.#stop.signal);
    }
  }

  /** Until it ends. Returns why. */
  async #live(): Promise<Error> {
    const { path, central, onMessage } = this.#options;
    const workerData: CopyThreadData = { path, central };
    const worker = new Worker(new URL('./copy-thread-main.ts', import.meta.url), {
      workerData,
      name: 'sync',
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB, maxYoungGenerationSizeMb: MAX_YOUNG_MB },
    });
    worker.unref();
    this.#worker = worker;
    worker.on('message', onMessage);
    let error: Error | null = null;
    worker.on('error', (cause) => {
      error = cause instanceof Error ? cause : new Error(String(cause));
    });
    const { promise, resolve } = Promise.withResolvers<number>();
    worker.on('exit', resolve);
    const code = await promise;
    this.#worker = null;
    return error ?? new Error(`run thread of sync: it ended with code ${code}`);
  }
}
