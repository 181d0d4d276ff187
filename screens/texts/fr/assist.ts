import type { AssistTexts } from '../assist-catalogue.ts';

/** French: help, a new PIN, terms. */
export const frAssist: AssistTexts = {
  terms: {
    title: 'À lire et à accepter avant de continuer',
    text: "Rien n'est écrit avant. Avec Esc, vous refusez : la carte ne change pas.",
    more: (count) => (count < 2 ? `encore ${count} ligne plus bas` : `encore ${count} lignes plus bas`),
  },
  pinWarning: {
    title: 'Un nouveau code PIN pour cette carte',
    resumeTitle: 'Terminer le nouveau code PIN de cette carte',
    resume: "Il n'a pas été terminé la dernière fois. On reprend là où l'on en était.",
    keepsPin: 'Le code PIN que vous venez de taper est le nouveau : il reste.',
    newPin: "Vous choisissez un nouveau code PIN. L'ancien ne fonctionne plus.",
    nothingElse: "Rien d'autre ne change : certificats et clés restent tels quels.",
    told: 'Le titulaire de la carte en est informé par e-mail.',
    of: (name, card) => `Cette carte est celle de ${name} (${card}).`,
  },
  pinSet: {
    title: 'Votre code PIN est en place.',
    text: "Rien d'autre n'a été modifié sur votre carte.",
    writing: 'Mise en place de votre code PIN',
    written:
      'Votre nouveau code PIN est sur la carte. Le serveur central le note de lui-même, avec ou sans votre carte.',
    putInAgain:
      'Insérez de nouveau votre carte, ici ou à une autre borne, pour terminer son nouveau code PIN.',
  },
  softHanded: {
    leaveIn: "Laissez la clé USB branchée jusqu'à ce qu'on vous dise de la retirer.",
    stopped: "Les clés de chiffrement attendent toujours : l'opérateur peut recommencer.",
    saved: 'Vos clés de chiffrement sont enregistrées. Vous pouvez retirer la clé USB.',
  },
  provingOperator: {
    title: 'Demande au serveur central',
    text: "L'opérateur a confirmé à qui est cette carte. Laissez-la dans le lecteur.",
  },
  waitsForCard: {
    rewritten: (name) => `Insérez la carte de ${name} : elle sera réécrite.`,
    newPin: (name) => `Insérez la carte de ${name} : elle recevra un nouveau code PIN.`,
    keys: (name) => `Insérez la carte de ${name} : elle recevra des clés.`,
    newCard: (name) => `Insérez une carte vide : elle deviendra celle de ${name}.`,
    first: "Rien n'est modifié sans votre accord. Aucune autre carte n'est traitée.",
    takeBack: 'O : reprendre la main.',
  },
  turn: (name) => `C'est maintenant au tour de ${name} :`,
  assistWarning: {
    title: 'Avant de réécrire cette carte',
    resume: "Elle n'a pas été terminée la dernière fois : on reprend où l'on en était.",
    belongs: (name, card) => `Cette carte est celle de ${name} (${card}).`,
    erased: 'Elle est effacée et réécrite en entier, avec de nouveaux certificats.',
    oldRevoked: 'Les anciens certificats ne valent plus une fois les nouveaux vérifiés.',
    oldLeft: "Les anciens certificats restent valables jusqu'à leur expiration.",
    sameKey: 'La clé de chiffrement reste : les anciens messages restent lisibles.',
    newKey: "Une nouvelle clé de chiffrement est créée. L'ancienne reste sur la carte.",
    newKeyOldArchived: "Nouvelle clé de chiffrement. L'ancienne est gardée en lieu sûr.",
    newKeyIfRevoked: 'La clé de chiffrement reste, sauf si elle a été révoquée.',
    keyLost: 'La clé de chiffrement est perdue, comme cela a été accepté.',
    account: "Le compte du titulaire n'est pas modifié.",
    turn: (name) => `Ensuite, ${name} tape le nouveau code PIN. La carte reste jusqu'à la fin.`,
  },
};
