/** Time as a port: what a station shows and counts by. */
export interface Clock {
  /** The wall clock. */
  now(): Date;
  /** Milliseconds on a clock that nobody sets. */
  monotonicMs(): number;
  /** Calls back each second. Returns how to stop. */
  everySecond(listener: () => void): () => void;
}

/** The machine's clock; `now` can be another one's. */
export function systemClock(now: () => Date = () => new Date()): Clock {
  return {
    now,
    monotonicMs: () => performance.now(),
    everySecond(listener) {
      const timer = setInterval(listener, 1000);
      return () => clearInterval(timer);
    },
  };
}
