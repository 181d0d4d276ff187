import type { SeeingTexts } from '../seeing-catalogue.ts';

/** English: how the screens are drawn and read aloud. */
export const enSeeing: SeeingTexts = {
  seeing: {
    themes: { standard: 'Usual look', contrast: 'High contrast', large: 'Large text' },
    readAloud: 'Read aloud',
    usualScreen: 'Usual screen',
    aloud: {
      step: (now, total, name) => `Step ${now} of ${total}: ${name}.`,
      page: (names) => `Page: ${names}.`,
      tab: (now, total, name) => `Part ${now} of ${total}: ${name}.`,
      typed: (count) =>
        count === 0 ? 'Nothing typed yet.' : count === 1 ? '1 digit typed.' : `${count} digits typed.`,
      typedOf: (count, total) => `${count} of ${total} digits typed.`,
      chosen: (text) => `Chosen: ${text}`,
      marked: 'marked',
      notMarked: 'not marked',
      fulfilled: (rule) => `Fulfilled: ${rule}`,
      notFulfilled: (rule) => `Not yet: ${rule}`,
      attention: (text) => `Attention: ${text}`,
      percent: (done) => `${done} percent done.`,
      keys: (keys) => `Keys: ${keys}.`,
      actions: (actions) => `What can be done: ${actions}.`,
      notNow: 'not now',
      backspace: 'Backspace',
      soonOver: (seconds) => `It starts over in less than ${seconds} seconds. Any key gives you more time.`,
      languages: (names) => `Language, by its number: ${names}.`,
      photo: 'There is a photo here, which cannot be read aloud.',
      code: (code) => `Code: ${code}`,
    },
  },
};
