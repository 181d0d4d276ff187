import { randomBytes } from 'node:crypto';

const MAX_COUNT = 0xfff;

/**
 * Ids in the order in which they are made: many rows at once are then written side by side in every index, here and in the
 * kiosks' copies.
 * @see RFC 9562, 5.7 (UUID version 7) and 6.2, method 1
 */
export class RowIds {
  #millisecond = 0;
  #count = 0;

  /** @param now central's clock; when it goes back, or more than 4,096 are made in a millisecond, ids run ahead of it */
  next(now: Date): string {
    this.#count += 1;
    if (now.getTime() > this.#millisecond || this.#count > MAX_COUNT) {
      this.#millisecond = Math.max(now.getTime(), this.#millisecond + 1);
      this.#count = 0;
    }
    const time = this.#millisecond.toString(16).padStart(12, '0');
    const count = this.#count.toString(16).padStart(3, '0');
    const random = randomBytes(8);
    random[0] = 0x80 | (random[0]! & 0x3f);
    const rest = random.toString('hex');
    return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${rest.slice(0, 4)}-${rest.slice(4)}`;
  }
}
