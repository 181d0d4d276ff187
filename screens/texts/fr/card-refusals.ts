import type { RefusalTexts } from '../catalogue.ts';

/** French: what is wrong with a card, its holder or the work on it. */
export const cardRefusals = {
  'RP-04-expired': {
    title: 'Cette carte a expiré.',
    why: 'Sa durée de vie est terminée, et une carte ne peut pas être réécrite au-delà.',
    next: "Demandez une nouvelle carte à l'assistance.",
  },
  'RP-06-cancelled': {
    title: 'Cette carte a été annulée.',
    why: "Ce que contenait une carte annulée n'est plus jamais utilisé.",
    next: "Demandez une nouvelle carte à l'assistance, et rendez celle-ci.",
  },
  'RP-06-cannot-empty': {
    title: 'Cette carte ne peut pas être vidée.',
    why: 'Elle garderait une clé ou un code PIN que personne ne peut remettre à zéro.',
    next: "Rendez-la à l'assistance. Elle est à détruire.",
  },
  'RP-06-not-cancelled': {
    title: "Cette carte n'est pas annulée.",
    why: 'Seule une carte annulée est vidée.',
    next: "Si elle ne sert plus, adressez-vous à l'assistance.",
  },
  'RP-06-disabled': {
    title: 'Cette carte est désactivée.',
    why: "Quelqu'un l'a désactivée pour le moment : elle ne peut donc pas être réécrite.",
    next: "Demandez à l'assistance pourquoi, et si elle peut être réactivée.",
  },
  'RP-06-holder-disabled': {
    title: 'Le compte de cette carte est désactivé.',
    why: 'Une carte ne peut être réécrite que si le compte de son titulaire est en service.',
    next: "Renseignez-vous sur ce compte à l'assistance.",
  },
  'RP-06-not-approved': {
    title: "Le titulaire de cette carte n'est pas agréé.",
    why: "Une carte de ce type exige que son titulaire soit agréé. Il ne l'est pas, ou ne l'est plus.",
    next: "Adressez-vous à la personne qui agrée ces titulaires dans votre organisation, ou à l'assistance.",
  },
  'RP-07-contactless': {
    title: "C'est une carte sans contact.",
    why: 'Seule une carte insérée par sa puce peut être réécrite ici.',
    next: "Insérez votre carte à puce. L'assistance s'occupe des cartes sans contact.",
  },
  'RP-07-no-piv': {
    title: "Cette carte n'est pas pour cette borne.",
    why: "Elle est lisible, mais ce n'est pas une carte d'identité du type qui s'écrit ici.",
    next: "Vérifiez que c'est la bonne carte.",
  },
  'RP-07-blank': {
    title: 'Cette carte est vide.',
    why: "Elle n'a encore été délivrée à personne.",
    next: "Demandez un numéro de retrait pour elle à l'assistance.",
  },
  'RP-07-unknown': {
    title: "Cette carte n'est pas connue.",
    why: "Elle n'est pas enregistrée au serveur central.",
    next: "Vérifiez que c'est la bonne carte, ou adressez-vous à l'assistance.",
  },
  'RP-07-not-known-here': {
    title: "Cette carte n'est pas connue de cette borne.",
    why: "Ses données n'y sont pas encore, et le serveur central ne peut pas les donner pour le moment.",
    next: 'Réessayez plus tard, ou à une autre borne.',
  },
  'RP-07-not-served-here': {
    title: "Cette carte n'est pas traitée à cette borne.",
    why: "Elle relève d'un service qui a ses propres bornes.",
    next: "Allez à une borne de votre service, ou adressez-vous à l'assistance.",
  },
  'ID-01-key-compromised': {
    title: "Cette carte ne peut plus prouver qu'elle est à vous.",
    why: "Son certificat est suspendu, ou a été révoqué parce que sa clé est peut-être connue de quelqu'un d'autre.",
    next: "Adressez-vous à l'assistance.",
  },
  'ID-01-not-proved': {
    title: "Cette carte n'a pas pu prouver qu'elle est à vous.",
    why: "Sa réponse ne correspond pas à ce que le serveur central sait d'elle.",
    next: "Réessayez. Si cela se répète, adressez-vous à l'assistance.",
  },
  'ID-02-pin-not-set': {
    title: "Le nouveau code PIN n'a pas pu être mis en place.",
    why: "La carte n'a pas accepté ce que le serveur central garde pour cela.",
    next: "Adressez-vous à l'assistance. Si vous retrouvez votre code PIN, vous pouvez encore continuer avec lui.",
  },
  'ID-03-code-dead': {
    title: "Ce code à usage unique n'est plus valable.",
    why: 'Il a expiré ou déjà servi, ou un code faux a été tapé trop souvent.',
    next: "Demandez-en un nouveau à l'assistance, puis appuyez sur Entrée.",
  },
  'ID-03-wait': {
    title: 'Un code faux a été tapé trop souvent.',
    why: 'Le code de cette carte est déjà utilisé, et il est protégé contre les essais au hasard.',
    next: 'Attendez une minute, puis appuyez sur Entrée et retapez-le.',
  },
  'ID-04-pin-blocked': {
    title: 'Le code PIN de cette carte est bloqué.',
    why: 'Un code PIN faux a été tapé trop souvent.',
    next: "Faites-la débloquer par l'assistance.",
  },
  'RP-02-no-profile': {
    title: "Il n'y a pas de modèle pour les cartes de ce type.",
    why: "Le serveur central ne sait plus ce qu'une carte de ce type doit contenir.",
    next: "Prévenez l'assistance. Votre carte fonctionne comme avant.",
  },
  'RP-12-no-reasons': {
    title: "Il n'y a aucun motif à choisir.",
    why: "Une carte n'est réécrite que pour un motif, et la liste du serveur central est vide pour le moment.",
    next: "Prévenez l'assistance.",
  },
  'RP-09-not-yours': {
    title: "Ce n'est pas votre carte.",
    why: "Vous ne pouvez faire réécrire qu'une carte qui est à vous.",
    next: 'Insérez votre propre carte.',
  },
  'RP-14-pin-not-set': {
    title: "Cette carte n'a pas encore de nouveau code PIN.",
    why: "Une carte n'est terminée qu'avec un nouveau code PIN, car l'ancien est peut-être connu de quelqu'un.",
    next: 'Réessayez, et choisissez un nouveau code PIN quand on vous le demande.',
  },
  'RP-15-other-reason': {
    title: 'Cette mise à jour a changé.',
    why: "Entre-temps, quelqu'un l'a demandée pour un autre motif.",
    next: 'Insérez de nouveau la carte, et choisissez encore une fois dans la liste.',
  },
  'RP-15-unknown-reason': {
    title: 'Cette mise à jour ne peut pas encore se faire ici.',
    why: 'Cette borne ne connaît pas encore son motif.',
    next: "Revenez dans quelques minutes. Si rien ne change, adressez-vous à l'assistance.",
  },
  'RP-17-already-writing': {
    title: "Cette carte est en cours d'écriture ailleurs.",
    why: "Une autre borne l'a commencée et ne l'a pas encore terminée.",
    next: 'Attendez une minute et réessayez.',
  },
  'RP-17-cancelled': {
    title: 'Annulé.',
    why: 'Vous avez arrêté avant que quoi que ce soit ne soit écrit.',
    next: 'Appuyez sur Entrée pour recommencer, ou retirez votre carte.',
  },
  'RP-17-closed': {
    title: "Cela s'est terminé ailleurs.",
    why: 'Entre-temps, le serveur central a mis fin à ce qui était commencé avec cette carte.',
    next: "Réessayez. Si cela se répète, adressez-vous à l'assistance.",
  },
  'RP-17-elsewhere': {
    title: "Cette carte est en cours d'écriture ailleurs.",
    why: 'Une autre borne a pris la suite de ce qui était commencé ici.',
    next: 'Terminez votre carte là-bas, ou réessayez ici.',
  },
  'RP-17-other-card': {
    title: 'Une autre carte est à terminer ici.',
    why: "Cette borne attend une carte retirée avant d'être terminée.",
    next: "Retirez cette carte. L'autre peut être terminée ici ou à n'importe quelle borne.",
  },
  'RP-17-card-full': {
    title: "Cette carte n'a plus de place.",
    why: "Elle peut contenir moins qu'avant : tout n'a pas pu être écrit.",
    next: "Montrez cet écran à l'assistance : il vous faut une autre carte.",
  },
  'RP-17-card-too-small': {
    title: 'Cette carte a trop peu de place.',
    why: "Ce qu'elle devrait contenir n'y tient pas. Rien n'a été modifié.",
    next: "Votre carte fonctionne comme avant. Demandez à l'assistance une autre carte, ou les anciennes clés en fichier.",
  },
  'RP-17-card-removed': {
    title: 'La carte a été retirée.',
    why: "Elle n'était plus dans le lecteur.",
    next: 'Insérez-la de nouveau.',
  },
  'RP-17-finish-first': {
    title: "Cette carte n'est pas terminée.",
    why: 'Autre chose a été commencé avec elle, et passe en premier.',
    next: "Appuyez sur Entrée et tapez votre code PIN : on reprend là où l'on en était.",
  },
  'RP-17-rewrite-first': {
    title: "Cette carte doit d'abord être réécrite.",
    why: 'Elle est restée à moitié écrite : rien ne peut donc y être ajouté.',
    next: 'Appuyez sur Entrée et choisissez de la réécrire. Revenez ensuite à ceci.',
  },
  'RP-17-interrupted': {
    title: 'Le travail sur cette carte a été interrompu.',
    why: 'La liaison entre la borne et la carte a été coupée.',
    next: 'Réessayez.',
  },
  'RP-18-certificate-revoked': {
    title: 'Un nouveau certificat a été révoqué.',
    why: "Il a été révoqué pendant l'écriture de cette carte, et n'a donc pas été mis en service.",
    next: 'Insérez de nouveau la carte : elle en recevra un autre.',
  },
  'RP-18-verify-failed': {
    title: 'La carte ne contient pas ce qui a été écrit.',
    why: "À la relecture, quelque chose est différent, ou une nouvelle clé n'a pas fonctionné.",
    next: "Réessayez. Si cela se répète, adressez-vous à l'assistance : la carte est peut-être défectueuse.",
  },
  'RP-21-foreign-card': {
    title: "Cette carte vient d'un autre système.",
    why: "Le serveur central n'a pas encore la clé qui permet d'y écrire : elle ne peut donc pas être réécrite ici.",
    next: "Demandez à l'assistance de l'intégrer à celui-ci. D'ici là, elle fonctionne comme avant.",
  },
  'RP-21-no-management-key': {
    title: "Cette carte ne s'ouvre pas à l'écriture.",
    why: "Le serveur central n'a pas la clé que cette carte demande avant toute modification.",
    next: "Adressez-vous à l'assistance. Votre carte fonctionne comme avant.",
  },
} as const satisfies Partial<RefusalTexts>;
