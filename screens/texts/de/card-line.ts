import type { CardLineTexts } from '../card-line-catalogue.ts';

/** German. */
export const deCardLine: CardLineTexts = {
  cardLine: {
    putIn: 'Stecken Sie Ihre Karte ein.',
    leaveIn: 'Lassen Sie Ihre Karte stecken.',
    mayTake: 'Sie können Ihre Karte herausnehmen.',
    safeToTake: 'Es geht nichts verloren, wenn Sie die Karte jetzt herausnehmen.',
    isOut: 'Ihre Karte ist nicht im Leser.',
  },
  secondCard: 'Die Karte im anderen Leser bleibt, wie sie ist.',
};
