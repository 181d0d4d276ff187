import type { EmptyTexts } from '../empty-catalogue.ts';

/** Spanish: a cancelled card that is emptied. */
export const esEmpty: EmptyTexts = {
  emptyWarning: {
    title: '¿Vaciar esta tarjeta anulada?',
    resumeTitle: '¿Terminar de vaciar esta tarjeta?',
    resume: 'La última vez no se terminó. Se sigue desde donde se quedó.',
    all: 'Se pierde todo lo que contiene: certificados, claves, nombre y foto.',
    keys: 'Lo que solo se abre con sus claves ya no se podrá abrir.',
    secrets: 'El PIN vuelve a ser el de fábrica. Otra persona podrá recibirla como tarjeta nueva.',
    confirm: 'No se puede deshacer. No retire la tarjeta mientras se vacía.',
  },
  emptied: {
    title: 'Esta tarjeta ya está vacía.',
    text: 'Se puede volver a usar como tarjeta nueva. Devuélvala a soporte.',
    putInAgain: 'Inserte otra vez la tarjeta, aquí o en otro quiosco, para terminar de vaciarla.',
    written: 'Esta tarjeta ya está vacía. Se podrá volver a usar en cuanto la central responda.',
    writing: 'Se está vaciando la tarjeta',
  },
};
