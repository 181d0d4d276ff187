import type { MyCardTexts } from '../my-card-catalogue.ts';

/** French: what is on a card. */
export const frMyCard: MyCardTexts = {
  myCard: {
    key: 'Contenu',
    readingTitle: 'Lecture de cette carte',
    reading: "Un instant. Laissez la carte dans le lecteur. Rien n'y est modifié.",
    title: 'Contenu de cette carte',
    read: "Cela vient d'être lu sur la carte. Rien n'a été modifié.",
    notAsItShouldBe: "Quelque chose n'est pas comme prévu. Adressez-vous à l'assistance.",
    notFinished: "Cette carte n'est pas terminée. Son contenu comptera dès qu'elle le sera.",
    oldKeys: "L'ancien chiffrement, même expiré, ouvre toujours vos anciens messages.",
    certificateFor: 'Certificat pour',
    until: 'Expire le',
    state: 'État',
    noCertificates: "Il n'y a pas de certificat sur cette carte.",
    states: {
      works: 'fonctionne',
      expired: 'expiré',
      revoked: 'révoqué',
      replaced: 'remplacé par un plus récent',
      unfinished: 'pas terminé',
      notKnown: 'inconnu ici',
      unreadable: 'illisible',
      missing: 'manque sur la carte',
    },
    photo: 'Photo',
    details: 'Vos données',
    presence: {
      there: 'sur la carte',
      absent: 'pas sur la carte',
      closed: 'visible seulement avec le code PIN',
    },
    pinBlocked: 'bloqué',
    pinNotTold: "la carte ne dit pas combien d'essais il reste",
    waits: 'Quelque chose vous attend ? Pour le voir, revenez, appuyez sur Entrée et tapez votre code PIN.',
  },
};
