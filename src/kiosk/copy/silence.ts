import { performance } from 'node:perf_hooks';
import { BEAT_MS } from '../../protocol/log.ts';

/** Two beats missed, and a bit: central is not reached (UX-06: within a second). */
const SILENT_MS = 2.5 * BEAT_MS;

export interface SilenceOptions {
  /** Each time central begins or ceases to be heard. */
  onChange(isReached: boolean): void;
  readonly silentMs?: number;
}

/**
 * Whether central is heard. Silence counts only while something is asked of it, and not while this thread was busy with
 * something else: what has arrived meanwhile is read first.
 */
export class Silence {
  readonly #options: SilenceOptions;
  readonly #silentMs: number;
  #isReached = false;
  #heardAt = 0;
  #asking = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: SilenceOptions) {
    this.#options = options;
    this.#silentMs = options.silentMs ?? SILENT_MS;
  }

  get isReached(): boolean {
    return this.#isReached;
  }

  /** A question goes out. */
  asks(): void {
    this.#asking += 1;
    if (this.#asking === 1) this.#restart();
  }

  /** It has its answer, or none will come. */
  ends(): void {
    this.#asking -= 1;
    if (this.#asking === 0) this.#stop();
  }

  /** Something of central's has come in. */
  heard(): void {
    this.#heardAt = performance.now();
    this.#say(true);
  }

  /** There is no central at the other end. */
  lost(): void {
    this.#say(false);
  }

  #restart(): void {
    this.#stop();
    this.#heardAt = performance.now();
    this.#wait(this.#silentMs);
  }

  #wait(ms: number): void {
    this.#timer = setTimeout(() => setImmediate(() => this.#look()), ms);
  }

  #look(): void {
    if (this.#timer === null) return;
    const leftMs = this.#heardAt + this.#silentMs - performance.now();
    if (leftMs <= 0) this.#say(false);
    this.#wait(leftMs > 0 ? leftMs : this.#silentMs);
  }

  #stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #say(isReached: boolean): void {
    if (this.#isReached === isReached) return;
    this.#isReached = isReached;
    this.#options.onChange(isReached);
  }
}
