import { CardRemovedError, ReaderUnavailableError } from '../piv/connection.ts';
import type { OpenCard, ReaderEvent, Readers } from './readers.ts';

/** What can be put into a reader in memory: in practice a virtual card. */
export interface InsertableCard {
  readonly atr: Uint8Array;
  readonly isContactless: boolean;
  /** @throws CardRemovedError when the card vanishes by itself; the reader then reports its removal */
  transmit(apdu: Uint8Array): Promise<Uint8Array>;
  /** Power goes and comes. */
  reset(): void;
}

interface MemoryReader {
  readonly name: string;
  card: InsertableCard | null;
  connection: OpenCard | null;
  /** Ends when the card that is in it now is pulled. */
  removal: AbortController;
}

/** Readers without PC/SC, with the same rules: exclusive, reset on closing, removal heard at once. */
export class MemoryReaders implements Readers {
  readonly #readers: readonly MemoryReader[];
  readonly #listeners = new Set<(event: ReaderEvent) => void>();

  /** @param names of the readers; default: as many as `count` with made-up names */
  constructor(count: number, names: readonly string[] = []) {
    this.#readers = Array.from({ length: count }, (_, i) => ({
      name: names[i] ?? `Memory Reader ${String(i).padStart(2, '0')}`,
      card: null,
      connection: null,
      removal: new AbortController(),
    }));
  }

  watch(listener: (event: ReaderEvent) => void): () => void {
    listener({ type: 'service', isUp: true });
    this.#readers.forEach(({ name, card }, reader) => {
      listener({ type: 'readerArrived', reader, name });
      if (card) listener(inserted(reader, card));
    });
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Puts a card in; it has just been given power. @throws RangeError without such a reader, or when it is taken */
  insert(reader: number, card: InsertableCard): void {
    const place = this.#reader(reader);
    if (place.card) throw new RangeError(`insert card: there is one in reader ${reader}`);
    card.reset();
    place.card = card;
    place.removal = new AbortController();
    this.#emit(inserted(reader, card));
  }

  /** Takes the card out, in the middle of a command too. Nothing happens where none is. */
  pull(reader: number): void {
    const place = this.#reader(reader);
    if (!place.card) return;
    place.card = null;
    place.connection = null;
    place.removal.abort();
    this.#emit({ type: 'cardRemoved', reader });
  }

  /** Whether a card is in it. */
  holds(reader: number): boolean {
    return this.#reader(reader).card !== null;
  }

  async open(reader: number): Promise<OpenCard> {
    const place = this.#readers[reader];
    if (!place) throw new ReaderUnavailableError('unplugged', `open reader ${reader}: there is none`);
    const { card } = place;
    if (!card) throw new CardRemovedError(`open reader ${reader}: no card is in it`);
    if (place.connection) {
      throw new ReaderUnavailableError('held-by-another-program', `open reader ${reader}: it is in use`);
    }
    const connection: OpenCard = {
      atr: card.atr,
      transmit: (apdu) => this.#transmit(reader, connection, card, apdu),
      close: async () => {
        if (place.connection !== connection) return;
        place.connection = null;
        card.reset();
      },
    };
    place.connection = connection;
    return connection;
  }

  pids(): readonly number[] {
    return [];
  }

  async close(): Promise<void> {
    this.#listeners.clear();
    for (const { connection } of this.#readers) await connection?.close();
  }

  async #transmit(reader: number, connection: OpenCard, card: InsertableCard, apdu: Uint8Array) {
    const place = this.#reader(reader);
    if (place.connection !== connection) throw removed(reader);
    const { signal } = place.removal;
    let give: () => void = () => undefined;
    const pulled = new Promise<never>((_, reject) => {
      give = () => reject(removed(reader));
      signal.addEventListener('abort', give, { once: true });
    });
    try {
      return await Promise.race([card.transmit(apdu), pulled]);
    } catch (error) {
      // Not one that is in again by now.
      if (error instanceof CardRemovedError && place.connection === connection) this.pull(reader);
      throw error;
    } finally {
      signal.removeEventListener('abort', give);
    }
  }

  #reader(reader: number): MemoryReader {
    const place = this.#readers[reader];
    if (!place) throw new RangeError(`use reader ${reader}: there are ${this.#readers.length}`);
    return place;
  }

  #emit(event: ReaderEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}

function inserted(reader: number, card: InsertableCard): ReaderEvent {
  return { type: 'cardInserted', reader, atr: card.atr, isContactless: card.isContactless };
}

function removed(reader: number): CardRemovedError {
  return new CardRemovedError(`transmit to reader ${reader}: the card was taken out`);
}
