import type { ExplainTexts } from '../../screens/texts/explain-catalogue.ts';

/** What a card meant by it, in words: `6982, an authentication was missing`. @param statusWord 0–FFFF */
export function statusWordText(statusWord: number, { statusWords, otherAnswer }: ExplainTexts): string {
  const hex = statusWord.toString(16).toUpperCase().padStart(4, '0');
  const known: Readonly<Partial<Record<string, string>>> = statusWords;
  return `${hex}, ${known[hex] ?? otherAnswer}`;
}
