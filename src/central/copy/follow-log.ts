import { BEAT_MS } from '../../protocol/log.ts';
import type { Central } from '../central.ts';
import type { CopyHeads } from './heads.ts';
import { type Batch, emptyBatch, type LogPosition, readBatch } from './read-batch.ts';

/** The connection is cut: the kiosk asks again, and is told why by a status. */
export class CannotFollowError extends Error {
  override readonly name = 'CannotFollowError';
}

const LINE_FEED = Buffer.from('\n');

/** Waits for the logs of scopes; those that wait for the same rows share one query. */
export class LogFollower {
  readonly #central: Central;
  readonly #heads: CopyHeads;
  readonly #reading = new Map<string, Promise<Batch | undefined>>();

  constructor(central: Central, heads: CopyHeads) {
    this.#central = central;
    this.#heads = heads;
  }

  /** Whether the log is known to end there, so that nothing need be read. */
  isAtHead({ scopeId, epoch, revision }: LogPosition): boolean {
    const head = this.#heads.headOf(scopeId);
    return head?.epoch === epoch && head.revision === revision;
  }

  /** As `readBatch`; the heads learn of it. */
  async read(position: LogPosition): Promise<Batch | undefined> {
    const batch = await readBatch(this.#central, position);
    if (batch) this.#heads.saw(position.scopeId, batch.head);
    return batch;
  }

  /**
   * The body of an answer that is waited for: a line feed at each beat, then the batch, empty when the time is over.
   * @throws CannotFollowError when the head is not known any more, or nothing leads to it
   */
  async *follow(position: LogPosition, waitMs: number): AsyncGenerator<Buffer> {
    const endsAt = performance.now() + waitMs;
    for (;;) {
      if (!this.#heads.headOf(position.scopeId) && this.#heads.isOpen)
        throw new CannotFollowError('follow a log: its head is not known; is the database there?');
      if (!this.isAtHead(position)) {
        const batch = await this.#readShared(position);
        if (!batch) throw new CannotFollowError('follow a log: its scope has another epoch');
        if (batch.hasRows) return yield batch.json;
      }
      const left = endsAt - performance.now();
      if (left <= 0 || !this.#heads.isOpen) return yield emptyBatch(this.#central, position);
      yield LINE_FEED;
      await this.#heads.moved(position.scopeId, Math.min(BEAT_MS, left));
    }
  }

  #readShared(position: LogPosition): Promise<Batch | undefined> {
    const key = Object.values(position).join(' ');
    const reading = this.#reading.get(key) ?? this.read(position).finally(() => this.#reading.delete(key));
    this.#reading.set(key, reading);
    return reading;
  }
}
