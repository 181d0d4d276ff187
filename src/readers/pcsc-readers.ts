import { ReaderUnavailableError } from '../piv/connection.ts';
import { isContactlessCard } from './contactless.ts';
import { KeptChild } from './kept-child.ts';
import type { CardSeen, WatcherReport } from './pcsc-messages.ts';
import { PcscReader } from './pcsc-reader.ts';
import type { OpenCard, ReaderEvent, Readers } from './readers.ts';

/** How the PC/SC readers of this machine are run. */
export interface PcscReadersOptions {
  /** A command without an answer for so long is a hung reader. Default 120 s: an RSA key may take minutes. */
  readonly transmitLimitMs?: number;
  /** Receives what a reader process writes when it crashes; never bytes of a card. */
  readonly log?: (line: string) => void;
}

/** Readers that have processes of their own. */
export interface KeptReaders extends Readers {
  /**
   * Asks each of the processes whether it lives; one that hangs is replaced.
   * @returns for how many milliseconds the most silent one owes an answer
   */
  askAlive(): number;
}

/**
 * All PC/SC readers of this machine: a process that looks which there are, and one for each of them, so that a hung
 * one can be killed without cutting another's write. Whatever dies (process, pcscd) is begun anew.
 */
export function createPcscReaders(options: PcscReadersOptions = {}): KeptReaders {
  return new PcscReaders(options);
}

class PcscReaders implements KeptReaders {
  readonly #options: PcscReadersOptions;
  readonly #listeners = new Set<(event: ReaderEvent) => void>();
  readonly #watcher: KeptChild<WatcherReport>;
  /** By position; a place that is free may be taken by the next reader. */
  readonly #readers: (PcscReader | undefined)[] = [];
  /** Where a reader was before it left, so that it comes back to its position. */
  readonly #positions = new Map<string, number>();
  readonly #leaving = new Set<Promise<void>>();
  #isUp: boolean | null = null;

  constructor(options: PcscReadersOptions) {
    this.#options = options;
    this.#watcher = new KeptChild<WatcherReport>({
      entry: new URL('./pcsc-watcher-process.ts', import.meta.url),
      onReport: (report) => this.#heard(report),
      log: options.log,
    });
  }

  watch(listener: (event: ReaderEvent) => void): () => void {
    if (this.#isUp !== null) listener({ type: 'service', isUp: this.#isUp });
    this.#readers.forEach((place, reader) => {
      if (!place) return;
      listener({ type: 'readerArrived', reader, name: place.name });
      if (place.card) listener(cardInserted(reader, place, place.card));
    });
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async open(reader: number): Promise<OpenCard> {
    const place = this.#readers[reader];
    if (place) return place.open();
    const why = this.#isUp === false ? 'service-gone' : 'unplugged';
    throw new ReaderUnavailableError(why, `open reader ${reader}: ${why}`);
  }

  pids(): readonly number[] {
    return this.#readers.flatMap((place) => place?.pid ?? []);
  }

  askAlive(): number {
    return Math.max(this.#watcher.askAlive(), ...this.#readers.map((place) => place?.askAlive() ?? 0));
  }

  async close(): Promise<void> {
    this.#listeners.clear();
    await this.#watcher.stop();
    this.#setReaders([]);
    await Promise.all(this.#leaving);
  }

  #heard(report: WatcherReport): void {
    if (report.type === 'readers') this.#setReaders(report.names);
    else if (report.isUp !== this.#isUp) this.#setService(report);
  }

  #setService(report: WatcherReport & { readonly type: 'service' }): void {
    if (!report.isUp) this.#setReaders([]);
    this.#isUp = report.isUp;
    this.#emit(report);
  }

  #setReaders(names: readonly string[]): void {
    this.#readers.forEach((place, reader) => {
      if (place && !names.includes(place.name)) this.#leave(place, reader);
    });
    const here = this.#readers.map((place) => place?.name);
    for (const name of names) if (!here.includes(name)) this.#arrive(name);
  }

  #arrive(name: string): void {
    const reader = this.#freePosition(name);
    this.#positions.set(name, reader);
    const place: PcscReader = new PcscReader(name, {
      transmitLimitMs: this.#options.transmitLimitMs ?? 120_000,
      log: this.#options.log,
      onCard: (card, before) => {
        if (this.#readers[reader] !== place) return;
        if (before?.isPresent) this.#emit({ type: 'cardRemoved', reader });
        if (card.isPresent) this.#emit(cardInserted(reader, place, card));
      },
    });
    this.#readers[reader] = place;
    this.#emit({ type: 'readerArrived', reader, name });
  }

  #leave(place: PcscReader, reader: number): void {
    const hadCard = place.card !== null;
    this.#readers[reader] = undefined;
    const leaving = place.stop().finally(() => this.#leaving.delete(leaving));
    this.#leaving.add(leaving);
    if (hadCard) this.#emit({ type: 'cardRemoved', reader });
    this.#emit({ type: 'readerLeft', reader });
  }

  #freePosition(name: string): number {
    const known = this.#positions.get(name);
    if (known !== undefined && !this.#readers[known]) return known;
    let reader = 0;
    while (this.#readers[reader]) reader += 1;
    return reader;
  }

  #emit(event: ReaderEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}

function cardInserted(reader: number, { name }: PcscReader, { atr }: CardSeen): ReaderEvent {
  return { type: 'cardInserted', reader, atr, isContactless: isContactlessCard(atr, name) };
}
