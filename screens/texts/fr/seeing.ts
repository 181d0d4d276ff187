import type { SeeingTexts } from '../seeing-catalogue.ts';

/** French: how the screens are drawn and read aloud. */
export const frSeeing: SeeingTexts = {
  seeing: {
    themes: { standard: 'Aspect normal', contrast: 'Contraste élevé', large: 'Texte agrandi' },
    readAloud: 'Lire à voix haute',
    usualScreen: 'Écran normal',
    aloud: {
      step: (now, total, name) => `Étape ${now} sur ${total} : ${name}.`,
      page: (names) => `Page : ${names}.`,
      tab: (now, total, name) => `Partie ${now} sur ${total} : ${name}.`,
      typed: (count) =>
        count === 0 ? 'Rien de saisi.' : count === 1 ? '1 chiffre saisi.' : `${count} chiffres saisis.`,
      typedOf: (count, total) => `${count} chiffres saisis sur ${total}.`,
      chosen: (text) => `Choisi : ${text}`,
      marked: 'marquée',
      notMarked: 'non marquée',
      fulfilled: (rule) => `Respecté : ${rule}`,
      notFulfilled: (rule) => `Pas encore : ${rule}`,
      attention: (text) => `Attention : ${text}`,
      percent: (done) => `Fait à ${done} pour cent.`,
      keys: (keys) => `Touches : ${keys}.`,
      actions: (actions) => `Actions possibles : ${actions}.`,
      notNow: 'pas maintenant',
      backspace: 'Retour arrière',
      soonOver: (seconds) =>
        `Retour au début dans moins de ${seconds} secondes. N'importe quelle touche vous donne plus de temps.`,
      languages: (names) => `Langue, par son numéro : ${names}.`,
      photo: 'Il y a ici une photo, qui ne peut pas être lue à voix haute.',
      code: (code) => `Code : ${code}`,
    },
  },
};
