import type { RefusalTexts } from '../catalogue.ts';

/** Spanish: what keeps a recovered or archived key from a card, or a request from being carried out. */
export const keyRefusals = {
  'KR-01-card-is-somebodys': {
    title: 'Esta tarjeta ya es de alguien.',
    why: 'Una tarjeta nueva solo se graba en una vacía.',
    next: 'Tome otra tarjeta vacía. Entregue esta a soporte.',
  },
  'KR-01-needs-blank-card': {
    title: 'Esto va en una tarjeta vacía.',
    why: 'Se recoge con una tarjeta vacía y un número.',
    next: 'Pida ambas cosas a soporte. Después inserte la tarjeta vacía.',
  },
  'KR-01-not-blank': {
    title: 'Esta tarjeta no está como salió de fábrica.',
    why: 'Parece vacía, pero le han cambiado la protección.',
    next: 'Tome otra tarjeta vacía. Entregue esta a soporte.',
  },
  'KR-01-other-kind': {
    title: 'Este número no es para una tarjeta nueva.',
    why: 'Lo que representa se recoge de otra manera.',
    next: 'Pregunte a soporte.',
  },
  'KR-01-elsewhere': {
    title: 'Esto se recoge en otro sitio.',
    why: 'Va en una tarjeta propia o en un fichero.',
    next: 'Pregunte a soporte dónde puede recogerlo.',
  },
  'KR-01-no-such-request': {
    title: 'Esto ya no le está esperando.',
    why: 'Mientras tanto se ha recogido, se ha cancelado o ha caducado.',
    next: 'Inserte otra vez la tarjeta para ver qué hay pendiente ahora.',
  },
  'KR-02-cancelled': {
    title: 'Esto se ha cancelado.',
    why: 'Alguien lo canceló antes de que se recogiera.',
    next: 'Si todavía lo necesita, pregunte a soporte.',
  },
  'KR-02-collected': {
    title: 'Esto ya se ha recogido.',
    why: 'Cada cosa se recoge una sola vez.',
    next: 'Si falta algo en su tarjeta, pregunte a soporte.',
  },
  'KR-02-collecting': {
    title: 'Esto ya se está recogiendo.',
    why: 'Se empezó con una tarjeta y no se terminó.',
    next: 'Inserte esa tarjeta, aquí o en otro quiosco, y se terminará.',
  },
  'KR-02-expired': {
    title: 'Esto ha caducado.',
    why: 'Nadie lo ha recogido a tiempo.',
    next: 'Pida a soporte que lo solicite otra vez.',
  },
  'KR-02-failed': {
    title: 'Esto se ha dejado sin hacer.',
    why: 'Se empezó a recoger, no se terminó, y soporte lo cerró.',
    next: 'Pida a soporte que lo solicite otra vez.',
  },
  'KR-02-not-collecting': {
    title: 'Esto se había empezado y ya no lo está.',
    why: 'La central lo ha devuelto a lo que está pendiente.',
    next: 'Inserte otra vez la tarjeta y vuelva a elegirlo.',
  },
  'KR-02-pin-needed': {
    title: 'Para esto hace falta su PIN.',
    why: 'Las claves recuperadas solo se ponen en una tarjeta con su PIN: no basta un código de un solo uso.',
    next: 'Inserte otra vez la tarjeta y escriba su PIN. Si no lo sabe, grabe antes de nuevo la tarjeta o pregunte a soporte.',
  },
  'KR-03-no-right': {
    title: 'Usted no puede recoger esto.',
    why: 'Según las normas para su tarjeta lo hace otra persona, o por ahora nadie.',
    next: 'Pida a soporte que lo recoja con usted.',
  },
  'KR-03-out-of-scope': {
    title: 'Usted no puede recoger esto.',
    why: 'Es de otra persona.',
    next: 'Pregunte a soporte.',
  },
  'KR-04-not-approved': {
    title: 'Esto todavía no está aprobado.',
    why: 'Según las normas para su tarjeta, alguien lo tiene que aprobar antes.',
    next: 'Vuelva más tarde, o pregunte a soporte cómo va.',
  },
  'KR-04-rejected': {
    title: 'Esto se ha rechazado.',
    why: 'Quien tenía que aprobarlo ha dicho que no.',
    next: 'Pregunte a soporte por qué.',
  },
  'KR-05-confirm-removal': {
    title: 'Ha cambiado lo que se quita de su tarjeta.',
    why: 'Ya no es lo mismo que usted ha confirmado.',
    next: 'Pulse Intro para verlo otra vez.',
  },
  'KR-05-last-copy': {
    title: 'Se perdería la única copia de una clave.',
    why: 'Solo está en esta tarjeta, y no se quita de una tarjeta nada que no exista en otro sitio.',
    next: 'Pida a soporte que cambie la solicitud.',
  },
  'KR-05-not-on-card': {
    title: 'Su tarjeta ya no es como era.',
    why: 'Lo que había que quitar ya no está en ella.',
    next: 'Pida a soporte que lo solicite otra vez.',
  },
  'KR-06-other-kind': {
    title: 'Esto no va en una tarjeta así.',
    why: 'La central lo conoce como algo distinto de lo que dice este quiosco.',
    next: 'Inserte otra vez la tarjeta y vuelva a elegir en la lista.',
  },
  'KR-06-wrong-card': {
    title: 'Esto es para otra tarjeta.',
    why: 'Va en la única tarjeta que se indicó para ello.',
    next: 'Inserte esa tarjeta. Si ya no la tiene, pregunte a soporte.',
  },
  'KR-07-gap': {
    title: 'Esta tarjeta no admite estos cambios.',
    why: 'Sus claves tendrían que cambiar de sitio, y este tipo de tarjeta no lo permite.',
    next: 'Pida a soporte que cambie la solicitud, otra tarjeta, o las claves en un fichero.',
  },
  'KR-07-too-few-slots': {
    title: 'En esta tarjeta no hay espacio suficiente.',
    why: 'Caben 21 claves de cifrado, y todas juntas son más.',
    next: 'Pulse Intro y elija cuáles se dejan para otra ocasión.',
  },
  'KR-11-not-archived': {
    title: 'No se puede recuperar una clave de cifrado.',
    why: 'No está entre las claves que guarda la central.',
    next: 'Dígale a soporte el código de abajo.',
  },
  'KR-11-not-theirs': {
    title: 'No se ha entregado una clave de cifrado.',
    why: 'Es de otra persona.',
    next: 'Dígale a soporte el código de abajo.',
  },
  'RP-20-key-would-be-lost': {
    title: 'Se perdería una clave de cifrado.',
    why: 'Solo existe en esta tarjeta, la tarjeta no puede conservarla, y las normas para su tarjeta prohíben perderla.',
    next: 'Pregunte a soporte. Hasta entonces su tarjeta funciona como antes.',
  },
  'KR-11-cannot-import': {
    title: 'Esta tarjeta no admite su clave de cifrado.',
    why: 'La central guarda su clave de cifrado y la pone en su tarjeta. Las tarjetas de este tipo no admiten claves de fuera.',
    next: 'Pida a soporte una tarjeta que sí las admita, por ejemplo una YubiKey, o la clave en un fichero.',
  },
  'KR-11-no-such-key': {
    title: 'No se ha entregado una clave de cifrado.',
    why: 'La central no tiene ninguna para ese lugar de su tarjeta.',
    next: 'Inserte otra vez la tarjeta. Si vuelve a pasar, avise a soporte.',
  },
  'KR-11-signing-key': {
    title: 'No se ha entregado una clave.',
    why: 'La central nunca guarda claves de firma.',
    next: 'Dígale a soporte el código de abajo.',
  },
  'KR-11-wrong-key': {
    title: 'No se ha entregado una clave de cifrado.',
    why: 'Según el registro de la central, la clave, su certificado y usted no se corresponden.',
    next: 'Dígale a soporte el código de abajo.',
  },
  'SE-04-no-archive-key': {
    title: 'No se puede obtener su clave de cifrado.',
    why: 'La central no puede abrir su archivo de claves.',
    next: 'Avise a soporte. Cuando se lo digan, inserte otra vez la tarjeta: entonces se terminará.',
  },
} as const satisfies Partial<RefusalTexts>;
