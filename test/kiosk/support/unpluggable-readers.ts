import { ReaderUnavailableError } from '../../../src/piv/connection.ts';
import { type InsertableCard, MemoryReaders } from '../../../src/readers/memory-readers.ts';
import type { ReaderEvent } from '../../../src/readers/readers.ts';

/** Two readers in memory that can be unplugged, and whose service can go: told in the order in which PC/SC's are. */
export class UnpluggableReaders extends MemoryReaders {
  readonly #heard = new Set<(event: ReaderEvent) => void>();
  readonly #gone = new Set<number>();
  #isUp = true;

  constructor() {
    super(2);
  }

  override watch(listener: (event: ReaderEvent) => void): () => void {
    const stop = super.watch(listener);
    this.#heard.add(listener);
    return () => {
      stop();
      this.#heard.delete(listener);
    };
  }

  override async open(reader: number) {
    if (!this.#isUp) throw new ReaderUnavailableError('service-gone', `open reader ${reader}: service-gone`);
    if (this.#gone.has(reader))
      throw new ReaderUnavailableError('unplugged', `open reader ${reader}: unplugged`);
    return super.open(reader);
  }

  /** With the card that is in it. */
  unplug(reader: number): void {
    this.#gone.add(reader);
    this.pull(reader);
    this.#tell({ type: 'readerLeft', reader });
  }

  /** @param card that is in it; absent: none */
  plugIn(reader: number, card?: InsertableCard): void {
    this.#gone.delete(reader);
    this.#tell({ type: 'readerArrived', reader, name: `Memory Reader ${String(reader).padStart(2, '0')}` });
    if (card) this.insert(reader, card);
  }

  serviceGoes(): void {
    for (const reader of [0, 1]) this.unplug(reader);
    this.#isUp = false;
    this.#tell({ type: 'service', isUp: false });
  }

  /** @param card in the first reader; absent: none */
  serviceComes(card?: InsertableCard): void {
    this.#isUp = true;
    this.#tell({ type: 'service', isUp: true });
    this.plugIn(0, card);
    this.plugIn(1);
  }

  #tell(event: ReaderEvent): void {
    for (const listener of [...this.#heard]) listener(event);
  }
}
