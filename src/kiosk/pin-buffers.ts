import { judgePin, type PinPolicy, type PinVerdict } from '../domain/pin-policy.ts';
import type { PinHandover } from '../encoder/encode-request.ts';
import { PIN_FIELDS, type PinField } from '../flows/walk-up-event.ts';
import { DigitBuffer } from './digit-buffer.ts';

/** PIV allows no longer PIN, and no one-time code or number of a new card is longer. */
const CAPACITY = { current: 8, new: 8, repeat: 8, code: 12, number: 18 } as const satisfies Record<
  PinField,
  number
>;

/** What the flow is told of a PIN: never the PIN. */
export interface PinFacts {
  readonly length: number;
  readonly verdicts: readonly PinVerdict[];
  /** What is repeated equals the new PIN. */
  readonly matches: boolean;
}

/**
 * The PINs, and the one-time code, that are being typed: the only place they are in until the encoder, or central, takes
 * them over. Each lives in one buffer that is overwritten when it is wiped, never in a string (operation.md F).
 */
export class PinBuffers {
  readonly #buffers: Readonly<Record<PinField, DigitBuffer>> = {
    current: new DigitBuffer(CAPACITY.current),
    new: new DigitBuffer(CAPACITY.new),
    repeat: new DigitBuffer(CAPACITY.repeat),
    code: new DigitBuffer(CAPACITY.code),
    number: new DigitBuffer(CAPACITY.number),
  };

  /** Adds a digit. @returns false when it is none, or the buffer is full */
  push(field: PinField, digit: number): boolean {
    return this.#buffers[field].push(digit);
  }

  /** Takes the last digit back. @returns false when there is none */
  erase(field: PinField): boolean {
    return this.#buffers[field].erase();
  }

  wipe(fields: readonly PinField[] = PIN_FIELDS): void {
    for (const field of fields) this.#buffers[field].wipe();
  }

  /** The digits typed so far, as a view: valid until the next change, and the caller keeps no copy. */
  view(field: PinField): Uint8Array {
    return this.#buffers[field].view();
  }

  /** @param policy of the card's profile; null where nothing is judged */
  facts(field: PinField, policy: PinPolicy | null): PinFacts {
    const typed = this.view(field);
    const judged = field === 'new' && policy !== null;
    const current = this.#buffers.current.length > 0 ? this.view('current') : null;
    return {
      length: typed.length,
      verdicts: judged ? judgePin(policy, typed, current) : [],
      matches: field === 'repeat' && typed.length > 0 && sameBytes(typed, this.view('new')),
    };
  }

  /**
   * Gives the proven and the new PIN away, in buffers of their own, and wipes everything here. The taker wipes those.
   * `old` is null where a one-time code was the proof: nobody knows the PIN then.
   * @param isKept the proven PIN is the new one: an unfinished operation has set it
   */
  handOver(isKept: boolean): PinHandover {
    const old = this.#buffers.current.length > 0 ? this.view('current').slice() : null;
    const next = this.view(isKept ? 'current' : 'new').slice();
    this.wipe();
    return { old, next, isKept };
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
