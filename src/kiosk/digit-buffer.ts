const DIGIT_ZERO = 0x30;

/** Digits that are typed in secret: one buffer that is overwritten when it is wiped, never a string (operation.md F). */
export class DigitBuffer {
  readonly #bytes: Uint8Array;
  #length = 0;

  /** @param capacity how many digits it takes */
  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  /** Adds a digit. @returns false when it is none, or the buffer is full */
  push(digit: number): boolean {
    const isDigit = Number.isInteger(digit) && digit >= 0 && digit <= 9;
    if (!isDigit || this.#length === this.#bytes.length) return false;
    this.#bytes[this.#length] = DIGIT_ZERO + digit;
    this.#length += 1;
    return true;
  }

  /** Takes the last digit back. @returns false when there is none */
  erase(): boolean {
    if (this.#length === 0) return false;
    this.#length -= 1;
    this.#bytes[this.#length] = 0;
    return true;
  }

  wipe(): void {
    this.#bytes.fill(0);
    this.#length = 0;
  }

  /** The digits typed so far (ASCII), as a view: valid until the next change, and the caller keeps no copy. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }
}
