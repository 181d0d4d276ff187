import type { DeskTexts } from '../desk-catalogue.ts';
import { requestRefusals } from './desk-request-refusals.ts';

/** Spanish: why an operator may not, or cannot now. */
export const deskRefusals: DeskTexts['desk']['refusals'] = {
  ...requestRefusals,
  'OP-01-loading': { what: 'La central aún no ha respondido.', next: 'Inténtelo dentro de un momento.' },
  'OP-01-no-card': {
    what: 'No hay tarjeta para ello.',
    next: 'Inserte una en el otro lector o búsquela.',
  },
  'OP-01-no-copy': {
    what: 'Este quiosco aún no tiene datos.',
    next: 'Llegan solos de la central; espere un poco.',
  },
  'OP-01-no-photo': {
    what: 'La central no tiene foto de esta persona.',
    next: 'Mire su documento de identidad.',
  },
  'OP-01-photo-unreadable': {
    what: 'La foto no se puede mostrar.',
    next: 'Mire su documento de identidad.',
  },
  'OP-02-blank-not-in-reader': {
    what: 'Hace falta una tarjeta vacía.',
    next: 'Inserte una en el otro lector.',
  },
  'OP-02-cancel-first': {
    what: 'Esto anularía la tarjeta antigua, y para ello hacen falta dos operadores.',
    next: 'Anúlela con otro operador y pida la nueva.',
  },
  'OP-02-cancelled': { what: 'La tarjeta está anulada, sin vuelta atrás.', next: 'Pida una tarjeta nueva.' },
  'OP-02-card-not-in-reader': {
    what: 'Hace falta la propia tarjeta.',
    next: 'Insértela en el otro lector.',
  },
  'OP-02-card-out': {
    what: 'Se ha retirado la tarjeta, o hay otra.',
    next: 'Insértela y vuelva a empezar.',
  },
  'OP-02-disabled-already': { what: 'La tarjeta ya está bloqueada.', next: 'Desbloquéela o anúlela.' },
  'OP-02-no-address': { what: 'No se conoce su correo.', next: 'Muestre el código y dígaselo.' },
  'OP-02-no-mail': { what: 'Esta central no envía correo.', next: 'Muestre el código y dígaselo.' },
  'OP-02-no-right': { what: 'Su función no le permite esto.', next: 'Pregunte a un administrador.' },
  'OP-02-not-disabled': { what: 'La tarjeta no está bloqueada.', next: 'No hay nada que desbloquear.' },
  'OP-02-not-issued': { what: 'La tarjeta nunca se grabó.', next: 'Cancele en su lugar la solicitud.' },
  'OP-02-out-of-scope': {
    what: 'El titular no está en ningún grupo suyo.',
    next: 'Pídalo a un operador que se ocupe de su grupo.',
  },
  'OP-02-own-card': { what: 'Es su propia tarjeta.', next: 'Pídalo a otro operador.' },
  'OP-02-reader-busy': { what: 'El otro lector está trabajando.', next: 'Espere a que termine.' },
  'OP-02-witness-is-holder': {
    what: 'La tarjeta es del propio segundo operador.',
    next: 'Pídalo a otro.',
  },
  'OP-02-witness-is-operator': {
    what: 'Nadie es su propio testigo.',
    next: 'Pídalo a otro operador.',
  },
  'OP-02-witness-no-card': {
    what: 'No hay tarjeta de un segundo operador.',
    next: 'Insértela; para ello se puede retirar la del titular.',
  },
  'OP-02-witness-other': { what: 'El segundo operador ha firmado otra cosa.', next: 'Vuelva a empezar.' },
  'OP-02-witness-out': {
    what: 'El segundo operador retiró su tarjeta antes de que firmara.',
    next: 'Insértela otra vez.',
  },
  'OP-02-witness-out-of-scope': {
    what: 'El segundo operador no se ocupa de este titular.',
    next: 'Pídalo a uno que lo haga.',
  },
  'OP-02-witness-over': {
    what: 'Lo firmado es demasiado antiguo o ya se usó.',
    next: 'Vuelva a empezar.',
  },
  'OP-02-witness-wanted': {
    what: 'El perfil exige que lo confirme un segundo operador.',
    next: 'Vuelva a empezar con él a su lado.',
  },
  'OP-05-none': { what: 'No hay ninguna operación elegida.', next: 'La lista está vacía.' },
  'RP-02-no-profile': { what: 'Ese perfil ya no existe.', next: 'Pregunte a un administrador.' },
  'RP-04-expired': { what: 'La tarjeta ha caducado.', next: 'Pida una tarjeta nueva.' },
  'RP-06-cancelled': { what: 'La tarjeta está anulada.', next: 'Pida una tarjeta nueva.' },
  'RP-06-disabled': { what: 'La tarjeta está bloqueada.', next: 'Desbloquéela antes.' },
  'RP-06-holder-disabled': {
    what: 'La cuenta del titular está bloqueada.',
    next: 'Se desbloquea donde se llevan las cuentas.',
  },
  'RP-06-not-approved': {
    what: 'El titular no está aprobado para este perfil, o ya no.',
    next: 'Antes hay que aprobarlo.',
  },
  'RP-07-blank': {
    what: 'La tarjeta del lector está vacía.',
    next: 'Recoja en ella una tarjeta nueva, desde su solicitud.',
  },
  'RP-07-contactless': {
    what: 'La tarjeta está en un lector sin contacto.',
    next: 'Insértela en uno de contacto.',
  },
  'RP-07-no-piv': { what: 'Esta tarjeta no se puede usar aquí.', next: 'Inserte otra.' },
  'RP-07-nobody': { what: 'Esa persona ya no existe.', next: 'Vuelva y busque otra vez.' },
  'RP-07-not-known-here': {
    what: 'Este quiosco no conoce la tarjeta.',
    next: 'Inténtelo cuando haya conexión con la central.',
  },
  'RP-07-not-served-here': {
    what: 'Este quiosco no atiende al grupo de esta persona.',
    next: 'Use uno que lo haga.',
  },
  'RP-07-not-their-card': {
    what: 'La tarjeta es ahora de otra persona.',
    next: 'Vuelva y busque otra vez.',
  },
  'RP-07-unknown': { what: 'La central no conoce esta tarjeta.', next: 'No se emitió aquí.' },
  'RP-12-no-such-reason': { what: 'Este motivo ya no existe.', next: 'Vuelva y elija otro.' },
  'RP-12-not-for-cardholders': {
    what: 'Los titulares no pueden elegir este motivo.',
    next: 'Elija otro, o regrabe aquí la tarjeta.',
  },
  'RP-17-card-removed': { what: 'Se ha retirado la tarjeta.', next: 'Insértela y vuelva a empezar.' },
  'RP-17-closed': { what: 'Esto ya ha terminado.', next: 'Vuelva y mire otra vez.' },
  'RP-17-finish-first': {
    what: 'La tarjeta está sin terminar.',
    next: 'Termínela antes: insértela, aquí o en otro quiosco.',
  },
  'RP-17-no-operation': { what: 'Esa operación ya no existe.', next: 'Vuelva y mire otra vez.' },
  'RP-20-key-would-be-lost': {
    what: 'Su clave de cifrado no existe en otro sitio y se perdería.',
    next: 'Pida una tarjeta nueva.',
  },
  'RP-21-foreign-card': {
    what: 'La central no tiene la clave de gestión de esta tarjeta.',
    next: 'Un administrador puede importarla.',
  },
  'SY-03-central-failed': { what: 'La central no ha podido.', next: 'Inténtelo dentro de un momento.' },
  'SY-03-central-not-reached': {
    what: 'No hay conexión con la central.',
    next: 'Sin ella se puede buscar; lo demás, cuando vuelva.',
  },
  'SY-03-central-refused': {
    what: 'La central lo ha denegado.',
    next: 'Diga el código a un administrador.',
  },
  'SY-06-newer-kiosk': {
    what: 'Este quiosco es demasiado antiguo para ello.',
    next: 'Use uno con una versión más reciente.',
  },
  'UX-06-card-unresponsive': {
    what: 'La tarjeta no responde.',
    next: 'Retírela e insértela otra vez.',
  },
  'UX-06-reader-busy': {
    what: 'Otro programa usa el lector.',
    next: 'Se sigue cuando el lector quede libre.',
  },
  'UX-06-reader-gone': { what: 'Se ha desconectado el lector.', next: 'Conéctelo y vuelva a empezar.' },
  'UX-06-service-gone': {
    what: 'El servicio de tarjetas se ha parado.',
    next: 'Vuelve solo; espere un poco.',
  },
  'UX-09-internal': {
    what: 'Algo ha fallado en este quiosco.',
    next: 'Vuelva a empezar; si se repite, dígalo a un administrador.',
  },
};
