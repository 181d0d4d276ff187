import { type CardAdvice, cardAdviceOf } from '../src/flows/card-advice.ts';
import { helperOf } from './desk/desk-stage.ts';
import type { Stage } from './stage.ts';
import type { Glyphs, LookName } from './theme.ts';

/** Something that is said within a line of the frame: a sign and words, so that the colour says nothing alone. */
export interface FrameNote {
  readonly look: LookName;
  readonly sign: string;
  readonly text: string;
}

const LOOKS: Readonly<Record<CardAdvice, LookName>> = {
  putIn: 'emphasis',
  leaveIn: 'warn',
  mayTake: 'good',
  safeToTake: 'good',
  isOut: 'text',
};
const SIGNS: Readonly<Record<CardAdvice, keyof Pick<Glyphs, 'selected' | 'tick' | 'bullet' | 'open'> | '!'>> =
  { putIn: 'selected', leaveIn: '!', mayTake: 'tick', safeToTake: 'bullet', isOut: 'open' };

/** Whether the card has to stay in, at every moment of the walk-up (UX-03); null: no card is meant, or none can be put in. */
export function cardLine({ view, texts, glyphs }: Stage): FrameNote | null {
  const advice = cardAdviceOf(view.walkUp, helperOf(view) !== null);
  const hasReader = view.isCardServiceUp && view.readers.length > 0;
  if (advice === null || (advice === 'putIn' && !hasReader)) return null;
  const sign = SIGNS[advice];
  return { look: LOOKS[advice], sign: sign === '!' ? sign : glyphs[sign], text: texts.cardLine[advice] };
}

/** A card in another reader than the one in work (UX-06); null: there is none. */
export function secondCardNote({ view, texts }: Stage): FrameNote | null {
  return view.hasSecondCard ? { look: 'warn', sign: '!', text: texts.secondCard } : null;
}
