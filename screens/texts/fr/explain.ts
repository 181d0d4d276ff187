import type { ExplainTexts } from '../explain-catalogue.ts';

/** French: what `recard explain` says. */
export const frExplain: ExplainTexts = {
  labels: {
    cause: 'Cause',
    remedy: 'Remède',
    atDesk: "À l'écran de l'opérateur",
    step: 'Étape',
    answer: 'La carte a dit',
    reader: 'Lecteur',
    card: 'Carte',
    kiosk: 'Borne',
  },
  isFinished:
    "Rien n'est perdu : dès que la carte est réinsérée, à cette borne ou à une autre, on reprend là où l'on en était. Une nouvelle carte demande encore une fois son numéro.",
  isStep: "Rien n'est en panne : c'est une étape, pas une erreur.",
  noCode:
    "Un code qui n'a pas de place dans un code d'assistance. Demandez celui qui est en bas à droite de l'écran.",
  notKnown: 'inconnu',
  none: 'aucun',
  other: 'une autre marque',
  otherAnswer: "pas une réponse habituelle d'une carte",
  contactless: 'sans contact',
  virtual: 'virtuel',
  malformed: (typed) =>
    `« ${typed} » n'est pas un code : un code d'assistance a douze lettres et chiffres (7K2M-9QPX-41TD), le code en bas à droite ressemble à RP-06-disabled.`,
  mistyped: (typed) =>
    `« ${typed} » contient un caractère faux, ou deux caractères intervertis. Faites-le relire à voix haute.`,
  newer: (typed) =>
    `« ${typed} » vient d'un Recard plus récent que celui-ci. Faites-le expliquer là où il est installé.`,
  statusWords: {
    '6700': 'la longueur était fausse',
    '6982': 'une authentification manquait',
    '6983': 'le code PIN est bloqué',
    '6985': "pas maintenant, dans l'état où est la carte",
    '6A80': "ce qui a été envoyé n'est pas ce qu'elle attend",
    '6A82': "cela n'est pas sur la carte",
    '6A84': 'la carte est pleine',
    '6D00': 'elle ne connaît pas cette commande',
    '6F00': 'échec, sans dire pourquoi',
  },
  steps: {
    'ID-01-enter-pin': 'Le code PIN de la carte est demandé.',
    'ID-01-proving': 'La carte prouve avec son code PIN à qui elle est.',
    'ID-02-ask-helpdesk':
      "Quelqu'un n'a ni code PIN ni code à usage unique, et doit demander à l'assistance.",
    'ID-02-enter-code': 'Un code à usage unique est demandé à la place du code PIN.',
    'ID-02-new-pin': 'Seul le code PIN va être changé.',
    'ID-02-proving':
      'Le serveur central vérifie un code, un numéro, ou ce dont un opérateur se porte garant.',
    'ID-02-unblock-pin': 'Un opérateur fait définir un nouveau code PIN.',
    'ID-02-vouch': "Un opérateur se porte garant de quelqu'un avec sa propre carte.",
    'ID-03-give-code': 'Un opérateur donne un code à usage unique.',
    'ID-03-give-number': "Un opérateur donne le numéro d'une nouvelle carte.",
    'ID-05-sign-in': "Le code PIN d'un opérateur est demandé.",
    'ID-05-signing-in': 'Un opérateur est en train de se connecter.',
    'ID-05-walk-up': "C'est au tour du titulaire, pour ce qu'un opérateur lui a confié.",
    'ID-05-your-card': "La carte d'un opérateur est attendue.",
    'KR-01-enter-number': 'Une carte vide est insérée, et son numéro est demandé.',
    'KR-01-plan': 'Ce qui sera sur une nouvelle carte est montré, clé par clé.',
    'KR-01-planning': 'Le serveur central établit ce qui sera sur une nouvelle carte.',
    'KR-01-request-existing': "Un opérateur demande des clés sur une carte que quelqu'un a déjà.",
    'KR-01-request-new-card': 'Un opérateur demande une nouvelle carte.',
    'KR-01-request-replacement': "Un opérateur demande une carte à la place d'une autre.",
    'KR-01-request-soft': 'Un opérateur demande des clés en fichier.',
    'KR-01-waiting': 'Ce qui attend cette personne est montré.',
    'KR-01-warning': "Dernier avertissement avant l'écriture d'une nouvelle carte.",
    'KR-02-collect': 'Un opérateur délivre ce qui a été demandé.',
    'KR-04-approve': 'Un opérateur approuve une demande.',
    'KR-04-cancel': 'Un opérateur annule une demande.',
    'KR-04-queue': 'La liste des demandes qui attendent une décision.',
    'KR-04-reject': 'Un opérateur rejette une demande.',
    'KR-04-request': "Une demande, et ce qu'on peut en faire.",
    'KR-05-comparing': 'Le serveur central établit ce qui changerait sur la carte.',
    'KR-05-difference': 'Ce qui changerait sur la carte est montré, avant et après.',
    'KR-05-warning': 'Dernier avertissement avant que des clés viennent sur la carte.',
    'KR-07-choose': "Quelqu'un choisit quelles clés restent pour une autre fois.",
    'KR-08-asking-token':
      'Le serveur central prépare le jeton qui sert à récupérer des clés sur un ordinateur.',
    'KR-08-choose-medium': 'Une clé USB est choisie.',
    'KR-08-done': 'Le fichier avec les clés est sur la clé USB.',
    'KR-08-offering': 'Le serveur central est interrogé sur ce qui va dans un fichier.',
    'KR-08-password': 'Un mot de passe pour le fichier est choisi.',
    'KR-08-repeat-password': 'Le mot de passe est tapé encore une fois.',
    'KR-08-saving': 'Le fichier est créé et enregistré.',
    'KR-08-token': 'Un jeton est affiché, cette seule fois.',
    'KR-09-encryption': 'Le chiffrement du fichier est choisi.',
    'OP-01-card': "La page d'une carte, chez l'opérateur.",
    'OP-01-home': "La première page de l'opérateur.",
    'OP-01-on-my-card': "Ce qui est vraiment sur la carte est montré à qui l'a insérée.",
    'OP-01-people': 'Des personnes et des cartes sont cherchées.',
    'OP-01-person': "La page d'une personne, chez l'opérateur.",
    'OP-01-reading-card': "Le contenu de la carte est en train d'être lu.",
    'OP-02-action': 'Un opérateur fait quelque chose à son écran.',
    'OP-02-cancel-card': 'Un opérateur annule une carte.',
    'OP-02-card-back': "La carte de l'opérateur doit être remise.",
    'OP-02-disable': 'Un opérateur désactive une carte.',
    'OP-02-enable': 'Un opérateur réactive une carte.',
    'OP-02-witness': 'Un second opérateur signe.',
    'OP-02-witness-card': "La carte d'un second opérateur est attendue.",
    'OP-04-kiosk': 'La page de cette borne.',
    'OP-05-abandon': "Un opérateur abandonne une opération qui n'a pas été terminée.",
    'OP-05-operations': 'La liste des opérations.',
    'RP-06-empty': "Dernier avertissement avant qu'une carte annulée soit vidée.",
    'RP-10-reprovision': 'Un opérateur fait réécrire une carte.',
    'RP-11-card-found': 'Une carte qui peut être réécrite a été trouvée.',
    'RP-11-insert-card': 'Le premier écran : une carte est attendue.',
    'RP-11-looking': 'La carte est examinée.',
    'RP-12-checking': 'Le serveur central établit ce que la réécriture voudrait dire.',
    'RP-12-choose-reason': 'Le motif de la réécriture est choisi.',
    'RP-13-plan': 'Ce que devient chaque clé est montré.',
    'RP-13-warning': 'Dernier avertissement avant la réécriture de la carte.',
    'RP-14-new-pin': 'Un nouveau code PIN est choisi.',
    'RP-14-repeat-pin': 'Le nouveau code PIN est tapé encore une fois.',
    'RP-15-request-update': "Un opérateur demande la mise à jour d'une carte.",
    'RP-17-unfinished': "Une carte qui n'est pas terminée a été trouvée, et continue.",
    'RP-19-terms': "Les conditions d'utilisation sont à accepter.",
    'RP-20-confirm-loss': "La perte d'une clé de chiffrement est à confirmer.",
    'SE-05-audit': "Ce que le journal sait d'une carte ou d'une personne.",
    'SE-06-maintenance': 'Un administrateur arrête la borne pour la maintenance.',
    'SY-03-written-waiting':
      'Tout est sur la carte ; la réponse du serveur central est attendue. La carte peut être retirée.',
    'UX-03-writing': "La carte est en train d'être écrite.",
    'UX-07-done': 'La carte est prête.',
  },
  errors: {
    'ID-03-wrong-code': {
      what: "Le code à usage unique ou le numéro tapé n'est pas le bon. Un essai est perdu.",
      next: "Faites-le retaper, en le lisant chiffre par chiffre. S'il ne reste pas d'essai, donnez-en un autre : recard central code give CARD.",
    },
    'ID-04-last-try': {
      what: "Le code PIN a été faux si souvent qu'il ne reste qu'un essai.",
      next: 'Mieux vaut ne pas essayer : appuyez sur N et utilisez un code à usage unique. Un code PIN faux bloquerait maintenant la carte.',
    },
    'ID-04-wrong-pin': {
      what: 'La carte dit que le code PIN est faux. Un essai est perdu.',
      next: "Réessayez tant qu'il reste des essais. Qui ne le connaît pas appuie sur N et utilise un code à usage unique.",
    },
    'KR-08-nss-database-locked': {
      what: 'La base NSS a un autre mot de passe que celui qui a été tapé.',
      next: "Tapez le mot de passe de la base, pas celui d'un fichier.",
    },
    'KR-08-nss-failed': {
      what: "NSS n'a pas pu prendre les clés.",
      next: 'Fermez les programmes qui utilisent la base (navigateur, courrier), et relancez recard collect.',
    },
    'KR-08-nss-not-found': {
      what: 'Ensuite, NSS ne liste pas toutes les clés.',
      next: 'Relancez recard collect. Si cela dure, créez une nouvelle base et redemandez les clés.',
    },
    'KR-08-nss-not-installed': {
      what: 'certutil et pk12util manquent sur cet ordinateur.',
      next: 'Installez libnss3-tools.',
    },
    'KR-08-nss-password-unusable': {
      what: "Le mot de passe est vide, ou a plus d'une ligne.",
      next: 'Tapez-en un autre.',
    },
    'KR-08-nss-pfx-refused': {
      what: "NSS n'accepte pas le fichier : il a un autre mot de passe, ou n'est pas un PFX.",
      next: 'Relancez recard collect.',
    },
    'KR-08-token-expired': {
      what: "Le jeton n'a pas servi à temps.",
      next: 'Faites-en afficher un autre à une borne : insérez-y la carte, et choisissez la même demande.',
    },
    'KR-08-token-unknown': {
      what: "Le serveur central ne connaît pas ce jeton : mal tapé, ou d'un autre serveur.",
      next: "Recopiez-le de l'écran, ou faites-en afficher un autre.",
    },
    'KR-08-token-used': {
      what: 'Le jeton a déjà servi.',
      next: "Si ce n'est pas son titulaire qui s'en est servi, prévenez un administrateur. Sinon, faites-en afficher un autre.",
    },
    'RP-01-no-such-slot': {
      what: "La borne a demandé un emplacement qui n'est pas dans le plan de cette opération.",
      next: 'Insérez de nouveau la carte. Si cela se répète, voyez si la borne et le serveur central sont de la même version.',
    },
    'RP-18-not-issued': {
      what: "La borne dit que tout est fait, mais une clé n'a pas encore de certificat.",
      next: "Insérez de nouveau la carte : on reprend là où l'on en était.",
    },
    'SE-01-certification-request': {
      what: "Ce que l'ordinateur a envoyé pour être inscrit n'est pas une bonne demande de certificat.",
      next: 'Relancez recard kiosk enrol, avec la même version de Recard que le serveur central.',
    },
    'SE-01-no-tls': {
      what: 'Quelque chose a appelé le serveur central sans TLS.',
      next: "Regardez l'adresse dans le journal. Une borne n'appelle que https:// ; autre chose est mal réglé.",
    },
    'SE-01-token-expired': {
      what: "Le jeton d'inscription n'a pas servi à temps.",
      next: 'Faites-en un autre : recard central kiosk add NAME.',
    },
    'SE-01-token-unknown': {
      what: "Le serveur central ne connaît pas ce jeton d'inscription.",
      next: 'Recopiez-le, ou faites-en un autre : recard central kiosk add NAME.',
    },
    'SE-01-token-used': {
      what: "Le jeton d'inscription a déjà servi.",
      next: "Si ce n'est pas vous, révoquez la borne qui en est née. Faites-en un autre : recard central kiosk add NAME.",
    },
    'SE-03-card-not-authenticated': {
      what: 'Un secret a été demandé avant que la carte ait prouvé, dans cette opération, laquelle elle est.',
      next: 'Insérez de nouveau la carte. Si cela se répète, prévenez un administrateur : une borne saine ne demande pas ainsi.',
    },
    'SE-03-no-such-exchange': {
      what: "Une réponse est venue à une question que le serveur central n'a pas posée, ou posée il y a trop longtemps.",
      next: 'Insérez de nouveau la carte.',
    },
    'SE-03-no-such-intent': {
      what: "La borne annonce le changement d'un secret qu'elle n'avait pas prévu.",
      next: 'Insérez de nouveau la carte. Si cela se répète, prévenez un administrateur.',
    },
    'SE-03-no-such-key': {
      what: 'La borne a demandé une clé de gestion que le plan ne nomme pas.',
      next: 'Insérez de nouveau la carte. Si cela se répète, voyez si la borne et le serveur central sont de la même version.',
    },
    'SE-03-not-changed': {
      what: 'La borne a demandé un nouveau secret dans une opération qui le laisse tel quel.',
      next: 'Insérez de nouveau la carte. Si cela se répète, prévenez un administrateur.',
    },
    'SE-03-secret-pending': {
      what: "La borne dit que tout est fait, mais le changement d'un secret n'est pas annoncé.",
      next: "Insérez de nouveau la carte : on reprend là où l'on en était.",
    },
    'SE-05-chain-broken': {
      what: "Un événement d'une borne ne suit pas sa chaîne : quelque chose manque, ou a été changé.",
      next: "Mettez la borne hors service, gardez son dossier d'état, et prévenez le responsable de la sécurité.",
    },
    'SE-05-event-changed': {
      what: 'Un événement est venu une seconde fois avec un autre contenu.',
      next: "Mettez la borne hors service, gardez son dossier d'état, et prévenez le responsable de la sécurité.",
    },
    'SE-05-not-signed': {
      what: "Un événement d'une borne n'a pas de bonne signature.",
      next: 'Voyez si la borne a été inscrite de nouveau ou copiée. Sinon, prévenez le responsable de la sécurité.',
    },
    'SE-07-no-such-page': {
      what: "On a demandé au serveur central ce qu'il n'a pas : le plus souvent une borne plus récente que lui.",
      next: 'Mettez à jour le serveur central avant les bornes.',
    },
    'SE-07-too-large': {
      what: "On a envoyé au serveur central plus qu'il n'accepte en une fois.",
      next: "Voyez dans le journal quelle borne c'était, et si elle est de la même version.",
    },
    'SE-07-event-share-used': {
      what: "Une borne envoie plus d'événements que le serveur central n'en garde d'une borne.",
      next: "Elle garde le reste et l'enverra plus tard. Voyez ce qu'elle enregistre autant ; si rien ne l'explique, excluez-la.",
    },
    'SE-07-too-many-chains': {
      what: "Une borne a commencé plus de chaînes d'événements qu'une borne n'en fait.",
      next: "Voyez si son dossier d'état se perd à chaque démarrage (un disque qui n'est pas gardé).",
    },
    'SE-07-too-many-connections': {
      what: "Plus de connexions sont venues d'une adresse que le serveur central n'en accepte.",
      next: 'Cela reprend tout seul. Si beaucoup de bornes ont une même adresse, relevez la limite du serveur central.',
    },
    'SE-07-too-many-events': {
      what: "Une borne envoie plus d'événements que le serveur central n'en prend dans ce temps.",
      next: 'Elle les enverra plus tard. Si cela dure, regardez son journal.',
    },
    'SE-07-too-many-renewals': {
      what: 'Une borne a renouvelé son certificat trop souvent.',
      next: 'Voyez si son horloge est juste, et si son identité peut être enregistrée.',
    },
    'SE-07-too-many-requests': {
      what: 'Une borne a trop demandé à la fois.',
      next: 'Elle réessaie toute seule. Si cela vient souvent, regardez le journal de cette borne.',
    },
    'SE-07-too-many-tries': {
      what: 'Des codes ou des jetons ont été essayés trop souvent.',
      next: "Attendez un quart d'heure. Si personne de chez vous n'a essayé, prévenez le responsable de la sécurité.",
    },
    'SE-07-wrong-key': {
      what: 'La clé publique que la carte a créée ne peut pas être certifiée ici.',
      next: "Insérez de nouveau la carte. Si cela se répète, cette carte ne crée pas les clés qu'exige son profil.",
    },
    'SY-01-not-your-scope': {
      what: "Une borne a demandé des personnes qu'elle ne sert pas.",
      next: 'Regardez les groupes de cette borne : recard central kiosk list.',
    },
    'SY-02-event-missing': {
      what: "Entre deux événements qu'une borne a envoyés, il en manque un.",
      next: 'La borne renvoie à partir de là. Si cela dure, regardez son journal.',
    },
    'SY-03-waiting-for-central': {
      what: "La carte est en train d'être écrite, et le serveur central n'est pas joignable.",
      next: 'Cela reprend tout seul. La carte peut être retirée : elle sera terminée plus tard.',
    },
    'SY-06-copy-gone': {
      what: "Ce que suit la copie de la borne n'existe plus au serveur central.",
      next: 'Elle va chercher une copie entière toute seule.',
    },
    'SY-06-no-such-snapshot': {
      what: "La copie entière que la borne allait chercher n'existe plus.",
      next: 'Elle en commence une autre toute seule.',
    },
    'SY-06-snapshot-under-way': {
      what: 'Le serveur central prépare encore la copie entière que la borne demande.',
      next: 'Elle redemande toute seule.',
    },
    'SY-06-unknown-schema': {
      what: "La borne et le serveur central n'ont aucune forme de copie en commun : leurs versions sont trop éloignées.",
      next: 'Mettez à jour la plus ancienne.',
    },
  },
  helpdesk: {
    'ID-01-key-compromised':
      "Sa clé a été signalée comme exposée. Vérifiez l'identité de la personne, puis donnez un code à usage unique : recard central code give CARD. La réécriture donne de nouvelles clés à la carte.",
    'ID-02-pin-not-set':
      "Faites réinsérer la carte : avec le code PIN s'il est connu, sinon avec un nouveau code à usage unique. Si cela se répète, remplacez la carte.",
    'ID-03-code-dead':
      'Donnez un nouveau code : recard central code give CARD ; pour une nouvelle carte recard central code give --request ID. Il sert une fois, et peu de temps.',
    'KR-01-card-is-somebodys':
      'Faites prendre une autre carte vide. Voyez à qui est celle-ci : recard central card show NAME.',
    'KR-01-elsewhere':
      "Regardez la demande (recard central request show ID) : son profil dit si le retrait se fait à une borne ou sur l'ordinateur de la personne.",
    'KR-01-needs-blank-card': 'Donnez une carte vide et son numéro : recard central code give --request ID.',
    'KR-01-not-blank':
      "Ses secrets ne sont pas ceux d'usine. Donnez une autre carte vide ; remettez celle-ci à zéro avec l'outil du fabricant, ou détruisez-la.",
    'KR-01-other-kind': 'Regardez la demande : recard central request show ID.',
    'KR-02-pin-needed':
      "Un code ne suffit pas ici : le code PIN montre que c'est le titulaire. Qui ne le connaît pas fait d'abord réécrire la carte, ou définir un nouveau code PIN.",
    'KR-05-not-on-card': 'Faites une nouvelle demande : la carte a changé depuis.',
    'KR-08-nss-only':
      "D'après son profil, les clés se récupèrent sur l'ordinateur de la personne : recard collect, avec le jeton que montre une borne ou recard central request token ID.",
    'KR-08-pfx-content':
      'Ce que le serveur central a donné ne fait pas un fichier entier. Regardez le journal de la borne, et donnez-le à un administrateur.',
    'KR-08-pfx-not-made':
      'Faites réessayer. Si cela se répète, le journal de la borne dit pourquoi : donnez-le à un administrateur.',
    'KR-11-no-such-key':
      "La borne a demandé une clé qui n'est pas de cette opération. Si cela se répète, voyez si la borne et le serveur central sont de la même version.",
    'KR-11-not-theirs': 'Regardez la demande, et faites-en une autre sans ce certificat.',
    'KR-11-signing-key':
      'Seules les clés de chiffrement sont données. Regardez la demande, et faites-en une autre sans ce certificat.',
    'KR-11-wrong-key':
      "La clé archivée n'est pas celle du certificat. Donnez le code à un administrateur : l'archive est à vérifier.",
    'RP-06-cannot-empty': 'Reprenez la carte, et détruisez-la.',
    'RP-06-not-cancelled':
      'Si elle ne sert plus, annulez-la : recard central card cancel NAME --reason REASON. Elle pourra alors être vidée.',
    'RP-12-no-reasons':
      "Aucun motif n'est ouvert aux titulaires sur ce serveur central. Dites-le à un administrateur ; un opérateur peut faire réécrire la carte à son écran.",
    'RP-15-unknown-reason':
      "La copie de la borne n'a pas encore ce motif ; il arrive de lui-même. Si cela dure, voyez si la borne suit le serveur central (sa page).",
    'RP-17-card-full':
      'Il faut une autre carte : recard central request new new-card PERSON --profile NAME --in-place-of CARD --reason REASON.',
    'RP-17-card-too-small':
      "La carte est comme avant. Demandez moins d'anciennes clés, d'anciennes clés en fichier, ou une carte avec plus de place.",
    'RP-17-closed':
      'Faites réinsérer la carte : tout reprend du début. Si cela se répète, recard central operation list dit ce qui est ouvert.',
    'RP-18-verify-failed':
      "Faites-la réinsérer. Si cela se répète avec cette carte et pas avec d'autres, elle est défectueuse : remplacez-la.",
    'RP-21-no-management-key':
      "Le serveur central n'a pas de clé de gestion pour elle. Importez-la (recard central import card-secrets FILE), ou remplacez la carte.",
    'SE-01-certificate-expired':
      "Elle a été éteinte trop longtemps, ou une horloge n'est pas à l'heure. Réglez l'horloge ; ou recard central kiosk add NAME, puis sur place recard kiosk enrol avec --replace.",
    'SE-01-foreign-certificate':
      "La borne est inscrite auprès d'un autre serveur central. Regardez son kiosk.toml, ou inscrivez-la ici : recard central kiosk add NAME.",
    'SE-01-kiosk-revoked':
      "Quelqu'un l'a révoquée (recard central audit list dit qui). Si elle doit servir : recard central kiosk add NAME, et inscrivez-la de nouveau.",
    'SE-01-no-certificate':
      'Elle appelle sans son certificat : quelque chose entre les deux intercepte TLS, ou son identité est perdue. Vérifiez la liaison avec le serveur central ; sinon, inscrivez-la de nouveau.',
    'SE-01-not-a-kiosk':
      "Le serveur central n'a pas cette borne : une autre base, ou elle n'a jamais été inscrite. recard central kiosk list ; puis inscrivez-la.",
    'SE-03-management-key':
      "Aucune clé que connaît le serveur central ne l'ouvre : une autre carte, ou changée ailleurs. Importez sa clé (recard central import card-secrets FILE), ou remplacez-la.",
    'SE-03-no-master-key':
      'Il manque une clé maîtresse dont viennent les clés de cette carte. Dites-le à un administrateur : recard central master-key list.',
    'SE-04-no-archive-key':
      "La clé de l'archive manque. Un administrateur la reprend de la sauvegarde ; la carte est ensuite insérée de nouveau.",
    'SE-07-attestation':
      'Ce que la carte dit de sa nouvelle clé ne tient pas. Gardez la carte, et prévenez le responsable de la sécurité ; donnez-en une autre.',
    'SE-07-bad-request':
      'La borne et le serveur central ne se comprennent pas : le plus souvent deux versions incompatibles. Mettez à jour le serveur central, puis la borne.',
    'SE-07-card-answer':
      "Faites essayer une autre carte au même endroit : si elle marche, celle-ci est sale ou défectueuse ; sinon, c'est le lecteur.",
    'SY-02-no-room':
      'Le disque de cette borne est plein. Faites-y de la place ; recard doctor dit ce qui la prend. Les cartes peuvent être terminées à une autre borne.',
    'SY-06-other-protocol': 'Leurs versions sont trop éloignées. Mettez à jour la plus ancienne.',
    'UX-06-reader-gone': 'Rebranchez le lecteur.',
    'UX-09-internal':
      'Faites réessayer. Si cela se répète, le journal de la borne dit pourquoi : donnez-le à un administrateur.',
  },
};
