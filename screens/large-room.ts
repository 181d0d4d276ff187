import type { LargeRoom } from './parts/large.tsx';
import type { Stage } from './stage.ts';

/** With so many lines a screen has room for empty ones between its points. */
const ROOMY = 28;

/** What a screen of the cardholder's may draw large; null: the theme is another one. */
export function largeRoom({ view, glyphs, width, height, letterRows }: Stage): LargeRoom | null {
  if (view.theme !== 'large' || view.isReadAloud) return null;
  const { halfBlock, lowerHalf, full } = glyphs;
  // Beside a picture for the helpdesk there is less.
  const rows = view.support === undefined ? letterRows : 0;
  const halves = halfBlock === null || lowerHalf === null ? null : { halfBlock, lowerHalf, full };
  return { width, rows, isRoomy: height >= ROOMY, halves };
}
