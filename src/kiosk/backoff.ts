import { setTimeout as delay } from 'node:timers/promises';

/** Waiting as a port, so that tests need not. */
export interface Pause {
  /** Ends early, without an error, when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** 0 ≤ x < 1. */
  random(): number;
}

export const realPause: Pause = {
  async sleep(ms, signal) {
    try {
      await delay(ms, undefined, { signal, ref: false });
    } catch (error) {
      if (!signal?.aborted) throw error;
    }
  },
  random: Math.random,
};

const BASE_MS = 200;
const CAP_MS = 5_000;

/** How long to wait before try `failures` + 1: full jitter, doubling to five seconds, so that kiosks do not come in step. */
export function backoffMs(failures: number, random: () => number): number {
  return random() * Math.min(CAP_MS, BASE_MS * 2 ** failures);
}
