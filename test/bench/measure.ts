/** One line of the benchmark: a value beside what it is held against. */
export interface Measure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The peer or floor, in the same unit; null where there is none. */
  readonly against: number | null;
  /** value / against. */
  readonly ratio: number | null;
  /** In words; null where none was set. */
  readonly goal: string | null;
  readonly holds: boolean | null;
}

/** A group of measures that one run gives. */
export interface Benchmark {
  readonly names: readonly string[];
  /** What is measured, against what, and how, for docs/benchmarks.md. */
  readonly about: string;
  run(): Promise<readonly Measure[]>;
}

/** A measure held against a peer: at most `limit` times as much. */
export function atMost(name: string, value: number, against: number, unit: string, limit: number): Measure {
  const ratio = value / against;
  return {
    name,
    value: round(value),
    unit,
    against: round(against),
    ratio: round(ratio),
    goal: `ratio ≤ ${limit}`,
    holds: ratio <= limit,
  };
}

/** A measure held against a peer: at least `limit` times as much. */
export function atLeast(name: string, value: number, against: number, unit: string, limit: number): Measure {
  const { goal: _, ...measure } = atMost(name, value, against, unit, limit);
  return { ...measure, goal: `ratio ≥ ${limit}`, holds: value / against >= limit };
}

/** A measure beside another one, without a goal. */
export function beside(name: string, value: number, against: number, unit: string): Measure {
  return { ...atMost(name, value, against, unit, 0), goal: null, holds: null };
}

/** A measure that is to be below a limit. */
export function below(name: string, value: number, unit: string, limit: number): Measure {
  return { ...plain(name, value, unit), goal: `< ${limit}`, holds: value < limit };
}

/** A measure without a goal. */
export function plain(name: string, value: number, unit: string): Measure {
  return { name, value: round(value), unit, against: null, ratio: null, goal: null, holds: null };
}

/** @param share 0.5 is the median */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
