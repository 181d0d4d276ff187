/**
 * Characters for a code that is read aloud, and one that finds what was misheard or swapped.
 * @see Douglas Crockford, Base 32: no I, L, O, U; on the way back i and l are 1, o is 0
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const ALIASES: Readonly<Record<string, string>> = { I: '1', L: '1', O: '0' };

/** Of one character. */
export const CHARACTER_BITS = 5;
/** x⁵ + x² + 1: every power of x up to the 30th is another element of the field. */
const POLYNOMIAL = 0b100101;

/** The character for a value. @param value 0–31 */
export function characterOf(value: number): string {
  return ALPHABET[value]!;
}

/** 0–31; null: no character of ours. */
export function valueOfCharacter(character: string): number | null {
  const upper = character.toUpperCase();
  const value = ALPHABET.indexOf(ALIASES[upper] ?? upper);
  return value < 0 ? null : value;
}

/**
 * The value that goes behind these. Each place has a weight of its own in GF(32), so that one wrong character, or any two that have
 * changed places, give another one.
 * @param values 0–31 each, at most 30
 */
export function checkValueOf(values: readonly number[]): number {
  let weight = 1;
  let sum = 0;
  for (const value of values.toReversed()) {
    weight = timesX(weight);
    sum ^= product(value, weight);
  }
  return sum;
}

function product(a: number, b: number): number {
  let result = 0;
  let shifted = a;
  for (let rest = b; rest > 0; rest >>= 1) {
    if (rest & 1) result ^= shifted;
    shifted = timesX(shifted);
  }
  return result;
}

function timesX(value: number): number {
  const doubled = value << 1;
  return doubled & 0b100000 ? doubled ^ POLYNOMIAL : doubled;
}
