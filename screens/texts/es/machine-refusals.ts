import type { RefusalTexts } from '../catalogue.ts';

/** Spanish: what is wrong with this kiosk, central or the reader. */
export const machineRefusals = {
  'SE-01-certificate-expired': {
    title: 'El certificado de este quiosco está fuera de plazo.',
    why: 'Ha estado apagado demasiado tiempo, o su reloj va mal. La central no lo admite.',
    next: 'Use otro quiosco y avise a soporte.',
  },
  'SE-01-foreign-certificate': {
    title: 'Este quiosco pertenece a otra central.',
    why: 'Su certificado no lo emitió la central a la que pregunta.',
    next: 'Use otro quiosco y avise a soporte.',
  },
  'SE-01-kiosk-revoked': {
    title: 'Este quiosco está excluido.',
    why: 'La central ya no lo admite.',
    next: 'Use otro quiosco. Si este debería funcionar, avise a soporte.',
  },
  'SE-01-no-certificate': {
    title: 'No se admite este quiosco.',
    why: 'No presenta ningún certificado a la central.',
    next: 'Use otro quiosco y avise a soporte.',
  },
  'SE-01-not-a-kiosk': {
    title: 'La central no conoce este quiosco.',
    why: 'Se ha excluido, o nunca se dio de alta.',
    next: 'Use otro quiosco y avise a soporte.',
  },
  'SE-03-management-key': {
    title: 'Esta tarjeta no se deja grabar.',
    why: 'La central no tiene la clave que esta tarjeta pide antes de cambiar nada en ella.',
    next: 'Pregunte a soporte. Su tarjeta funciona como antes.',
  },
  'SE-03-no-master-key': {
    title: 'A la central le falta una clave para esta tarjeta.',
    why: 'La central consultada no tiene la clave de la que salen los secretos de esta tarjeta.',
    next: 'Dígale a soporte el código de abajo.',
  },
  'SE-07-attestation': {
    title: 'Una clave nueva no se ha creado en esta tarjeta.',
    why: 'Lo que la tarjeta dice de la clave que ha creado no corresponde a esa clave.',
    next: 'No lo intente aquí otra vez. Pregunte a soporte.',
  },
  'SE-07-bad-request': {
    title: 'La central no ha entendido a este quiosco.',
    why: 'No debería pasar: quizá haya que actualizar el quiosco o la central.',
    next: 'Dígale a soporte el código de abajo.',
  },
  'SE-07-card-answer': {
    title: 'Las respuestas de esta tarjeta no tienen sentido.',
    why: 'Lo que dice está dañado o incompleto.',
    next: 'Retírela, limpie el chip con un paño seco e inténtelo otra vez. Si sigue igual, pregunte a soporte.',
  },
  'SY-02-no-room': {
    title: 'En este quiosco ya no queda espacio.',
    why: 'Su disco está lleno o no se puede escribir, y aquí no se empieza nada que no se pueda anotar.',
    next: 'Vaya a otro quiosco y avise a soporte. Una tarjeta sin terminar se puede terminar allí.',
  },
  'SY-03-central-failed': {
    title: 'Algo ha fallado en la central.',
    why: 'El error es nuestro, no suyo.',
    next: 'Inténtelo dentro de unos minutos. Si vuelve a pasar, avise a soporte.',
  },
  'SY-03-central-not-reached': {
    title: 'No hay conexión con la central.',
    why: 'Una tarjeta solo se puede volver a grabar junto con la central, y no hay conexión.',
    next: 'Inténtelo otra vez dentro de unos minutos.',
  },
  'SY-03-central-refused': {
    title: 'La central ha dicho que no.',
    why: 'Sabe algo de esta tarjeta o de su titular que este quiosco aún no sabe.',
    next: 'Pregunte a soporte.',
  },
  'SY-06-newer-kiosk': {
    title: 'Este quiosco es demasiado antiguo para esta tarjeta.',
    why: 'La central dice de ella algo que el programa de este quiosco aún no conoce.',
    next: 'Use otro quiosco, y dígale a soporte el código de abajo.',
  },
  'SY-06-other-protocol': {
    title: 'Este quiosco y la central no se entienden.',
    why: 'Las versiones de sus programas son demasiado distintas. Hay que actualizar uno de los dos.',
    next: 'Use otro quiosco y avise a soporte.',
  },
  'UX-06-card-unresponsive': {
    title: 'La tarjeta no responde.',
    why: 'Puede estar al revés, o tener sucio el chip.',
    next: 'Retírela e insértela otra vez, con el chip por delante y hacia arriba.',
  },
  'UX-06-reader-busy': {
    title: 'El lector de tarjetas está ocupado.',
    why: 'Lo está usando otro programa de este quiosco.',
    next: 'Inténtelo dentro de un momento. Si sigue igual, avise a soporte.',
  },
  'UX-06-reader-gone': {
    title: 'Falta el lector de tarjetas.',
    why: 'Se ha desconectado o ha dejado de funcionar.',
    next: 'Conéctelo otra vez, o avise a soporte.',
  },
  'UX-06-service-gone': {
    title: 'El servicio de tarjetas de este quiosco se ha parado.',
    why: 'Sin él no se puede leer ninguna tarjeta. Vuelve a arrancar solo.',
    next: 'Espere un momento. Si sigue igual, avise a soporte.',
  },
  'UX-09-internal': {
    title: 'Algo ha fallado en este quiosco.',
    why: 'El error es nuestro, no suyo.',
    next: 'Inténtelo otra vez. Si vuelve a pasar, dígale a soporte el código de abajo.',
  },
} as const satisfies Partial<RefusalTexts>;
