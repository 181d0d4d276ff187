import type { DeskTexts } from '../desk-catalogue.ts';
import { requestRefusals } from './desk-request-refusals.ts';

/** French: why an operator may not, or cannot now. */
export const deskRefusals: DeskTexts['desk']['refusals'] = {
  ...requestRefusals,
  'OP-01-loading': { what: "Le serveur central n'a pas encore répondu.", next: 'Réessayez dans un instant.' },
  'OP-01-no-card': {
    what: "Il n'y a pas de carte pour cela.",
    next: "Mettez-en une dans l'autre lecteur, ou cherchez-la.",
  },
  'OP-01-no-copy': {
    what: "Cette borne n'a pas encore de données.",
    next: "Elles viennent d'elles-mêmes du serveur central ; attendez un peu.",
  },
  'OP-01-no-photo': {
    what: "Le serveur central n'a pas de photo de cette personne.",
    next: "Regardez sa pièce d'identité.",
  },
  'OP-01-photo-unreadable': {
    what: 'La photo ne peut pas être dessinée.',
    next: "Regardez la pièce d'identité.",
  },
  'OP-02-blank-not-in-reader': {
    what: 'Il faut pour cela une carte vide.',
    next: "Mettez-en une dans l'autre lecteur.",
  },
  'OP-02-cancel-first': {
    what: "Cela annulerait l'ancienne carte, ce qui exige deux opérateurs.",
    next: 'Annulez-la à deux, puis demandez la nouvelle.',
  },
  'OP-02-cancelled': {
    what: 'La carte est annulée, définitivement.',
    next: 'Demandez une nouvelle carte.',
  },
  'OP-02-card-not-in-reader': {
    what: 'Il faut pour cela la carte elle-même.',
    next: "Mettez-la dans l'autre lecteur.",
  },
  'OP-02-card-out': {
    what: 'La carte a été retirée, ou une autre est insérée.',
    next: 'Insérez-la, et recommencez.',
  },
  'OP-02-disabled-already': {
    what: 'La carte est déjà désactivée.',
    next: 'Réactivez-la, ou annulez-la.',
  },
  'OP-02-no-address': {
    what: "Aucune adresse e-mail n'est connue.",
    next: 'Affichez le code, et dites-le.',
  },
  'OP-02-no-mail': {
    what: "Ce serveur central n'envoie pas d'e-mails.",
    next: 'Affichez le code, et dites-le.',
  },
  'OP-02-no-right': {
    what: 'Votre rôle ne le permet pas.',
    next: 'Adressez-vous à un administrateur.',
  },
  'OP-02-not-disabled': {
    what: "La carte n'est pas désactivée.",
    next: "Il n'y a rien à réactiver.",
  },
  'OP-02-not-issued': {
    what: "La carte n'a jamais été écrite.",
    next: 'Annulez plutôt sa demande.',
  },
  'OP-02-out-of-scope': {
    what: "Le titulaire n'est dans aucun de vos groupes.",
    next: "Adressez-vous à un opérateur qui s'en occupe.",
  },
  'OP-02-own-card': { what: "C'est votre propre carte.", next: 'Adressez-vous à un autre opérateur.' },
  'OP-02-reader-busy': {
    what: "L'autre lecteur est occupé.",
    next: "Attendez qu'il ait fini.",
  },
  'OP-02-witness-is-holder': {
    what: 'La carte est celle du second opérateur lui-même.',
    next: 'Adressez-vous à un autre.',
  },
  'OP-02-witness-is-operator': {
    what: "Personne n'est son propre témoin.",
    next: 'Adressez-vous à un autre opérateur.',
  },
  'OP-02-witness-no-card': {
    what: "La carte d'un second opérateur n'est pas insérée.",
    next: 'Insérez-la ; celle du titulaire peut être retirée.',
  },
  'OP-02-witness-other': { what: 'Le second opérateur a signé autre chose.', next: 'Recommencez.' },
  'OP-02-witness-out': {
    what: "Le second opérateur a retiré sa carte avant qu'elle ait signé.",
    next: 'Réinsérez-la.',
  },
  'OP-02-witness-out-of-scope': {
    what: "Le second opérateur ne s'occupe pas de ce titulaire.",
    next: 'Adressez-vous à un autre.',
  },
  'OP-02-witness-over': {
    what: 'Ce qui a été signé est trop ancien ou a déjà servi.',
    next: 'Recommencez.',
  },
  'OP-02-witness-wanted': {
    what: "Le profil exige qu'un second opérateur confirme.",
    next: 'Recommencez avec lui à vos côtés.',
  },
  'OP-05-none': { what: "Aucune opération n'est choisie.", next: 'La liste est vide.' },
  'RP-02-no-profile': { what: "Ce profil n'existe plus.", next: 'Adressez-vous à un administrateur.' },
  'RP-04-expired': {
    what: 'La durée de vie de la carte est terminée.',
    next: 'Demandez une nouvelle carte.',
  },
  'RP-06-cancelled': { what: 'La carte est annulée.', next: 'Demandez une nouvelle carte.' },
  'RP-06-disabled': { what: 'La carte est désactivée.', next: "Réactivez-la d'abord." },
  'RP-06-holder-disabled': {
    what: 'Le compte du titulaire est désactivé.',
    next: 'Il se réactive là où les comptes sont gérés.',
  },
  'RP-06-not-approved': {
    what: "Le titulaire n'est pas agréé pour ce profil, ou ne l'est plus.",
    next: "Il doit d'abord être agréé.",
  },
  'RP-07-blank': {
    what: 'La carte dans le lecteur est vide.',
    next: 'Délivrez-y une nouvelle carte depuis sa demande.',
  },
  'RP-07-contactless': {
    what: 'La carte est sur un lecteur sans contact.',
    next: 'Mettez-la dans un lecteur à contacts.',
  },
  'RP-07-no-piv': {
    what: "Cette carte n'est pas utilisable ici.",
    next: 'Insérez-en une autre.',
  },
  'RP-07-nobody': {
    what: "Cette personne n'existe plus.",
    next: 'Revenez en arrière et cherchez de nouveau.',
  },
  'RP-07-not-known-here': {
    what: "La carte n'est pas connue de cette borne.",
    next: 'Réessayez quand le serveur central répondra.',
  },
  'RP-07-not-served-here': {
    what: 'Cette borne ne sert pas le groupe de cette personne.',
    next: 'Utilisez une borne qui le sert.',
  },
  'RP-07-not-their-card': {
    what: "La carte est désormais à quelqu'un d'autre.",
    next: 'Revenez en arrière et cherchez de nouveau.',
  },
  'RP-07-unknown': {
    what: 'Le serveur central ne connaît pas cette carte.',
    next: "Elle n'a pas été délivrée ici.",
  },
  'RP-12-no-such-reason': {
    what: "Ce motif n'existe plus.",
    next: 'Revenez en arrière et choisissez-en un autre.',
  },
  'RP-12-not-for-cardholders': {
    what: 'Les titulaires ne peuvent pas choisir ce motif eux-mêmes.',
    next: 'Choisissez-en un autre, ou réécrivez la carte ici.',
  },
  'RP-17-card-removed': {
    what: 'La carte a été retirée.',
    next: 'Insérez-la, et recommencez.',
  },
  'RP-17-closed': { what: 'Cela est déjà terminé.', next: 'Revenez en arrière et regardez de nouveau.' },
  'RP-17-finish-first': {
    what: "La carte n'est pas terminée.",
    next: "Terminez-la d'abord : insérez-la, ici ou à une autre borne.",
  },
  'RP-17-no-operation': {
    what: "Cette opération n'existe plus.",
    next: 'Revenez en arrière et regardez de nouveau.',
  },
  'RP-20-key-would-be-lost': {
    what: "Sa clé de chiffrement n'existe nulle part ailleurs et serait perdue.",
    next: 'Demandez une nouvelle carte.',
  },
  'RP-21-foreign-card': {
    what: "Le serveur central n'a pas la clé de gestion de cette carte.",
    next: "Un administrateur peut l'importer.",
  },
  'SY-03-central-failed': {
    what: "Le serveur central n'y est pas arrivé.",
    next: 'Réessayez dans un instant.',
  },
  'SY-03-central-not-reached': {
    what: 'Le serveur central est injoignable.',
    next: 'La recherche marche sans lui ; le reste reprend à son retour.',
  },
  'SY-03-central-refused': {
    what: "Le serveur central l'a refusé.",
    next: 'Donnez le code à un administrateur.',
  },
  'SY-06-newer-kiosk': {
    what: 'Cette borne est trop ancienne pour cela.',
    next: "Utilisez-en une d'une version plus récente.",
  },
  'UX-06-card-unresponsive': {
    what: 'La carte ne répond pas.',
    next: 'Retirez-la et réinsérez-la.',
  },
  'UX-06-reader-busy': {
    what: 'Un autre programme utilise le lecteur.',
    next: 'La suite vient dès que le lecteur est libre.',
  },
  'UX-06-reader-gone': {
    what: 'Le lecteur a été débranché.',
    next: 'Rebranchez-le, et recommencez.',
  },
  'UX-06-service-gone': {
    what: "Le service des cartes s'est arrêté.",
    next: 'Il revient de lui-même ; attendez un peu.',
  },
  'UX-09-internal': {
    what: 'Cette borne a eu un problème.',
    next: 'Recommencez ; si cela se répète, prévenez un administrateur.',
  },
};
