import type { MailTexts } from './mail-texts.ts';

export const SPANISH: MailTexts = {
  locale: 'es-ES',
  subjects: {
    rewritten: 'Su tarjeta se ha vuelto a grabar',
    rewrittenByCode: 'Su tarjeta tiene un PIN nuevo y se ha vuelto a grabar',
    rewrittenByOperator: 'Su tarjeta tiene un PIN nuevo y se ha vuelto a grabar',
    pinReset: 'Su tarjeta tiene un PIN nuevo',
    cardIssued: 'Su tarjeta nueva se ha grabado',
    keysRequested: 'Se han solicitado sus claves de cifrado',
    keysApproved: 'Se ha aprobado la entrega de sus claves de cifrado',
    keysRecovered: 'Sus claves de cifrado se han puesto en una tarjeta',
    keysSaved: 'Sus claves de cifrado se han guardado en un fichero',
    keysStored: 'Sus claves de cifrado se han guardado en un ordenador',
    keysGivenOut: 'Sus claves de cifrado se han entregado',
    cardCancelled: 'Su tarjeta ha sido anulada',
    cardDisabled: 'Su tarjeta ha sido bloqueada temporalmente',
    cardEnabled: 'Su tarjeta ha sido desbloqueada',
    codeGiven: 'Su código de un solo uso',
    numberGiven: 'El número para su tarjeta nueva',
    test: 'Prueba',
  },
  happened: {
    rewritten: 'Su tarjeta se ha vuelto a grabar en un quiosco, tras comprobar la propia tarjeta y su PIN.',
    rewrittenByCode:
      'Se ha usado en un quiosco un código de un solo uso de soporte para su tarjeta: ahora tiene un PIN nuevo y se ha vuelto a grabar.',
    pinReset:
      'Se ha fijado en un quiosco un PIN nuevo para su tarjeta, con un código de un solo uso de soporte o en presencia de un operador. No se ha cambiado nada más en ella.',
    rewrittenByOperator:
      'Un operador de soporte ha respondido por usted en un quiosco: su tarjeta tiene ahora un PIN nuevo y se ha vuelto a grabar.',
    cardIssued:
      'Se ha grabado en un quiosco una tarjeta nueva para usted, con un número que había entregado soporte.',
    keysRequested:
      'Alguien ha solicitado claves de cifrado suyas que están archivadas. Todavía no se ha entregado nada.',
    keysApproved:
      'Se ha aprobado una solicitud de claves de cifrado suyas que están archivadas. Ya se pueden recoger.',
    keysRecovered: 'Se han puesto en una tarjeta claves de cifrado suyas que estaban archivadas.',
    keysSaved:
      'Se han guardado en un quiosco claves de cifrado suyas que estaban archivadas, en un fichero con contraseña, en una memoria extraíble.',
    keysStored:
      'Se han recogido en un ordenador claves de cifrado suyas que estaban archivadas, con un código entregado para ello, y están allí en un almacén de certificados.',
    keysGivenOut:
      'Se han entregado para su recogida claves de cifrado suyas que estaban archivadas, y nadie ha comunicado que hayan llegado a una tarjeta o se hayan guardado. Quizá se interrumpió la recogida: entonces le siguen esperando, o se pueden pedir de nuevo.',
    cardCancelled: 'Su tarjeta ha sido anulada. Ya no se puede usar; soporte puede darle una nueva.',
    cardDisabled: 'Su tarjeta ha sido bloqueada. No se puede usar hasta que se desbloquee.',
    cardEnabled: 'Su tarjeta ha sido desbloqueada. Se puede usar como antes.',
    codeGiven:
      'Soporte le ha dado un código de un solo uso. Vaya a un quiosco, inserte su tarjeta, indique que no sabe el PIN y escriba el código. No se lo dé a nadie: quien lo tenga puede fijar un PIN nuevo para su tarjeta.',
    numberGiven:
      'Soporte le ha dado el número para su tarjeta nueva. Vaya a un quiosco con una tarjeta vacía, insértela y escriba el número. No se lo dé a nadie.',
    test: 'Esto es una prueba: los mensajes de Recard le llegan.',
  },
  labelled: (label, value) => `${label}: ${value}`,
  labels: {
    ...{ when: 'Cuándo', code: 'Código', until: 'Escríbalo antes de', kiosk: 'Quiosco' },
    ...{ machine: 'Ordenador (nombre declarado)', card: 'Tarjeta', keys: 'Claves' },
    ...{ onto: 'Para', by: 'Solicitado por' },
  },
  card: (lastFour) => `número de serie terminado en ${lastFour}`,
  onto: {
    newCard: 'una tarjeta nueva',
    softCertificate: 'un fichero con contraseña',
    existingCard: 'una tarjeta que ya existe',
    cardUpdate: 'volver a grabar una tarjeta',
  },
  by: {
    owner: 'usted',
    helpdesk: 'un operador de soporte',
    administrator: 'un administrador',
  },
  greeting: (name) => `Hola, ${name}:`,
  ifNotYou: {
    done: '¿No ha sido usted? Avise enseguida a soporte.',
    waiting: '¿No sabe nada de esto? Avise enseguida a soporte: todavía se puede detener.',
    byOthers: '¿No sabe nada de esto? Pregunte a soporte.',
    code: '¿No lo ha pedido usted? Avise enseguida a soporte y no lo use.',
  },
  end: 'Escrito por Recard, que gestiona su tarjeta. Nadie lee las respuestas a este mensaje.',
};
