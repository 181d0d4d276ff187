/** An Enter, and how many came right after one another until then while the same was asked. */
export interface EnterRun {
  readonly question: string | null;
  /** As of `performance.now`. */
  readonly atMs: number;
  readonly count: number;
}

/** now: somebody has pressed it. soon: if no more follow at once. never: it is held down. */
type Meaning = 'now' | 'soon' | 'never';

/** A key that is held down comes again after half a second, and then many times in each. */
export const HELD_MS = 700;
/** Longer than from one repetition to the next (11 a second on a slow keyboard), and hardly felt. */
export const REPEAT_MS = 150;
/** So many are one that bounced. */
const BOUNCES = 2;

/**
 * An Enter that may be the one before, still held down: what was asked meanwhile nobody has read.
 * @param before null: another key was pressed since
 * @param question what must have been read before Enter says yes; null: Enter may do whatever it does
 */
export function enterAfter(
  before: EnterRun | null,
  question: string | null,
  atMs: number,
): readonly [EnterRun, Meaning] {
  const sinceMs = before === null ? Number.POSITIVE_INFINITY : atMs - before.atMs;
  const isNext = before !== null && before.question === question && sinceMs < REPEAT_MS;
  const run = { question, atMs, count: isNext ? before.count + 1 : 1 };
  if (question === null || sinceMs >= HELD_MS) return [run, 'now'];
  return [run, run.count > BOUNCES ? 'never' : 'soon'];
}
