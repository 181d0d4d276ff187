import { backoffMs, type Pause } from './backoff.ts';
import type { CentralClient } from './central-client.ts';
import type { Log } from './log.ts';
import type { Outbox } from './outbox.ts';

const BATCH = 100;
const IDLE_MS = 60_000;

export interface EventSenderOptions {
  readonly client: CentralClient;
  readonly outbox: Outbox;
  readonly pause: Pause;
  readonly log: Log;
}

/**
 * Brings the outbox to central, in order. An event leaves the outbox only when central has acknowledged it; one that is
 * sent twice because an answer was lost is taken once, by its number (SY-02).
 */
export class EventSender {
  readonly #options: EventSenderOptions;
  readonly #stop = new AbortController();
  #wake = new AbortController();
  #failures = 0;
  #hasMet = false;
  #running: Promise<void> = Promise.resolve();

  constructor(options: EventSenderOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running = this.#send();
  }

  /** Something is in the outbox. */
  wake(): void {
    if (this.#failures === 0) this.#wake.abort();
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #send(): Promise<void> {
    const { pause, log } = this.#options;
    while (!this.#stop.signal.aborted) {
      this.#wake = new AbortController();
      let isMore = false;
      try {
        isMore = await this.#sendBatch();
      } catch (error) {
        if (this.#stop.signal.aborted) return;
        this.#failures += 1;
        log.error({ err: error }, 'events cannot be sent');
      }
      if (isMore) continue;
      const waitMs = this.#failures === 0 ? IDLE_MS : backoffMs(this.#failures, pause.random);
      await pause.sleep(waitMs, AbortSignal.any([this.#wake.signal, this.#stop.signal]));
    }
  }

  /** @returns whether there may be more to send at once */
  async #sendBatch(): Promise<boolean> {
    const { client, outbox, log } = this.#options;
    if (!this.#hasMet && !(await this.#meet())) return false;
    const events = outbox.waiting(BATCH);
    const first = events[0];
    if (!first) return false;
    const answer = await client.events(events, this.#stop.signal);
    if (answer.kind === 'ok' && answer.value.acknowledged >= first.n) {
      this.#failures = 0;
      outbox.acknowledge(answer.value.acknowledged);
      return true;
    }
    this.#failures += 1;
    if (this.#failures === 1) log.warn({ answer, first: first.n }, 'central does not take events');
    return false;
  }

  /** Asks once what central has of this kiosk already. */
  async #meet(): Promise<boolean> {
    const { client, outbox, log } = this.#options;
    const answer = await client.events([], this.#stop.signal);
    if (answer.kind !== 'ok') {
      this.#failures += 1;
      if (this.#failures === 1) log.warn({ answer }, 'central cannot be asked for its last event');
      return false;
    }
    const { acknowledged } = answer.value;
    if (outbox.continueAfter(acknowledged)) log.error({ acknowledged }, 'events of this kiosk were lost');
    this.#failures = 0;
    this.#hasMet = true;
    return true;
  }
}
