import { Worker } from 'node:worker_threads';
import type { SearchHit } from '../../domain/desk-pages.ts';
import type { Log } from '../log.ts';
import type { FromSearchThread, SearchThreadData, ToSearchThread } from './search-messages.ts';

export interface SearchResult {
  /** The best first, fifty at most. */
  readonly hits: readonly SearchHit[];
  /** There are more than these. */
  readonly isMore: boolean;
  /** False: there is no copy that can be searched, for now. */
  readonly isReady: boolean;
  /** A newer question has come before this one was answered: there is nothing here to be shown. */
  readonly isOvertaken: boolean;
}

export interface SearchOptions {
  /** Path of the copy that the thread of sync keeps. */
  readonly replicaPath: string;
  /** Address of central: a copy that came from another one is not searched. */
  readonly source: string;
  readonly log: Pick<Log, 'error'>;
}

const NOTHING = { hits: [], isMore: false, isReady: true, isOvertaken: false } as const;

/** Of JavaScript's own memory, which holds fifty people at most. */
const MAX_HEAP_MB = 32;

interface Question {
  readonly id: number;
  readonly text: string;
  resolve(result: SearchResult): void;
}

/**
 * Searches people and cards in the kiosk's copy, in a thread of its own. A newer question
 * overtakes the older one wherever that is. No method throws or rejects.
 */
export class Search {
  readonly #options: SearchOptions;
  #onUnusable: () => void = () => undefined;
  readonly #newest = new Int32Array(new SharedArrayBuffer(4));
  #worker: Worker | null = null;
  /** Its answer is waited for. */
  #question: Question | null = null;
  #lastId = 0;
  /** Who waits for the thread to let go of the copy. */
  readonly #releasing = new Map<number, () => void>();
  /** The thread was asked something since it last let go of the copy. */
  #mayBeOpen = false;
  /** The copy may not be opened. */
  #isReleased = false;
  #isClosed = false;

  constructor(options: SearchOptions) {
    this.#options = options;
  }

  /** Has the thread ready before the first key is pressed; the first question would start it too. */
  start(): void {
    if (!this.#isClosed) this.#worker ??= this.#newWorker();
  }

  /** Told each time that the copy is searched in vain since it is damaged: it is to be fetched anew. */
  onUnusable(listener: () => void): void {
    this.#onUnusable = listener;
  }

  /** The first fifty that a text finds; nobody for an empty one. */
  query(text: string): Promise<SearchResult> {
    const { promise, resolve } = Promise.withResolvers<SearchResult>();
    this.#end({ ...NOTHING, isOvertaken: true });
    if (this.#isClosed) return Promise.resolve({ ...NOTHING, isReady: false });
    const id = this.#nextId();
    Atomics.store(this.#newest, 0, id);
    this.#question = { id, text, resolve };
    if (!this.#isReleased) this.#ask(this.#question);
    return promise;
  }

  /**
   * The copy is about to be replaced: from then on questions wait for `swap`.
   * @returns when the thread has let go of the copy; undefined where it does not have it
   */
  release(): Promise<void> | undefined {
    this.#isReleased = true;
    const hasIt = this.#mayBeOpen || this.#releasing.size > 0;
    if (this.#worker === null || !hasIt) return undefined;
    this.#mayBeOpen = false;
    const { promise, resolve } = Promise.withResolvers<void>();
    const id = this.#nextId();
    // Whatever is under way ends now, and is asked again after the swap.
    Atomics.store(this.#newest, 0, id);
    this.#releasing.set(id, resolve);
    this.#send({ type: 'release', id });
    return promise;
  }

  /** The copy was replaced: what is asked from now on, or waits, is looked up in the new one. */
  swap(): void {
    this.#isReleased = false;
    if (this.#question === null) return;
    this.#question = { ...this.#question, id: this.#nextId() };
    Atomics.store(this.#newest, 0, this.#question.id);
    this.#ask(this.#question);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const worker = this.#worker;
    this.#worker = null;
    this.#endAll();
    await worker?.terminate();
  }

  #ask({ id, text }: Question): void {
    this.start();
    this.#mayBeOpen = true;
    this.#send({ type: 'find', id, text });
  }

  #send(message: ToSearchThread): void {
    this.#worker?.postMessage(message);
  }

  #newWorker(): Worker {
    const { replicaPath, source } = this.#options;
    const newest = this.#newest.buffer;
    const worker = new Worker(new URL('./search-thread-main.ts', import.meta.url), {
      workerData: { replicaPath, source, newest } satisfies SearchThreadData,
      name: 'search',
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    });
    worker.unref();
    worker.on('message', (message: FromSearchThread) => this.#take(message));
    worker.on('error', (error) =>
      this.#options.log.error({ err: error }, 'the thread of the search has died'),
    );
    worker.on('exit', () => this.#died(worker));
    return worker;
  }

  #take(message: FromSearchThread): void {
    if (message.type === 'released') {
      this.#releasing.get(message.id)?.();
      this.#releasing.delete(message.id);
      return;
    }
    if (message.type === 'failed') this.#fail(message);
    if (message.id !== this.#question?.id || this.#isReleased || message.type === 'overtaken') return;
    const found = message.type === 'found' ? message.found : null;
    this.#end(found ? { ...NOTHING, ...found } : { ...NOTHING, isReady: false });
  }

  #fail({ name, message, isDamage }: Extract<FromSearchThread, { type: 'failed' }>): void {
    this.#options.log.error({ name, message }, 'the copy of central cannot be searched');
    if (isDamage) this.#onUnusable();
  }

  /** The next question starts another. */
  #died(worker: Worker): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    this.#endAll();
  }

  #endAll(): void {
    this.#end({ ...NOTHING, isReady: false });
    for (const resolve of this.#releasing.values()) resolve();
    this.#releasing.clear();
  }

  #end(result: SearchResult): void {
    const question = this.#question;
    this.#question = null;
    question?.resolve(result);
  }

  #nextId(): number {
    this.#lastId = (this.#lastId % 0x3fffffff) + 1;
    return this.#lastId;
  }
}
