import type { Texts } from './catalogue.ts';
import { frAssist } from './fr/assist.ts';
import { frCardLine } from './fr/card-line.ts';
import { frCollect } from './fr/collect.ts';
import { frDesk } from './fr/desk.ts';
import { frEmpty } from './fr/empty.ts';
import { frIssue } from './fr/issue.ts';
import { frMyCard } from './fr/my-card.ts';
import { frPlan } from './fr/plan.ts';
import { refusals, unknownRefusal } from './fr/refusals.ts';
import { frSeeing } from './fr/seeing.ts';
import { frSoft } from './fr/soft.ts';
import { frSupport } from './fr/support.ts';

/** French. Nought is singular in it, as one is. */
export const fr: Texts = {
  ...frAssist,
  ...frCardLine,
  ...frCollect,
  ...frSoft,
  ...frSupport,
  ...frDesk,
  ...frEmpty,
  ...frIssue,
  ...frMyCard,
  ...frPlan,
  ...frSeeing,
  languageName: 'Français',
  steps: {
    card: 'Carte',
    pin: 'PIN',
    number: 'Numéro',
    reason: 'Motif',
    choice: 'Choix',
    stick: 'Clé USB',
    password: 'Mot de passe',
    saving: 'Copie',
    confirm: 'Accord',
    newPin: 'Nouveau PIN',
    writing: 'Écriture',
    done: 'Fin',
  },
  keys: {
    goOn: 'Continuer',
    back: 'Retour',
    changeCard: 'Autre carte',
    tryAgain: 'Réessayer',
    choose: 'Choisir',
    erase: 'Effacer',
    digits: 'Taper',
    otherWay: "Je n'en ai pas",
    noNumber: 'Pas de numéro',
    forgotPin: 'PIN oublié',
    yesKey: 'O',
    useLastTry: 'Utiliser le dernier essai',
    leaveForLater: 'Finir plus tard',
    startOver: 'Recommencer',
    cancel: 'Annuler',
    leave: 'Je dois partir',
    understood: 'Compris',
    acceptTerms: "J'accepte",
    declineTerms: 'Je refuse',
    acceptLoss: 'Je peux me passer de cette clé',
    acceptRemoval: 'Les enlever',
    takeOld: "Choisir l'ancien",
    emptyCard: 'Vider la carte',
    empty: 'Vider la carte',
    mark: 'Marquer',
    space: 'Espace',
    enter: 'Entrée',
    control: 'Ctrl',
    arrows: 'Haut/Bas',
    scroll: 'Défiler',
    next: 'Suite',
    takeCardOut: 'Retirez la carte',
    putCardIn: 'Insérez la carte',
    pleaseWait: 'Veuillez patienter',
    idle: (seconds) => `Retour au début dans ${seconds} s`,
    idleBrief: (seconds) => `Fin ${seconds} s`,
  },
  status: {
    starting: 'Préparation',
    centralReached: 'Serveur joignable',
    centralNotReached: 'Serveur injoignable',
    centralRefuses: 'Non admise',
    dataAge: (age) => `données d'il y a ${age}`,
    noData: 'pas encore de données',
    cardsReady: 'Lecteur prêt',
    cardsDown: 'Service des cartes arrêté',
    noReader: 'Aucun lecteur',
    noRoom: 'disque de la borne plein',
  },
  labelled: (label, text) => `${label} : ${text}`,
  seconds: (count) => (count < 2 ? `${count} seconde` : `${count} secondes`),
  minutes: (count) => (count < 2 ? `${count} minute` : `${count} minutes`),
  hours: (count) => (count < 2 ? `${count} heure` : `${count} heures`),
  tooSmall: {
    message: 'Fenêtre trop petite. Il faut 80 colonnes et 24 lignes.',
    leaveCardIn: 'Laissez la carte dans le lecteur.',
  },
  insertCard: {
    title: 'Bienvenue. Insérez votre carte dans le lecteur.',
    how: "La puce en avant, jusqu'à la butée.",
    what: "Votre carte est examinée. Rien n'est modifié sans votre accord.",
    noReaderTitle: 'Aucune carte ne peut être lue ici pour le moment.',
    passedOverTitle: 'Retirez votre carte, ou insérez-en une autre.',
    passedOver: "Une carte est encore dans le lecteur. Merci de ne pas l'oublier.",
    passedOverAgain: 'Pour travailler avec cette carte, appuyez sur Entrée.',
    centralNotReached:
      'Le serveur central ne répond pas pour le moment. En attendant, aucune carte ne peut être réécrite.',
    centralRefuses: (code) =>
      `Le serveur central n'admet pas cette borne (${code}). Utilisez-en une autre et prévenez l'assistance.`,
    cardServiceDown: "Le service des cartes de cette borne est arrêté. Merci de prévenir l'assistance.",
    noReader: "Aucun lecteur de cartes n'est branché. Merci de prévenir l'assistance.",
  },
  looking: {
    title: 'Examen de votre carte',
    text: 'Un instant. Laissez la carte dans le lecteur.',
    goesOn:
      "La suite vient d'elle-même dès que le lecteur est disponible. Vous pouvez aussi retirer votre carte.",
  },
  refused: {
    nothingChanged: "Rien n'a été modifié sur cette carte.",
    takeOut: 'Vous pouvez la retirer.',
    nextStep: 'Ce que vous pouvez faire',
  },
  refusals,
  unknownRefusal,
  found: {
    title: 'Cette carte peut être réécrite.',
    text: "Si c'est bien la vôtre, appuyez sur Entrée.",
    unfinishedTitle: 'Terminez votre carte',
    unfinished:
      "Elle n'a pas été terminée la dernière fois. Appuyez sur Entrée pour reprendre là où l'on en était.",
    blockedTitle: 'Le code PIN de cette carte est bloqué.',
    blocked:
      "Un code PIN faux a été tapé trop souvent. Demandez un code à usage unique à l'assistance, puis appuyez sur Entrée pour le taper.",
    holder: 'Titulaire',
    profile: 'Type de carte',
    validUntil: 'Expire le',
    serial: 'Numéro de carte',
    certificateFor: 'Certificat pour',
    certificateState: 'État',
    noCertificates: "Aucun certificat n'est connu pour cette carte.",
    more: (count) => (count < 2 ? `et ${count} autre` : `et ${count} autres`),
    centralNotReached: 'Le serveur central ne répond pas : vous pourrez continuer dès son retour.',
  },
  uses: {
    signIn: 'connexion',
    sign: 'signature',
    encrypt: 'chiffrement',
    doors: 'portes',
    oldEncrypt: 'ancien chiffrement',
    other: 'autre usage',
  },
  certificateStates: {
    held: 'pas encore en service',
    active: 'valable',
    revoked: 'révoqué',
    superseded: 'remplacé',
    expired: 'expiré',
    unfinished: 'pas terminé',
  },
  enterPin: {
    title: 'Tapez le code PIN de votre carte',
    text: 'Le code PIN montre que cette carte est à vous. Tapez-le et appuyez sur Entrée.',
    unfinished:
      "C'est peut-être déjà le nouveau, choisi la dernière fois. Si l'ancien est refusé, essayez le nouveau.",
    triesLeft: (count) => (count < 2 ? `Encore ${count} essai` : `Encore ${count} essais`),
    wrong: 'Ce code PIN est faux. Veuillez réessayer.',
    tooShort: 'Un code PIN a au moins 6 chiffres.',
    lastTry:
      "C'est le dernier essai. Si ce code PIN est faux lui aussi, la carte se bloque et seule l'assistance peut vous aider.",
    confirmLastTry:
      'Ce code PIN est-il bien le bon ? Appuyez sur O pour le dernier essai, ou sur Esc pour revenir.',
  },
  enterCode: {
    title: 'Tapez un code à usage unique',
    text: "Demandez ce code à l'assistance. Il remplace une fois votre code PIN. Tapez-le et appuyez sur Entrée.",
    blocked:
      "Le code PIN de cette carte est bloqué. Demandez à l'assistance un code à usage unique, tapez-le et appuyez sur Entrée.",
    wrong: 'Ce code est faux. Veuillez réessayer.',
    length: 'Un code à usage unique a 8 ou 12 chiffres.',
    helpTitle: 'Ni code PIN, ni code à usage unique ?',
    help: "Appelez l'assistance ou allez-y, et dites qu'il vous faut un code à usage unique pour cette carte. On vous demandera qui vous êtes.",
    helpOperator:
      "Ou faites venir quelqu'un de l'assistance : cette personne insère sa propre carte dans l'autre lecteur et appuie sur O.",
    helpNext: 'Vous pouvez retirer votre carte et revenir plus tard.',
  },
  proving: {
    title: 'Vérification de votre code PIN',
    text: "Votre carte montre au serveur central qu'elle est à vous. Laissez-la dans le lecteur.",
  },
  provingCode: {
    title: 'Vérification de votre code',
    text: 'Le serveur central vérifie le code à usage unique. Laissez votre carte dans le lecteur.',
  },
  chooseReason: {
    title: 'Pourquoi faire réécrire votre carte ?',
    text: 'Choisissez avec les flèches ou un chiffre, puis appuyez sur Entrée.',
    none: "Il n'y a aucun motif à choisir pour le moment. Adressez-vous à l'assistance.",
    moreAbove: (count) => (count < 2 ? `${count} autre au-dessus` : `${count} autres au-dessus`),
    moreBelow: (count) => (count < 2 ? `${count} autre en dessous` : `${count} autres en dessous`),
  },
  checking: {
    title: 'Demande au serveur central',
    text: 'Le serveur central vérifie ce que cela change pour votre carte.',
  },
  warning: {
    title: 'Avant de réécrire votre carte',
    resumeTitle: 'Terminer votre carte',
    resume: "Votre carte n'était pas terminée. On reprend là où l'on en était.",
    keepsPin: 'Le code PIN que vous venez de taper est le nouveau : il reste.',
    choosesPin: 'Un nouveau code PIN vous est demandé encore une fois.',
    reason: (title) => `Motif : ${title}`,
    erased: 'Tout ce que contient votre carte est effacé et réécrit, avec de nouveaux certificats.',
    oldRevoked: "Vos anciens certificats cessent d'être valables dès que les nouveaux sont vérifiés.",
    oldLeft: "Vos anciens certificats restent valables jusqu'à leur expiration.",
    sameKey: 'Votre clé de chiffrement reste : vos anciens messages restent lisibles.',
    newKey:
      "Vous recevez une nouvelle clé de chiffrement. L'ancienne reste sur la carte pour vos anciens messages.",
    newKeyOldArchived:
      "Vous recevez une nouvelle clé de chiffrement. L'ancienne est gardée en lieu sûr et pourra revenir sur une carte.",
    newKeyIfRevoked: 'Votre clé de chiffrement reste, sauf si elle a été révoquée.',
    keyLost: "Votre clé de chiffrement est perdue, comme vous l'avez accepté.",
    expiry: (date) => `Votre carte reste valable jusqu'au ${date}.`,
    account: "Votre compte n'est pas modifié.",
    leaveCardIn: "Pendant l'écriture, ne retirez la carte que quand on vous le dit.",
  },
  keyLoss: {
    title: 'Une clé va être perdue',
    text: "Votre carte contient une clé de chiffrement qui n'existe nulle part ailleurs. Elle ne peut pas être conservée si la carte est réécrite.",
    consequence: 'Les messages et fichiers chiffrés pour cette clé ne pourront plus jamais être ouverts.',
    confirm:
      "Appuyez sur Entrée seulement si vous pouvez vous en passer. Avec Esc, vous revenez et rien n'est modifié.",
  },
  newPin: {
    title: 'Choisissez un nouveau code PIN',
    text: "Tapez-le et appuyez sur Entrée. N'utilisez pas un code connu de quelqu'un d'autre.",
    repeatTitle: 'Tapez le nouveau code PIN encore une fois',
    repeatText: "Pour qu'une faute de frappe ne vous bloque pas.",
    rules: {
      length: (min, max) => (min === max ? `${min} chiffres` : `${min} à ${max} chiffres`),
      repeated: 'Pas toujours le même chiffre',
      sequence: 'Pas une suite comme 1 2 3 4 5 6',
      current: 'Pas votre code PIN actuel',
    },
    policyError: 'Ce code PIN ne respecte pas encore tous les points ci-dessus.',
    mismatch: 'Les deux codes PIN étaient différents. Recommencez.',
    same: 'Les deux codes PIN sont les mêmes',
    notYetSame: 'Les mêmes chiffres que la première fois',
  },
  writing: {
    title: 'Écriture de votre carte',
    leaveCardIn: 'Laissez votre carte dans le lecteur.',
    begin: 'Préparation',
    phases: {
      inspect: () => 'Examen du contenu de votre carte',
      authenticate: () => "Ouverture de votre carte à l'écriture",
      pin: () => 'Mise en place de votre nouveau code PIN',
      key: (use) => `Création d'une nouvelle clé : ${use}`,
      import: (use) => `Copie de la clé sur votre carte : ${use}`,
      certificate: (use) => `Écriture du certificat : ${use}`,
      object: () => 'Écriture de vos données',
      remove: () => "Suppression de ce qui n'est plus utile",
      secret: () => 'Renouvellement de la protection de votre carte',
      verify: () => 'Vérification de ce qui a été écrit',
      complete: () => 'Mise en service de vos nouveaux certificats',
    },
    otherPhase: 'Travail en cours sur votre carte',
    soFar: (done, total) => `Étape ${done} sur ${total}`,
    remaining: (time) => `encore environ ${time}`,
    aFewSeconds: 'encore quelques secondes',
    waitingForCentral:
      "En attente du serveur central. La suite vient d'elle-même dès qu'il répond de nouveau.",
    waited: (time) => `Attente jusqu'ici : ${time}.`,
    mayLeave:
      'Votre carte peut rester dans le lecteur. Si vous devez partir, retirez-la : elle sera terminée plus tard, ici ou à une autre borne.',
    leaving:
      "Vous pouvez retirer la carte : rien n'est perdu. Tant qu'elle n'est pas terminée, elle ne marche peut-être pas partout. Réinsérez-la, ici ou à une autre borne : on reprend là où l'on en était.",
  },
  written: {
    title: 'Votre carte est écrite. En attente du serveur central.',
    mayTake: "Tout est sur votre carte et a été vérifié. Elle n'a plus à rester : vous pouvez la retirer.",
    isOut: "Votre carte est retirée, et ce n'est pas grave : tout y est et a été vérifié.",
    until:
      'Les nouveaux certificats sont valables dès que le serveur central a répondu. Cela se fait tout seul, avec ou sans votre carte.',
  },
  done: {
    title: 'Votre carte est prête.',
    cardIsOut: 'La carte est déjà retirée.',
    takeCard: 'Retirez votre carte maintenant.',
    newPin: 'Votre nouveau code PIN est valable dès maintenant.',
    newCertificates: 'Certificat pour',
    oldRevoked: (count) =>
      count < 2
        ? `${count} ancien certificat n'est plus valable.`
        : `${count} anciens certificats ne sont plus valables.`,
    cardValid: (date) => `Votre carte reste valable jusqu'au ${date}.`,
    leftover: (slots) =>
      `Une ancienne clé n'a pas pu être enlevée de la carte (${slots}). Son certificat n'est plus valable.`,
    notTaken: (things) => `La carte n'a pas accepté : ${things}. Tout le reste y est.`,
    things: {
      photo: 'votre photo',
      printed: 'vos données imprimées',
      fingerprints: 'vos empreintes digitales',
    },
  },
  interrupted: {
    title: "Votre carte n'est pas encore terminée.",
    putInAgain: 'Insérez de nouveau votre carte, ici ou à une autre borne, pour la terminer.',
    takeOutAndIn:
      'Appuyez sur Entrée pour continuer, ou retirez votre carte et réinsérez-la, ici ou à une autre borne.',
    notLost: "Rien n'est perdu : on reprend là où l'on en était.",
    notValidTitle: "Votre carte est écrite, mais elle n'est pas valable.",
    notValid:
      "Le serveur central n'a pas mis en service ses nouveaux certificats. Quand ce sera réglé, insérez de nouveau votre carte, ici ou à une autre borne : elle sera terminée.",
  },
};
