import { withFrenchSpaces } from '../../domain/french-typography.ts';
import type { MailTexts } from './mail-texts.ts';

export const FRENCH: MailTexts = withFrenchSpaces({
  locale: 'fr-FR',
  subjects: {
    rewritten: 'Votre carte a été réécrite',
    rewrittenByCode: 'Votre carte a un nouveau code PIN et a été réécrite',
    rewrittenByOperator: 'Votre carte a un nouveau code PIN et a été réécrite',
    pinReset: 'Votre carte a un nouveau code PIN',
    cardIssued: 'Votre nouvelle carte a été écrite',
    keysRequested: 'Vos clés de chiffrement ont été demandées',
    keysApproved: 'La remise de vos clés de chiffrement a été approuvée',
    keysRecovered: 'Vos clés de chiffrement ont été mises sur une carte',
    keysSaved: 'Vos clés de chiffrement ont été enregistrées dans un fichier',
    keysStored: 'Vos clés de chiffrement ont été enregistrées sur un ordinateur',
    keysGivenOut: 'Vos clés de chiffrement ont été remises',
    cardCancelled: 'Votre carte a été annulée',
    cardDisabled: 'Votre carte a été désactivée',
    cardEnabled: 'Votre carte a été réactivée',
    codeGiven: 'Votre code à usage unique',
    numberGiven: 'Le numéro de retrait de votre nouvelle carte',
    test: 'Test',
  },
  happened: {
    rewritten:
      'Votre carte a été réécrite à une borne, après vérification de la carte elle-même et de son code PIN.',
    rewrittenByCode:
      "Un code à usage unique de l'assistance a été utilisé à une borne pour votre carte : elle a maintenant un nouveau code PIN et a été réécrite.",
    pinReset:
      "Un nouveau code PIN a été défini à une borne pour votre carte, avec un code à usage unique de l'assistance ou en présence d'un opérateur. Rien d'autre n'y a été modifié.",
    rewrittenByOperator:
      "Un opérateur de l'assistance s'est porté garant de vous à une borne : votre carte a maintenant un nouveau code PIN et a été réécrite.",
    cardIssued:
      "Une nouvelle carte a été écrite pour vous à une borne, avec un numéro de retrait remis par l'assistance.",
    keysRequested:
      "Quelqu'un a demandé des clés de chiffrement archivées qui vous appartiennent. Rien n'a encore été remis.",
    keysApproved:
      'Une demande de clés de chiffrement archivées qui vous appartiennent a été approuvée. Elles peuvent vous être remises dès maintenant.',
    keysRecovered: 'Des clés de chiffrement archivées qui vous appartiennent ont été mises sur une carte.',
    keysSaved:
      'Des clés de chiffrement archivées qui vous appartiennent ont été enregistrées à une borne dans un fichier protégé par un mot de passe, sur un support amovible.',
    keysStored:
      'Des clés de chiffrement archivées qui vous appartiennent ont été récupérées sur un ordinateur, avec un jeton remis à cet effet, et se trouvent là dans un magasin de certificats.',
    keysGivenOut:
      "Des clés de chiffrement archivées qui vous appartiennent ont été remises pour être récupérées, et personne n'a signalé qu'elles sont arrivées sur une carte ou ont été enregistrées. Le retrait a peut-être été interrompu : elles vous attendent alors encore, ou peuvent être demandées de nouveau.",
    cardCancelled:
      "Votre carte a été annulée. Elle ne peut plus être utilisée ; l'assistance peut vous en donner une nouvelle.",
    cardDisabled:
      "Votre carte a été désactivée. Elle ne peut pas être utilisée tant qu'elle n'est pas réactivée.",
    cardEnabled: 'Votre carte a été réactivée. Elle peut être utilisée comme avant.',
    codeGiven:
      "L'assistance vous a donné un code à usage unique. Allez à une borne, insérez votre carte, indiquez que vous ne connaissez pas le code PIN, et tapez ce code. Ne le donnez à personne : quiconque l'a peut définir un nouveau code PIN pour votre carte.",
    numberGiven:
      "L'assistance vous a donné le numéro de retrait de votre nouvelle carte. Allez à une borne avec une carte vide, insérez-la, et tapez ce numéro. Ne le donnez à personne.",
    test: 'Ceci est un test : les messages de Recard vous parviennent.',
  },
  labelled: (label, value) => `${label} : ${value}`,
  labels: {
    ...{ when: 'Quand', code: 'Code', until: "À taper jusqu'au", kiosk: 'Borne' },
    ...{ machine: 'Ordinateur (nom déclaré)', card: 'Carte', keys: 'Clés', onto: 'Pour', by: 'Demandé par' },
  },
  card: (lastFour) => `numéro de série se terminant par ${lastFour}`,
  onto: {
    newCard: 'une nouvelle carte',
    softCertificate: 'un fichier avec mot de passe',
    existingCard: 'une carte existante',
    cardUpdate: "la réécriture d'une carte",
  },
  by: { owner: 'vous', helpdesk: "un opérateur de l'assistance", administrator: 'un administrateur' },
  greeting: (name) => `Bonjour ${name},`,
  ifNotYou: {
    done: "Ce n'était pas vous ? Prévenez tout de suite l'assistance.",
    waiting:
      "Vous n'êtes pas au courant ? Prévenez tout de suite l'assistance : on peut encore tout arrêter.",
    byOthers: "Vous n'êtes pas au courant ? Demandez à l'assistance.",
    code: "Vous ne l'avez pas demandé ? Prévenez tout de suite l'assistance, et ne l'utilisez pas.",
  },
  end: 'Écrit par Recard, qui gère votre carte. Personne ne lit les réponses à ce message.',
});
