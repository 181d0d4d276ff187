import type { SeeingTexts } from '../seeing-catalogue.ts';

/** Spanish. */
export const esSeeing: SeeingTexts = {
  seeing: {
    themes: { standard: 'Aspecto normal', contrast: 'Alto contraste', large: 'Texto grande' },
    readAloud: 'Lectura en voz',
    usualScreen: 'Pantalla normal',
  },
};
