import { performance } from 'node:perf_hooks';
import type { Pause } from '../backoff.ts';

const FORGOTTEN_AFTER_MS = 60 * 60_000;
const LONGEST_MS = 10 * 60_000;

/** Copies that could not be read although they had just been fetched: the next is waited for longer and longer. */
export class Rebuilds {
  readonly #pause: Pause;
  #count = 0;
  #lastAt = 0;

  constructor(pause: Pause) {
    this.#pause = pause;
  }

  /** One more. */
  count(): void {
    if (performance.now() - this.#lastAt > FORGOTTEN_AFTER_MS) this.#count = 0;
    this.#count += 1;
    this.#lastAt = performance.now();
  }

  /** No time at all for the first, then 1, 2, 4 … seconds, up to ten minutes. */
  async rest(signal: AbortSignal): Promise<void> {
    if (this.#count < 2) return;
    await this.#pause.sleep(Math.min(LONGEST_MS, 1000 * 2 ** (this.#count - 2)), signal);
  }
}
