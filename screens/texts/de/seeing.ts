import type { SeeingTexts } from '../seeing-catalogue.ts';

/** German. */
export const deSeeing: SeeingTexts = {
  seeing: {
    themes: { standard: 'Normale Ansicht', contrast: 'Hoher Kontrast', large: 'Große Schrift' },
    readAloud: 'Für Vorleser',
    usualScreen: 'Normaler Bildschirm',
  },
};
