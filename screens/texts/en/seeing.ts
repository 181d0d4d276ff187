import type { SeeingTexts } from '../seeing-catalogue.ts';

/** English. */
export const enSeeing: SeeingTexts = {
  seeing: {
    themes: { standard: 'Usual look', contrast: 'High contrast', large: 'Large text' },
    readAloud: 'For screen readers',
    usualScreen: 'Usual screen',
  },
};
