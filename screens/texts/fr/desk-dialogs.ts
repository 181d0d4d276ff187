import type { DeskDialogTexts } from '../desk-dialog-catalogue.ts';

/** French: an operator signs in, and the steps of what they do. */
export const frDeskDialogs: DeskDialogTexts = {
  deskSignIn: {
    askTitle: 'Insérez votre propre carte dans un lecteur libre.',
    ask: 'Elle y reste tant que vous travaillez ici. La retirer vous déconnecte.',
    askSecond: "La carte dans l'autre lecteur peut rester : c'est celle du titulaire.",
    looking: 'Examen de votre carte',
    pinTitle: (name) => `Code PIN de ${name}`,
    pin: 'Le code PIN de votre propre carte. Il ouvre votre session.',
    lastTry:
      "C'est le dernier essai. Si ce code PIN est faux lui aussi, la carte se bloque, et un autre opérateur doit vous aider.",
    signingIn: 'Connexion en cours',
    refusedTitle: 'Vous ne pouvez pas vous connecter avec cette carte.',
    signedOutTitle: 'Votre session est fermée.',
  },
  deskDialog: {
    consequences: {
      reprovision: [
        'La carte est effacée et réécrite selon les règles les plus récentes de son profil.',
        'Le titulaire doit être là : il choisit lui-même le nouveau code PIN.',
      ],
      requestUpdate: [
        "Le titulaire trouve la mise à jour à n'importe quelle borne, et réécrit sa carte seul.",
        "Rien n'est modifié d'ici là, ni la carte ni le compte.",
      ],
      requestExisting: [
        'Les clés vont sur cette carte quand son titulaire vient les chercher avec son code PIN.',
        'Les autres clés, le code PIN et le compte restent tels quels.',
      ],
      requestReplacement: [
        "Une nouvelle carte est préparée, avec les clés archivées de l'ancienne. Les clés non archivées n'y viennent pas.",
        "Une ancienne carte que quelqu'un d'autre peut avoir est annulée tout de suite, sinon au retrait de la nouvelle.",
      ],
      giveCode: [
        "Quiconque a cette carte et le code peut lui donner un code PIN. Ne le donnez qu'au titulaire.",
        'Il remplace un code donné auparavant.',
      ],
      unblockPin: [
        'Le titulaire tape un nouveau code PIN. Clés, certificats et compte restent tels quels.',
        'Il en est informé par e-mail.',
      ],
      disable: ["La carte ne peut être ni utilisée ni réécrite tant qu'elle n'est pas réactivée."],
      enable: [
        'Les certificats suspendus avec la carte redeviennent valables.',
        'Ceux qui étaient suspendus à part le restent.',
      ],
      cancelCard: ["C'est définitif : une carte annulée n'est jamais réactivée."],
      requestNewCard: [
        "La carte est préparée. Le retrait se fait avec une carte vide, à n'importe quelle borne.",
      ],
      requestSoft: [
        'Les clés sont remises dans un fichier, avec un mot de passe que choisit leur propriétaire.',
      ],
      approve: ["Vous approuvez l'exécution de la demande."],
      reject: ["La demande n'est pas exécutée. Son auteur lit votre remarque."],
      cancelRequest: ["La demande n'est pas exécutée. Rien n'est modifié."],
      collect: [
        'La demande est exécutée maintenant. Le propriétaire doit être là, et tape lui-même son code PIN ou son mot de passe.',
      ],
      giveNumber: [
        "Quiconque a une carte vide et le numéro peut faire le retrait. Ne le donnez qu'au propriétaire.",
        'Il remplace un numéro donné auparavant.',
      ],
      abandon: [
        "L'écriture est abandonnée : les certificats créés pour elle sont révoqués aussitôt.",
        'La carte est peut-être à moitié écrite. Elle peut être réécrite, ou annulée et remplacée.',
      ],
      leaveKiosk: [
        "La borne se ferme. Une invite de connexion prend ce terminal : rien d'autre n'est possible ici.",
        "Cela dure jusqu'à ce qu'un administrateur de la machine la relance : systemctl start kiosk",
        "Le serveur central note que c'était vous.",
      ],
    },
    fates: {
      certificates: {
        revoke: 'Ses certificats de connexion, de signature et des portes sont révoqués.',
        leave:
          "Ses certificats de connexion, de signature et des portes restent valables jusqu'à leur terme.",
        hold: "Ses certificats de connexion, de signature et des portes sont suspendus jusqu'à sa réactivation.",
        unknown: 'Le sort de ses certificats dépend du motif.',
      },
      encryption: {
        keep: 'Son certificat de chiffrement reste tel quel.',
        leave: "Son certificat de chiffrement reste valable jusqu'à son terme.",
        replace: 'Son certificat de chiffrement est remplacé, pour la même clé.',
        revoke: 'Son certificat de chiffrement est révoqué ; une clé archivée reste récupérable.',
        newIfRevoked: "Son certificat de chiffrement reste, s'il n'est pas déjà révoqué.",
        hold: "Son certificat de chiffrement est suspendu jusqu'à sa réactivation.",
        unknown: null,
      },
      account: 'Le compte du titulaire reste tel quel.',
    },
    choose: {
      reason: 'Pourquoi ?',
      profile: 'Selon quel profil ?',
      code: 'Pour combien de temps, et comment le titulaire le reçoit-il ?',
      proof: 'Comment le titulaire montre-t-il qui il est ?',
      codes: {
        'short-shown': 'Pour quelques minutes, affiché ici',
        'short-sent': 'Pour quelques minutes, envoyé par e-mail',
        'long-shown': 'Pour quelques semaines, affiché ici',
        'long-sent': 'Pour quelques semaines, envoyé par e-mail',
      },
      proofs: {
        pin: 'Il a son code PIN',
        operator: "Je le connais, ou j'ai vu sa pièce d'identité : je l'atteste en signant",
        code: 'Il a un code à usage unique',
        number: 'Il a le numéro de retrait',
      },
      none: "Il n'y a rien à choisir.",
      notAllowed: '(pas permis)',
    },
    asking: {
      recoverable: 'Recherche des clés existantes',
      difference: 'Calcul de ce qui changerait sur la carte',
    },
    pick: {
      title: 'Quelles clés ?',
      how: "Les clés marquées seront sur la carte. Démarquer une clé qui y est l'enlève.",
      none: "Le serveur central n'a pas de clé de cette personne.",
      where: 'Est sur',
      nowhere: 'aucune carte',
      sum: (wanted, without) => `À récupérer : ${wanted}.${without === 0 ? '' : ` À enlever : ${without}.`}`,
    },
    difference: { title: 'Ce qui change sur la carte', none: 'Rien ne change sur la carte.' },
    removal: {
      title: (count) =>
        count < 2 ? 'Une clé est enlevée de la carte' : `${count} clés sont enlevées de la carte`,
      confirm: (count) =>
        count < 2
          ? "Ce qui a été chiffré avec elle ne sera plus lisible avec cette carte. Appuyez sur O pour l'enlever."
          : 'Ce qui a été chiffré avec elles ne sera plus lisible avec cette carte. Appuyez sur O pour les enlever.',
    },
    write: {
      title: 'Remarque',
      optional: 'Pour qui lira cela plus tard. Peut rester vide.',
      demanded: 'Dites pourquoi. Cela figure au journal, et les personnes concernées le lisent.',
    },
    empty: 'Veuillez écrire quelque chose.',
    confirm: {
      title: 'Est-ce exact ?',
      reason: (title) => `Motif : ${title}`,
      keys: (count) => (count < 2 ? `${count} clé` : `${count} clés`),
      note: (words) => `Remarque : ${words}`,
    },
    witness: {
      title: 'Un second opérateur doit le confirmer.',
      text: "Il insère sa propre carte dans l'autre lecteur. Celle du titulaire peut en être retirée, et y revient ensuite. La vôtre reste.",
      looking: 'Examen de la carte du second opérateur',
      signTitle: (name) => `Code PIN de ${name}`,
      sign: "Le second opérateur tape le code PIN de sa propre carte. Elle signe exactement ce qui est dit ci-dessus, et rien d'autre.",
      ownSign:
        'Le code PIN de votre propre carte. Vous signez ainsi que la personne nommée ci-dessus est ici avec vous.',
      ownSignCode: (how) =>
        `Le code PIN de votre propre carte. Vous signez ainsi que ceci est remis une fois, pour ce qui est nommé ci-dessus. ${how}.`,
      signing: 'La carte signe',
    },
    cardBack: {
      title: "Remettez l'autre carte dans le lecteur.",
      card: 'Le second opérateur retire la sienne ; celle du titulaire prend sa place.',
      blank: 'Le second opérateur retire la sienne ; la carte vide prend sa place.',
    },
    working: "Le serveur central s'en occupe",
    said: {
      refused: "Rien n'a été fait.",
      unanswered: 'On ne sait pas si cela a été fait. Fermez, puis regardez.',
      stopped: "Cela n'a pas été terminé.",
      cardOut: "La carte n'est plus là : rien n'a été fait.",
      requested: 'La demande est faite.',
      toBeApproved: "Un autre opérateur doit d'abord l'approuver, dans Demandes.",
      ready: "Personne n'a à l'approuver : elle est prête.",
      approved: 'Approuvée.',
      rejected: 'Rejetée.',
      cancelled: 'Annulée.',
      abandoned: 'Abandonnée.',
      left: 'La borne se ferme maintenant.',
      given: "Donnez ceci au titulaire, et à personne d'autre.",
      once: "Cela ne s'affiche qu'une fois.",
      sentTo: (address) => `Envoyé à ${address}.`,
      until: (time) => `Valable jusqu'au ${time}.`,
      changed: "C'est fait.",
      revoked: (count) =>
        count < 2 ? `${count} certificat est révoqué.` : `${count} certificats sont révoqués.`,
      held: (count) =>
        count < 2 ? `${count} certificat est suspendu.` : `${count} certificats sont suspendus.`,
      released: (count) =>
        count < 2
          ? `${count} certificat est de nouveau valable.`
          : `${count} certificats sont de nouveau valables.`,
      untouched: 'Tous les autres certificats restent tels quels.',
      told: 'Le titulaire en est informé par e-mail.',
    },
  },
};
