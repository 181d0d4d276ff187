import type { ExplainTexts } from '../explain-catalogue.ts';

/** Spanish: what `recard explain` says. */
export const esExplain: ExplainTexts = {
  labels: {
    cause: 'Causa',
    remedy: 'Remedio',
    atDesk: 'En la pantalla del operador',
    step: 'Dónde',
    answer: 'La tarjeta dijo',
    reader: 'Lector',
    card: 'Tarjeta',
    kiosk: 'Quiosco',
  },
  isFinished:
    'No se pierde nada: en cuanto se vuelve a insertar la tarjeta, en este quiosco o en otro, se sigue desde donde se quedó. Una tarjeta nueva pide su número una vez más.',
  isStep: 'Aquí no falla nada: es un paso, no un error.',
  noCode: 'Un código que no cabía en un código de soporte. Pida el de abajo a la derecha en la pantalla.',
  notKnown: 'desconocido',
  none: 'ninguno',
  other: 'otra marca',
  otherAnswer: 'no es una respuesta habitual de una tarjeta',
  contactless: 'sin contacto',
  virtual: 'virtual',
  malformed: (typed) =>
    `«${typed}» no es un código: un código de soporte tiene doce letras y cifras (7K2M-9QPX-41TD); el de abajo a la derecha es como RP-06-disabled.`,
  mistyped: (typed) => `«${typed}» tiene un carácter equivocado, o dos cambiados. Pida que lo lean otra vez.`,
  newer: (typed) => `«${typed}» es de un Recard más nuevo que este. Explíquelo donde esté instalado.`,
  statusWords: {
    '6700': 'la longitud era incorrecta',
    '6982': 'faltaba una autenticación',
    '6983': 'el PIN está bloqueado',
    '6985': 'ahora no, en el estado en que está la tarjeta',
    '6A80': 'lo enviado no es lo que espera',
    '6A82': 'eso no está en la tarjeta',
    '6A84': 'la tarjeta está llena',
    '6D00': 'no conoce esta orden',
    '6F00': 'falló sin decir por qué',
  },
  steps: {
    'ID-01-enter-pin': 'Se pide el PIN de la tarjeta.',
    'ID-01-proving': 'La tarjeta demuestra con su PIN de quién es.',
    'ID-02-ask-helpdesk': 'Alguien no tiene ni PIN ni código y debe preguntar a soporte.',
    'ID-02-enter-code': 'Se pide un código de un solo uso en lugar del PIN.',
    'ID-02-new-pin': 'Solo se va a cambiar el PIN.',
    'ID-02-proving': 'La central comprueba un código, un número o aquello de lo que responde un operador.',
    'ID-02-unblock-pin': 'Un operador hace poner un PIN nuevo.',
    'ID-02-vouch': 'Un operador responde por alguien con su propia tarjeta.',
    'ID-03-give-code': 'Un operador da un código de un solo uso.',
    'ID-03-give-number': 'Un operador da el número de una tarjeta nueva.',
    'ID-05-sign-in': 'Se pide el PIN de un operador.',
    'ID-05-signing-in': 'Un operador está entrando.',
    'ID-05-walk-up': 'Le toca al titular, para lo que un operador le ha pasado.',
    'ID-05-your-card': 'Se espera la tarjeta de un operador.',
    'KR-01-enter-number': 'Hay una tarjeta vacía y se pide su número.',
    'KR-01-plan': 'Se muestra, clave por clave, lo que irá en una tarjeta nueva.',
    'KR-01-planning': 'La central calcula lo que irá en una tarjeta nueva.',
    'KR-01-request-existing': 'Un operador solicita claves para una tarjeta que alguien ya tiene.',
    'KR-01-request-new-card': 'Un operador solicita una tarjeta nueva.',
    'KR-01-request-replacement': 'Un operador solicita una tarjeta en lugar de otra.',
    'KR-01-request-soft': 'Un operador solicita claves en un fichero.',
    'KR-01-waiting': 'Se muestra lo que espera a esta persona.',
    'KR-01-warning': 'Último aviso antes de grabar una tarjeta nueva.',
    'KR-02-collect': 'Un operador hace que se recoja lo solicitado.',
    'KR-04-approve': 'Un operador aprueba una solicitud.',
    'KR-04-cancel': 'Un operador cancela una solicitud.',
    'KR-04-queue': 'La lista de solicitudes que esperan una decisión.',
    'KR-04-reject': 'Un operador rechaza una solicitud.',
    'KR-04-request': 'Una solicitud y lo que se puede hacer con ella.',
    'KR-05-comparing': 'La central calcula qué cambiaría en la tarjeta.',
    'KR-05-difference': 'Se muestra qué cambiaría en la tarjeta, antes y después.',
    'KR-05-warning': 'Último aviso antes de llevar claves a la tarjeta.',
    'KR-07-choose': 'Alguien elige qué claves quedan para otra vez.',
    'KR-08-asking-token':
      'La central prepara el código (token) con el que se recogen claves en un ordenador.',
    'KR-08-choose-medium': 'Se elige una memoria USB.',
    'KR-08-done': 'El fichero con las claves está en la memoria USB.',
    'KR-08-offering': 'Se pregunta a la central qué va en un fichero.',
    'KR-08-password': 'Se elige una contraseña para el fichero.',
    'KR-08-repeat-password': 'Se escribe la contraseña otra vez.',
    'KR-08-saving': 'Se crea y se guarda el fichero.',
    'KR-08-token': 'Se muestra el código (token), solo esta vez.',
    'KR-09-encryption': 'Se elige el cifrado del fichero.',
    'OP-01-card': 'La página de una tarjeta, para operadores.',
    'OP-01-home': 'La primera página de los operadores.',
    'OP-01-on-my-card': 'Se muestra a quien la insertó lo que de verdad hay en la tarjeta.',
    'OP-01-people': 'Se buscan personas y tarjetas.',
    'OP-01-person': 'La página de una persona, para operadores.',
    'OP-01-reading-card': 'Se está leyendo lo que hay en la tarjeta.',
    'OP-02-action': 'Un operador hace algo en su pantalla.',
    'OP-02-cancel-card': 'Un operador anula una tarjeta.',
    'OP-02-card-back': 'Hay que volver a insertar la tarjeta del operador.',
    'OP-02-disable': 'Un operador bloquea una tarjeta.',
    'OP-02-enable': 'Un operador desbloquea una tarjeta.',
    'OP-02-witness': 'Firma un segundo operador.',
    'OP-02-witness-card': 'Se espera la tarjeta de un segundo operador.',
    'OP-04-kiosk': 'La página sobre este quiosco.',
    'OP-05-abandon': 'Un operador abandona una operación que no se terminó.',
    'OP-05-operations': 'La lista de operaciones.',
    'RP-06-empty': 'Último aviso antes de vaciar una tarjeta anulada.',
    'RP-10-reprovision': 'Un operador hace grabar de nuevo una tarjeta.',
    'RP-11-card-found': 'Se encontró una tarjeta que se puede volver a grabar.',
    'RP-11-insert-card': 'La primera pantalla: se espera una tarjeta.',
    'RP-11-looking': 'Se está mirando la tarjeta.',
    'RP-12-checking': 'La central calcula qué supondría grabarla de nuevo.',
    'RP-12-choose-reason': 'Se elige el motivo para grabarla de nuevo.',
    'RP-13-plan': 'Se muestra qué será de cada clave.',
    'RP-13-warning': 'Último aviso antes de grabar de nuevo la tarjeta.',
    'RP-14-new-pin': 'Se elige un PIN nuevo.',
    'RP-14-repeat-pin': 'Se escribe el PIN nuevo otra vez.',
    'RP-15-request-update': 'Un operador solicita actualizar una tarjeta.',
    'RP-17-unfinished': 'Se encontró una tarjeta que no está terminada, y se sigue con ella.',
    'RP-19-terms': 'Hay que aceptar las condiciones de uso.',
    'RP-20-confirm-loss': 'Hay que confirmar la pérdida de una clave de cifrado.',
    'SE-05-audit': 'Lo que el registro sabe de una tarjeta o de una persona.',
    'SE-06-maintenance': 'Un administrador cierra el quiosco para mantenimiento.',
    'SY-03-written-waiting':
      'Todo está en la tarjeta; se espera la respuesta de la central. La tarjeta puede retirarse.',
    'UX-03-writing': 'Se está grabando la tarjeta.',
    'UX-07-done': 'La tarjeta está lista.',
  },
  errors: {
    'ID-03-wrong-code': {
      what: 'El código de un solo uso o el número escrito no es el correcto. Se perdió un intento.',
      next: 'Que lo escriban otra vez, leyéndolo cifra por cifra. Si no quedan intentos, dé otro: recard central code give CARD.',
    },
    'ID-04-last-try': {
      what: 'El PIN falló tantas veces que queda un intento.',
      next: 'Mejor no lo intente: pulse N y use un código de un solo uso. Un PIN equivocado bloquearía ahora la tarjeta.',
    },
    'ID-04-wrong-pin': {
      what: 'La tarjeta dice que el PIN es incorrecto. Se perdió un intento.',
      next: 'Inténtelo otra vez mientras queden intentos. Quien no lo sepa debe pulsar N y usar un código de un solo uso.',
    },
    'KR-08-nss-database-locked': {
      what: 'La base NSS tiene otra contraseña que la escrita.',
      next: 'Escriba la contraseña de la base, no la de un fichero.',
    },
    'KR-08-nss-failed': {
      what: 'NSS no pudo aceptar las claves.',
      next: 'Cierre los programas que usan la base (navegador, correo) y ejecute otra vez recard collect.',
    },
    'KR-08-nss-not-found': {
      what: 'Después, NSS no muestra todas las claves.',
      next: 'Ejecute otra vez recard collect. Si sigue así, cree otra base y solicite las claves de nuevo.',
    },
    'KR-08-nss-not-installed': {
      what: 'En ese ordenador faltan certutil y pk12util.',
      next: 'Instale libnss3-tools.',
    },
    'KR-08-nss-password-unusable': {
      what: 'La contraseña está vacía o tiene más de una línea.',
      next: 'Escriba otra.',
    },
    'KR-08-nss-pfx-refused': {
      what: 'NSS no acepta el fichero: tiene otra contraseña o no es un PFX.',
      next: 'Ejecute otra vez recard collect.',
    },
    'KR-08-token-expired': {
      what: 'El código (token) no se usó a tiempo.',
      next: 'Haga que un quiosco muestre otro: inserte allí la tarjeta y elija la misma solicitud.',
    },
    'KR-08-token-unknown': {
      what: 'La central no conoce este código (token): mal escrito, o de otra central.',
      next: 'Cópielo otra vez de la pantalla, o haga que se muestre otro.',
    },
    'KR-08-token-used': {
      what: 'El código (token) ya se usó.',
      next: 'Si no lo usó su titular, avise a un administrador. En otro caso, haga que se muestre otro.',
    },
    'RP-01-no-such-slot': {
      what: 'El quiosco pidió un lugar de clave que no está en el plan de esta operación.',
      next: 'Inserte otra vez la tarjeta. Si vuelve a pasar, mire si el quiosco y la central son de la misma versión.',
    },
    'RP-18-not-issued': {
      what: 'El quiosco dice que todo está hecho, pero una clave aún no tiene certificado.',
      next: 'Inserte otra vez la tarjeta: se sigue desde donde se quedó.',
    },
    'SE-01-certification-request': {
      what: 'Lo que envió el equipo para inscribirse no es una solicitud de certificado válida.',
      next: 'Ejecute otra vez recard kiosk enrol, con la misma versión de Recard que la central.',
    },
    'SE-01-no-tls': {
      what: 'Algo llamó a la central sin TLS.',
      next: 'Mire la dirección en el registro. Un quiosco solo llama a https://; otra cosa está mal configurada.',
    },
    'SE-01-token-expired': {
      what: 'El token de inscripción no se usó a tiempo.',
      next: 'Haga otro: recard central kiosk add NAME.',
    },
    'SE-01-token-unknown': {
      what: 'La central no conoce este token de inscripción.',
      next: 'Cópielo otra vez, o haga otro: recard central kiosk add NAME.',
    },
    'SE-01-token-used': {
      what: 'El token de inscripción ya se usó.',
      next: 'Si no fue usted, revoque el quiosco que salió de él. Haga otro: recard central kiosk add NAME.',
    },
    'SE-03-card-not-authenticated': {
      what: 'Se pidió un secreto antes de que la tarjeta demostrara, en esta operación, cuál es.',
      next: 'Inserte otra vez la tarjeta. Si vuelve a pasar, avise a un administrador: un quiosco sano no pregunta así.',
    },
    'SE-03-no-such-exchange': {
      what: 'Llegó una respuesta a una pregunta que la central no hizo, o hizo hace demasiado tiempo.',
      next: 'Inserte otra vez la tarjeta.',
    },
    'SE-03-no-such-intent': {
      what: 'El quiosco comunica el cambio de un secreto que no había anunciado.',
      next: 'Inserte otra vez la tarjeta. Si vuelve a pasar, avise a un administrador.',
    },
    'SE-03-no-such-key': {
      what: 'El quiosco pidió una clave de gestión que el plan no nombra.',
      next: 'Inserte otra vez la tarjeta. Si vuelve a pasar, mire si el quiosco y la central son de la misma versión.',
    },
    'SE-03-not-changed': {
      what: 'El quiosco pidió un secreto nuevo en una operación que lo deja como está.',
      next: 'Inserte otra vez la tarjeta. Si vuelve a pasar, avise a un administrador.',
    },
    'SE-03-secret-pending': {
      what: 'El quiosco dice que todo está hecho, pero no se comunicó el cambio de un secreto.',
      next: 'Inserte otra vez la tarjeta: se sigue desde donde se quedó.',
    },
    'SE-05-chain-broken': {
      what: 'Un evento de un quiosco no continúa su cadena: falta algo o se cambió.',
      next: 'Retire el quiosco del servicio, guarde su carpeta de estado y avise al responsable de seguridad.',
    },
    'SE-05-event-changed': {
      what: 'Un evento llegó por segunda vez con otro contenido.',
      next: 'Retire el quiosco del servicio, guarde su carpeta de estado y avise al responsable de seguridad.',
    },
    'SE-05-not-signed': {
      what: 'Un evento de un quiosco no tiene una firma válida.',
      next: 'Mire si el quiosco se inscribió de nuevo o se copió. Si no, avise al responsable de seguridad.',
    },
    'SE-07-no-such-page': {
      what: 'Se pidió a la central algo que no tiene: casi siempre un quiosco más nuevo que ella.',
      next: 'Actualice la central antes que los quioscos.',
    },
    'SE-07-too-large': {
      what: 'Se envió a la central más de lo que acepta de una vez.',
      next: 'Mire en el registro qué quiosco fue y si es de la misma versión.',
    },
    'SE-07-event-share-used': {
      what: 'Un quiosco envía más eventos de los que la central guarda de un quiosco.',
      next: 'Guarda el resto y lo enviará más tarde. Mire qué registra tanto; si nada lo explica, exclúyalo.',
    },
    'SE-07-too-many-chains': {
      what: 'Un quiosco empezó más cadenas de eventos de las que empieza uno.',
      next: 'Mire si su carpeta de estado se pierde en cada arranque (un disco que no se conserva).',
    },
    'SE-07-too-many-connections': {
      what: 'Llegaron de una dirección más conexiones de las que acepta la central.',
      next: 'Sigue por sí solo. Si hay muchos quioscos tras una dirección, suba el límite de la central.',
    },
    'SE-07-too-many-events': {
      what: 'Un quiosco envía más eventos de los que la central acepta en ese tiempo.',
      next: 'Los enviará más tarde. Si dura mucho, mire su registro.',
    },
    'SE-07-too-many-renewals': {
      what: 'Un quiosco renovó su certificado demasiadas veces.',
      next: 'Mire si su reloj va bien y si puede guardar su identidad.',
    },
    'SE-07-too-many-requests': {
      what: 'Un quiosco preguntó demasiado a la vez.',
      next: 'Lo intenta otra vez por sí solo. Si ocurre a menudo, mire el registro de ese quiosco.',
    },
    'SE-07-too-many-tries': {
      what: 'Se probaron códigos o tokens demasiadas veces.',
      next: 'Espere un cuarto de hora. Si nadie de los suyos lo intentó, avise al responsable de seguridad.',
    },
    'SE-07-wrong-key': {
      what: 'La clave pública que creó la tarjeta no se puede certificar aquí.',
      next: 'Inserte otra vez la tarjeta. Si vuelve a pasar, esta tarjeta no crea las claves que exige su perfil.',
    },
    'SY-01-not-your-scope': {
      what: 'Un quiosco preguntó por personas a las que no atiende.',
      next: 'Mire los grupos de ese quiosco: recard central kiosk list.',
    },
    'SY-02-event-missing': {
      what: 'Entre dos eventos que envió un quiosco falta uno.',
      next: 'El quiosco envía otra vez desde ahí. Si dura mucho, mire su registro.',
    },
    'SY-03-waiting-for-central': {
      what: 'Se está grabando la tarjeta y no se alcanza la central.',
      next: 'Sigue por sí solo. La tarjeta puede retirarse: se termina más tarde.',
    },
    'SY-06-copy-gone': {
      what: 'Lo que sigue la copia del quiosco ya no está en la central.',
      next: 'Él mismo trae una copia entera.',
    },
    'SY-06-no-such-snapshot': {
      what: 'La copia entera que el quiosco estaba trayendo ya no está.',
      next: 'Él mismo empieza con otra.',
    },
    'SY-06-snapshot-under-way': {
      what: 'La central aún prepara la copia entera que pidió el quiosco.',
      next: 'Él mismo pregunta otra vez.',
    },
    'SY-06-unknown-schema': {
      what: 'El quiosco y la central no tienen ninguna forma de copia en común: sus versiones son demasiado distintas.',
      next: 'Actualice la más antigua.',
    },
  },
  helpdesk: {
    'ID-01-key-compromised':
      'Se avisó de que su clave quedó expuesta. Compruebe quién es la persona y dele un código de un solo uso: recard central code give CARD. Al grabarla de nuevo, la tarjeta recibe claves nuevas.',
    'ID-02-pin-not-set':
      'Que vuelvan a insertar la tarjeta: con el PIN, si se sabe, o con un código de un solo uso nuevo. Si vuelve a pasar, sustituya la tarjeta.',
    'ID-03-code-dead':
      'Dé un código nuevo: recard central code give CARD; para una tarjeta nueva recard central code give --request ID. Sirve una vez y por poco tiempo.',
    'KR-01-card-is-somebodys':
      'Que usen otra tarjeta vacía. Mire de quién es esta: recard central card show NAME.',
    'KR-01-elsewhere':
      'Mire la solicitud (recard central request show ID): su perfil dice si se recoge en un quiosco o en el ordenador de la persona.',
    'KR-01-needs-blank-card': 'Dé una tarjeta vacía y su número: recard central code give --request ID.',
    'KR-01-not-blank':
      'Sus secretos no son los de fábrica. Dé otra tarjeta vacía; restablezca esta con la herramienta del fabricante o destrúyala.',
    'KR-01-other-kind': 'Mire la solicitud: recard central request show ID.',
    'KR-02-pin-needed':
      'Aquí no basta un código: el PIN muestra que es el titular. Quien no lo sepa debe antes hacer grabar de nuevo la tarjeta o poner un PIN nuevo.',
    'KR-05-not-on-card': 'Haga una solicitud nueva: la tarjeta ha cambiado desde entonces.',
    'KR-08-nss-only':
      'Según su perfil, las claves se recogen en el ordenador de la persona: recard collect, con el código (token) que muestra un quiosco o recard central request token ID.',
    'KR-08-pfx-content':
      'Lo que dio la central no forma un fichero entero. Mire el registro del quiosco y déselo a un administrador.',
    'KR-08-pfx-not-made':
      'Que lo intenten otra vez. Si vuelve a pasar, el registro del quiosco dice por qué: déselo a un administrador.',
    'KR-11-no-such-key':
      'El quiosco pidió una clave que no es de esta operación. Si vuelve a pasar, mire si el quiosco y la central son de la misma versión.',
    'KR-11-not-theirs': 'Mire la solicitud y haga otra sin ese certificado.',
    'KR-11-signing-key':
      'Solo se entregan claves de cifrado. Mire la solicitud y haga otra sin ese certificado.',
    'KR-11-wrong-key':
      'La clave archivada no es la de su certificado. Dé el código a un administrador: hay que revisar el archivo de claves.',
    'RP-06-cannot-empty': 'Recoja la tarjeta y destrúyala.',
    'RP-06-not-cancelled':
      'Si ya no hace falta, anúlela: recard central card cancel NAME --reason REASON. Entonces podrá vaciarse.',
    'RP-12-no-reasons':
      'En esta central ningún motivo está abierto a los titulares. Dígaselo a un administrador; un operador puede hacer grabar de nuevo la tarjeta en su pantalla.',
    'RP-15-unknown-reason':
      'La copia del quiosco aún no tiene el motivo; llegará sola. Si sigue así, mire si el quiosco sigue a la central (su página).',
    'RP-17-card-full':
      'Hace falta otra tarjeta: recard central request new new-card PERSON --profile NAME --in-place-of CARD --reason REASON.',
    'RP-17-card-too-small':
      'La tarjeta está como antes. Solicite menos claves antiguas, claves antiguas en un fichero o una tarjeta con más espacio.',
    'RP-17-closed':
      'Que vuelvan a insertar la tarjeta: se empieza de nuevo. Si vuelve a pasar, recard central operation list dice qué está abierto.',
    'RP-18-verify-failed':
      'Que la vuelvan a insertar. Si vuelve a pasar con esta tarjeta y no con otras, está defectuosa: sustitúyala.',
    'RP-21-no-management-key':
      'La central no tiene clave de gestión para ella. Impórtela (recard central import card-secrets FILE) o sustituya la tarjeta.',
    'SE-01-certificate-expired':
      'Estuvo apagado demasiado tiempo, o un reloj va mal. Ponga el reloj en hora; o recard central kiosk add NAME y allí recard kiosk enrol con --replace.',
    'SE-01-foreign-certificate':
      'El quiosco está inscrito en otra central. Mire su kiosk.toml o inscríbalo aquí: recard central kiosk add NAME.',
    'SE-01-kiosk-revoked':
      'Alguien lo revocó (recard central audit list dice quién). Si debe funcionar: recard central kiosk add NAME, e inscríbalo de nuevo.',
    'SE-01-no-certificate':
      'Llama sin su certificado: algo en medio intercepta TLS, o perdió su identidad. Revise la conexión con la central; si no, inscríbalo de nuevo.',
    'SE-01-not-a-kiosk':
      'La central no tiene ese quiosco: otra base de datos, o nunca se inscribió. recard central kiosk list; después inscríbalo.',
    'SE-03-management-key':
      'Ninguna clave que la central conoce la abre: es otra tarjeta, o se cambió en otro sitio. Importe su clave (recard central import card-secrets FILE) o sustitúyala.',
    'SE-03-no-master-key':
      'Falta una clave maestra de la que salen las claves de esta tarjeta. Dígaselo a un administrador: recard central master-key list.',
    'SE-04-no-archive-key':
      'Falta la clave del archivo de claves. Un administrador la recupera de la copia de seguridad; después se vuelve a insertar la tarjeta.',
    'SE-07-attestation':
      'Lo que la tarjeta dice de su clave nueva no es válido. Quédese la tarjeta y avise al responsable de seguridad; dé otra.',
    'SE-07-bad-request':
      'El quiosco y la central no se entienden: casi siempre dos versiones que no encajan. Actualice primero la central y después el quiosco.',
    'SE-07-card-answer':
      'Que prueben allí otra tarjeta: si funciona, esta está sucia o defectuosa; si no, es el lector.',
    'SY-02-no-room':
      'El disco de ese quiosco está lleno. Haga sitio; recard doctor dice qué lo ocupa. Las tarjetas pueden terminarse en otro quiosco.',
    'SY-06-other-protocol': 'Sus versiones son demasiado distintas. Actualice la más antigua.',
    'UX-06-reader-gone': 'Vuelva a conectar el lector.',
    'UX-09-internal':
      'Que lo intenten otra vez. Si vuelve a pasar, el registro del quiosco dice por qué: déselo a un administrador.',
  },
};
