import { INS_GET_RESPONSE, isWriteCommand } from '../piv/apdu.ts';
import { concat } from '../piv/tlv.ts';
import { type Answer, SW } from './answer.ts';
import type { Chip } from './chip.ts';
import { type CommandApdu, parseCommandApdu } from './command-apdu.ts';
import { tearWrite } from './commands/data-objects.ts';
import { dispatch } from './dispatch.ts';

const MAX_CHAINED_BYTES = 65_535;

/** How commands and answers that are longer than one APDU come and go: chained blocks, 61xx and GET RESPONSE. */
export class BlockTransport {
  readonly #chip: Chip;
  #chained: { readonly apdu: CommandApdu; readonly data: Uint8Array } | null = null;
  #uncollected: Uint8Array = new Uint8Array(0);

  constructor(chip: Chip) {
    this.#chip = chip;
  }

  /** Forgets what was under way. @returns whether that left a trace on the card */
  losePower(): boolean {
    const torn = this.#chained;
    this.#chained = null;
    this.#uncollected = new Uint8Array(0);
    return torn !== null && tearWrite(this.#chip, torn.apdu.ins, torn.data);
  }

  /** One block in, one answer out: what waits for more blocks or for GET RESPONSE is kept. */
  async process(bytes: Uint8Array): Promise<Uint8Array> {
    const { counters, personality } = this.#chip.state;
    counters.apdus += 1;
    const apdu = parseCommandApdu(bytes);
    if (!apdu || (apdu.isExtended && !personality.hasExtendedLength)) return status(SW.wrongLength);
    if (isWriteCommand(bytes)) counters.writeApdus += 1;
    if ((apdu.cla & ~0x10) !== 0) return status(SW.classNotSupported);
    if (apdu.ins === INS_GET_RESPONSE) return this.#collect(apdu.le);
    this.#uncollected = new Uint8Array(0);
    const whole = this.#join(apdu);
    if (typeof whole === 'number') return status(whole);
    return this.#answer(await dispatch(this.#chip, whole), whole.le);
  }

  /** Joins chained blocks. @returns the whole command, or the status word for a block @see ISO/IEC 7816-4, 5.3.3 */
  #join(apdu: CommandApdu): CommandApdu | number {
    const begun = this.#chained;
    this.#chained = null;
    const isSame =
      begun && begun.apdu.ins === apdu.ins && begun.apdu.p1 === apdu.p1 && begun.apdu.p2 === apdu.p2;
    if (begun && !isSame) return SW.lastBlockExpected;
    const data = begun ? concat(begun.data, apdu.data) : apdu.data;
    if (data.length > MAX_CHAINED_BYTES) return SW.wrongLength;
    if ((apdu.cla & 0x10) === 0) return { ...apdu, data };
    this.#chained = { apdu, data };
    return SW.ok;
  }

  #answer({ data, sw }: Answer, le: number): Uint8Array {
    if (data.length <= le) return concat(data, status(sw));
    this.#uncollected = data;
    return this.#collect(le);
  }

  #collect(le: number): Uint8Array {
    if (this.#uncollected.length === 0) return status(SW.conditionsNotSatisfied);
    const part = this.#uncollected.subarray(0, le);
    this.#uncollected = this.#uncollected.subarray(part.length);
    const left = this.#uncollected.length;
    return concat(part, status(left === 0 ? SW.ok : 0x6100 | (left > 255 ? 0 : left)));
  }
}

function status(sw: number): Uint8Array {
  return Uint8Array.of(sw >>> 8, sw & 0xff);
}
