import type { RefusalTexts } from '../catalogue.ts';

/** Spanish: what is wrong with a card, its holder or the work on it. */
export const cardRefusals = {
  'RP-04-expired': {
    title: 'Esta tarjeta ha caducado.',
    why: 'Ha llegado al final de su vida, y después ya no se puede volver a grabar.',
    next: 'Pida a soporte una tarjeta nueva.',
  },
  'RP-06-cancelled': {
    title: 'Esta tarjeta está anulada.',
    why: 'Lo que había en una tarjeta anulada no se vuelve a usar nunca.',
    next: 'Pida a soporte una tarjeta nueva y entregue esta.',
  },
  'RP-06-cannot-empty': {
    title: 'Esta tarjeta no se puede vaciar.',
    why: 'Quedaría en ella una clave o un PIN que nadie puede restablecer.',
    next: 'Entréguela en soporte. Hay que destruirla.',
  },
  'RP-06-not-cancelled': {
    title: 'Esta tarjeta no está anulada.',
    why: 'Solo se vacía una tarjeta que se haya anulado.',
    next: 'Pregunte a soporte, si ya no hace falta.',
  },
  'RP-06-disabled': {
    title: 'Esta tarjeta está bloqueada.',
    why: 'Alguien la ha bloqueado por ahora, y por eso no se puede volver a grabar.',
    next: 'Pregunte a soporte por qué, y si se puede desbloquear.',
  },
  'RP-06-holder-disabled': {
    title: 'La cuenta de esta tarjeta está bloqueada.',
    why: 'Una tarjeta solo se puede volver a grabar si la cuenta de su titular está en uso.',
    next: 'Pregunte a soporte por la cuenta.',
  },
  'RP-06-not-approved': {
    title: 'El titular de esta tarjeta no tiene aprobación.',
    why: 'Las tarjetas de este tipo exigen que su titular esté aprobado. La aprobación falta o ha caducado.',
    next: 'Pregunte a quien aprueba estas tarjetas en su organización, o a soporte.',
  },
  'RP-07-contactless': {
    title: 'Esta tarjeta es sin contacto.',
    why: 'Aquí solo se puede grabar una tarjeta que se inserta por el chip.',
    next: 'Inserte su tarjeta con chip. De las tarjetas sin contacto se ocupa soporte.',
  },
  'RP-07-no-piv': {
    title: 'Esta tarjeta no es para este quiosco.',
    why: 'Se puede leer, pero no es una tarjeta de identidad de las que se graban aquí.',
    next: 'Compruebe que ha insertado la tarjeta correcta.',
  },
  'RP-07-blank': {
    title: 'Esta tarjeta está vacía.',
    why: 'Todavía no se le ha asignado a nadie.',
    next: 'Pida a soporte un número para ella.',
  },
  'RP-07-unknown': {
    title: 'No se conoce esta tarjeta.',
    why: 'La central no la tiene registrada.',
    next: 'Compruebe que ha insertado la tarjeta correcta, o pregunte a soporte.',
  },
  'RP-07-not-known-here': {
    title: 'En este quiosco no se conoce esta tarjeta.',
    why: 'Sus datos aún no han llegado, y ahora mismo no se pueden pedir a la central.',
    next: 'Inténtelo más tarde o en otro quiosco.',
  },
  'RP-07-not-served-here': {
    title: 'Esta tarjeta no se atiende en este quiosco.',
    why: 'Es de un departamento que tiene sus propios quioscos.',
    next: 'Vaya a un quiosco de su departamento, o pregunte a soporte.',
  },
  'ID-01-key-compromised': {
    title: 'Esta tarjeta ya no puede demostrar que es suya.',
    why: 'Su certificado se revocó porque otra persona podría conocer su clave, o está suspendido.',
    next: 'Pregunte a soporte.',
  },
  'ID-01-not-proved': {
    title: 'Esta tarjeta no ha podido demostrar que es suya.',
    why: 'Lo que ha respondido no coincide con lo que la central sabe de ella.',
    next: 'Inténtelo otra vez. Si vuelve a pasar, pregunte a soporte.',
  },
  'ID-02-pin-not-set': {
    title: 'No se ha podido poner un PIN nuevo en esta tarjeta.',
    why: 'La tarjeta no ha aceptado lo que la central guarda para ello.',
    next: 'Pregunte a soporte. Si recuerda su PIN, puede seguir con él.',
  },
  'ID-03-code-dead': {
    title: 'Este código de un solo uso ya no sirve.',
    why: 'Ha caducado, ya se usó, o se escribió mal demasiadas veces.',
    next: 'Pida otro a soporte y pulse Intro.',
  },
  'ID-03-wait': {
    title: 'Se han escrito demasiados códigos incorrectos.',
    why: 'El código de esta tarjeta ya se está usando y está protegido para que nadie lo adivine.',
    next: 'Espere un minuto, pulse Intro y escríbalo otra vez.',
  },
  'ID-04-pin-blocked': {
    title: 'El PIN de esta tarjeta está bloqueado.',
    why: 'Se ha escrito un PIN incorrecto demasiadas veces.',
    next: 'Pida a soporte que lo desbloquee.',
  },
  'RP-02-no-profile': {
    title: 'No hay un modelo para las tarjetas de este tipo.',
    why: 'La central ya no sabe qué debe contener una tarjeta de este tipo.',
    next: 'Avise a soporte. Su tarjeta funciona como antes.',
  },
  'RP-12-no-reasons': {
    title: 'No hay ningún motivo en la lista.',
    why: 'Una tarjeta solo se vuelve a grabar por un motivo, y ahora la central no tiene ninguno.',
    next: 'Avise a soporte.',
  },
  'RP-09-not-yours': {
    title: 'Esta no es su tarjeta.',
    why: 'Solo puede volver a grabar una tarjeta que sea suya.',
    next: 'Inserte su propia tarjeta.',
  },
  'RP-14-pin-not-set': {
    title: 'Esta tarjeta todavía no tiene PIN nuevo.',
    why: 'Una tarjeta solo se termina con un PIN nuevo, porque alguien podría saber el que tenía.',
    next: 'Inténtelo otra vez y elija un PIN nuevo cuando se le pida.',
  },
  'RP-15-other-reason': {
    title: 'Esta actualización ha cambiado.',
    why: 'Mientras tanto, alguien la ha solicitado por otro motivo.',
    next: 'Inserte otra vez la tarjeta y vuelva a elegir en la lista.',
  },
  'RP-15-unknown-reason': {
    title: 'Esta actualización todavía no se puede hacer aquí.',
    why: 'Este quiosco aún no conoce su motivo.',
    next: 'Vuelva dentro de unos minutos. Si sigue igual, pregunte a soporte.',
  },
  'RP-17-already-writing': {
    title: 'Esta tarjeta se está grabando en otro sitio.',
    why: 'Otro quiosco ha empezado con ella y no ha terminado.',
    next: 'Espere un minuto e inténtelo otra vez.',
  },
  'RP-17-cancelled': {
    title: 'Cancelado.',
    why: 'Lo ha parado antes de que se grabara nada.',
    next: 'Pulse Intro para empezar otra vez, o retire la tarjeta.',
  },
  'RP-17-closed': {
    title: 'Esto se ha cerrado desde otro sitio.',
    why: 'Lo que se empezó con esta tarjeta se ha cerrado mientras tanto en la central.',
    next: 'Inténtelo otra vez. Si vuelve a pasar, pregunte a soporte.',
  },
  'RP-17-elsewhere': {
    title: 'Esta tarjeta se está grabando en otro sitio.',
    why: 'Otro quiosco ha seguido con lo que se empezó aquí.',
    next: 'Termine allí su tarjeta, o inténtelo aquí otra vez.',
  },
  'RP-17-other-card': {
    title: 'Aquí se está terminando otra tarjeta.',
    why: 'Este quiosco espera una tarjeta que se retiró antes de terminarla.',
    next: 'Retire esta tarjeta. La primera se puede terminar aquí o en cualquier otro quiosco.',
  },
  'RP-17-card-full': {
    title: 'En esta tarjeta ya no queda espacio.',
    why: 'Ahora cabe menos que antes, y no se ha podido grabar todo.',
    next: 'Enseñe esta pantalla a soporte: necesita otra tarjeta.',
  },
  'RP-17-card-too-small': {
    title: 'Esta tarjeta tiene poco espacio.',
    why: 'Lo que tendría que contener no cabe. No se ha cambiado nada.',
    next: 'Su tarjeta funciona como antes. Pida a soporte otra, o las claves anteriores en un fichero.',
  },
  'RP-17-card-removed': {
    title: 'Se ha retirado la tarjeta.',
    why: 'Ya no estaba en el lector.',
    next: 'Insértela otra vez.',
  },
  'RP-17-finish-first': {
    title: 'Esta tarjeta está sin terminar.',
    why: 'Se había empezado otra cosa con ella, y eso va primero.',
    next: 'Pulse Intro y escriba su PIN: se sigue desde donde se quedó.',
  },
  'RP-17-rewrite-first': {
    title: 'Antes hay que grabar de nuevo esta tarjeta.',
    why: 'Se quedó a medio grabar, y no se le puede añadir nada.',
    next: 'Pulse Intro y elija grabarla de nuevo. Después vuelva a esto.',
  },
  'RP-17-interrupted': {
    title: 'Se ha interrumpido el trabajo con esta tarjeta.',
    why: 'Ha habido un problema entre el quiosco y la tarjeta.',
    next: 'Inténtelo otra vez.',
  },
  'RP-18-certificate-revoked': {
    title: 'Se ha revocado un certificado nuevo.',
    why: 'Se revocó mientras se grababa esta tarjeta, y por eso no se ha hecho válido.',
    next: 'Inserte otra vez la tarjeta: recibirá otro.',
  },
  'RP-18-verify-failed': {
    title: 'La tarjeta no contiene lo que se grabó.',
    why: 'Al leerla, algo era distinto o una clave nueva no funcionaba.',
    next: 'Inténtelo otra vez. Si vuelve a pasar, pregunte a soporte: la tarjeta puede estar dañada.',
  },
  'RP-21-foreign-card': {
    title: 'Esta tarjeta viene de otro sistema.',
    why: 'La central aún no tiene la clave para grabarla, y por eso no se puede volver a grabar aquí.',
    next: 'Pida a soporte que la incorpore. Hasta entonces funciona como antes.',
  },
  'RP-21-no-management-key': {
    title: 'Esta tarjeta no se deja grabar.',
    why: 'La central no tiene la clave que esta tarjeta pide antes de cambiar nada en ella.',
    next: 'Pregunte a soporte. Su tarjeta funciona como antes.',
  },
} as const satisfies Partial<RefusalTexts>;
