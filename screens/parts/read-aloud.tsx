import { createContext, useContext } from 'react';
import type { SeeingTexts } from '../texts/seeing-catalogue.ts';

type ReadAloudTexts = SeeingTexts['seeing']['aloud'];

const InUse = createContext<ReadAloudTexts | null>(null);

/** Gives all that is drawn inside of it the words for a screen reader; null: the screen is looked at. */
export const ReadAloudProvider = InUse.Provider;

/** The words for a screen reader; null where the screen is looked at. Whoever has them draws lines of words, and no signs (UX-05). */
export function useReadAloud(): ReadAloudTexts | null {
  return useContext(InUse);
}
