import { connect, type Socket } from 'node:net';
import type { CardConnection } from '../piv/connection.ts';
import { AnswerPieces } from './answer-pieces.ts';

/** Ports of the two readers that Debian's vpcd offers, and that is all there is. */
export const VPCD_PORTS = [35_963, 35_964] as const;

/** What can be put into a virtual PC/SC reader. */
export interface VpcdCard extends CardConnection {
  reset(): void;
}

/** Where vpcd listens, and who is told when a card leaves by itself: CardRemovedError after a cut, else its fault. */
export interface VpcdOptions {
  readonly port: number;
  readonly host?: string;
  readonly onRemoved?: (cause: Error) => void;
  /** See VpcdReader.isQuick. Default: no. */
  readonly isQuick?: boolean;
}

/** One-byte messages of vpcd; power off, power on and reset are all the same to a card in software. */
const ASK_ATR = 4;
const POWER = [0, 1, 2];
/** What a quick reader has said before it knows the answer: that its length is below 256. */
const EARLY_LENGTH = Uint8Array.of(0);
const FIRST_RETRY_MS = 50;
const LAST_RETRY_MS = 1_000;
/**
 * pcscd looks every 0.4 s. When a program tries to connect while the card is away and it is back before the next look,
 * pcscd 1.9.9 goes on saying "no card" until it is pulled again.
 */
const LEAST_ABSENCE_MS = 600;

/**
 * One reader of vsmartcard's vpcd, seen from the card's side: a card is in as long as a connection stands.
 * While a card is in, a lost connection (pcscd restarted) is made anew, with growing pauses, until it is pulled.
 * @see vsmartcard, virtualsmartcard/src/vpcd: two bytes length (big-endian), then data
 */
export class VpcdReader {
  /**
   * Gives long answers in pieces (61xx), so that an answer's length can be begun before the command is there. That spares
   * the 40 ms which vpcd's two sends otherwise cost with every APDU (Nagle against delayed ACK). Holds from the next card on.
   */
  isQuick: boolean;
  readonly #options: VpcdOptions;
  #card: VpcdCard | null = null;
  #socket: Socket | null = null;
  #retry: NodeJS.Timeout | undefined;
  #retryMs = FIRST_RETRY_MS;
  #pulledAt = Number.NEGATIVE_INFINITY;
  /** A quick reader has said EARLY_LENGTH, and vpcd waits for the rest of the answer. */
  #isLengthBegun = false;

  constructor(options: VpcdOptions) {
    this.#options = options;
    this.isQuick = options.isQuick ?? false;
  }

  /** Whether a card is in it; PC/SC may not see it yet, or for as long as pcscd is gone. */
  get holdsCard(): boolean {
    return this.#card !== null;
  }

  /** Puts a card in; it appears in PC/SC when vpcd asks for its ATR. @throws RangeError when one is in */
  insert(card: VpcdCard): void {
    if (this.#card) throw new RangeError('insert card: there is one in this virtual reader');
    card.reset();
    this.#card = card;
    this.#retryMs = FIRST_RETRY_MS;
    const absentMs = performance.now() - this.#pulledAt;
    this.#retry = setTimeout(() => this.#connect(card), Math.max(0, LEAST_ABSENCE_MS - absentMs));
  }

  /** Takes the card out. Nothing happens where none is. */
  pull(): void {
    if (this.#card) this.#pulledAt = performance.now();
    this.#card = null;
    clearTimeout(this.#retry);
    // vpcd waits for ever for the second byte of a length: an empty answer, which pcscd gives for a card that is gone.
    if (this.#isLengthBegun) this.#socket?.write(Uint8Array.of(0));
    this.#socket?.destroySoon();
    this.#socket = null;
  }

  #connect(card: VpcdCard): void {
    const { port, host = '127.0.0.1' } = this.#options;
    const socket = connect({ port, host, noDelay: true });
    this.#socket = socket;
    socket.once('connect', () => {
      // The port lies in the range of outgoing ports: without a listener a socket can reach itself.
      if (socket.localPort === socket.remotePort) socket.destroy();
      else this.#retryMs = FIRST_RETRY_MS;
    });
    socket.on('error', () => undefined);
    socket.once('close', () => this.#connectLater(card, socket));
    this.#serve(card, socket);
  }

  #connectLater(card: VpcdCard, closed: Socket): void {
    if (this.#card !== card || this.#socket !== closed) return;
    const pause = this.#retryMs * (0.5 + Math.random() / 2);
    this.#retryMs = Math.min(this.#retryMs * 2, LAST_RETRY_MS);
    this.#retry = setTimeout(() => this.#connect(card), pause);
  }

  #serve(card: VpcdCard, socket: Socket): void {
    let received = Buffer.alloc(0);
    let queue = Promise.resolve();
    const pieces = this.isQuick ? new AnswerPieces() : null;
    this.#isLengthBegun = false;
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      while (received.length >= 2) {
        const end = 2 + received.readUInt16BE();
        if (pieces && end > 3 && !this.#isLengthBegun) {
          this.#isLengthBegun = true;
          socket.write(EARLY_LENGTH);
        }
        if (received.length < end) return;
        const message = received.subarray(2, end);
        received = received.subarray(end);
        queue = queue.then(() => this.#answer(card, socket, message, pieces));
      }
    });
  }

  async #answer(
    card: VpcdCard,
    socket: Socket,
    message: Uint8Array,
    pieces: AnswerPieces | null,
  ): Promise<void> {
    const [first] = message;
    if (message.length === 1 && first === ASK_ATR) return reply(socket, card.atr);
    if (message.length === 1 && POWER.includes(first!)) return card.reset();
    try {
      if (!pieces) return reply(socket, await card.transmit(message));
      const piece = pieces.next(message) ?? pieces.first(await card.transmit(message));
      if (this.#socket !== socket) return;
      this.#isLengthBegun = false;
      socket.write(Buffer.concat([Uint8Array.of(piece.length), piece]));
    } catch (error) {
      if (this.#card !== card) return;
      this.pull();
      this.#options.onRemoved?.(error as Error);
    } finally {
      message.fill(0);
    }
  }
}

function reply(socket: Socket, data: Uint8Array): void {
  if (socket.destroyed) return;
  const length = Buffer.alloc(2);
  length.writeUInt16BE(data.length);
  socket.write(Buffer.concat([length, data]));
}
