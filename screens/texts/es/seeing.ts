import type { SeeingTexts } from '../seeing-catalogue.ts';

/** Spanish: how the screens are drawn and read aloud. */
export const esSeeing: SeeingTexts = {
  seeing: {
    themes: { standard: 'Aspecto normal', contrast: 'Alto contraste', large: 'Texto grande' },
    readAloud: 'Leer en voz alta',
    usualScreen: 'Pantalla normal',
    aloud: {
      step: (now, total, name) => `Paso ${now} de ${total}: ${name}.`,
      page: (names) => `Página: ${names}.`,
      tab: (now, total, name) => `Parte ${now} de ${total}: ${name}.`,
      typed: (count) =>
        count === 0 ? 'Nada escrito.' : count === 1 ? '1 cifra escrita.' : `${count} cifras escritas.`,
      typedOf: (count, total) => `${count} de ${total} cifras escritas.`,
      chosen: (text) => `Elegido: ${text}`,
      marked: 'marcada',
      notMarked: 'sin marcar',
      fulfilled: (rule) => `Cumplido: ${rule}`,
      notFulfilled: (rule) => `Todavía no: ${rule}`,
      attention: (text) => `Atención: ${text}`,
      percent: (done) => `Hecho el ${done} por ciento.`,
      keys: (keys) => `Teclas: ${keys}.`,
      actions: (actions) => `Se puede: ${actions}.`,
      notNow: 'ahora no',
      backspace: 'Retroceso',
      soonOver: (seconds) =>
        `Vuelve al principio en menos de ${seconds} segundos. Cualquier tecla le da más tiempo.`,
      languages: (names) => `Idioma, por su número: ${names}.`,
      photo: 'Aquí hay una foto, que no se puede leer en voz alta.',
      code: (code) => `Código: ${code}`,
    },
  },
};
