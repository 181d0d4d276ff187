import type { Pause } from './backoff.ts';
import type { CentralAddress } from './central-connection.ts';
import type { FromCopyThread } from './copy/copy-messages.ts';
import { CopyThread } from './copy/copy-thread.ts';
import type { Log } from './log.ts';
import type { Replica } from './replica.ts';
import type { Search } from './search/search.ts';

export interface CopyFollowerOptions {
  readonly central: CentralAddress;
  readonly replica: Replica;
  /** Who else reads the copy, and lets go of it while it is replaced. */
  readonly search?: Pick<Search, 'release' | 'swap' | 'onUnusable'>;
  readonly pause: Pause;
  readonly now: () => Date;
  readonly log: Log;
  /** Central was reached or lost, or something in the copy is new. */
  onChange(): void;
  /** The copy has everything that central had at this time, by our clock. */
  onConfirmed?(asOf: Date): void;
}

/** How long anybody waits for a fresh answer. */
const REFRESH_MS = 5_000;

/** Has the kiosk's copy kept like central's, and knows whether central is reached and how old the copy is. */
export class CopyFollower {
  readonly #options: CopyFollowerOptions;
  readonly #thread: CopyThread;
  /** Questions that have no answer yet. */
  readonly #asked = new Map<number, () => void>();
  #lastAsked = 0;
  /** When the copy was last known to be central's; null while there is none. */
  #confirmedAt: Date | null = null;
  #isReached = false;
  #refusedAs: string | null = null;

  constructor(options: CopyFollowerOptions) {
    this.#options = options;
    const { replica, search, central, pause, log } = options;
    this.#takeAge();
    this.#thread = new CopyThread({
      ...{ path: replica.path, central, pause, log },
      onStart: () => this.#swap(),
      onMessage: (message) => this.#tryTake(message),
      onDeath: () => this.#died(),
    });
    replica.onUnusable((error) => {
      log.error({ err: error }, 'the copy of central cannot be read; it is fetched anew');
      this.#thread.tell({ type: 'unusable' });
    });
    search?.onUnusable(() => this.#thread.tell({ type: 'unusable' }));
  }

  get isReached(): boolean {
    return this.#isReached;
  }

  /** The code with which central refuses this kiosk for what it is (SE-01); null while it does not. */
  get refusedAs(): string | null {
    return this.#refusedAs;
  }

  /** Null while there is no copy. */
  ageSeconds(): number | null {
    if (this.#confirmedAt === null) return null;
    const age = this.#options.now().getTime() - this.#confirmedAt.getTime();
    return Math.max(0, Math.floor(age / 1000));
  }

  start(): void {
    this.#thread.start();
  }

  async close(): Promise<void> {
    await this.#thread.close();
    this.#answerAll();
  }

  /**
   * Asks central now, and waits some seconds at most. Afterwards the copy has what central had when this was called, or
   * `isReached` says that it has not. Never throws.
   */
  async refresh(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#lastAsked += 1;
    const id = this.#lastAsked;
    if (!this.#thread.tell({ type: 'refresh', id })) return;
    this.#asked.set(id, resolve);
    const waited = new AbortController();
    await Promise.race([promise, this.#options.pause.sleep(REFRESH_MS, waited.signal)]);
    waited.abort();
    this.#asked.delete(id);
  }

  /** Whatever fails here, the kiosk goes on. */
  #tryTake(message: FromCopyThread): void {
    try {
      this.#take(message);
    } catch (error) {
      this.#options.log.error({ err: error, type: message.type }, 'a message of the thread of sync failed');
    }
  }

  #take(message: FromCopyThread): void {
    const { log, onChange } = this.#options;
    if (message.type === 'reached') this.#reach(message.isReached);
    else if (message.type === 'confirmed') this.#confirm(message.asOf);
    else if (message.type === 'changed') onChange();
    else if (message.type === 'refusedAs') this.#refuse(message.code);
    else if (message.type === 'refreshed') this.#asked.get(message.id)?.();
    else if (message.type === 'log') log[message.level](message.detail, message.message);
    else void this.#swapAndSay();
  }

  #reach(isReached: boolean): void {
    if (this.#isReached === isReached) return;
    this.#isReached = isReached;
    this.#options.onChange();
  }

  #refuse(code: string | null): void {
    this.#refusedAs = code;
    this.#options.onChange();
  }

  /** @param asOfMs by the machine's clock, which need not be ours */
  #confirm(asOfMs: number | null): void {
    const { now, onConfirmed, onChange } = this.#options;
    const isFirst = this.#confirmedAt === null;
    this.#confirmedAt = now();
    if (isFirst) onChange();
    if (asOfMs !== null) onConfirmed?.(new Date(now().getTime() - (Date.now() - asOfMs)));
  }

  async #swapAndSay(): Promise<void> {
    await this.#swap();
    this.#thread.tell({ type: 'swapped' });
  }

  /** At once where nobody searches. Never throws. */
  #swap(): Promise<void> | undefined {
    const released = this.#options.search?.release();
    if (released) return released.then(() => this.#swapNow());
    this.#swapNow();
    return undefined;
  }

  #swapNow(): void {
    const { replica, search, log } = this.#options;
    try {
      replica.swap();
      this.#takeAge();
    } catch (error) {
      log.error({ err: error }, 'the copy of central cannot be opened');
    }
    search?.swap();
  }

  #takeAge(): void {
    const state = this.#options.replica.state();
    this.#confirmedAt = state ? new Date(state.madeAt) : null;
  }

  #died(): void {
    this.#reach(false);
    this.#answerAll();
  }

  #answerAll(): void {
    for (const answer of this.#asked.values()) answer();
    this.#asked.clear();
  }
}
