import type { SoftTexts } from '../soft-catalogue.ts';

/** Spanish: recovered keys as a file on a stick. */
export const esSoft: SoftTexts = {
  fileText:
    'Se guardan en un fichero con contraseña, en una memoria USB que usted trae. Su tarjeta se queda como está.',
  storeTask: 'Claves de cifrado recuperadas en su propio ordenador',
  storeText: 'Verá un código con el que las recoge en su ordenador. Su tarjeta se queda como está.',
  softToken: {
    title: 'Sus claves se recogen en su propio ordenador',
    asking: 'La central prepara un código para ello. Un momento, por favor.',
    text: 'En ese ordenador, con Recard instalado, escriba en una ventana de comandos:',
    address: 'https://CENTRAL:8443',
    folder: 'CARPETA',
    typeIt: 'CARPETA es donde sus programas guardan los certificados. Cuando se le pida el código, escriba:',
    once: 'Anótelo ahora: se muestra una sola vez y sirve una sola vez, durante 15 minutos. Quien lo tenga puede recoger sus claves.',
  },
  chooseMedium: {
    title: 'Dónde se guardan sus claves',
    text: (count) =>
      count === 1
        ? 'Se guarda 1 clave de cifrado en un fichero con contraseña.'
        : `Se guardan ${count} claves de cifrado en un solo fichero con contraseña.`,
    looking: 'Buscando memorias USB. Un momento, por favor.',
    none: 'Conecte una memoria USB. Se detecta sola.',
    gone: 'Se ha retirado la memoria USB. Conéctela otra vez o elija otra.',
    choose: 'Elija con las flechas o con un número y pulse Intro.',
    noName: 'Memoria USB sin nombre',
    free: (amount) => `${amount} libres`,
  },
  softEncryption: {
    title: '¿Dónde va a abrir el fichero?',
    text: 'Elija con las flechas o con un número.',
    usual: 'En un ordenador actual',
    old: 'En un programa antiguo que no abre los ficheros actuales',
    usualText: 'Cifrado fuerte. Lo abren Windows 10 y macOS 15 o posteriores, Firefox y Thunderbird.',
    oldWarning:
      'Este cifrado es antiguo y más débil: quien encuentre el fichero puede probar contraseñas mucho más rápido. Elíjalo solo si se lo han indicado, y con una contraseña larga. Pulse S para usarlo en este fichero.',
  },
  softPassword: {
    title: 'Elija una contraseña para el fichero',
    text: 'Quien tenga el fichero y la contraseña tiene sus claves. Nadie puede recuperársela.',
    repeatTitle: 'Escriba otra vez la contraseña',
    repeatText: 'Para que un error al teclear no deje el fichero cerrado.',
    typed: (count) => (count === 1 ? '1 carácter' : `${count} caracteres`),
    rules: {
      length: (count) => `Al menos ${count} caracteres`,
      kinds: (count) =>
        count === 1
          ? 'Caracteres de cualquier tipo'
          : `${count} de estos tipos: minúsculas, mayúsculas, cifras, otros`,
      different: (count) => `Al menos ${count} caracteres distintos`,
    },
    policyError: 'La contraseña todavía no cumple todo esto.',
    mismatch: 'Las dos no eran iguales. Empiece otra vez.',
    same: 'Igual que antes',
    notYetSame: 'Todavía no es igual que antes',
  },
  savingSoft: {
    title: 'Guardando sus claves',
    phases: {
      fetch: 'La central entrega sus claves.',
      make: 'Se crea y se cifra el fichero.',
      save: 'Se guarda el fichero y se comprueba.',
    },
    leaveIn: 'No retire la memoria USB ni la tarjeta hasta que se le indique.',
  },
  softStopped: {
    title: 'No se ha guardado nada.',
    again: 'Sus claves le siguen esperando: pulse Intro para empezar otra vez. Se le pedirá el PIN de nuevo.',
    putCardIn: 'Sus claves le siguen esperando: inserte la tarjeta para empezar otra vez.',
  },
  softDone: {
    title: 'Sus claves están guardadas. Puede retirar la memoria USB y la tarjeta.',
    file: 'Fichero',
    stick: 'En',
    keysOf: 'Clave de cifrado del',
    password: 'Recuerde la contraseña: nadie puede recuperarla, y sin ella no se puede abrir el fichero.',
    takeOut: 'No olvide aquí la memoria USB. El fichero se ha comprobado y está completo.',
    next: 'Tiene algo más pendiente: pulse Intro para seguir.',
    more: (count) => `y ${count} más`,
  },
};
