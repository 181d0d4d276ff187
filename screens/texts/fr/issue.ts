import type { IssueTexts } from '../issue-catalogue.ts';

/** French: a new card. */
export const frIssue: IssueTexts = {
  blank: {
    title: 'Cette carte est vide.',
    text: "Venez-vous chercher une nouvelle carte ? Appuyez sur Entrée et tapez le numéro de retrait que l'assistance vous a donné.",
    unfinishedTitle: 'Terminez cette nouvelle carte',
    unfinished:
      "Elle a été commencée, mais pas terminée. Appuyez sur Entrée et tapez de nouveau le numéro de retrait : on reprend là où l'on en était.",
    otherwise:
      "Si vous n'avez pas de numéro, demandez-en un à l'assistance. Rien n'est modifié sur la carte d'ici là.",
    helpTitle: 'Pas de numéro de retrait ?',
    help: "Une nouvelle carte se demande à l'assistance. Appelez-la ou allez-y : on vous demande qui vous êtes, et on vous donne un numéro.",
    helpNext: 'Vous pouvez retirer la carte et revenir plus tard.',
  },
  enterNumber: {
    title: 'Tapez le numéro de retrait de votre nouvelle carte',
    text: 'Il a 14 ou 18 chiffres. Tapez-le sans les espaces et appuyez sur Entrée.',
    wrong: 'Ce numéro est faux. Veuillez réessayer.',
    length: 'Un numéro a 14 ou 18 chiffres.',
  },
  checkingNumber: {
    title: 'Vérification de votre numéro',
    text: 'Le serveur central détermine ce que recevra votre nouvelle carte. Laissez-la dans le lecteur.',
  },
  issueWarning: {
    title: "Avant d'écrire votre nouvelle carte",
    resumeTitle: 'Terminer votre nouvelle carte',
    resume: "Elle n'a pas été terminée la dernière fois. On reprend là où l'on en était.",
    belongs: (holder, kind) => `La carte devient la vôtre : ${holder}, ${kind}.`,
    validUntil: (date) => `Elle sera valable jusqu'au ${date}.`,
    replaces: (card) => `Elle remplace votre carte ${card}, qui ne fonctionnera plus ensuite.`,
    choosesPin: "Vous choisissez ensuite son code PIN. Personne d'autre ne le connaît.",
  },
  issued: {
    title: 'Votre nouvelle carte est prête.',
    cardValid: (date) => `Votre carte est valable jusqu'au ${date}.`,
    recovered: (count) =>
      count < 2 ? `${count} ancienne clé y a été mise.` : `${count} anciennes clés y ont été mises.`,
    putInAgain:
      'Insérez-la de nouveau, ici ou à une autre borne, et retapez votre numéro de retrait pour la terminer.',
  },
};
