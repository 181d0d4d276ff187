import type { CardAdvice } from '../../src/flows/card-advice.ts';

/** What is said of the card in a line of the frame, on every screen. */
export interface CardLineTexts {
  /** Short: it stands in one line. */
  readonly cardLine: Readonly<Record<CardAdvice, string>>;
  /** There is one, and it is left alone. Fits beside `leaveIn`. */
  readonly secondCard: string;
}
