import type { IssueTexts } from '../issue-catalogue.ts';

/** Spanish: a new card. */
export const esIssue: IssueTexts = {
  blank: {
    title: 'Esta tarjeta está vacía.',
    text: '¿Viene a recoger una tarjeta nueva? Pulse Intro y escriba el número que le ha dado soporte.',
    unfinishedTitle: 'Termine esta tarjeta nueva',
    unfinished:
      'Se empezó y no se terminó. Pulse Intro y escriba otra vez el número de soporte: se sigue desde donde se quedó.',
    otherwise: 'Si no tiene número, pídalo a soporte. Mientras tanto no se cambia nada en la tarjeta.',
    helpTitle: '¿No tiene número?',
    help: 'Las tarjetas nuevas se piden en soporte. Llame o vaya allí: le preguntarán quién es y le darán un número.',
    helpNext: 'Puede retirar la tarjeta y volver más tarde.',
  },
  enterNumber: {
    title: 'Escriba el número de su tarjeta nueva',
    text: 'Tiene 14 o 18 cifras. Escríbalo sin espacios y pulse Intro.',
    wrong: 'Ese número no es correcto. Inténtelo otra vez.',
    length: 'El número tiene 14 o 18 cifras.',
  },
  checkingNumber: {
    title: 'Comprobando su número',
    text: 'La central comprueba qué se graba en su tarjeta nueva. No la retire.',
  },
  issueWarning: {
    title: 'Antes de grabar su tarjeta nueva',
    resumeTitle: 'Termine su tarjeta nueva',
    resume: 'La última vez no se terminó. Se sigue desde donde se quedó.',
    belongs: (holder, kind) => `La tarjeta será suya: ${holder}, ${kind}.`,
    validUntil: (date) => `Será válida hasta el ${date}.`,
    replaces: (card) => `Sustituye a su tarjeta ${card}, que después dejará de funcionar.`,
    choosesPin: 'A continuación elegirá un PIN para ella. Nadie más lo sabrá.',
  },
  issued: {
    title: 'Su tarjeta nueva está lista.',
    cardValid: (date) => `Su tarjeta es válida hasta el ${date}.`,
    recovered: (count) =>
      count === 1
        ? 'Se ha puesto en ella 1 clave anterior.'
        : `Se han puesto en ella ${count} claves anteriores.`,
    putInAgain: 'Insértela otra vez, aquí o en otro quiosco, y escriba de nuevo su número para terminarla.',
  },
};
