import { setTimeout as wait } from 'node:timers/promises';
import { CardRemovedError, CardResetError, ReaderUnavailableError } from '../piv/connection.ts';
import { KeptChild } from './kept-child.ts';
import { pcscError } from './pcsc-error.ts';
import type { CardSeen, ReaderReport, ReaderRequest } from './pcsc-messages.ts';
import type { OpenCard } from './readers.ts';
import { seenAfter } from './seen-after.ts';

/** How one reader is run. */
export interface PcscReaderOptions {
  /** A command that takes longer is a hung reader: its process is killed. */
  readonly transmitLimitMs: number;
  readonly log?: (line: string) => void;
  readonly onCard: (card: CardSeen, before: CardSeen | null) => void;
}

interface Pending {
  readonly resolve: (bytes: Uint8Array) => void;
  readonly reject: (error: Error) => void;
  readonly intent: string;
  readonly limit: NodeJS.Timeout;
}

const CONNECT_LIMIT_MS = 15_000;
/** How long whoever opens a card waits for a reader process that is being started again. */
const START_LIMIT_MS = 5_000;
/** By then pcscd has seen a card that really left. */
const SWAP_LIMIT_MS = 900;

/** One PC/SC reader, by way of its own process. */
export class PcscReader {
  readonly name: string;
  readonly #options: PcscReaderOptions;
  readonly #child: KeptChild<ReaderReport>;
  readonly #pending = new Map<number, Pending>();
  #connection: OpenCard | null = null;
  /** Why the last connection is over. */
  #ending: Error | null = null;
  #card: CardSeen | null = null;
  #lastId = 0;
  #swap: NodeJS.Timeout | undefined;
  /** Resolved when the process that runs now has seen its reader, or has ended. */
  #ready = Promise.withResolvers<void>();

  constructor(name: string, options: PcscReaderOptions) {
    this.name = name;
    this.#options = options;
    this.#child = new KeptChild<ReaderReport>({
      entry: new URL('./pcsc-reader-process.ts', import.meta.url),
      arguments: [name],
      onReport: (report) => this.#heard(report),
      onEnd: () => this.#ended(),
      log: options.log,
    });
  }

  /** The card that is in it, as last reported. */
  get card(): CardSeen | null {
    return this.#card?.isPresent ? this.#card : null;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** @returns for how many milliseconds its process owes an answer */
  askAlive(): number {
    return this.#child.askAlive();
  }

  /** @throws CardRemovedError, ReaderUnavailableError */
  async open(): Promise<OpenCard> {
    const intent = `open ${this.name}`;
    if (this.#connection)
      throw new ReaderUnavailableError('held-by-another-program', `${intent}: it is in use`);
    const card = this.card;
    if (!card) throw new CardRemovedError(`${intent}: no card is in it`);
    if (card.atr.length === 0) {
      throw new ReaderUnavailableError('unresponsive', `${intent}: the card does not answer`);
    }
    const connection: OpenCard = {
      atr: plain(card.atr),
      transmit: (bytes) => this.#transmit(connection, bytes),
      close: () => this.#close(connection),
    };
    this.#connection = connection;
    this.#ending = null;
    try {
      await this.#untilReady();
      if (this.#connection !== connection)
        throw this.#ending ?? new CardResetError(`${intent}: it has ended`);
      await this.#request({ run: 'open' }, intent, CONNECT_LIMIT_MS);
      return connection;
    } catch (error) {
      if (this.#connection === connection) this.#connection = null;
      if (!(error instanceof CardResetError)) throw error;
      throw new ReaderUnavailableError('unresponsive', `${intent}: its process ended`, { cause: error });
    }
  }

  /** Ends the process and whatever was open. */
  async stop(): Promise<void> {
    this.#end(new CardRemovedError(`use reader ${this.name}: the reader is gone`));
    clearTimeout(this.#swap);
    this.#ready.resolve();
    await this.#child.stop();
  }

  async #untilReady(): Promise<void> {
    const limit = new AbortController();
    const { signal } = limit;
    await Promise.race([
      this.#ready.promise,
      wait(START_LIMIT_MS, undefined, { signal }).catch(() => undefined),
    ]);
    limit.abort();
  }

  async #transmit(connection: OpenCard, bytes: Uint8Array): Promise<Uint8Array> {
    const intent = `transmit to ${this.name}`;
    if (this.#connection !== connection) {
      throw this.#ending ?? new CardResetError(`${intent}: the connection is closed`);
    }
    try {
      return await this.#request({ run: 'transmit', bytes }, intent, this.#options.transmitLimitMs);
    } catch (error) {
      // There is no reconnecting in the binding: after any failure the card is opened anew.
      if (this.#connection === connection) {
        this.#connection = null;
        this.#ending = error as Error;
      }
      if (error instanceof CardRemovedError) this.#expectRemoval();
      throw error;
    }
  }

  async #close(connection: OpenCard): Promise<void> {
    if (this.#connection !== connection) return;
    await this.#request({ run: 'close' }, `close ${this.name}`, CONNECT_LIMIT_MS).catch(() => undefined);
    if (this.#connection === connection) this.#connection = null;
  }

  #request(
    request: { run: 'open' | 'close' } | { run: 'transmit'; bytes: Uint8Array },
    intent: string,
    limitMs: number,
  ): Promise<Uint8Array> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      const limit = setTimeout(() => this.#hung(intent, limitMs), limitMs);
      this.#pending.set(id, { resolve, reject, intent, limit });
      const isSent = this.#child.send({ id, ...request } satisfies ReaderRequest);
      if (!isSent)
        this.#settle(id)?.reject(new CardResetError(`${intent}: its process is being started again`));
    });
  }

  #heard(report: ReaderReport): void {
    if (report.type === 'card') {
      this.#saw(report.card);
      return;
    }
    const pending = this.#settle(report.id);
    if (report.type === 'answer') pending?.resolve(plain(report.bytes));
    else pending?.reject(pcscError(pending.intent, report.text));
  }

  #ended(): void {
    this.#ready.resolve();
    this.#ready = Promise.withResolvers();
    this.#end(new CardResetError(`use reader ${this.name}: its process ended, the card was reset`));
  }

  #saw(reported: CardSeen): void {
    this.#ready.resolve();
    const before = this.#card;
    const card = seenAfter(before, reported);
    this.#card = card;
    const isSame = before?.isPresent === card.isPresent && before.counter === card.counter;
    if (isSame) return;
    if (before?.isPresent) this.#end(new CardRemovedError(`use reader ${this.name}: the card was taken out`));
    this.#options.onCard(card, before);
  }

  /** A swap within one round of pcscd's polling is reported by no event: the lost command is its only sign. */
  #expectRemoval(): void {
    const card = this.card;
    if (!card) return;
    this.#swap = setTimeout(() => {
      if (this.card === card) this.#options.onCard(card, card);
    }, SWAP_LIMIT_MS);
  }

  #hung(intent: string, limitMs: number): void {
    this.#end(new ReaderUnavailableError('unresponsive', `${intent}: no answer within ${limitMs} ms`));
    this.#child.replace();
  }

  #end(error: Error): void {
    if (this.#connection) this.#ending = error;
    this.#connection = null;
    for (const id of [...this.#pending.keys()]) this.#settle(id)?.reject(error);
  }

  #settle(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    clearTimeout(pending?.limit);
    return pending;
  }
}

/** The binding speaks Buffer, whose slice shares its bytes where that of a Uint8Array copies them. */
function plain(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
