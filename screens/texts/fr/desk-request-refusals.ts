import type { DeskTexts } from '../desk-catalogue.ts';

/** French: why an operator may not, of who they are and of requests. */
export const requestRefusals = {
  'ID-01-not-proved': {
    what: "La carte n'a pas prouvé qu'elle est celle qui est enregistrée.",
    next: 'Réessayez ; si cela persiste, examinez-la avec un autre opérateur.',
  },
  'ID-02-attended-only': {
    what: 'Le profil exige un opérateur aux côtés du titulaire.',
    next: 'Connectez-vous à la borne où il se trouve.',
  },
  'ID-02-code-wanted': {
    what: "Ici, la parole d'un opérateur ne suffit pas au profil.",
    next: 'Donnez au titulaire un code à usage unique et restez avec lui.',
  },
  'ID-02-not-signed': {
    what: "La signature n'est pas de la clé enregistrée.",
    next: 'Signez de nouveau avec la carte de votre connexion.',
  },
  'ID-02-other-card': {
    what: "Ce n'est pas la carte de votre connexion.",
    next: 'Insérez celle-là.',
  },
  'ID-02-pin-not-set': { what: "Le code PIN n'a pas été défini.", next: 'Recommencez.' },
  'ID-04-pin-blocked': {
    what: 'Le code PIN de cette carte est bloqué.',
    next: 'Un autre opérateur peut en définir un nouveau.',
  },
  'ID-05-idle': { what: "Rien n'a été fait pendant trop longtemps.", next: 'Reconnectez-vous.' },
  'ID-05-no-session': {
    what: 'Le serveur central a mis fin à votre session.',
    next: 'Reconnectez-vous.',
  },
  'ID-05-not-an-operator': {
    what: "Vous n'êtes pas opérateur.",
    next: 'Un administrateur peut vous donner ce rôle.',
  },
  'ID-05-operator-disabled': {
    what: 'Votre compte est désactivé.',
    next: 'Adressez-vous à un administrateur.',
  },
  'ID-05-other-card': {
    what: "Cette carte est à quelqu'un d'autre.",
    next: 'Connectez-vous avec la vôtre.',
  },
  'ID-05-own-card-refused': {
    what: 'Votre propre carte est désactivée, annulée ou expirée.',
    next: 'Demandez-en une nouvelle à un autre opérateur.',
  },
  'KR-01-no-certificate': { what: "Aucune clé n'est marquée.", next: 'Marquez-en au moins une.' },
  'KR-01-no-number': {
    what: 'Seule une nouvelle carte se retire avec un numéro.',
    next: 'Ceci se retire autrement.',
  },
  'KR-01-no-such-certificate': {
    what: "L'une des clés n'existe plus.",
    next: 'Recommencez, et choisissez de nouveau.',
  },
  'KR-01-no-such-request': {
    what: "Cette demande n'existe plus.",
    next: 'Revenez en arrière et regardez de nouveau.',
  },
  'KR-01-nothing-to-do': {
    what: 'Rien ne changerait sur la carte.',
    next: 'Marquez une autre clé.',
  },
  'KR-01-open-already': {
    what: 'La même chose est déjà demandée.',
    next: 'Cherchez-la parmi les demandes de cette personne.',
  },
  'KR-01-other-kind': {
    what: "Elle n'est pas pour une nouvelle carte.",
    next: 'Revenez en arrière et regardez la demande.',
  },
  'KR-01-too-many': {
    what: 'Cela fait trop de clés pour une seule demande.',
    next: 'Marquez-en moins.',
  },
  'KR-02-cancelled': {
    what: 'La demande a été annulée.',
    next: "Faites-en une nouvelle s'il le faut.",
  },
  'KR-02-collected': {
    what: 'La demande a déjà été honorée.',
    next: "Faites-en une nouvelle s'il le faut.",
  },
  'KR-02-collecting': {
    what: 'Le retrait est déjà en cours.',
    next: "Il se termine avec la même carte, à n'importe quelle borne.",
  },
  'KR-02-expired': {
    what: 'La demande a expiré.',
    next: "Faites-en une nouvelle s'il le faut.",
  },
  'KR-02-failed': {
    what: 'Le retrait a été abandonné.',
    next: "Faites une nouvelle demande s'il le faut.",
  },
  'KR-02-vouch-wanted': {
    what: 'Il manque votre signature, qui atteste que le propriétaire est là.',
    next: "Choisissez de l'attester en signant.",
  },
  'KR-03-no-right': {
    what: 'Votre rôle ne le permet pas pour ce profil.',
    next: 'Adressez-vous à un administrateur.',
  },
  'KR-03-out-of-scope': {
    what: "Cette personne n'est dans aucun de vos groupes.",
    next: "Adressez-vous à un opérateur qui s'en occupe.",
  },
  'KR-04-approved-before': {
    what: 'Vous avez déjà dit oui ou non.',
    next: 'Un autre opérateur doit le faire.',
  },
  'KR-04-decided': {
    what: 'La décision est déjà prise.',
    next: "Il n'y a plus rien à approuver ni à rejeter.",
  },
  'KR-04-not-approved': {
    what: "Elle n'est pas encore approuvée.",
    next: 'Adressez-vous à un autre opérateur pour cela.',
  },
  'KR-04-over': {
    what: 'Cette demande est terminée.',
    next: "Faites-en une nouvelle s'il le faut.",
  },
  'KR-04-own-keys': {
    what: "Il s'agit de vos propres clés.",
    next: 'Adressez-vous à un autre opérateur.',
  },
  'KR-04-own-request': {
    what: "C'est vous qui l'avez demandé.",
    next: "Un autre opérateur doit l'approuver.",
  },
  'KR-04-rejected': {
    what: 'Elle a été rejetée.',
    next: "Faites une nouvelle demande s'il le faut.",
  },
  'KR-05-last-copy': {
    what: "Une clé qui n'existe nulle part ailleurs serait perdue.",
    next: 'Laissez-la sur la carte.',
  },
  'KR-05-not-on-card': {
    what: "Une clé à enlever n'est plus sur la carte.",
    next: 'Recommencez, et choisissez de nouveau.',
  },
  'KR-06-other-kind': {
    what: "Cette demande est d'un autre type.",
    next: 'Revenez en arrière et regardez de nouveau.',
  },
  'KR-06-wrong-card': {
    what: "Ce n'est pas la carte concernée.",
    next: 'Mettez celle-là dans le lecteur.',
  },
  'KR-07-gap': {
    what: 'Cette carte ne peut pas combler le vide qui resterait.',
    next: 'Laissez cette clé sur la carte.',
  },
  'KR-07-too-few-slots': {
    what: "La carte n'a pas de place pour tant de clés.",
    next: 'Marquez-en moins, ou donnez le reste en fichier.',
  },
  'KR-11-cannot-import': {
    what: "Cette carte n'accepte pas de clés de l'extérieur.",
    next: 'Donnez-les en fichier, ou remplacez la carte.',
  },
  'KR-11-not-archived': {
    what: "Le serveur central n'a pas cette clé.",
    next: "Elle n'est que sur la carte où elle a été créée.",
  },
  'KR-11-not-theirs': {
    what: "L'une des clés est à quelqu'un d'autre.",
    next: 'Recommencez, et choisissez de nouveau.',
  },
} satisfies Partial<DeskTexts['desk']['refusals']>;
