import type { DeskDialogTexts } from '../desk-dialog-catalogue.ts';

/** Spanish: an operator signs in, and the steps of what they do. */
export const esDeskDialogs: DeskDialogTexts = {
  deskSignIn: {
    askTitle: 'Inserte su propia tarjeta en un lector libre.',
    ask: 'Se queda ahí mientras usted trabaje aquí. Al retirarla se cierra su sesión.',
    askSecond: 'La tarjeta del otro lector puede quedarse: es la del titular.',
    looking: 'Leyendo su tarjeta',
    pinTitle: (name) => `PIN de ${name}`,
    pin: 'El PIN de su propia tarjeta. Con él inicia sesión.',
    lastTry:
      'Es el último intento. Si este PIN tampoco es correcto, se bloquea la tarjeta, y le tendrá que ayudar otro operador.',
    signingIn: 'Iniciando sesión',
    refusedTitle: 'No puede iniciar sesión con esta tarjeta.',
    signedOutTitle: 'Se ha cerrado su sesión.',
  },
  deskDialog: {
    consequences: {
      reprovision: [
        'Se borra la tarjeta y se graba de nuevo según las normas más recientes de su perfil.',
        'El titular tiene que estar aquí: elige él mismo el PIN nuevo.',
      ],
      requestUpdate: [
        'El titular la encuentra pendiente en cualquier quiosco y regraba la tarjeta por su cuenta.',
        'Hasta entonces no cambia nada, ni la tarjeta ni la cuenta.',
      ],
      requestExisting: [
        'Las claves pasan a esta tarjeta cuando su titular las recoge con su PIN.',
        'Sus demás claves, su PIN y la cuenta se quedan como están.',
      ],
      requestReplacement: [
        'Se prepara una tarjeta nueva con las claves archivadas de la antigua. Las no archivadas no pasan a ella.',
        'Una tarjeta antigua que pueda tener otra persona se anula ya; si no, al recoger la nueva.',
      ],
      giveCode: [
        'Quien tenga esta tarjeta y el código puede ponerle un PIN. Déselo solo al titular.',
        'Sustituye a un código dado antes.',
      ],
      unblockPin: [
        'El titular escribe un PIN nuevo. Claves, certificados y cuenta se quedan como están.',
        'Se le avisa por correo.',
      ],
      disable: ['La tarjeta no se puede usar ni regrabar hasta que se desbloquee.'],
      enable: [
        'Los certificados suspendidos con la tarjeta vuelven a ser válidos.',
        'Los que se habían suspendido por separado siguen así.',
      ],
      cancelCard: ['Es definitivo: una tarjeta anulada no se vuelve a desbloquear nunca.'],
      requestNewCard: ['Se prepara la tarjeta. Se recoge con una tarjeta vacía en cualquier quiosco.'],
      requestSoft: ['Las claves se recogen en un fichero con una contraseña que elige su dueño.'],
      approve: ['Usted aprueba que esto se lleve a cabo.'],
      reject: ['No se lleva a cabo. Quien lo pidió leerá su nota.'],
      cancelRequest: ['No se lleva a cabo. No cambia nada.'],
      collect: ['Se lleva a cabo ahora. El dueño tiene que estar aquí y escribir él mismo PIN o contraseña.'],
      giveNumber: [
        'Quien tenga una tarjeta vacía y el número puede recoger esto. Déselo solo al dueño.',
        'Sustituye a un número dado antes.',
      ],
      abandon: [
        'Se renuncia a la grabación: los certificados creados para ella se revocan en el acto.',
        'La tarjeta puede quedar a medio grabar. Se puede regrabar, o anular y sustituir.',
      ],
      leaveKiosk: [
        'El quiosco termina. Este terminal pide usuario y contraseña: ya no se puede hacer nada más aquí.',
        'Sigue así hasta que un administrador de la máquina lo arranque: systemctl start kiosk',
        'En la central queda constancia de que ha sido usted.',
      ],
    },
    fates: {
      certificates: {
        revoke: 'Sus certificados de inicio de sesión, firma y puertas se revocan.',
        leave:
          'Sus certificados de inicio de sesión, firma y puertas siguen siendo válidos hasta que caduquen.',
        hold: 'Sus certificados de inicio de sesión, firma y puertas se suspenden hasta desbloquearla.',
        unknown: 'Lo que pasa con sus certificados depende del motivo.',
      },
      encryption: {
        keep: 'Su certificado de cifrado se queda como está.',
        leave: 'Su certificado de cifrado sigue válido hasta que caduque.',
        replace: 'Su certificado de cifrado se sustituye, con la misma clave.',
        revoke: 'Su certificado de cifrado se revoca; una clave archivada se puede recuperar.',
        newIfRevoked: 'Su certificado de cifrado se queda, salvo que ya esté revocado.',
        hold: 'Su certificado de cifrado se suspende hasta que se desbloquee.',
        unknown: null,
      },
      account: 'La cuenta del titular se queda como está.',
    },
    choose: {
      reason: '¿Por qué?',
      profile: '¿Según qué perfil?',
      code: '¿Por cuánto tiempo, y cómo lo recibe el titular?',
      proof: '¿Cómo demuestra el titular quién es?',
      codes: {
        'short-shown': 'Para unos minutos, se muestra aquí',
        'short-sent': 'Para unos minutos, se envía por correo',
        'long-shown': 'Para unas semanas, se muestra aquí',
        'long-sent': 'Para unas semanas, se envía por correo',
      },
      proofs: {
        pin: 'Tiene su PIN',
        operator: 'Le conozco o he visto su documento de identidad: lo firmo',
        code: 'Tiene un código de un solo uso',
        number: 'Tiene el número de recogida',
      },
      none: 'No hay nada que elegir.',
      notAllowed: '(no permitido)',
    },
    asking: {
      recoverable: 'Consultando qué claves hay',
      difference: 'Consultando qué cambiaría en la tarjeta',
    },
    pick: {
      title: '¿Qué claves?',
      how: 'Las marcadas estarán después en la tarjeta. Si desmarca una que está, se quita.',
      none: 'La central no tiene claves de esta persona.',
      where: 'Está en',
      nowhere: 'ninguna',
      sum: (wanted, without) => `Por recuperar: ${wanted}.${without === 0 ? '' : ` Por quitar: ${without}.`}`,
    },
    difference: { title: 'Qué cambia en la tarjeta', none: 'En la tarjeta no cambia nada.' },
    removal: {
      title: (count) =>
        count === 1 ? 'Se quita una clave de la tarjeta' : `Se quitan ${count} claves de la tarjeta`,
      confirm: (count) =>
        count === 1
          ? 'Lo que se cifró con ella ya no se podrá leer con esta tarjeta. Pulse S para quitarla.'
          : 'Lo que se cifró con ellas ya no se podrá leer con esta tarjeta. Pulse S para quitarlas.',
    },
    write: {
      title: 'Nota',
      optional: 'Para quien lo lea después. Se puede dejar vacía.',
      demanded: 'Diga por qué. Consta en el registro y lo leen los interesados.',
    },
    empty: 'Escriba algo, por favor.',
    confirm: {
      title: '¿Es correcto?',
      reason: (title) => `Motivo: ${title}`,
      keys: (count) => (count === 1 ? '1 clave' : `${count} claves`),
      note: (words) => `Nota: ${words}`,
    },
    witness: {
      title: 'Lo tiene que confirmar un segundo operador.',
      text: 'Esa persona inserta su propia tarjeta en el otro lector. Para ello se puede retirar la del titular, que vuelve después. La de usted se queda.',
      looking: 'Leyendo la tarjeta del segundo operador',
      signTitle: (name) => `PIN de ${name}`,
      sign: 'El segundo operador escribe el PIN de su propia tarjeta. Firma exactamente lo que se indica arriba, y nada más.',
      ownSign:
        'El PIN de su propia tarjeta. Con él firma que la persona indicada arriba está aquí con usted.',
      ownSignCode: (how) =>
        `El PIN de su propia tarjeta. Con él firma que esto se entrega una vez, para lo indicado arriba. ${how}.`,
      signing: 'La tarjeta firma',
    },
    cardBack: {
      title: 'Vuelva a insertar la otra tarjeta en el lector.',
      card: 'El segundo operador retira la suya; en su lugar va la del titular.',
      blank: 'El segundo operador retira la suya; en su lugar va la tarjeta vacía.',
    },
    working: 'La central lo está haciendo',
    said: {
      refused: 'No se ha hecho nada.',
      unanswered: 'No se sabe si se ha hecho. Cierre esto y mírelo.',
      stopped: 'No se ha terminado.',
      cardOut: 'La tarjeta ya no está: no se ha hecho nada.',
      requested: 'La solicitud está hecha.',
      toBeApproved: 'Antes la tiene que aprobar otro operador, en Solicitudes.',
      ready: 'Nadie la tiene que aprobar: está lista.',
      approved: 'Aprobada.',
      rejected: 'Rechazada.',
      cancelled: 'Cancelada.',
      abandoned: 'Abandonada.',
      left: 'El quiosco termina ahora.',
      given: 'Déselo al titular, y a nadie más.',
      once: 'Se muestra solo esta vez.',
      sentTo: (address) => `Enviado a ${address}.`,
      until: (time) => `Sirve hasta el ${time}.`,
      changed: 'Hecho.',
      revoked: (count) =>
        count === 1 ? 'Se ha revocado 1 certificado.' : `Se han revocado ${count} certificados.`,
      held: (count) =>
        count === 1 ? 'Se ha suspendido 1 certificado.' : `Se han suspendido ${count} certificados.`,
      released: (count) =>
        count === 1 ? '1 certificado vuelve a ser válido.' : `${count} certificados vuelven a ser válidos.`,
      untouched: 'Todos los demás certificados quedan como estaban.',
      told: 'Se avisa al titular por correo.',
    },
  },
};
