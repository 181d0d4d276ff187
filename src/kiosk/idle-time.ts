import type { Clock } from './clock.ts';

/** How long nobody has touched something. */
export class IdleTime {
  readonly #clock: Clock;
  #touchedAt: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#touchedAt = clock.monotonicMs();
  }

  touch(): void {
    this.#touchedAt = this.#clock.monotonicMs();
  }

  /** Counted down to 0. @param seconds that it may stand untouched */
  secondsLeft(seconds: number): number {
    return Math.max(0, Math.ceil(seconds - (this.#clock.monotonicMs() - this.#touchedAt) / 1000));
  }
}
