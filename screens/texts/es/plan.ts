import type { PlanTexts } from '../plan-catalogue.ts';

/** Spanish: what becomes of each key. */
export const esPlan: PlanTexts = {
  plan: {
    title: 'Qué habrá en su tarjeta',
    issueTitle: (holder) => `Una tarjeta nueva para ${holder}`,
    text: 'Todavía no se ha grabado nada. Esto es lo que pasa con cada clave:',
    resumeText: 'Se sigue desde donde se quedó. Esto es lo que pasa con cada clave:',
    keyFor: 'Clave para',
    change: 'Qué pasa',
    until: 'Hasta',
    changes: {
      new: 'nueva',
      replaced: 'se sustituye por otra nueva',
      renewed: 'se queda, con otro certificado',
      kept: 'se queda',
      restored: 'se vuelve a poner',
      moved: 'queda para mensajes antiguos',
      removed: 'se quita',
      lost: 'SE PIERDE',
      left: 'se deja para más tarde',
      unknown: 'cambia',
    },
    lost: (count) =>
      count === 1
        ? 'La clave marcada con SE PIERDE no existe en ningún otro sitio.'
        : `Las ${count} claves marcadas con SE PIERDE no existen en ningún otro sitio.`,
    lostWithOld: (count) =>
      count === 1
        ? 'La clave marcada con SE PIERDE solo está en la tarjeta antigua, y no pasa a esta.'
        : `Las ${count} claves marcadas con SE PIERDE solo están en la tarjeta antigua, y no pasan a esta.`,
    removed:
      'Lo que se quita por falta de espacio queda bien guardado. Si lo necesita, pídalo a soporte en un fichero.',
    left: 'Lo que se deja para más tarde queda bien guardado. Si lo necesita, pídalo a soporte en un fichero.',
    nothingLost: 'No se pierde nada.',
  },
};
