import { readFileSync } from 'node:fs';

/** The golden PIV cards. @see test/data/icam-test-cards/README.md */
export const GOLDEN_CARDS = ['01-golden-piv', '46-golden-piv-fips201-2', '54-golden-piv-i'] as const;
export type GoldenCard = (typeof GOLDEN_CARDS)[number];

const FOLDER = new URL('../../test/data/icam-test-cards/', import.meta.url);

/** An object's content (`chuid.bin`), without the outer 53. */
export function goldenObject(card: GoldenCard, name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`${card}/${name}.bin`, FOLDER)));
}

/** The values that an object was made from (`chuid.properties`). */
export function goldenValues(card: GoldenCard, name: string): Readonly<Record<string, string>> {
  const text = readFileSync(new URL(`${card}/${name}.properties`, FOLDER), 'utf8');
  const lines = text.split(/\r?\n/).filter((line) => line.includes('=') && !line.startsWith('#'));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}
