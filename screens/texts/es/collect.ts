import type { CollectTexts } from '../collect-catalogue.ts';

/** Spanish: what waits, and recovered keys onto a card. */
export const esCollect: CollectTexts = {
  tasks: {
    title: 'Tiene algo pendiente',
    text: 'Elija con las flechas o con un número y pulse Intro.',
    rewrite: 'Grabar de nuevo esta tarjeta',
    rewriteText: 'Se borra su tarjeta y se graba de nuevo, por un motivo que elegirá a continuación.',
    addKeys: (count) =>
      count === 1
        ? 'Poner en esta tarjeta 1 clave de cifrado recuperada'
        : `Poner en esta tarjeta ${count} claves de cifrado recuperadas`,
    changeKeys: 'Actualizar las claves de cifrado de esta tarjeta',
    otherCard: 'Claves de cifrado recuperadas para otra tarjeta',
    newCard: 'Una tarjeta nueva',
    newCardWithKeys: 'Claves de cifrado recuperadas en una tarjeta nueva',
    file: 'Claves de cifrado recuperadas en un fichero',
    update: (reason) => `Actualizar su tarjeta: ${reason}`,
    unknown: 'Algo que este quiosco todavía no conoce',
    notNow: '(ahora no)',
    updateText: 'Se borra su tarjeta y se graba de nuevo, por este motivo.',
    keysText: 'Antes verá qué cambia. Todo lo demás de su tarjeta se queda como está, también el PIN.',
    until: (date) => `Puede recogerlo hasta el ${date}.`,
    note: (words) => `Nota: ${words}`,
  },
  comparing: { title: 'Consultando a la central', text: 'La central calcula qué cambia en su tarjeta.' },
  difference: {
    title: 'Qué cambia en su tarjeta',
    certificate: 'Clave de cifrado del',
    change: 'Cambio',
    before: 'Antes',
    after: 'Después',
    changes: {
      kept: 'se queda',
      moved: 'se mueve',
      added: 'nueva',
      removed: 'se quita',
      left: 'más tarde',
    },
    inUse: 'en uso',
    place: (number, of) => `clave ${number} de ${of}`,
    nowhere: 'no está',
    sums: {
      kept: (count) => (count === 1 ? '1 clave se queda' : `${count} claves se quedan`),
      moved: (count) => (count === 1 ? '1 cambia de sitio' : `${count} cambian de sitio`),
      added: (count) => (count === 1 ? '1 se añade' : `${count} se añaden`),
      removed: (count) => (count === 1 ? '1 se quita' : `${count} se quitan`),
      left: (count) => (count === 1 ? '1 se deja para más tarde' : `${count} se dejan para más tarde`),
    },
    others: 'Las claves de inicio de sesión, firma y puertas no se tocan.',
  },
  chooseLeft: {
    title: 'No hay espacio para todas las claves',
    text: (count) =>
      `Marque ${count === 1 ? 'una que se deje' : `${count} que se dejen`} para otra ocasión. No se pierde nada: quedan bien guardadas, y soporte se las puede dar en un fichero.`,
    stillTooFew: 'Todavía no basta. Marque alguna más.',
    none: 'Marque al menos una con la barra espaciadora o con su número.',
  },
  removal: {
    title: (count) =>
      count === 1 ? 'Se quita una clave de su tarjeta' : `Se quitan ${count} claves de su tarjeta`,
    text: (count) =>
      `Ya no podrá leer con esta tarjeta los mensajes cifrados para ${count === 1 ? 'ella' : 'ellas'}.`,
    confirm: 'Pulse S solo si puede prescindir de eso en esta tarjeta. Con Esc vuelve y no se cambia nada.',
  },
  collectWarning: {
    title: 'Antes de cambiar las claves de su tarjeta',
    resumeTitle: 'Termine su tarjeta',
    resume: 'La última vez su tarjeta no se terminó. Se sigue desde donde se quedó, como eligió entonces.',
    added: (count) =>
      count === 1
        ? 'Se pone 1 clave de cifrado en su tarjeta.'
        : `Se ponen ${count} claves de cifrado en su tarjeta.`,
    removed: (count) =>
      count === 1 ? 'Se quita 1, como ha confirmado.' : `Se quitan ${count}, como ha confirmado.`,
    pinStays: 'Su PIN no cambia.',
    others: 'Sus demás claves y certificados se quedan como están.',
  },
  collected: {
    title: 'Su tarjeta está al día.',
    removed: (count) =>
      count === 1
        ? 'Se ha quitado 1 clave anterior de su tarjeta.'
        : `Se han quitado ${count} claves anteriores de su tarjeta.`,
    pinStays: 'Su PIN no ha cambiado.',
    next: 'Tiene algo más pendiente: pulse Intro para seguir. Se le pedirá el PIN otra vez.',
  },
};
