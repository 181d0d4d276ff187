import type { DeskTexts } from '../desk-catalogue.ts';
import { frDeskDialogs } from './desk-dialogs.ts';
import { deskRefusals } from './desk-refusals.ts';
import { frDeskWords } from './desk-words.ts';

/** French: the operator's pages. */
export const frDesk: DeskTexts = {
  ...frDeskDialogs,
  desk: {
    ...frDeskWords,
    helpedBy: (name) => `Avec l'aide de ${name}`,
    signInPage: "Connexion d'un opérateur",
    keys: {
      move: 'Choisir',
      open: 'Ouvrir',
      nextTab: 'Onglet',
      nextView: 'Liste',
      takeBack: 'Reprendre',
      staff: 'Opérateur',
      close: 'Fermer',
      marks: 'Marquer',
      typing: 'Tapez pour chercher',
      writing: 'Écrire',
      stopTest: 'Finir le test',
      idle: (seconds) => `Déconnexion dans ${seconds} s`,
    },
    inHand: {
      none: 'Lecteur : pas de carte',
      looking: 'Lecteur : examen',
      blank: 'Lecteur : carte vide',
      busy: 'Lecteur : occupé',
      known: (name) => `Lecteur : ${name}`,
      refused: (code) => `Lecteur : ${code}`,
    },
    loading: 'Demande au serveur ...',
    none: '-',
    yes: 'oui',
    no: 'non',
    home: {
      title: 'Que voulez-vous faire ?',
      about: {
        search: 'Par nom, adresse e-mail ou numéro de carte',
        cardInReader: 'Données enregistrées et contenu',
        requests: 'À approuver, en attente, terminées',
        operations: 'Ouvertes, bloquées, abandonnées',
        kiosk: 'Lecteurs, liaison, données ; tests',
        audit: "Ce qui s'est fait ici",
      },
      cardInReader: 'Carte dans le lecteur',
    },
    search: {
      label: 'Chercher :',
      how: "Tapez une partie d'un nom, d'une adresse e-mail ou d'un numéro de carte. Les noms peuvent être abrégés : « lov ad » trouve Ada Lovelace.",
      nothing: 'Ni personne ni carte ne correspond.',
      more: "Il y en a d'autres. Tapez une lettre de plus.",
      offline: (age) => `Serveur injoignable : données d'il y a ${age}.`,
      card: 'Carte',
    },
    person: {
      tabs: {
        cards: 'Cartes',
        certificates: 'Certificats',
        requests: 'Demandes',
        history: 'Historique',
      },
      none: {
        cards: 'Aucune carte.',
        certificates: 'Aucun certificat.',
        requests: "Rien n'a été demandé.",
        history: "Rien ne s'est encore passé.",
      },
      shown: (shown, total) => `${shown} sur ${total} : ce qu'il y a de plus récent.`,
      openOperation: 'à finir',
      noPhoto: "Le serveur central n'a pas de photo.",
      compareFace: "Comparez avec le visage devant vous. La photo n'est pas gardée ici.",
    },
    card: {
      onRecord: 'Enregistré',
      onCard: 'Sur la carte',
      noSlots: "Aucun certificat de cette carte n'est enregistré au serveur central.",
      notRead: (key) => `${key} lit ce que contient la carte elle-même, tant qu'elle est dans le lecteur.`,
      reading: 'Lecture de la carte ...',
      verdicts: {
        same: 'La carte a le certificat enregistré.',
        other: 'La carte a un autre certificat que celui enregistré.',
        onlyRecord: 'Enregistré, mais pas sur la carte.',
        onlyCard: 'Sur la carte, mais pas enregistré.',
        unreadable: "Il y a sur la carte quelque chose qui n'est pas un certificat.",
        notRead: 'Pas encore comparé avec la carte.',
      },
      allSame: 'La carte est conforme à ce qui est enregistré.',
      differences: (count) => (count < 2 ? `${count} différence.` : `${count} différences.`),
      operation: (kind, kiosk, age) => `Pas terminé : ${kind}, à la borne ${kiosk}, il y a ${age}.`,
      unreadable: 'illisible',
    },
    requests: {
      views: { toApprove: 'À approuver par vous', waiting: 'En attente', done: 'Terminées' },
      none: {
        toApprove: "Rien n'attend votre approbation.",
        waiting: "Rien n'attend.",
        done: "Rien n'est encore terminé.",
      },
      shown: (shown, total) => `Les ${shown} plus récentes sur ${total}.`,
    },
    request: {
      noCertificates: 'Elle ne porte sur aucune clé récupérée.',
      wanted: 'voulue',
      wasOnCard: 'reste',
      comesOff: 'enlevée',
      changes: {
        kept: 'reste',
        moved: 'déplacée',
        added: 'ajoutée',
        removed: '! enlevée',
        left: 'laissée',
      },
      verdicts: { approved: 'Approuvée par', rejected: 'Rejetée par', unknown: 'Vue par' },
    },
    operations: {
      none: "Aucune opération n'est ouverte, bloquée ou abandonnée.",
      shown: (shown, total) => `Les ${shown} premières sur ${total}.`,
    },
    audit: {
      none: "Rien ne s'est encore fait ici.",
      older: (lines) =>
        `Les ${lines} plus récentes. Bas, sur la dernière ligne, en montre de plus anciennes.`,
    },
    kiosk: {
      age: (time) => `il y a ${time}`,
      reached: 'joignable',
      notReached: 'injoignable',
      refused: (code) => `n'admet pas cette borne (${code})`,
      running: 'en marche',
      stopped: 'arrêté',
      free: (amount) => `${amount} libres`,
      ahead: (time) => `avance de ${time} sur le serveur`,
      behind: (time) => `retard de ${time} sur le serveur`,
      exact: 'comme le serveur',
      withCard: 'carte insérée',
      withoutCard: 'vide',
      noReaders: 'aucun lecteur',
      tests: 'Les tests ne modifient rien, ni ici ni sur une carte.',
      keyboard: {
        title: 'Test du clavier',
        how: "Appuyez sur chaque touche : son nom s'affiche ici. Esc finit le test.",
        none: "Aucune touche pour l'instant.",
        keyNames: {
          confirm: 'Entrée',
          erase: 'Retour arrière',
          up: 'Haut',
          down: 'Bas',
          nextTab: 'Tabulation',
          nextLanguage: 'Tabulation',
          toggle: "Barre d'espace",
        },
      },
      colours: {
        title: 'Test des couleurs',
        how: 'Chaque ligne dit à quoi elle ressemble. Rien ici ne dépend des seules couleurs.',
        names: ['noir', 'rouge', 'vert', 'jaune', 'bleu', 'magenta', 'cyan', 'blanc'],
      },
      reader: {
        title: 'Test du lecteur',
        how: "Insérez une carte et retirez-la : l'un et l'autre se voient en moins d'une seconde.",
        isIn: (reader) => `Carte insérée : ${reader}`,
        isOut: (reader) => `Carte retirée : ${reader}`,
      },
      faults: {
        title: 'Défauts de cette machine',
        how: 'Ce que trouve « recard doctor », en anglais, dans la limite des droits de la borne. F cherche de nouveau.',
        looking: 'Recherche ...',
        nothing: "Rien n'a été examiné.",
        verdicts: { good: 'bon', note: 'à noter', wrong: '! défaut' },
        sum: (wrong) =>
          wrong === 0
            ? "Il n'y a rien à faire."
            : wrong === 1
              ? 'Il y a une chose à faire.'
              : `Il y a ${wrong} choses à faire, de haut en bas.`,
        remedy: (text) => `À faire : ${text}`,
      },
    },
    otherRefusal: {
      title: "Ce n'est pas possible maintenant.",
      why: 'Un administrateur sait ce que signifie le code.',
    },
    refusals: deskRefusals,
  },
};
