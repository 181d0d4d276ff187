import { performance } from 'node:perf_hooks';
import { backoffMs, type Pause } from '../backoff.ts';
import type { SentBatch } from './checked-rows.ts';
import { type CopyFiles, removeUnfinished } from './copy-files.ts';
import { AnswerTooLongError, type CopyHttp } from './copy-http.ts';
import type { FromCopyThread } from './copy-messages.ts';
import { logOf, makesUnfit, restAfter } from './copy-trouble.ts';
import { CopyWriter } from './copy-writer.ts';
import { fetchSnapshot } from './fetch-snapshot.ts';
import { LogReader } from './log-reader.ts';
import { NewCopy } from './new-copy.ts';
import { Rebuilds } from './rebuilds.ts';

export interface CopySyncOptions {
  readonly http: CopyHttp;
  readonly files: CopyFiles;
  /** Address of central. */
  readonly source: string;
  readonly pause: Pause;
  tell(message: FromCopyThread): void;
  /** Has the new copy put in the place of the present one. */
  swap(): Promise<void>;
}

/** Rows a transaction: bounds what an answer takes in memory. */
const BATCH = 2_000;
const NEW_COPY_BATCH = 10_000;
/** An empty copy that is further behind is built anew in a file of its own. */
const NEW_COPY_FROM = 20_000;
/** One that is further behind and holds something looks for a snapshot that brings it half the way. */
const SNAPSHOT_FROM = 200_000;
const WAIT_SECONDS = 25;
/** A central that hears of commits by another one knows of each after this time at the latest. */
const HEARSAY_MS = 10_000;
const CONFIRM_EVERY_MS = 900;

/**
 * Keeps the copy like central's: a snapshot first, then the log, waited for. Whatever goes wrong is logged, waited over and
 * tried again; a copy that cannot be gone on with is read until a new one is there.
 *
 *     no copy ──snapshot──▶ behind ──log──▶ up to date ──long-poll──▶ …
 *        ▲                     │                │
 *        └── gone at central, rows missing, damaged, another schema, another scope
 */
export class CopySync {
  readonly #options: CopySyncOptions;
  readonly #stop = new AbortController();
  readonly #rebuilds: Rebuilds;
  #writer: CopyWriter | null = null;
  /** For the present copy. */
  #log: LogReader;
  /** The present copy is not gone on with. */
  #isUnfit = false;
  /** A new copy is being made. */
  #isRenewing = false;
  #hasLookedForSnapshot = false;
  #failures = 0;
  #confirmedAtMs = 0;
  /** Ends a wait for the next try, or for news. */
  #wake = new AbortController();
  #step: Promise<unknown> = Promise.resolve();

  constructor(options: CopySyncOptions) {
    this.#options = options;
    this.#rebuilds = new Rebuilds(options.pause);
    this.#log = new LogReader(options.http, this.#stop.signal);
  }

