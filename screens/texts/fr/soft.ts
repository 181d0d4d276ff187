import type { SoftTexts } from '../soft-catalogue.ts';

/** French: recovered keys as a file on a stick. The stick is always the "clé USB", and a key the "clé de chiffrement". */
export const frSoft: SoftTexts = {
  fileText:
    'Elles sont enregistrées dans un fichier avec mot de passe, sur une clé USB que vous apportez. Votre carte reste telle quelle.',
  storeTask: 'Clés de chiffrement récupérées, sur votre ordinateur',
  storeText: 'On vous montre un jeton, qui sert à les récupérer là-bas. Votre carte reste telle quelle.',
  softToken: {
    title: 'Récupérez vos clés de chiffrement sur votre ordinateur',
    asking: 'Le serveur central crée un jeton pour cela. Un instant.',
    text: 'Sur cet ordinateur, où Recard est installé, tapez dans un terminal :',
    address: 'https://SERVEUR:8443',
    folder: 'DOSSIER',
    typeIt: 'DOSSIER : là où vos programmes rangent les certificats. Quand le jeton est demandé, tapez :',
    once: "Notez-le maintenant : il n'est montré que cette fois et sert une seule fois, dans les 15 minutes. Quiconque l'a peut récupérer vos clés.",
  },
  chooseMedium: {
    title: 'Où enregistrer vos clés de chiffrement',
    text: (count) =>
      count < 2
        ? `${count} clé de chiffrement est enregistrée dans un fichier avec mot de passe.`
        : `${count} clés de chiffrement sont enregistrées dans un seul fichier avec mot de passe.`,
    looking: 'Recherche des clés USB. Un instant.',
    none: "Branchez une clé USB. Elle est reconnue d'elle-même.",
    gone: 'La clé USB a été retirée. Rebranchez-la, ou choisissez-en une autre.',
    choose: 'Choisissez avec les flèches ou un chiffre, puis appuyez sur Entrée.',
    noName: 'Clé USB sans nom',
    free: (amount) => `${amount} libres`,
  },
  softEncryption: {
    title: 'Où allez-vous ouvrir le fichier ?',
    text: 'Choisissez avec les flèches ou un chiffre.',
    usual: "Sur un ordinateur d'aujourd'hui",
    old: "Dans un vieux programme qui n'ouvre pas les fichiers d'aujourd'hui",
    usualText: "Chiffrement fort. Windows 10 et macOS 15 ou plus récents, Firefox et Thunderbird l'ouvrent.",
    oldWarning:
      "Ce chiffrement est ancien et plus faible : quiconque trouve le fichier peut y essayer des mots de passe bien plus vite. Ne le choisissez que si on vous l'a dit, avec un long mot de passe. Appuyez sur O pour le choisir pour ce fichier.",
  },
  softPassword: {
    title: 'Choisissez un mot de passe pour le fichier',
    text: 'Quiconque a le fichier et le mot de passe a vos clés de chiffrement. Personne ne peut retrouver ce mot de passe pour vous.',
    repeatTitle: 'Tapez le mot de passe encore une fois',
    repeatText: "Pour qu'une faute de frappe ne verrouille pas le fichier.",
    typed: (count) => (count < 2 ? `${count} caractère` : `${count} caractères`),
    rules: {
      length: (count) => `Au moins ${count} caractères`,
      kinds: (count) =>
        count < 2
          ? "N'importe quels caractères"
          : `${count} parmi : minuscules, majuscules, chiffres, autres caractères`,
      different: (count) => `Au moins ${count} caractères différents`,
    },
    policyError: 'Le mot de passe ne respecte pas encore tous ces points.',
    mismatch: 'Les deux étaient différents. Veuillez recommencer.',
    same: 'Le même que la première fois',
    notYetSame: 'Pas encore le même que la première fois',
  },
  savingSoft: {
    title: 'Enregistrement de vos clés de chiffrement',
    phases: {
      fetch: 'Le serveur central délivre vos clés.',
      make: 'Le fichier est créé et chiffré.',
      save: 'Le fichier est écrit, puis relu.',
    },
    leaveIn: "Laissez la clé USB et votre carte jusqu'à ce qu'on vous dise de les retirer.",
  },
  softStopped: {
    title: "Rien n'a été enregistré.",
    again:
      'Vos clés de chiffrement vous attendent toujours : appuyez sur Entrée pour recommencer. Votre code PIN vous sera redemandé.',
    putCardIn: 'Vos clés de chiffrement vous attendent toujours : insérez votre carte pour recommencer.',
  },
  softDone: {
    title: 'Clés enregistrées. Vous pouvez retirer la clé USB et la carte.',
    file: 'Fichier',
    stick: 'Sur',
    keysOf: 'Clé de chiffrement du',
    password:
      "Retenez le mot de passe : personne ne peut le retrouver, et sans lui le fichier ne s'ouvre pas.",
    takeOut: "N'oubliez pas la clé USB. Le fichier a été relu, et il est complet.",
    next: 'Autre chose vous attend : appuyez sur Entrée pour continuer.',
    more: (count) => (count < 2 ? `et ${count} autre` : `et ${count} autres`),
  },
};
