import type { SoakReport } from './run-soak.ts';

/** Memory is flat: so much more than after warm-up is too much (issue 8). */
const MOST_GROWTH = 0.1;
/** A shorter run says nothing of growth: its first part is still loading. */
const LONG_SECONDS = 10 * 60;

export interface SoakVerdict {
  /** Resident memory at the end against after warm-up: 0.05 is five per cent more. */
  readonly growth: number;
  /** What was wrong, growth among it; empty when all is well. */
  readonly faults: readonly string[];
}

/** @param seconds for which it was asked to go on */
export function judgeSoak({ atTheEnd, afterWarmUp, faults }: SoakReport, seconds: number): SoakVerdict {
  const growth = Number((atTheEnd / afterWarmUp - 1).toFixed(3));
  if (seconds < LONG_SECONDS || growth <= MOST_GROWTH) return { growth, faults };
  const most = `more than ${100 * MOST_GROWTH} %`;
  return { growth, faults: [...faults, `memory grew by ${(100 * growth).toFixed(1)} %, ${most}`] };
}
