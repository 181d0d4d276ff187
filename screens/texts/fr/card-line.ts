import type { CardLineTexts } from '../card-line-catalogue.ts';

/** French. */
export const frCardLine: CardLineTexts = {
  cardLine: {
    putIn: 'Insérez votre carte.',
    leaveIn: 'Laissez votre carte en place.',
    mayTake: 'Vous pouvez retirer votre carte.',
    safeToTake: "Rien n'est perdu si vous retirez votre carte maintenant.",
    isOut: "Votre carte n'est pas dans le lecteur.",
  },
  secondCard: "L'autre carte reste telle quelle.",
};
