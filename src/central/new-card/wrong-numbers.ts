/** Numbers that lead to no request: counted like wrong codes, so that nobody finds out which there are (ID-03). */
import { codeDead, MAX_WRONG_TRIES, wrongCode } from '../code-proof.ts';
import { RefusedError } from '../refused.ts';

/** Wrong numbers of one kiosk in that time; then it waits. */
const PER_KIOSK = 30;
const WINDOW_MS = 10 * 60 * 1000;

interface Tries {
  readonly endsAt: number;
  total: number;
  /** By the digits that would say which request. */
  readonly byLocator: Map<string, number>;
}

/** Counts in this process alone. */
export class WrongNumbers {
  readonly #now: () => Date;
  readonly #kiosks = new Map<string, Tries>();

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** @throws RefusedError `ID-03-wait` after too many wrong numbers of this kiosk */
  demandPatience(kioskId: string): void {
    if (this.#of(kioskId).total < PER_KIOSK) return;
    throw new RefusedError(403, 'ID-03-wait', 'prove holder: too many wrong numbers at this kiosk, wait');
  }

  /** Of a request that there is: its own code counts too. */
  note(kioskId: string): void {
    this.#of(kioskId).total += 1;
  }

  /** Of a request that there is not. @returns what a wrong code of one would be answered with */
  refuse(kioskId: string, locator: string): RefusedError {
    this.note(kioskId);
    const { byLocator } = this.#of(kioskId);
    const wrongTries = (byLocator.get(locator) ?? 0) + 1;
    byLocator.set(locator, wrongTries);
    return wrongTries < MAX_WRONG_TRIES ? wrongCode(MAX_WRONG_TRIES - wrongTries) : codeDead();
  }

  #of(kioskId: string): Tries {
    const at = this.#now().getTime();
    const known = this.#kiosks.get(kioskId);
    if (known && at < known.endsAt) return known;
    const fresh = { endsAt: at + WINDOW_MS, total: 0, byLocator: new Map<string, number>() };
    this.#kiosks.set(kioskId, fresh);
    return fresh;
  }
}
