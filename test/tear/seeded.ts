/** Chance that can be repeated: the same seed gives the same numbers. */
export interface Chance {
  /** 0 ≤ x < 1. */
  next(): number;
  /** A whole number from `first` to `last`, both included. */
  between(first: number, last: number): number;
}

/** Mulberry32: small, and good enough to pick cuts with. */
export function seeded(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { next, between: (first, last) => first + Math.floor(next() * (last - first + 1)) };
}

/** One of each of `count` equal parts of a list, so that no stretch of it goes unseen; the whole list when it is shorter. */
export function spread<T>(list: readonly T[], count: number, chance: Chance): readonly T[] {
  if (list.length <= count) return list;
  return Array.from({ length: count }, (_, part) => {
    const [first, end] = [part, part + 1].map((edge) => Math.floor((edge * list.length) / count));
    return list[chance.between(first!, end! - 1)]!;
  });
}
