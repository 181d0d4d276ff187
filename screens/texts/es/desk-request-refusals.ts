import type { DeskTexts } from '../desk-catalogue.ts';

/** Spanish: why an operator may not, of who they are and of requests. */
export const requestRefusals = {
  'ID-01-not-proved': {
    what: 'La tarjeta no ha probado que es la registrada.',
    next: 'Inténtelo otra vez; si sigue igual, mírela con otro operador.',
  },
  'ID-02-attended-only': {
    what: 'El perfil exige un operador junto al titular.',
    next: 'Inicie sesión en el quiosco donde está.',
  },
  'ID-02-code-wanted': {
    what: 'El perfil no acepta para esto la palabra de un operador.',
    next: 'Dé al titular un código de un solo uso y quédese con él.',
  },
  'ID-02-not-signed': {
    what: 'La firma no es de la clave registrada.',
    next: 'Firme otra vez con la tarjeta de su sesión.',
  },
  'ID-02-other-card': {
    what: 'Esta no es la tarjeta con la que inició sesión.',
    next: 'Inserte esa.',
  },
  'ID-02-pin-not-set': { what: 'No se ha puesto el PIN.', next: 'Vuelva a empezar.' },
  'ID-04-pin-blocked': {
    what: 'El PIN de esta tarjeta está bloqueado.',
    next: 'Otro operador puede poner uno nuevo.',
  },
  'ID-05-idle': { what: 'Demasiado tiempo sin hacer nada.', next: 'Inicie sesión otra vez.' },
  'ID-05-no-session': { what: 'La central ha cerrado su sesión.', next: 'Inicie sesión otra vez.' },
  'ID-05-not-an-operator': {
    what: 'Usted no es operador.',
    next: 'Un administrador puede darle esa función.',
  },
  'ID-05-operator-disabled': { what: 'Su cuenta está bloqueada.', next: 'Pregunte a un administrador.' },
  'ID-05-other-card': {
    what: 'Esta tarjeta es de otra persona.',
    next: 'Inicie sesión con la suya.',
  },
  'ID-05-own-card-refused': {
    what: 'Su propia tarjeta está bloqueada, anulada o caducada.',
    next: 'Pida una nueva a otro operador.',
  },
  'KR-01-no-certificate': { what: 'No hay ninguna clave marcada.', next: 'Marque al menos una.' },
  'KR-01-no-number': {
    what: 'Solo una tarjeta nueva se recoge con número.',
    next: 'Esto se recoge de otra manera.',
  },
  'KR-01-no-such-certificate': {
    what: 'Una de las claves ya no existe.',
    next: 'Vuelva a empezar y elija otra vez.',
  },
  'KR-01-no-such-request': { what: 'Esa solicitud ya no existe.', next: 'Vuelva y mire otra vez.' },
  'KR-01-nothing-to-do': { what: 'En la tarjeta no cambiaría nada.', next: 'Marque otra clave.' },
  'KR-01-open-already': {
    what: 'Eso mismo ya está pedido.',
    next: 'Búsquelo en las solicitudes de esta persona.',
  },
  'KR-01-other-kind': { what: 'No es para una tarjeta nueva.', next: 'Vuelva y mire la solicitud.' },
  'KR-01-too-many': { what: 'Son demasiadas claves para una solicitud.', next: 'Marque menos.' },
  'KR-02-cancelled': { what: 'La solicitud se canceló.', next: 'Haga otra si hace falta.' },
  'KR-02-collected': { what: 'La solicitud ya se recogió.', next: 'Haga otra si hace falta.' },
  'KR-02-collecting': {
    what: 'Ya se está recogiendo.',
    next: 'Se termina con la misma tarjeta, en cualquier quiosco.',
  },
  'KR-02-expired': { what: 'La solicitud ha caducado.', next: 'Haga otra si hace falta.' },
  'KR-02-failed': { what: 'Se renunció a la recogida.', next: 'Haga otra solicitud si hace falta.' },
  'KR-02-vouch-wanted': {
    what: 'Falta que usted firme que el dueño está aquí.',
    next: 'Elija la opción de firmarlo usted.',
  },
  'KR-03-no-right': {
    what: 'Su función no permite esto con este perfil.',
    next: 'Pregunte a un administrador.',
  },
  'KR-03-out-of-scope': {
    what: 'Esta persona no está en ningún grupo suyo.',
    next: 'Pídalo a un operador que se ocupe de su grupo.',
  },
  'KR-04-approved-before': {
    what: 'Usted ya ha dicho sí o no.',
    next: 'Lo tiene que hacer otro operador.',
  },
  'KR-04-decided': { what: 'Ya está decidido.', next: 'No queda nada que aprobar ni rechazar.' },
  'KR-04-not-approved': {
    what: 'Todavía no está aprobado.',
    next: 'Pida a otro operador que lo apruebe.',
  },
  'KR-04-over': { what: 'Esta solicitud ha terminado.', next: 'Haga otra si hace falta.' },
  'KR-04-own-keys': { what: 'Se trata de sus propias claves.', next: 'Pídalo a otro operador.' },
  'KR-04-own-request': {
    what: 'La solicitud la ha hecho usted.',
    next: 'Lo tiene que aprobar otro operador.',
  },
  'KR-04-rejected': { what: 'Se ha rechazado.', next: 'Haga otra solicitud si hace falta.' },
  'KR-05-last-copy': {
    what: 'Se perdería una clave que no existe en otro sitio.',
    next: 'Déjela en la tarjeta.',
  },
  'KR-05-not-on-card': {
    what: 'Una clave por quitar ya no está en la tarjeta.',
    next: 'Vuelva a empezar y elija otra vez.',
  },
  'KR-06-other-kind': { what: 'Esta solicitud es de otro tipo.', next: 'Vuelva y mire otra vez.' },
  'KR-06-wrong-card': {
    what: 'Esta no es la tarjeta de la solicitud.',
    next: 'Inserte esa tarjeta en el lector.',
  },
  'KR-07-gap': {
    what: 'Esta tarjeta no puede cerrar el hueco que quedaría.',
    next: 'Deje esa clave en la tarjeta.',
  },
  'KR-07-too-few-slots': {
    what: 'En la tarjeta no caben tantas claves.',
    next: 'Marque menos, o dé el resto en un fichero.',
  },
  'KR-11-cannot-import': {
    what: 'Esta tarjeta no admite claves de fuera.',
    next: 'Délas en un fichero, o sustituya la tarjeta.',
  },
  'KR-11-not-archived': {
    what: 'La central no tiene esta clave.',
    next: 'Solo está en la tarjeta en la que se creó.',
  },
  'KR-11-not-theirs': {
    what: 'Una de las claves es de otra persona.',
    next: 'Vuelva a empezar y elija otra vez.',
  },
} satisfies Partial<DeskTexts['desk']['refusals']>;
