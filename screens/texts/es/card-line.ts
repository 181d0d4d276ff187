import type { CardLineTexts } from '../card-line-catalogue.ts';

/** Spanish. */
export const esCardLine: CardLineTexts = {
  cardLine: {
    putIn: 'Inserte su tarjeta.',
    leaveIn: 'No retire su tarjeta.',
    mayTake: 'Puede retirar su tarjeta.',
    safeToTake: 'No se pierde nada si retira su tarjeta ahora.',
    isOut: 'Su tarjeta no está en el lector.',
  },
  secondCard: 'La tarjeta del otro lector no se toca.',
};
