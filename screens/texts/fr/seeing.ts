import type { SeeingTexts } from '../seeing-catalogue.ts';

/** French. */
export const frSeeing: SeeingTexts = {
  seeing: {
    themes: { standard: 'Aspect normal', contrast: 'Contraste fort', large: 'Grand texte' },
    readAloud: 'Lecture vocale',
    usualScreen: 'Écran normal',
  },
};
