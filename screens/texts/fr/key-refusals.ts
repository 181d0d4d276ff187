import type { RefusalTexts } from '../catalogue.ts';

/** French: what keeps a recovered or archived key from a card, or a request from being carried out. */
export const keyRefusals = {
  'KR-01-card-is-somebodys': {
    title: "Cette carte est déjà à quelqu'un.",
    why: "Une nouvelle carte ne s'écrit que sur une carte vide.",
    next: "Prenez une autre carte vide. Remettez celle-ci à l'assistance.",
  },
  'KR-01-needs-blank-card': {
    title: 'Il faut pour cela une carte vide.',
    why: 'Le retrait se fait avec une carte vide et un numéro de retrait.',
    next: "Demandez les deux à l'assistance. Insérez ensuite la carte vide.",
  },
  'KR-01-not-blank': {
    title: "Cette carte n'est pas dans son état d'usine.",
    why: "Elle a l'air vide, mais sa protection a été modifiée.",
    next: "Prenez une autre carte vide. Remettez celle-ci à l'assistance.",
  },
  'KR-01-other-kind': {
    title: "Ce numéro n'est pas celui d'une nouvelle carte.",
    why: 'Ce à quoi il correspond se récupère autrement.',
    next: "Adressez-vous à l'assistance.",
  },
  'KR-01-elsewhere': {
    title: 'Le retrait se fait ailleurs.',
    why: 'Cela va sur une carte à part, ou dans un fichier.',
    next: "Demandez à l'assistance où l'obtenir.",
  },
  'KR-01-no-such-request': {
    title: 'Cela ne vous attend plus.',
    why: 'Entre-temps, cela vous a été remis, a été annulé ou a expiré.',
    next: 'Insérez de nouveau la carte pour voir ce qui vous attend maintenant.',
  },
  'KR-02-cancelled': {
    title: 'Cela a été annulé.',
    why: "Quelqu'un l'a annulé avant le retrait.",
    next: "S'il vous le faut toujours, adressez-vous à l'assistance.",
  },
  'KR-02-collected': {
    title: 'Cela vous a déjà été remis.',
    why: "Chaque chose n'est remise qu'une fois.",
    next: "S'il manque quelque chose sur votre carte, adressez-vous à l'assistance.",
  },
  'KR-02-collecting': {
    title: 'Le retrait est déjà en cours.',
    why: "Il a été commencé avec une carte et n'est pas terminé.",
    next: 'Insérez cette carte, ici ou à une autre borne, pour le terminer.',
  },
  'KR-02-expired': {
    title: 'Le délai est passé.',
    why: "Personne n'est venu faire le retrait à temps.",
    next: "Demandez à l'assistance de refaire la demande.",
  },
  'KR-02-failed': {
    title: 'Cela a été abandonné.',
    why: "Le retrait a été commencé, pas terminé, puis arrêté par l'assistance.",
    next: "Demandez à l'assistance de refaire la demande.",
  },
  'KR-02-not-collecting': {
    title: "Cela était commencé, et ne l'est plus.",
    why: "Le serveur central l'a remis parmi ce qui attend.",
    next: 'Insérez de nouveau la carte et choisissez encore une fois.',
  },
  'KR-02-pin-needed': {
    title: 'Il faut pour cela votre code PIN.',
    why: "Des clés récupérées ne vont sur une carte qu'avec son code PIN : un code à usage unique ne suffit pas.",
    next: "Insérez de nouveau la carte et tapez son code PIN. Si vous ne le connaissez pas, faites d'abord réécrire la carte, ou adressez-vous à l'assistance.",
  },
  'KR-03-no-right': {
    title: 'Vous ne pouvez pas retirer cela vous-même.',
    why: "Selon les règles de votre carte, quelqu'un d'autre le fait, ou personne pour le moment.",
    next: "Demandez à l'assistance de faire le retrait avec vous.",
  },
  'KR-03-out-of-scope': {
    title: 'Vous ne pouvez pas retirer cela.',
    why: "C'est à quelqu'un d'autre.",
    next: "Adressez-vous à l'assistance.",
  },
  'KR-04-not-approved': {
    title: "Cela n'est pas encore approuvé.",
    why: "Selon les règles de votre carte, quelqu'un doit d'abord l'approuver.",
    next: "Revenez plus tard, ou demandez à l'assistance où cela en est.",
  },
  'KR-04-rejected': {
    title: 'Cela a été rejeté.',
    why: "La personne qui devait l'approuver a dit non.",
    next: "Demandez pourquoi à l'assistance.",
  },
  'KR-05-confirm-removal': {
    title: 'Ce qui est enlevé de votre carte a changé.',
    why: "Ce n'est plus la même chose que ce que vous avez accepté.",
    next: 'Appuyez sur Entrée pour le revoir.',
  },
  'KR-05-last-copy': {
    title: "Le seul exemplaire d'une clé serait perdu.",
    why: "Elle n'est que sur cette carte, et ce qui n'existe nulle part ailleurs n'en est jamais enlevé.",
    next: "Demandez à l'assistance de changer la demande.",
  },
  'KR-05-not-on-card': {
    title: "Votre carte n'est plus ce qu'elle était.",
    why: "Ce qui devait en être enlevé n'y est plus.",
    next: "Demandez à l'assistance de refaire la demande.",
  },
  'KR-06-other-kind': {
    title: 'Cela ne va pas sur une carte comme celle-ci.',
    why: "Pour le serveur central, ce n'est pas la même chose que pour cette borne.",
    next: 'Insérez de nouveau la carte, et choisissez encore une fois dans la liste.',
  },
  'KR-06-wrong-card': {
    title: "C'est pour une autre carte.",
    why: 'Cela va uniquement sur la carte qui a été désignée.',
    next: "Insérez cette carte-là. Si vous ne l'avez plus, adressez-vous à l'assistance.",
  },
  'KR-07-gap': {
    title: 'Cette carte ne permet pas ces changements.',
    why: 'Ses clés devraient changer de place, et ce type de carte ne le permet pas.',
    next: "Demandez à l'assistance de changer la demande, une autre carte, ou les clés en fichier.",
  },
  'KR-07-too-few-slots': {
    title: 'Cette carte a trop peu de place.',
    why: 'Elle a de la place pour 21 clés de chiffrement, et il y en a plus en tout.',
    next: 'Appuyez sur Entrée et choisissez celles à remettre à plus tard.',
  },
  'KR-11-not-archived': {
    title: 'Une clé de chiffrement ne peut pas être récupérée.',
    why: "Elle n'est pas parmi les clés que garde le serveur central.",
    next: "Donnez à l'assistance le code ci-dessous.",
  },
  'KR-11-not-theirs': {
    title: "Une clé de chiffrement n'a pas été délivrée.",
    why: "Elle est à quelqu'un d'autre.",
    next: "Donnez à l'assistance le code ci-dessous.",
  },
  'RP-20-key-would-be-lost': {
    title: 'Une clé de chiffrement serait perdue.',
    why: "Elle n'existe que sur cette carte, qui ne peut pas la garder, et les règles de votre carte interdisent de la perdre.",
    next: "Adressez-vous à l'assistance. D'ici là, votre carte fonctionne comme avant.",
  },
  'KR-11-cannot-import': {
    title: "Cette carte n'accepte pas votre clé de chiffrement.",
    why: "Votre clé de chiffrement est gardée au serveur central et mise sur votre carte. Ce type de carte n'accepte pas de clés de l'extérieur.",
    next: "Demandez à l'assistance une carte qui l'accepte, par exemple une YubiKey, ou la clé en fichier.",
  },
  'KR-11-no-such-key': {
    title: "Une clé de chiffrement n'a pas été délivrée.",
    why: "Le serveur central n'en a pas pour cet endroit de votre carte.",
    next: "Insérez de nouveau la carte. Si cela se répète, prévenez l'assistance.",
  },
  'KR-11-signing-key': {
    title: "Une clé n'a pas été délivrée.",
    why: 'Le serveur central ne garde jamais de clés de signature.',
    next: "Donnez à l'assistance le code ci-dessous.",
  },
  'KR-11-wrong-key': {
    title: "Une clé de chiffrement n'a pas été délivrée.",
    why: "D'après le serveur central, la clé, son certificat et votre identité ne correspondent pas.",
    next: "Donnez à l'assistance le code ci-dessous.",
  },
  'SE-04-no-archive-key': {
    title: 'Votre clé de chiffrement ne peut pas être obtenue.',
    why: 'Le serveur central ne peut pas ouvrir ses archives de clés.',
    next: "Prévenez l'assistance. Insérez de nouveau la carte quand elle vous le dira : elle sera alors terminée.",
  },
} as const satisfies Partial<RefusalTexts>;
