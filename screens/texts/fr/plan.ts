import type { PlanTexts } from '../plan-catalogue.ts';

/** French: what becomes of each key. */
export const frPlan: PlanTexts = {
  plan: {
    title: 'Ce que contiendra votre carte',
    issueTitle: (holder) => `Une nouvelle carte pour ${holder}`,
    text: "Rien n'a encore été écrit. Voici ce que devient chaque clé :",
    resumeText: "On reprend là où l'on en était. Voici ce que devient chaque clé :",
    keyFor: 'Clé pour',
    change: 'Ce qui se passe',
    until: "Jusqu'au",
    changes: {
      new: 'nouvelle',
      replaced: 'remplacée par une nouvelle',
      renewed: 'reste, nouveau certificat',
      kept: 'reste',
      restored: 'est remise en place',
      moved: 'reste (anciens messages)',
      removed: 'enlevée',
      lost: 'PERDUE',
      left: 'remise à plus tard',
      unknown: 'change',
    },
    lost: (count) =>
      count < 2
        ? "La clé marquée PERDUE n'existe nulle part ailleurs."
        : `Les ${count} clés marquées PERDUE n'existent nulle part ailleurs.`,
    lostWithOld: (count) =>
      count < 2
        ? "La clé marquée PERDUE n'est que sur l'ancienne carte, et ne vient pas sur celle-ci."
        : `Les ${count} clés marquées PERDUE ne sont que sur l'ancienne carte, et ne viennent pas sur celle-ci.`,
    removed:
      "Une clé enlevée faute de place reste en lieu sûr. S'il vous la faut, demandez-la en fichier à l'assistance.",
    left: "Une clé remise à plus tard reste en lieu sûr. S'il vous la faut, demandez-la en fichier à l'assistance.",
    nothingLost: "Rien n'est perdu.",
  },
};
