import type { CollectTexts } from '../collect-catalogue.ts';

/** French: what waits, and recovered keys onto a card. */
export const frCollect: CollectTexts = {
  tasks: {
    title: 'Ce qui vous attend',
    text: 'Choisissez avec les flèches ou un chiffre, puis appuyez sur Entrée.',
    rewrite: 'Réécrire cette carte',
    rewriteText: 'Votre carte est effacée et réécrite, pour un motif que vous choisissez ensuite.',
    addKeys: (count) =>
      count < 2
        ? `Mettre ${count} clé de chiffrement récupérée sur la carte`
        : `Mettre ${count} clés de chiffrement récupérées sur la carte`,
    changeKeys: 'Mettre à jour les clés de chiffrement de cette carte',
    otherCard: 'Clés de chiffrement récupérées pour une autre carte',
    newCard: 'Une nouvelle carte',
    newCardWithKeys: 'Clés de chiffrement récupérées sur une nouvelle carte',
    file: 'Clés de chiffrement récupérées, en fichier',
    update: (reason) => `Mise à jour de votre carte : ${reason}`,
    unknown: 'Quelque chose que cette borne ne connaît pas encore',
    notNow: '(impossible)',
    updateText: 'Votre carte est effacée et réécrite, pour ce motif.',
    keysText: "On vous montre d'abord ce qui change. Le reste de la carte et votre code PIN ne changent pas.",
    until: (date) => `À faire d'ici le ${date}.`,
    note: (words) => `Remarque : ${words}`,
  },
  comparing: {
    title: 'Demande au serveur central',
    text: 'Le serveur central détermine ce qui change sur votre carte.',
  },
  difference: {
    title: 'Ce qui change sur votre carte',
    certificate: 'Clé de chiffrement du',
    change: 'Action',
    before: 'Avant',
    after: 'Après',
    changes: { kept: 'reste', moved: 'déplacée', added: 'ajoutée', removed: 'enlevée', left: 'plus tard' },
    inUse: 'en service',
    place: (number, of) => `clé ${number} sur ${of}`,
    nowhere: 'absente',
    sums: {
      kept: (count) => (count < 2 ? `${count} clé reste` : `${count} clés restent`),
      moved: (count) => (count < 2 ? `${count} déplacée` : `${count} déplacées`),
      added: (count) => (count < 2 ? `${count} ajoutée` : `${count} ajoutées`),
      removed: (count) => (count < 2 ? `${count} enlevée` : `${count} enlevées`),
      left: (count) => (count < 2 ? `${count} remise à plus tard` : `${count} remises à plus tard`),
    },
    others: 'Les clés de connexion, de signature et des portes ne changent pas.',
  },
  chooseLeft: {
    title: "Il n'y a pas assez de place pour toutes les clés",
    text: (count) =>
      `Marquez ${count < 2 ? 'celle' : `les ${count}`} à remettre à plus tard. Rien n'est perdu : elles restent en lieu sûr, et l'assistance peut vous les donner en fichier.`,
    stillTooFew: "Cela ne suffit pas encore. Marquez-en d'autres.",
    none: "Marquez-en au moins une avec la barre d'espace ou son numéro.",
  },
  removal: {
    title: (count) =>
      count < 2
        ? 'Une clé va être enlevée de votre carte'
        : `${count} clés vont être enlevées de votre carte`,
    text: (count) =>
      `Les anciens messages chiffrés pour ${count < 2 ? 'elle' : 'elles'} ne seront plus lisibles avec cette carte.`,
    confirm:
      "Appuyez sur O seulement si vous pouvez vous en passer sur cette carte. Avec Esc, vous revenez et rien n'est modifié.",
  },
  collectWarning: {
    title: 'Avant de modifier les clés de votre carte',
    resumeTitle: 'Terminer votre carte',
    resume:
      "Votre carte n'a pas été terminée la dernière fois. On reprend là où l'on en était, selon votre choix d'alors.",
    added: (count) =>
      count < 2
        ? `${count} clé de chiffrement est ajoutée à votre carte.`
        : `${count} clés de chiffrement sont ajoutées à votre carte.`,
    removed: (count) =>
      count < 2
        ? `${count} est enlevée, comme vous l'avez accepté.`
        : `${count} sont enlevées, comme vous l'avez accepté.`,
    pinStays: 'Votre code PIN ne change pas.',
    others: 'Vos autres clés et certificats restent tels quels.',
  },
  collected: {
    title: 'Votre carte est à jour.',
    removed: (count) =>
      count < 2
        ? `${count} ancienne clé a été enlevée de votre carte.`
        : `${count} anciennes clés ont été enlevées de votre carte.`,
    pinStays: 'Votre code PIN ne change pas.',
    next: 'Autre chose vous attend : appuyez sur Entrée pour continuer. Votre code PIN vous sera redemandé.',
  },
};
