/** So many in a time, for each name; and not more names than fit. */
export interface RateLimit {
  /** @returns false when it is one too many */
  take(name: string): boolean;
}

/** Beyond these everybody new waits for the next window. */
const MAX_NAMES = 10_000;

/** Counts in this process alone: what it protects is this process. */
export function rateLimit(perWindow: number, windowMs: number, now: () => Date): RateLimit {
  let counts = new Map<string, number>();
  let windowEndsAt = 0;
  return {
    take(name) {
      const at = now().getTime();
      if (at >= windowEndsAt) {
        counts = new Map();
        windowEndsAt = at + windowMs;
      }
      const count = (counts.get(name) ?? 0) + 1;
      if (count > perWindow || (count === 1 && counts.size >= MAX_NAMES)) return false;
      counts.set(name, count);
      return true;
    },
  };
}
