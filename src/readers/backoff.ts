const FIRST_MS = 50;
const LAST_MS = 800;

/** How long to wait before trying again: doubling, with jitter, always within a second. @param attempt from 0 */
export function backoffMs(attempt: number): number {
  const most = Math.min(FIRST_MS * 2 ** Math.min(attempt, 10), LAST_MS);
  return most * (0.5 + Math.random() / 2);
}
