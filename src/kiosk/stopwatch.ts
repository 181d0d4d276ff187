/** Milliseconds that run, but for the time in which something is waited for. */
export class Stopwatch {
  readonly #now: () => number;
  #stoodMs = 0;
  #stoppedAt: number | null = null;

  /** @param now milliseconds on a clock that does not go backwards */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Stands still, or goes on. Harmless when repeated. */
  hold(isHeld: boolean): void {
    const now = this.#now();
    if (isHeld) this.#stoppedAt ??= now;
    else if (this.#stoppedAt !== null) {
      this.#stoodMs += now - this.#stoppedAt;
      this.#stoppedAt = null;
    }
  }

  elapsedMs(): number {
    return (this.#stoppedAt ?? this.#now()) - this.#stoodMs;
  }
}
