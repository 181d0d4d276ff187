import type { SeeingTexts } from '../seeing-catalogue.ts';

/** German: how the screens are drawn and read aloud. */
export const deSeeing: SeeingTexts = {
  seeing: {
    themes: { standard: 'Normale Ansicht', contrast: 'Hoher Kontrast', large: 'Große Schrift' },
    readAloud: 'Vorlesen',
    usualScreen: 'Normaler Bildschirm',
    aloud: {
      step: (now, total, name) => `Schritt ${now} von ${total}: ${name}.`,
      page: (names) => `Seite: ${names}.`,
      tab: (now, total, name) => `Teil ${now} von ${total}: ${name}.`,
      typed: (count) =>
        count === 0
          ? 'Noch nichts eingegeben.'
          : count === 1
            ? '1 Ziffer eingegeben.'
            : `${count} Ziffern eingegeben.`,
      typedOf: (count, total) => `${count} von ${total} Ziffern eingegeben.`,
      chosen: (text) => `Ausgewählt: ${text}`,
      marked: 'markiert',
      notMarked: 'nicht markiert',
      fulfilled: (rule) => `Erfüllt: ${rule}`,
      notFulfilled: (rule) => `Noch nicht: ${rule}`,
      attention: (text) => `Achtung: ${text}`,
      percent: (done) => `${done} Prozent fertig.`,
      keys: (keys) => `Tasten: ${keys}.`,
      actions: (actions) => `Möglich ist: ${actions}.`,
      notNow: 'jetzt nicht',
      backspace: 'Rücktaste',
      soonOver: (seconds) =>
        `In weniger als ${seconds} Sekunden beginnt es von vorn. Jede Taste gibt Ihnen mehr Zeit.`,
      languages: (names) => `Sprache, nach ihrer Nummer: ${names}.`,
      photo: 'Hier ist ein Foto, das nicht vorgelesen werden kann.',
      code: (code) => `Code: ${code}`,
    },
  },
};
