import type { DeskTexts } from '../desk-catalogue.ts';
import { esDeskDialogs } from './desk-dialogs.ts';
import { deskRefusals } from './desk-refusals.ts';
import { esDeskWords } from './desk-words.ts';

/** Spanish: the operator's pages. */
export const esDesk: DeskTexts = {
  ...esDeskDialogs,
  desk: {
    ...esDeskWords,
    helpedBy: (name) => `Le ayuda ${name}`,
    signInPage: 'Acceso de operadores',
    keys: {
      move: 'Mover',
      open: 'Abrir',
      nextTab: 'Pestaña',
      nextView: 'Lista',
      takeBack: 'Anular',
      staff: 'Operador',
      close: 'Cerrar',
      marks: 'Marcar',
      typing: 'Escriba para buscar',
      writing: 'Escribir',
      stopTest: 'Acabar la prueba',
      idle: (seconds) => `Cierra en ${seconds} s`,
    },
    inHand: {
      none: 'Lector: sin tarjeta',
      looking: 'Lector: leyendo',
      blank: 'Lector: tarjeta vacía',
      busy: 'Lector: trabajando',
      known: (name) => `Lector: ${name}`,
      refused: (code) => `Lector: ${code}`,
    },
    loading: 'Consultando a la central ...',
    none: '-',
    yes: 'sí',
    no: 'no',
    home: {
      title: '¿Qué quiere hacer?',
      about: {
        search: 'Por nombre, correo o número de tarjeta',
        cardInReader: 'Qué consta de ella y qué contiene',
        requests: 'Por aprobar, en espera, hechas',
        operations: 'Abiertas, atascadas, abandonadas',
        kiosk: 'Lectores, conexión, datos; pruebas',
        audit: 'Qué se ha hecho aquí',
      },
      cardInReader: 'Tarjeta en el lector',
    },
    search: {
      label: 'Buscar:',
      how: 'Escriba parte de un nombre, de un correo o de un número de tarjeta. Los nombres se pueden abreviar: «lov ad» encuentra a Ada Lovelace.',
      nothing: 'No se encuentra a nadie ni ninguna tarjeta.',
      more: 'Hay más. Escriba otra letra.',
      offline: (age) => `Sin conexión con la central: datos de hace ${age}.`,
      card: 'Tarjeta',
    },
    person: {
      tabs: {
        cards: 'Tarjetas',
        certificates: 'Certificados',
        requests: 'Solicitudes',
        history: 'Historial',
      },
      none: {
        cards: 'No tiene tarjetas.',
        certificates: 'No tiene certificados.',
        requests: 'No se ha pedido nada.',
        history: 'Todavía no ha pasado nada.',
      },
      shown: (shown, total) => `${shown} de ${total}: lo más reciente.`,
      openOperation: 'sin acabar',
      noPhoto: 'La central no tiene foto.',
      compareFace: 'Compárela con la cara que tiene delante. La foto no se guarda aquí.',
    },
    card: {
      onRecord: 'Registrado',
      onCard: 'En la tarjeta',
      noSlots: 'La central no tiene registrado ningún certificado de esta tarjeta.',
      notRead: (key) => `${key} lee lo que hay en la propia tarjeta, mientras está en el lector.`,
      reading: 'Leyendo la tarjeta ...',
      verdicts: {
        same: 'La tarjeta tiene el certificado registrado.',
        other: 'La tarjeta tiene un certificado distinto del registrado.',
        onlyRecord: 'Registrado, pero no está en la tarjeta.',
        onlyCard: 'En la tarjeta, pero no registrado.',
        unreadable: 'En la tarjeta hay algo que no es un certificado.',
        notRead: 'Todavía no comparado con la tarjeta.',
      },
      allSame: 'La tarjeta y el registro coinciden.',
      differences: (count) => (count === 1 ? '1 diferencia.' : `${count} diferencias.`),
      operation: (kind, kiosk, age) => `Sin terminar: ${kind}, en ${kiosk} desde hace ${age}.`,
      unreadable: 'no se puede leer',
    },
    requests: {
      views: { toApprove: 'Por aprobar', waiting: 'En espera', done: 'Hechas' },
      none: {
        toApprove: 'Nada espera su aprobación.',
        waiting: 'No hay nada en espera.',
        done: 'Todavía no hay nada hecho.',
      },
      shown: (shown, total) => `Las ${shown} más recientes de ${total}.`,
    },
    request: {
      noCertificates: 'No trata de claves recuperadas.',
      wanted: 'pedida',
      wasOnCard: 'se queda',
      comesOff: 'se quita',
      changes: {
        kept: 'se queda',
        moved: 'se mueve',
        added: 'nueva',
        removed: '! se quita',
        left: 'se omite',
      },
      verdicts: { approved: 'Aprobada por', rejected: 'Rechazada por', unknown: 'Vista por' },
    },
    operations: {
      none: 'No hay operaciones abiertas, atascadas ni abandonadas.',
      shown: (shown, total) => `Las ${shown} primeras de ${total}.`,
    },
    audit: {
      none: 'Aquí todavía no se ha hecho nada.',
      older: (lines) => `Las ${lines} más recientes. Abajo, en la última línea, trae anteriores.`,
    },
    kiosk: {
      age: (time) => `de hace ${time}`,
      reached: 'conectada',
      notReached: 'sin conexión',
      refused: (code) => `no admite este quiosco (${code})`,
      running: 'en marcha',
      stopped: 'parado',
      free: (amount) => `${amount} libres`,
      ahead: (time) => `adelanta ${time} a la central`,
      behind: (time) => `atrasa ${time} respecto a la central`,
      exact: 'como la central',
      withCard: 'con tarjeta',
      withoutCard: 'vacío',
      noReaders: 'sin lector',
      tests: 'Las pruebas no cambian nada, ni aquí ni en una tarjeta.',
      keyboard: {
        title: 'Prueba del teclado',
        how: 'Pulse cada tecla: su nombre aparece aquí. Esc acaba la prueba.',
        none: 'Todavía ninguna tecla.',
        keyNames: {
          confirm: 'Intro',
          erase: 'Retroceso',
          up: 'Arriba',
          down: 'Abajo',
          nextTab: 'Tabulador',
          nextLanguage: 'Tabulador',
          toggle: 'Barra espaciadora',
        },
      },
      colours: {
        title: 'Prueba de colores',
        how: 'Cada línea dice cómo se ve. Aquí nada depende solo del color.',
        names: ['negro', 'rojo', 'verde', 'amarillo', 'azul', 'magenta', 'cian', 'blanco'],
      },
      reader: {
        title: 'Prueba del lector',
        how: 'Inserte una tarjeta y retírela: ambas cosas se ven en menos de un segundo.',
        isIn: (reader) => `Tarjeta insertada: ${reader}`,
        isOut: (reader) => `Tarjeta retirada: ${reader}`,
      },
      faults: {
        title: 'Fallos de esta máquina',
        how: 'Lo que encuentra «recard doctor», en inglés, hasta donde puede ver el quiosco. F busca otra vez.',
        looking: 'Buscando ...',
        nothing: 'No se ha mirado nada.',
        verdicts: { good: 'bien', note: 'nota', wrong: '! fallo' },
        sum: (wrong) =>
          wrong === 0
            ? 'No hay nada que hacer.'
            : wrong === 1
              ? 'Hay una cosa que hacer.'
              : `Hay ${wrong} cosas que hacer, de arriba abajo.`,
        remedy: (text) => `Qué hacer: ${text}`,
      },
    },
    otherRefusal: {
      title: 'Ahora no se puede.',
      why: 'Un administrador sabe qué significa el código.',
    },
    refusals: deskRefusals,
  },
};
