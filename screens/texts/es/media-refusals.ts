import type { RefusalTexts } from '../catalogue.ts';

/** Spanish: why keys could not be saved as a file on a USB stick. */
export const mediaRefusals = {
  'KR-08-card-removed': {
    title: 'Se ha retirado su tarjeta.',
    why: 'Con ella se ve que usted sigue ahí. No se ha guardado nada, y nada se pierde.',
    next: 'Inserte otra vez la tarjeta y no la retire hasta que se guarde el fichero.',
  },
  'KR-08-medium-failed': {
    title: 'La memoria USB no admite el fichero.',
    why: 'Ha rechazado lo que se escribía. No se ha guardado nada, y nada se pierde.',
    next: 'Inténtelo con otra memoria USB.',
  },
  'KR-08-medium-full': {
    title: 'La memoria USB está llena.',
    why: 'No hay espacio suficiente. No se ha guardado nada, y nada se pierde.',
    next: 'Borre algo en ella, o use otra.',
  },
  'KR-08-medium-gone': {
    title: 'Se ha retirado la memoria USB.',
    why: 'Se retiró antes de que el fichero estuviera completo. No se pierde nada.',
    next: 'Conéctela otra vez, no la retire e inténtelo de nuevo.',
  },
  'KR-08-medium-read-only': {
    title: 'La memoria USB está protegida contra escritura.',
    why: 'No se puede guardar nada en ella.',
    next: 'Mueva su pequeño interruptor, si lo tiene, o use otra.',
  },
  'KR-08-no-medium': {
    title: 'No hay ninguna memoria USB.',
    why: 'Sus claves se guardan en un fichero, en una memoria USB que usted trae.',
    next: 'Conecte una memoria USB.',
  },
  'KR-08-not-a-file-system': {
    title: 'Aquí no se puede leer esta memoria USB.',
    why: 'No tiene formato, está dañada o bloqueada, o es para otro tipo de ordenador.',
    next: 'Use una con formato FAT o exFAT, como casi todas las que se compran.',
  },
  'KR-08-not-nss': {
    title: 'Estas claves se guardan ahora en un fichero.',
    why: 'Sus normas acaban de cambiar: ya no van a su propio ordenador.',
    next: 'Elíjalas otra vez en la lista.',
  },
  'KR-08-nss-only': {
    title: 'Este fichero no se guarda en un quiosco.',
    why: 'Sus claves van al almacén de certificados de su propio ordenador.',
    next: 'Pregunte a soporte cómo llegan allí.',
  },
  'KR-08-pfx-content': {
    title: 'No se ha podido crear el fichero.',
    why: 'Una clave y su certificado no se corresponden. No se ha guardado nada.',
    next: 'Dígale a soporte el código de abajo.',
  },
  'KR-08-pfx-not-made': {
    title: 'No se ha podido crear el fichero.',
    why: 'Este quiosco no ha llegado a terminarlo. No se ha guardado nada, y nada se pierde.',
    next: 'Inténtelo otra vez. Si vuelve a pasar, dígale a soporte el código de abajo.',
  },
  'KR-08-pfx-password': {
    title: 'Esta contraseña no se puede usar.',
    why: 'Está vacía, o tiene caracteres que en otros ordenadores no se pueden escribir.',
    next: 'Elija otra contraseña.',
  },
  'KR-08-read-back-differs': {
    title: 'La memoria USB está dañada.',
    why: 'Lo que se ha leído de ella no es lo que se escribió. Se ha borrado el fichero.',
    next: 'Inténtelo con otra memoria USB.',
  },
  'KR-08-rules-changed': {
    title: 'Las normas para este fichero acaban de cambiar.',
    why: 'Su contraseña o el cifrado antiguo ya no se admiten. No se ha guardado nada.',
    next: 'Empiece otra vez: verá las normas tal como son ahora.',
  },
  'KR-08-several-media': {
    title: 'Hay más de una memoria USB.',
    why: 'No quedaría claro en cuál de ellas están sus claves.',
    next: 'Deje conectada solo la suya.',
  },
} satisfies Partial<RefusalTexts>;
