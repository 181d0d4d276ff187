import type { Readers } from '../readers/readers.ts';
import type { VirtualCard } from '../virtual-card/virtual-card.ts';
import { ControlRefusedError } from './control.ts';

/** Where virtual cards are put in: readers in memory, or vpcd's. */
export interface CardSlots {
  insert(reader: number, card: VirtualCard): Promise<void> | void;
  pull(reader: number): Promise<void> | void;
  /** A card is in it, whether or not its reader can be seen. */
  holds(reader: number): boolean;
}

/** As `recard card status --json` prints it. */
export interface RackStatus {
  readonly readers: readonly { readonly reader: number; readonly card: string | null }[];
  readonly cards: readonly {
    readonly name: string;
    readonly serial: string | null;
    readonly inserted: boolean;
    readonly pinTriesLeft: number;
    readonly pukTriesLeft: number;
    readonly apdus: number;
    readonly writeApdus: number;
  }[];
}

const READER_COUNT = 2;
/** PC/SC sees a card within a second; the rest is for a machine that is busy. */
const REPORT_LIMIT_MS = 20_000;
/** A cut after K APDUs waits for the person at the kiosk. */
const CUT_LIMIT_MS = 30 * 60_000;

/** The demo's cards, and which of them is in which reader. Putting in and pulling end when the kiosk's reader has reported it. */
export class CardRack {
  readonly #cards: ReadonlyMap<string, VirtualCard>;
  readonly #slots: CardSlots;
  readonly #inserted: (string | null)[] = Array(READER_COUNT).fill(null);
  readonly #reported: boolean[] = Array(READER_COUNT).fill(false);
  readonly #listeners = new Set<() => void>();

  constructor(cards: readonly VirtualCard[], slots: CardSlots, readers: Readers) {
    this.#cards = new Map(cards.map((card) => [card.name, card]));
    this.#slots = slots;
    readers.watch((event) => {
      if (event.type !== 'cardInserted' && event.type !== 'cardRemoved') return;
      this.#reported[event.reader] = event.type === 'cardInserted';
      // A card that vanished by itself (a cut) is out of its slot too; one whose reader is gone with pcscd is not.
      if (event.type === 'cardRemoved' && !slots.holds(event.reader)) this.#inserted[event.reader] = null;
      this.#tell();
    });
  }

  get names(): readonly string[] {
    return [...this.#cards.keys()];
  }

  /** The card in the first reader that has one. */
  get inserted(): VirtualCard | null {
    const name = this.#inserted.find((one) => one !== null);
    return (name && this.#cards.get(name)) || null;
  }

  status(): RackStatus {
    return {
      readers: this.#inserted.map((card, reader) => ({ reader, card })),
      cards: [...this.#cards.values()].map((card) => ({
        name: card.name,
        serial: card.serial === null ? null : String(card.serial),
        inserted: this.#inserted.includes(card.name),
        pinTriesLeft: card.pinTriesLeft,
        pukTriesLeft: card.pukTriesLeft,
        ...card.counters,
      })),
    };
  }

  /** @throws ControlRefusedError for an unknown card, one that is in a reader, or a reader that is full */
  async insert(name: string, reader: number): Promise<void> {
    const card = this.#cards.get(name);
    if (!card) throw new ControlRefusedError(`there is no card ${name}; there are ${this.names.join(', ')}`);
    if (this.#inserted.includes(name)) throw new ControlRefusedError(`${name} is in a reader already`);
    const other = this.#inserted[reader];
    if (other) throw new ControlRefusedError(`reader ${reader} holds ${other}: pull it first`);
    this.#inserted[reader] = name;
    await this.#slots.insert(reader, card);
    await this.#until(
      () => this.#reported[reader] === true,
      REPORT_LIMIT_MS,
      `${name} was not seen in reader ${reader}`,
    );
  }

  /** Pulls at once, or at the moment when K further APDUs have been carried out. @throws ControlRefusedError */
  async pull(reader: number, afterApdus: number | null): Promise<void> {
    const name = this.#inserted[reader];
    const card = name ? this.#cards.get(name) : undefined;
    if (!name || !card) throw new ControlRefusedError(`reader ${reader} is empty`);
    if (afterApdus !== null && afterApdus > 0) {
      card.cutAt(afterApdus, 'after');
      return this.untilCut(reader, `${name} had fewer than ${afterApdus} APDUs`);
    }
    this.#inserted[reader] = null;
    await this.#slots.pull(reader);
    await this.#until(
      () => this.#reported[reader] === false,
      REPORT_LIMIT_MS,
      `${name} is still seen in reader ${reader}`,
    );
  }

  /** Waits until the card in a reader has vanished by itself. @throws ControlRefusedError when it does not, or is not there */
  async untilCut(reader: number, otherwise: string): Promise<void> {
    const name = this.#inserted[reader];
    if (!name) throw new ControlRefusedError(`reader ${reader} is empty`);
    await this.#until(() => this.#inserted[reader] !== name, CUT_LIMIT_MS, otherwise);
  }

  /** Calls back after each change. Returns how to stop. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  #until(holds: () => boolean, withinMs: number, otherwise: string): Promise<void> {
    this.#tell();
    return new Promise((resolve, reject) => {
      const stop = this.onChange(() => check());
      const timer = setTimeout(() => finish(() => reject(new ControlRefusedError(otherwise))), withinMs);
      const finish = (end: () => void) => {
        clearTimeout(timer);
        stop();
        end();
      };
      const check = () => {
        if (holds()) finish(resolve);
      };
      check();
    });
  }
}
