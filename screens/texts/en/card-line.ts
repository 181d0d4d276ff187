import type { CardLineTexts } from '../card-line-catalogue.ts';

/** English. */
export const enCardLine: CardLineTexts = {
  cardLine: {
    putIn: 'Put your card in.',
    leaveIn: 'Leave your card in.',
    mayTake: 'You can take your card out.',
    safeToTake: 'Nothing is lost if you take your card out now.',
    isOut: 'Your card is out.',
  },
  secondCard: 'The card in the other reader is not touched.',
};