  /** Until `stop`. Never throws because of central, the network or the copy. */
  async run(): Promise<void> {
    this.#open(false);
    const { pause } = this.#options;
    while (!this.#stop.signal.aborted) {
      this.#wake = new AbortController();
      const step = this.#tryStep();
      this.#step = step;
      const restMs = await step;
      if (restMs > 0) await pause.sleep(restMs, this.#wakeOrStop());
    }
    this.#close();
  }

  stop(): void {
    this.#stop.abort();
  }

  /** Afterwards the copy has what central had when this was called, or it is known that this is not so. Never throws. */
  async refresh(): Promise<void> {
    const writer = this.#writer;
    if (writer !== null && !this.#isUnfit && !this.#isRenewing) {
      try {
        if (await this.#catchUp(writer, false)) return this.#endRest();
      } catch (error) {
        this.#learnFrom(error);
        if (!this.#isUnfit) return;
      }
    }
    this.#wake.abort();
    // What was under way may have ended just because of that.
    await this.#step;
    await this.#step;
  }

  /** What stands in the copy cannot be read. */
  discard(): void {
    if (this.#isUnfit || this.#isRenewing) return;
    this.#isUnfit = true;
    this.#rebuilds.count();
    this.#wake.abort();
  }

  /** @returns how long to rest before the next, in milliseconds */
  async #tryStep(): Promise<number> {
    const { pause, tell } = this.#options;
    const { signal: wake } = this.#wake;
    try {
      if (this.#writer === null || this.#isUnfit) await this.#fetch();
      else if (this.#log.isAtHead(this.#writer.meta.revision)) await this.#wait(this.#writer);
      else await this.#catchUp(this.#writer);
      this.#failures = 0;
      return 0;
    } catch (error) {
      if (this.#stop.signal.aborted || wake.aborted) return 0;
      this.#failures += 1;
      if (this.#failures === 1) tell(logOf(error));
      return Math.max(this.#learnFrom(error), backoffMs(this.#failures, pause.random));
    }
  }

  #wakeOrStop(): AbortSignal {
    return AbortSignal.any([this.#wake.signal, this.#stop.signal]);
  }

  #endRest(): void {
    if (this.#failures > 0) this.#wake.abort();
  }

  /** @returns how long to wait at least, in milliseconds */
  #learnFrom(error: unknown): number {
    if (makesUnfit(error)) this.#isUnfit = true;
    if (error instanceof AnswerTooLongError) this.#log.askForLess();
    return restAfter(error, this.#options.pause.random);
  }

  /** Until there is something new, or some seconds are over. */
  async #wait(writer: CopyWriter): Promise<void> {
    const { revision } = writer.meta;
    const askedAt = Date.now();
    const onBeat = () => this.#beat(writer, revision);
    const question = { limit: BATCH, waitSeconds: WAIT_SECONDS, signal: this.#wakeOrStop(), onBeat };
    const batch = await this.#log.ask(writer.meta, revision, question);
    this.#take(writer, batch, revision, askedAt - HEARSAY_MS);
  }

  /** Until there is nothing new. False when it is so far behind that a new copy is called for, and none may be made. */
  async #catchUp(writer: CopyWriter, mayRenew = true): Promise<boolean> {
    const askedAt = Date.now();
    for await (const batch of this.#log.ahead(writer.meta, BATCH)) {
      if (this.#writer !== writer) return true;
      const lag = batch.head - writer.meta.revision;
      if (lag > NEW_COPY_FROM) {
        if (!mayRenew) return false;
        if (writer.isEmpty()) return this.#buildNew(writer);
        if (lag > SNAPSHOT_FROM && (await this.#isSnapshotBetter(writer, batch.head))) return this.#fetch();
      }
      this.#take(writer, batch, batch.from, askedAt);
    }
    return true;
  }

  #take(writer: CopyWriter, batch: SentBatch, from: number, asOf: number): void {
    if (this.#writer !== writer || this.#isUnfit) return;
    const hasChanged = writer.apply(batch, from);
    if (hasChanged) this.#options.tell({ type: 'changed' });
    if (batch.to === batch.head) this.#confirm(asOf);
  }

  #beat(writer: CopyWriter, revision: number): void {
    if (this.#writer !== writer || this.#isUnfit || writer.meta.revision !== revision) return;
    if (performance.now() - this.#confirmedAtMs > CONFIRM_EVERY_MS) this.#confirm(null);
  }

  #confirm(asOf: number | null): void {
    this.#confirmedAtMs = performance.now();
    this.#options.tell({ type: 'confirmed', asOf });
  }

  async #isSnapshotBetter({ meta }: CopyWriter, head: number): Promise<boolean> {
    if (this.#hasLookedForSnapshot) return false;
    this.#hasLookedForSnapshot = true;
    const { epoch, revision } = await this.#options.http.snapshot(this.#stop.signal);
    return epoch === meta.epoch && revision - meta.revision > (head - meta.revision) / 2;
  }

  async #fetch(): Promise<true> {
    const { http, files, source } = this.#options;
    return this.#renew(async () => {
      await this.#rebuilds.rest(this.#wakeOrStop());
      const how = { source, isUrgent: this.#writer === null };
      await fetchSnapshot(http, files, how, this.#stop.signal);
    });
  }

  async #buildNew({ meta }: CopyWriter): Promise<true> {
    return this.#renew(async () => {
      const copy = new NewCopy(this.#options.files, meta);
      try {
        for await (const batch of this.#log.ahead(meta, NEW_COPY_BATCH)) copy.apply(batch);
        copy.finish();
      } catch (error) {
        copy.abandon();
        throw error;
      }
    });
  }

  /** Makes a new copy, puts it in its place and goes on with it. */
  async #renew(make: () => Promise<void>): Promise<true> {
    this.#isRenewing = true;
    try {
      await make();
      this.#close();
      await this.#options.swap();
      // Of many people the search's index takes a while, and they can be read already.
      this.#options.tell({ type: 'changed' });
      this.#open(true);
      return true;
    } finally {
      this.#isRenewing = false;
    }
  }

  #open(isChecked: boolean): void {
    const { files, source, tell } = this.#options;
    this.#isUnfit = false;
    this.#hasLookedForSnapshot = false;
    this.#log = new LogReader(this.#options.http, this.#stop.signal);
    removeUnfinished(files);
    try {
      this.#writer = CopyWriter.open(files.live, source, isChecked, (error) => tell(logOf(error)));
    } catch (error) {
      tell(logOf(error));
    }
  }

  #close(): void {
    const writer = this.#writer;
    this.#writer = null;
    try {
      writer?.close();
    } catch (error) {
      // A damaged copy cannot always be brought into one file; it is about to be replaced.
      this.#options.tell(logOf(error));
    }
  }
}
