import { backoffMs, type Pause } from './backoff.ts';
import type { CentralClient } from './central-client.ts';
import type { Log } from './log.ts';
import type { Replica } from './replica.ts';

const INTERVAL_MS = 1000;

export interface CopyFollowerOptions {
  readonly client: CentralClient;
  readonly replica: Replica;
  readonly pause: Pause;
  readonly now: () => Date;
  readonly log: Log;
  /** Central was reached or lost, or a new copy is there. */
  onChange(): void;
  /** The copy is what central had at this time or later, by our clock. */
  onConfirmed?(askedAt: Date): void;
}

/** Keeps the kiosk's copy like central's, and knows whether central is reached and how old the copy is. */
export class CopyFollower {
  readonly #options: CopyFollowerOptions;
  readonly #stop = new AbortController();
  /** When the copy was last known to be central's; null while there is none. */
  #confirmedAt: Date | null = null;
  #isReached = false;
  #failures = 0;
  #running: Promise<void> = Promise.resolve();
  #current: Promise<void> | null = null;

  constructor(options: CopyFollowerOptions) {
    this.#options = options;
    const state = options.replica.state();
    this.#confirmedAt = state ? new Date(state.madeAt) : null;
  }

  get isReached(): boolean {
    return this.#isReached;
  }

  /** Null while there is no copy. */
  ageSeconds(): number | null {
    if (this.#confirmedAt === null) return null;
    const age = this.#options.now().getTime() - this.#confirmedAt.getTime();
    return Math.max(0, Math.floor(age / 1000));
  }

  start(): void {
    this.#running = this.#follow();
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    await this.#current;
  }

  /** Asks central now; several askers share one request. Afterwards `isReached` is fresh. Never throws. */
  refresh(): Promise<void> {
    this.#current ??= this.#poll().finally(() => {
      this.#current = null;
    });
    return this.#current;
  }

  async #follow(): Promise<void> {
    const { pause } = this.#options;
    while (!this.#stop.signal.aborted) {
      await this.refresh();
      const backoff = backoffMs(this.#failures, pause.random);
      await pause.sleep(
        this.#failures === 0 ? INTERVAL_MS : Math.max(backoff, INTERVAL_MS),
        this.#stop.signal,
      );
    }
  }

  async #poll(): Promise<void> {
    const { client, replica, log, now, onChange, onConfirmed } = this.#options;
    try {
      const askedAt = now();
      const answer = await client.copy(replica.state()?.etag ?? null, this.#stop.signal);
      const wasReached = this.#isReached;
      this.#isReached = answer.kind !== 'unreachable';
      if (answer.kind === 'ok') {
        if (answer.value) replica.replace(answer.value.copy, answer.value.etag);
        this.#confirmedAt = now();
        this.#failures = 0;
        onConfirmed?.(askedAt);
      } else {
        this.#failures += 1;
        if (this.#failures === 1) log.warn({ answer }, 'the copy of central cannot be fetched');
      }
      if (wasReached !== this.#isReached || (answer.kind === 'ok' && answer.value)) onChange();
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      this.#failures += 1;
      log.error({ err: error }, 'the copy of central cannot be stored');
    }
  }
}
