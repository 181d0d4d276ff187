import { setImmediate as turn } from 'node:timers/promises';
import { MissingRowsError, type SentBatch } from './checked-rows.ts';
import type { CopyHttp, LogQuestion } from './copy-http.ts';
import type { CopyMeta } from './copy-schema.ts';

/** Reads the log of a copy's scope from central, for as long as that copy is gone on with. */
export class LogReader {
  readonly #http: Pick<CopyHttp, 'log'>;
  readonly #stop: AbortSignal;
  /** By how much fewer rows are asked for. */
  #divisor = 1;
  #head: number | null = null;

  /** @param stop ends every question but one that has a signal of its own */
  constructor(http: Pick<CopyHttp, 'log'>, stop: AbortSignal) {
    this.#http = http;
    this.#stop = stop;
  }

  /** Whether the copy is known to have everything up to central's newest revision. */
  isAtHead(revision: number): boolean {
    return this.#head !== null && this.#head <= revision;
  }

  /** An answer was too long. */
  askForLess(): void {
    this.#divisor *= 2;
  }

  /** The rows after a revision. @throws MissingRowsError when central has no such revision; what CopyHttp throws */
  async ask(
    { scope, epoch }: CopyMeta,
    revision: number,
    how: Omit<LogQuestion, 'scope' | 'epoch' | 'revision'>,
  ): Promise<SentBatch> {
    const limit = Math.max(1, Math.floor(how.limit / this.#divisor));
    const batch = await this.#http.log({ scope, epoch, revision, ...how, limit });
    // Central was restored to an older state.
    if (batch.head < revision) throw new MissingRowsError(revision, batch.head);
    this.#head = batch.head;
    return batch;
  }

  /** The batches after a position until there is nothing new; the next is fetched while one is worked on. */
  async *ahead(meta: CopyMeta, limit: number): AsyncGenerator<SentBatch> {
    const abort = new AbortController();
    const signal = AbortSignal.any([abort.signal, this.#stop]);
    const ask = (revision: number) => this.ask(meta, revision, { limit, waitSeconds: 0, signal });
    let next = ask(meta.revision);
    try {
      for (;;) {
        const batch = await next;
        const isMore = batch.to < batch.head && batch.to > batch.from;
        if (isMore) {
          next = ask(batch.to);
          next.catch(() => undefined);
          // Lets the question go out before this thread is busy.
          await turn();
        }
        yield batch;
        if (!isMore) return;
      }
    } finally {
      abort.abort();
    }
  }
}
