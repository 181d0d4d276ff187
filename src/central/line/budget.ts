/** What each of many may take, at once and in the long run. */
export interface Budget {
  /** @returns false when too little is left; then nothing was taken */
  take(name: string, cost?: number): boolean;
}

/** Units that may be taken at once, and how many come back in a minute. */
export interface BudgetSize {
  readonly atOnce: number;
  readonly perMinute: number;
}

const MINUTE_MS = 60_000;

/**
 * Counts in this process alone: of N centrals one may take N times as much. Whoever has used up theirs goes on as it comes back, and
 * waits for no window to end.
 * @param now central's clock; one that is set back gives nothing and takes nothing
 */
export function budget({ atOnce, perMinute }: BudgetSize, now: () => Date): Budget {
  const accounts = new Map<string, { left: number; at: number }>();
  return {
    take(name, cost = 1) {
      const at = now().getTime();
      const account = accounts.get(name) ?? { left: atOnce, at };
      accounts.set(name, account);
      const back = (Math.max(0, at - account.at) * perMinute) / MINUTE_MS;
      account.left = Math.min(atOnce, account.left + back);
      account.at = at;
      if (account.left < cost) return false;
      account.left -= cost;
      return true;
    },
  };
}
