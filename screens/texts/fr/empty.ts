import type { EmptyTexts } from '../empty-catalogue.ts';

/** French: a cancelled card that is emptied. */
export const frEmpty: EmptyTexts = {
  emptyWarning: {
    title: 'Vider cette carte annulée ?',
    resumeTitle: 'Finir de vider cette carte ?',
    resume: "Elle n'a pas été terminée la dernière fois. On reprend là où l'on en était.",
    all: "Tout ce qu'elle contient est perdu : certificats, clés, nom et photo.",
    keys: 'Ce que seules ses clés peuvent ouvrir ne pourra plus être ouvert.',
    secrets: "Son code PIN redevient celui d'usine. Une autre personne peut la recevoir comme carte neuve.",
    confirm: "C'est irréversible. Ne retirez pas la carte pendant le vidage.",
  },
  emptied: {
    title: 'Cette carte est vide maintenant.',
    text: "Elle peut resservir comme carte neuve. Rendez-la à l'assistance.",
    putInAgain: 'Insérez de nouveau la carte, ici ou à une autre borne, pour finir de la vider.',
    written: 'La carte est vide. Elle peut resservir dès que le serveur central a répondu.',
    writing: "La carte est en train d'être vidée",
  },
};
