import { CardRemovedError, ReaderUnavailableError } from '../../src/piv/connection.ts';
import type { OpenCard, ReaderEvent, Readers } from '../../src/readers/readers.ts';

/** What a kiosk process says to the harness, which has its card. Bytes in hex. */
export type FromKiosk =
  | { readonly type: 'state'; readonly state: unknown }
  | { readonly type: 'transmit'; readonly id: number; readonly apdu: string }
  | { readonly type: 'reset' };

/** What the harness says to a kiosk process. An answer of null: the card is gone. */
export type ToKiosk =
  | { readonly type: 'answer'; readonly id: number; readonly answer: string | null }
  | { readonly type: 'command'; readonly command: unknown };

/** One reader whose card is in another process: it outlives this one. */
export class MessageReaders implements Readers {
  readonly #atr: Uint8Array;
  readonly #waiting = new Map<number, (answer: string | null) => void>();
  #sent = 0;
  #connection: OpenCard | null = null;

  constructor(atr: Uint8Array) {
    this.#atr = atr;
  }

  /** The card has answered. */
  take(id: number, answer: string | null): void {
    this.#waiting.get(id)?.(answer);
    this.#waiting.delete(id);
  }

  watch(listener: (event: ReaderEvent) => void): () => void {
    listener({ type: 'service', isUp: true });
    listener({ type: 'readerArrived', reader: 0, name: 'Reader of the harness' });
    listener({ type: 'cardInserted', reader: 0, atr: this.#atr, isContactless: false });
    return () => undefined;
  }

  async open(): Promise<OpenCard> {
    if (this.#connection) throw new ReaderUnavailableError('held-by-another-program', 'open: it is in use');
    const connection: OpenCard = {
      atr: this.#atr,
      transmit: (apdu) => this.#transmit(apdu),
      close: async () => {
        if (this.#connection !== connection) return;
        this.#connection = null;
        tell({ type: 'reset' });
      },
    };
    this.#connection = connection;
    return connection;
  }

  pids(): readonly number[] {
    return [];
  }

  async close(): Promise<void> {}

  async #transmit(apdu: Uint8Array): Promise<Uint8Array> {
    this.#sent += 1;
    const id = this.#sent;
    const answered = new Promise<string | null>((resolve) => this.#waiting.set(id, resolve));
    tell({ type: 'transmit', id, apdu: Buffer.from(apdu).toString('hex') });
    const answer = await answered;
    if (answer === null) throw new CardRemovedError('transmit: the harness has pulled the card');
    return new Uint8Array(Buffer.from(answer, 'hex'));
  }
}

/** Says something to the harness. */
export function tell(message: FromKiosk): void {
  process.send?.(message);
}
