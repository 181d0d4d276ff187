import type { MyCardTexts } from '../my-card-catalogue.ts';

/** Spanish: what is on a card. */
export const esMyCard: MyCardTexts = {
  myCard: {
    key: 'Contenido',
    readingTitle: 'Leyendo esta tarjeta',
    reading: 'Un momento. Deje la tarjeta en el lector. No se cambia nada en ella.',
    title: 'Lo que hay en esta tarjeta',
    read: 'Se acaba de leer de la tarjeta. No se ha cambiado nada.',
    notAsItShouldBe: 'Algo no está como debería. Pregunte a soporte.',
    notFinished: 'Esta tarjeta no está terminada. Lo que contiene valdrá cuando lo esté.',
    oldKeys: 'El cifrado anterior, aun caducado, sigue abriendo sus mensajes antiguos.',
    certificateFor: 'Certificado para',
    until: 'Vigente hasta',
    state: 'Estado',
    noCertificates: 'No hay certificados en esta tarjeta.',
    states: {
      works: 'funciona',
      expired: 'caducado',
      revoked: 'revocado',
      replaced: 'sustituido por otro más nuevo',
      unfinished: 'sin terminar',
      notKnown: 'desconocido aquí',
      unreadable: 'no se puede leer',
      missing: 'falta en la tarjeta',
    },
    photo: 'Foto',
    details: 'Sus datos',
    presence: {
      there: 'en la tarjeta',
      absent: 'nada en la tarjeta',
      closed: 'solo con el PIN',
    },
    pinBlocked: 'bloqueado',
    pinNotTold: 'la tarjeta no dice cuántos intentos quedan',
    waits: '¿Hay algo pendiente para usted? Vuelva, pulse Intro y escriba su PIN para verlo.',
  },
};
