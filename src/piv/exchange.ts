import { type CommandApdu, chain, encodeExtended, encodeShort, INS_GET_RESPONSE, isLong } from './apdu.ts';
import { type CardConnection, CardRemovedError } from './connection.ts';
import { MalformedAnswerError, refusal, SW_NOT_FOUND, SW_OK, SW_WRONG_LENGTH } from './status-word.ts';
import { concat } from './tlv.ts';

/** A whole answer, collected. */
export interface CardAnswer {
  readonly data: Uint8Array;
  readonly sw: number;
}

/** More than the longest object has, in the smallest parts that cards send. */
const MAX_PARTS = 1024;

/**
 * Carries commands of any length over a connection: extended length where the card takes it, else command chaining;
 * 61xx is always drained and 6Cxx repeated with the right Le, so that a session sees neither.
 */
export class Exchange {
  readonly #connection: CardConnection;
  #hasExtendedLength: boolean | null = null;

  constructor(connection: CardConnection) {
    this.#connection = connection;
  }

  /** Whether the card takes extended length; null as long as nothing long was sent. */
  get hasExtendedLength(): boolean | null {
    return this.#hasExtendedLength;
  }

  /**
   * Sends one command and collects its answer, whatever its status word.
   * @throws CardRemovedError also when the answer is shorter than a status word; MalformedAnswerError when it never ends
   */
  async send(command: CommandApdu): Promise<CardAnswer> {
    if (!isLong(command)) return this.#sendShort(command);
    if (this.#hasExtendedLength === false) return this.#sendChained(command);
    const answer = await this.#sendOne(command, encodeExtended);
    if (answer.sw === SW_WRONG_LENGTH) {
      const again = await this.#sendChained(command);
      if (again.sw !== SW_WRONG_LENGTH) this.#hasExtendedLength = false;
      return again;
    }
    if (answer.sw === SW_OK || answer.sw === SW_NOT_FOUND) this.#hasExtendedLength = true;
    return answer;
  }

  /**
   * Sends one command that must be answered with 9000, and returns its data.
   * @param intent what the error message begins with
   * @throws CommandRefusedError and its subclasses
   */
  async run(intent: string, command: CommandApdu): Promise<Uint8Array> {
    const { data, sw } = await this.send(command);
    if (sw !== SW_OK) throw refusal(sw, intent);
    return data;
  }

  async #sendChained(command: CommandApdu): Promise<CardAnswer> {
    const blocks = chain(command);
    for (const block of blocks.slice(0, -1)) {
      const { sw } = await this.#sendShort({ ...block, isSecret: command.isSecret });
      if (sw !== SW_OK) return { data: new Uint8Array(), sw };
    }
    return this.#sendShort(blocks[blocks.length - 1]!);
  }

  #sendShort(command: CommandApdu): Promise<CardAnswer> {
    return this.#sendOne(command, encodeShort);
  }

  async #sendOne(command: CommandApdu, encode: (command: CommandApdu) => Uint8Array): Promise<CardAnswer> {
    const { isSecret, isAnswerSecret } = command;
    let answer = await this.#transmit(encode(command), isSecret);
    if (answer.sw >>> 8 === 0x6c) {
      answer = await this.#transmit(encode({ ...command, le: lengthIn(answer.sw) }), isSecret);
    }
    return answer.sw >>> 8 === 0x61 ? this.#drain(answer, isAnswerSecret) : answer;
  }

  async #drain(first: CardAnswer, isSecret = false): Promise<CardAnswer> {
    const parts = [first.data];
    let { sw } = first;
    while (sw >>> 8 === 0x61 || sw >>> 8 === 0x6c) {
      if (parts.length === MAX_PARTS) throw new MalformedAnswerError('collect an answer', 'it does not end');
      const command = { ins: INS_GET_RESPONSE, p1: 0, p2: 0, le: lengthIn(sw) };
      const next = await this.#transmit(encodeShort(command));
      parts.push(next.data);
      sw = next.sw;
    }
    const data = concat(...parts);
    if (isSecret) for (const part of parts) part.fill(0);
    return { data, sw };
  }

  async #transmit(command: Uint8Array, isSecret = false): Promise<CardAnswer> {
    let response: Uint8Array;
    try {
      response = await this.#connection.transmit(command);
    } finally {
      if (isSecret) command.fill(0);
    }
    const end = response.length - 2;
    if (end < 0) throw new CardRemovedError('send a command: the card did not answer, it is gone');
    // A plain view: of a Buffer (which readers give) even `slice` would share memory that is wiped later.
    const data = new Uint8Array(response.buffer, response.byteOffset, end);
    return { data, sw: (response[end]! << 8) | response[end + 1]! };
  }
}

/** The number of bytes in SW2 of 61xx and 6Cxx; 00 stands for 256. */
function lengthIn(sw: number): number {
  return sw & 0xff || 0x100;
}
