import { INS_GET_RESPONSE } from '../piv/apdu.ts';
import { concat } from '../piv/tlv.ts';

/** With its status word an answer's length fits one byte. */
const MAX_DATA_BYTES = 253;

/** A reader that gives a long answer in pieces, each but the last with 61xx. @see ISO/IEC 7816-4, 5.3.4 */
export class AnswerPieces {
  #rest: Uint8Array = new Uint8Array(0);

  /** What is given of a card's answer at once: at most 255 bytes. */
  first(answer: Uint8Array): Uint8Array {
    this.#rest = answer;
    return this.#take();
  }

  /** The next piece, when this command asks for one; any other command forgets what was not collected. */
  next(command: Uint8Array): Uint8Array | null {
    const isAsked = command[1] === INS_GET_RESPONSE && this.#rest.length > 0;
    if (isAsked) return this.#take();
    this.#rest = new Uint8Array(0);
    return null;
  }

  #take(): Uint8Array {
    const answer = this.#rest;
    const isLast = answer.length - 2 <= MAX_DATA_BYTES;
    this.#rest = isLast ? new Uint8Array(0) : answer.subarray(MAX_DATA_BYTES);
    if (isLast) return answer;
    const left = this.#rest.length - 2;
    return concat(answer.subarray(0, MAX_DATA_BYTES), Uint8Array.of(0x61, left > 255 ? 0 : left));
  }
}
