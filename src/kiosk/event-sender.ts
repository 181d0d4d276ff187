import { EVENT_REFUSALS, LEGACY_CHAIN } from '../protocol/event.ts';
import { backoffMs, type Pause } from './backoff.ts';
import type { CentralClient } from './central-client.ts';
import type { CentralAnswer } from './central-connection.ts';
import type { Log } from './log.ts';
import type { Outbox, Waiting } from './outbox.ts';

const BATCH = 100;
const IDLE_MS = 60_000;
/** Where asking again soon would not help. */
const REFUSED_MS = 5 * 60_000;
/** Central may ask for patience, and not for ever. */
const LATEST_MS = 60 * 60_000;
/** Asking again soon would not help, and another chain even less. */
const LATER: readonly string[] = [EVENT_REFUSALS.tooManyChains];
/** Central will never take this event in this chain: it belongs into another one. */
const HOPELESS: readonly string[] = [EVENT_REFUSALS.changed, EVENT_REFUSALS.broken, EVENT_REFUSALS.unsigned];

export interface EventSenderOptions {
  readonly client: Pick<CentralClient, 'events'>;
  readonly outbox: Outbox;
  readonly pause: Pause;
  readonly log: Log;
  readonly now?: () => Date;
}

type EventsAnswer = Awaited<ReturnType<CentralClient['events']>>;
/** What came of one try: `more` may be sent at once, or not before something happens, or after a while. */
type Outcome = 'more' | 'idle' | 'failed' | 'refused';

/**
 * Brings the outbox to central, in order, one chain after the other. An event leaves the outbox only when central has
 * acknowledged it; one that is sent twice because an answer was lost is taken once, by its place (SY-02). A chain that
 * central does not let go on is left for another one, so that what happened arrives; both sides say so.
 */
export class EventSender {
  readonly #options: EventSenderOptions;
  readonly #stop = new AbortController();
  #wake = new AbortController();
  #failures = 0;
  /** One at a time, after a refusal: to know which one it is. */
  #isCareful = false;
  #hasLeft = false;
  #refusal: string | null = null;
  /** What central has asked to wait at least. */
  #laterMs = 0;
  #clockOffsetMs: number | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(options: EventSenderOptions) {
    this.#options = options;
  }

  /** Code of what central said last, where that was no. */
  get refusal(): string | null {
    return this.#refusal;
  }

  /** How far this machine's clock is ahead of central's; null before central has said. */
  get clockOffsetMs(): number | null {
    return this.#clockOffsetMs;
  }

  /** Nothing was taken when it was tried last. */
  get isStuck(): boolean {
    return this.#failures > 0;
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
    while (!this.#stop.signal.aborted) {
      this.#wake = new AbortController();
      const outcome = await this.#try();
      if (outcome === 'more') this.#failures = 0;
      if (outcome === 'more' || this.#stop.signal.aborted) continue;
      this.#failures = outcome === 'idle' ? 0 : this.#failures + 1;
      const { sleep } = this.#options.pause;
      await sleep(this.#waitMs(outcome), AbortSignal.any([this.#wake.signal, this.#stop.signal]));
    }
  }

  #waitMs(outcome: Outcome): number {
    if (outcome === 'idle') return IDLE_MS;
    if (outcome === 'refused') return REFUSED_MS;
    return Math.max(this.#laterMs, backoffMs(this.#failures, this.#options.pause.random));
  }

  async #try(): Promise<Outcome> {
    try {
      return await this.#sendBatch();
    } catch (error) {
      if (!this.#stop.signal.aborted) this.#options.log.error({ err: error }, 'events cannot be sent');
      return 'failed';
    }
  }

  async #sendBatch(): Promise<Outcome> {
    const { outbox } = this.#options;
    const waiting = outbox.waiting(this.#isCareful ? 1 : BATCH);
    if (!waiting) {
      this.#isCareful = false;
      return 'idle';
    }
    if (waiting.chain === LEGACY_CHAIN) return this.#leaveLegacy(waiting);
    const answer = await this.#ask(waiting);
    const last = waiting.first + waiting.events.length - 1;
    if (answer.kind === 'ok' && answer.value.acknowledged >= last) {
      outbox.acknowledge(waiting.chain, last);
      if (!this.#isCareful) this.#refusal = null;
      this.#hasLeft = false;
      return 'more';
    }
    return this.#notTaken(waiting, answer);
  }

  async #notTaken(waiting: Waiting, answer: EventsAnswer): Promise<Outcome> {
    const { chain, first } = waiting;
    const code = codeOf(answer);
    if (this.#failures === 0 || code !== this.#refusal) this.#say(answer, waiting);
    if (code === null) return 'failed';
    this.#refusal = code;
    if (code === EVENT_REFUSALS.gap) return this.#closeGap(waiting);
    if (LATER.includes(code)) return 'refused';
    if (!HOPELESS.includes(code)) return 'failed';
    if (waiting.events.length > 1) {
      this.#isCareful = true;
      return 'more';
    }
    // What is refused in a chain that was begun for it would be refused in the next one too.
    if (this.#hasLeft) return 'refused';
    this.#options.log.error({ chain, n: first, code }, 'events go on in another chain');
    this.#options.outbox.leave(chain, code);
    this.#hasLeft = true;
    this.#isCareful = false;
    return 'more';
  }

  /** Central lacks what was acknowledged, or this file what central never got. */
  async #closeGap({ chain, first }: Waiting): Promise<Outcome> {
    const { outbox, log } = this.#options;
    const answer = await this.#ask({ chain, events: [] });
    if (answer.kind !== 'ok') return 'failed';
    const { acknowledged } = answer.value;
    if (acknowledged + 1 >= first) return 'more';
    const lost = { from: acknowledged + 1, to: first - 1 };
    if (outbox.sendAgainAfter(chain, acknowledged)) {
      log.warn({ chain, ...lost }, 'central has lost events, they are sent again');
      return 'more';
    }
    log.error({ chain, ...lost }, 'events of this kiosk are lost');
    outbox.leave(chain, EVENT_REFUSALS.gap, lost);
    return 'more';
  }

  /** What central has of the time before chains is told by its number; the rest goes into this file's own chain. */
  async #leaveLegacy({ chain }: Waiting): Promise<Outcome> {
    const answer = await this.#ask({ chain, events: [] });
    if (answer.kind !== 'ok') return 'failed';
    this.#options.outbox.acknowledge(chain, answer.value.acknowledged);
    this.#options.outbox.leave(chain, 'upgraded');
    return 'more';
  }

  async #ask({ chain, events }: Pick<Waiting, 'chain' | 'events'>): Promise<EventsAnswer> {
    const { client, now = () => new Date() } = this.#options;
    const askedAt = now().getTime();
    const answer = await client.events(chain, events, this.#stop.signal);
    const answeredAt = now().getTime();
    const seconds = answer.kind === 'unreachable' ? (answer.later?.seconds ?? 0) : 0;
    this.#laterMs = Math.min(LATEST_MS, seconds * 1000);
    if (answer.kind === 'ok')
      this.#clockOffsetMs = (askedAt + answeredAt) / 2 - new Date(answer.value.now).getTime();
    return answer;
  }

  #say(answer: CentralAnswer<unknown>, { chain, first }: Waiting): void {
    this.#options.log.warn({ answer, chain, first }, 'central does not take events');
  }
}

/** Why central does not take it, now or ever; null where it was not reached. */
function codeOf(answer: EventsAnswer): string | null {
  if (answer.kind === 'refused') return answer.code;
  return answer.kind === 'unreachable' ? (answer.later?.code ?? null) : null;
}
