import { cardFamilyOf } from '../domain/card-family.ts';
import { readerKindOf } from '../domain/reader-kind.ts';
import type { Equipment } from '../flows/support.ts';
import type { ReaderTrouble } from '../flows/walk-up-event.ts';
import type { ReaderEvent } from '../readers/readers.ts';

/** What is known of the readers of this machine. */
export class ReaderBoard {
  readonly #names = new Map<number, string>();
  readonly #contactless = new Set<number>();
  readonly #cards = new Set<number>();
  /** What was last at each position, also when it is gone. */
  readonly #lastNames = new Map<number, string>();
  readonly #lastAtrs = new Map<number, Uint8Array>();
  #isServiceUp = true;

  get isServiceUp(): boolean {
    return this.#isServiceUp;
  }

  /** What keeps a reader from being used; null when nothing does (UX-06). */
  troubleOf(reader: number): ReaderTrouble | null {
    if (!this.#isServiceUp) return 'UX-06-service-gone';
    return this.#names.has(reader) ? null : 'UX-06-reader-gone';
  }

  /** What is or was last in use at a position, for whoever is told that it failed. @param reader null: none was */
  equipmentAt(reader: number | null): Equipment {
    if (reader === null) return { reader: 'none', family: 'none' };
    const name = this.#lastNames.get(reader) ?? null;
    return { reader: readerKindOf(name), family: cardFamilyOf(this.#lastAtrs.get(reader) ?? null) };
  }

  /** In the order of their positions. */
  readers(): readonly { readonly reader: number; readonly name: string }[] {
    const known = [...this.#names].map(([reader, name]) => ({ reader, name }));
    return known.sort((a, b) => a.reader - b.reader);
  }

  /** A card is in it, as far as anybody has said. */
  hasCard(reader: number): boolean {
    return this.#cards.has(reader);
  }

  isContactless(reader: number): boolean {
    return this.#contactless.has(reader);
  }

  follow(event: ReaderEvent): void {
    switch (event.type) {
      case 'readerArrived':
        this.#names.set(event.reader, event.name);
        this.#lastNames.set(event.reader, event.name);
        return;
      case 'readerLeft':
        this.#names.delete(event.reader);
        this.#contactless.delete(event.reader);
        this.#cards.delete(event.reader);
        return;
      case 'cardInserted':
        this.#cards.add(event.reader);
        this.#lastAtrs.set(event.reader, event.atr);
        if (event.isContactless) this.#contactless.add(event.reader);
        return;
      case 'cardRemoved':
        this.#cards.delete(event.reader);
        this.#contactless.delete(event.reader);
        return;
      case 'service':
        this.#isServiceUp = event.isUp;
    }
  }
}
