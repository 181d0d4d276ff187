import type { RefusalTexts } from '../catalogue.ts';

/** French: what somebody who helps may not do, and what a cardholder alone may not. */
export const assistRefusals = {
  'ID-02-attended-only': {
    title: "Ce code ne compte qu'avec un opérateur à vos côtés.",
    why: 'Personne ne choisit seul un nouveau code PIN ici. Votre code reste valable.',
    next: "Faites venir quelqu'un de l'assistance : cette personne insère sa propre carte dans l'autre lecteur et appuie sur O ; tapez alors votre code.",
  },
  'ID-02-code-needed': {
    title: 'Vous connaissez le code PIN de cette carte.',
    why: "Seules les personnes qui l'ont oublié en reçoivent un nouveau sans taper l'ancien.",
    next: 'Appuyez sur Entrée et tapez votre code PIN : vous en choisissez un nouveau quand la carte est réécrite.',
  },
  'ID-02-code-wanted': {
    title: "La parole d'un opérateur ne suffit pas pour cette carte.",
    why: 'Pour un nouveau code PIN, ce type de carte exige un code à usage unique.',
    next: "Demandez un code à usage unique à l'assistance, l'opérateur étant à vos côtés.",
  },
  'ID-02-not-signed': {
    title: "Ce que l'opérateur a signé ne compte plus.",
    why: 'La signature est trop ancienne, a déjà servi ou était pour autre chose.',
    next: "L'opérateur signe de nouveau avec sa propre carte.",
  },
  'ID-05-idle': {
    title: "L'opérateur n'est plus connecté.",
    why: "Rien n'a été fait pendant trop longtemps.",
    next: 'Reconnectez-vous avec votre propre carte et recommencez.',
  },
  'ID-05-no-session': {
    title: "L'opérateur n'est plus connecté.",
    why: "Sa carte a été retirée, ou il s'est connecté à une autre borne.",
    next: 'Reconnectez-vous avec votre propre carte et recommencez.',
  },
  'ID-05-not-an-operator': {
    title: 'Seul un opérateur peut faire cela.',
    why: "La personne connectée n'est plus opérateur.",
    next: "Adressez-vous à quelqu'un qui l'est.",
  },
  'ID-05-operator-disabled': {
    title: 'Cet opérateur ne peut rien faire ici.',
    why: 'Le serveur central a désactivé la personne connectée.',
    next: 'Adressez-vous à un autre opérateur.',
  },
  'ID-05-own-card-refused': {
    title: "La carte de l'opérateur est refusée.",
    why: 'Elle est désactivée, annulée ou expirée.',
    next: 'Adressez-vous à un autre opérateur.',
  },
  'OP-02-no-right': {
    title: "Cet opérateur n'en a pas le droit.",
    why: 'Son rôle ne le permet pas, ou pas pour ce motif.',
    next: 'Choisissez un autre motif, ou adressez-vous à un opérateur qui en a le droit.',
  },
  'OP-02-out-of-scope': {
    title: "Cet opérateur ne s'occupe pas de cette carte.",
    why: "Son titulaire relève d'un autre service de l'organisation.",
    next: "Adressez-vous à un opérateur qui s'en occupe.",
  },
  'OP-02-own-card': {
    title: "Un opérateur ne s'occupe pas de sa propre carte.",
    why: "C'est la carte de l'opérateur connecté.",
    next: 'Adressez-vous à un autre opérateur, ou utilisez-la comme tout le monde, sans vous connecter.',
  },
  'OP-02-witness-other': {
    title: 'Le second opérateur a signé autre chose.',
    why: 'Sa signature ne compte que pour cette carte et pour ce motif.',
    next: 'Recommencez et faites-le signer de nouveau.',
  },
  'OP-02-witness-over': {
    title: 'Ce que le second opérateur a signé ne compte plus.',
    why: 'Sa signature compte dix minutes, et une seule fois.',
    next: 'Recommencez et faites-le signer de nouveau.',
  },
  'OP-02-witness-wanted': {
    title: 'Un second opérateur doit signer cela.',
    why: 'Les règles de ce type de carte en exigent deux.',
    next: 'Recommencez avec un autre opérateur à vos côtés.',
  },
  'RP-11-other-card': {
    title: "Ce n'est pas la bonne carte.",
    why: 'Ce qui a été commencé est pour une autre.',
    next: 'Retirez cette carte. Insérez la bonne et recommencez.',
  },
  'RP-12-not-for-cardholders': {
    title: 'Ce motif est réservé aux opérateurs.',
    why: "Un tel motif est choisi par l'assistance.",
    next: "Choisissez-en un autre, ou adressez-vous à l'assistance.",
  },
  'RP-19-accept-terms': {
    title: "Les conditions n'ont pas été acceptées.",
    why: 'Elles ont peut-être changé depuis que vous les avez lues.',
    next: 'Réessayez : on vous montre celles qui sont en vigueur.',
  },
} satisfies Partial<RefusalTexts>;
