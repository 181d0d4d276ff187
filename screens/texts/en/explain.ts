import type { ExplainTexts } from '../explain-catalogue.ts';

/** English: what `recard explain` says. */
export const enExplain: ExplainTexts = {
  labels: {
    cause: 'Cause',
    remedy: 'Remedy',
    atDesk: 'At the desk',
    step: 'Where',
    answer: 'Card said',
    reader: 'Reader',
    card: 'Card',
    kiosk: 'Kiosk',
  },
  isFinished:
    'Nothing is lost: as soon as the card is in again, at this kiosk or another one, it goes on where it stopped. A new card asks for its number once more.',
  isStep: 'Nothing is wrong here: it is a step, not an error.',
  noCode: 'A code that had no place in a support code. Ask for the one at the bottom right of the screen.',
  notKnown: 'not known',
  none: 'none',
  other: 'another make',
  otherAnswer: 'no usual answer of a card',
  contactless: 'contactless',
  virtual: 'virtual',
  malformed: (typed) =>
    `"${typed}" is no code: a support code has twelve letters and digits (7K2M-9QPX-41TD), the code at the bottom right looks like RP-06-disabled.`,
  mistyped: (typed) =>
    `"${typed}" has a wrong character in it, or two in each other's place. Have it read aloud once more.`,
  newer: (typed) => `"${typed}" is of a later Recard than this one. Explain it where that is installed.`,
  statusWords: {
    '6700': 'the length was wrong',
    '6982': 'an authentication was missing',
    '6983': 'the PIN is blocked',
    '6985': 'not now, in the state in which the card is',
    '6A80': 'what was sent is not what it expects',
    '6A82': 'there is no such thing on the card',
    '6A84': 'the card is full',
    '6D00': 'it does not know this command',
    '6F00': 'it failed without saying why',
  },
  steps: {
    'ID-01-enter-pin': 'The PIN of the card is asked for.',
    'ID-01-proving': 'The card proves with its PIN whose it is.',
    'ID-02-ask-helpdesk': 'Somebody has neither PIN nor code, and is told to ask the helpdesk.',
    'ID-02-enter-code': 'A one-time code is asked for in place of the PIN.',
    'ID-02-new-pin': 'Only the PIN is about to be set anew.',
    'ID-02-proving': 'Central checks a one-time code, a number, or what an operator has vouched for.',
    'ID-02-unblock-pin': 'An operator has a PIN set anew.',
    'ID-02-vouch': 'An operator vouches for somebody with their own card.',
    'ID-03-give-code': 'An operator gives somebody a one-time code.',
    'ID-03-give-number': 'An operator gives somebody the number for a new card.',
    'ID-05-sign-in': "An operator's PIN is asked for.",
    'ID-05-signing-in': 'An operator is being signed in.',
    'ID-05-walk-up': "It is the cardholder's turn, for what an operator has handed over.",
    'ID-05-your-card': "An operator's own card is waited for.",
    'KR-01-enter-number': 'An empty card is in, and its number is asked for.',
    'KR-01-plan': 'What comes onto a new card is shown, key by key.',
    'KR-01-planning': 'Central works out what comes onto a new card.',
    'KR-01-request-existing': 'An operator requests keys onto a card that somebody has.',
    'KR-01-request-new-card': 'An operator requests a new card.',
    'KR-01-request-replacement': 'An operator requests a card in the place of another.',
    'KR-01-request-soft': 'An operator requests keys as a file.',
    'KR-01-waiting': 'What waits for this person is shown.',
    'KR-01-warning': 'Last warning before a new card is written.',
    'KR-02-collect': 'An operator has a request collected.',
    'KR-04-approve': 'An operator approves a request.',
    'KR-04-cancel': 'An operator cancels a request.',
    'KR-04-queue': 'The list of requests that wait for a decision.',
    'KR-04-reject': 'An operator rejects a request.',
    'KR-04-request': 'One request, and what can be done with it.',
    'KR-05-comparing': 'Central works out what would change on the card.',
    'KR-05-difference': 'What would change on the card is shown, before and after.',
    'KR-05-warning': 'Last warning before keys are brought onto the card.',
    'KR-07-choose': 'Somebody chooses which keys are left for another time.',
    'KR-08-asking-token': 'Central makes the token by which keys are collected on a computer.',
    'KR-08-choose-medium': 'A USB stick is chosen.',
    'KR-08-done': 'The file with the keys is on the stick.',
    'KR-08-offering': 'Central is asked what goes into a file.',
    'KR-08-password': 'A password for the file is chosen.',
    'KR-08-repeat-password': 'The password is typed once more.',
    'KR-08-saving': 'The file is made and saved.',
    'KR-08-token': 'A token is shown, this once.',
    'KR-09-encryption': 'The encryption of the file is chosen.',
    'OP-01-card': "A card's page at the desk.",
    'OP-01-home': 'The first page of the desk.',
    'OP-01-on-my-card': 'What is really on the card is shown to whoever has it.',
    'OP-01-people': 'People and cards are searched for.',
    'OP-01-person': "A person's page at the desk.",
    'OP-01-reading-card': 'What is on the card is being read.',
    'OP-02-action': 'An operator does something at the desk.',
    'OP-02-cancel-card': 'An operator cancels a card.',
    'OP-02-card-back': "The operator's own card is to be put back.",
    'OP-02-disable': 'An operator disables a card.',
    'OP-02-enable': 'An operator enables a card.',
    'OP-02-witness': 'A second operator signs.',
    'OP-02-witness-card': "A second operator's card is waited for.",
    'OP-04-kiosk': 'The page about this kiosk.',
    'OP-05-abandon': 'An operator gives up an operation that was not finished.',
    'OP-05-operations': 'The list of operations.',
    'RP-06-empty': 'Last warning before a cancelled card is made empty.',
    'RP-10-reprovision': 'An operator has a card rewritten.',
    'RP-11-card-found': 'A card was found that can be rewritten.',
    'RP-11-insert-card': 'The first screen: a card is waited for.',
    'RP-11-looking': 'The card is being looked at.',
    'RP-12-checking': 'Central works out what the rewriting would mean.',
    'RP-12-choose-reason': 'The reason for the rewriting is chosen.',
    'RP-13-plan': 'What becomes of each key is shown.',
    'RP-13-warning': 'Last warning before the card is rewritten.',
    'RP-14-new-pin': 'A new PIN is chosen.',
    'RP-14-repeat-pin': 'The new PIN is typed once more.',
    'RP-15-request-update': 'An operator requests the update of a card.',
    'RP-17-unfinished': 'A card was found that is not finished yet, and goes on.',
    'RP-19-terms': 'The terms of use are to be accepted.',
    'RP-20-confirm-loss': 'The loss of an encryption key is to be confirmed.',
    'SE-05-audit': 'What the audit holds of a card or a person.',
    'SE-06-maintenance': 'An administrator ends the kiosk for maintenance.',
    'SY-03-written-waiting': "Everything is on the card; central's word is waited for. The card may be out.",
    'UX-03-writing': 'The card is being written.',
    'UX-07-done': 'The card is ready.',
  },
  errors: {
    'ID-03-wrong-code': {
      what: 'The one-time code or number that was typed is not the right one. A try is gone.',
      next: 'Have it typed once more, and read it out digit by digit. When no try is left, give another: recard central code give CARD.',
    },
    'ID-04-last-try': {
      what: 'The PIN was wrong so often that one try is left.',
      next: 'Better not try: press N and use a one-time code. A wrong PIN now blocks the card.',
    },
    'ID-04-wrong-pin': {
      what: 'The card says that the PIN is wrong. A try is gone.',
      next: 'Try again while tries are left. Who does not know it presses N and uses a one-time code.',
    },
    'KR-08-nss-database-locked': {
      what: 'The NSS database has another password than the one that was typed.',
      next: 'Type the password of the database, not that of a file.',
    },
    'KR-08-nss-failed': {
      what: 'NSS could not take the keys.',
      next: 'Close the programs that use the database (browser, mail), and run recard collect again.',
    },
    'KR-08-nss-not-found': {
      what: 'Afterwards NSS does not list all of the keys.',
      next: 'Run recard collect again. If it stays so, make a new database, and request the keys anew.',
    },
    'KR-08-nss-not-installed': {
      what: 'certutil and pk12util are missing on that machine.',
      next: 'Install libnss3-tools.',
    },
    'KR-08-nss-password-unusable': {
      what: 'The password is empty, or has more than one line.',
      next: 'Type another one.',
    },
    'KR-08-nss-pfx-refused': {
      what: 'NSS does not take the file: it has another password, or is no PFX.',
      next: 'Run recard collect again.',
    },
    'KR-08-token-expired': {
      what: 'The token was not used in time.',
      next: 'Have another one shown at a kiosk: sign in there with the card, and choose the same request.',
    },
    'KR-08-token-unknown': {
      what: 'Central does not know this token: mistyped, or of another central.',
      next: 'Copy it once more from the screen, or have another one shown.',
    },
    'KR-08-token-used': {
      what: 'The token was used before.',
      next: 'If it was not the owner who used it, tell an administrator. Else have another one shown.',
    },
    'RP-01-no-such-slot': {
      what: 'The kiosk asked for a slot that is not in the plan of this operation.',
      next: 'Put the card in again. If it comes again, look whether kiosk and central are of the same version.',
    },
    'RP-18-not-issued': {
      what: 'The kiosk says that all is done, but a key has no certificate yet.',
      next: 'Put the card in again: it goes on where it stopped.',
    },
    'SE-01-certification-request': {
      what: 'What the machine sent to be enrolled is no good certification request.',
      next: 'Run recard kiosk enrol again, with the same version of Recard as central.',
    },
    'SE-01-no-tls': {
      what: 'Something called central without TLS.',
      next: 'Look at the address in the log. A kiosk calls https:// only; something else is misconfigured.',
    },
    'SE-01-token-expired': {
      what: 'The enrolment token was not used in time.',
      next: 'Make another: recard central kiosk add NAME.',
    },
    'SE-01-token-unknown': {
      what: 'Central does not know this enrolment token.',
      next: 'Copy it once more, or make another: recard central kiosk add NAME.',
    },
    'SE-01-token-used': {
      what: 'The enrolment token was used before.',
      next: 'If that was not you, revoke the kiosk that it made. Make another: recard central kiosk add NAME.',
    },
    'SE-03-card-not-authenticated': {
      what: 'A secret was asked for before the card had shown in this run which one it is.',
      next: 'Put the card in again. If it comes again, tell an administrator: a kiosk that is sound does not ask so.',
    },
    'SE-03-no-such-exchange': {
      what: 'An answer came to a challenge that central has not given, or has given too long ago.',
      next: 'Put the card in again.',
    },
    'SE-03-no-such-intent': {
      what: 'The kiosk reports a change of a secret that it had not announced.',
      next: 'Put the card in again. If it comes again, tell an administrator.',
    },
    'SE-03-no-such-key': {
      what: 'The kiosk asked for a management key that the plan does not name.',
      next: 'Put the card in again. If it comes again, look whether kiosk and central are of the same version.',
    },
    'SE-03-not-changed': {
      what: 'The kiosk asked for a new secret in an operation that leaves it as it is.',
      next: 'Put the card in again. If it comes again, tell an administrator.',
    },
    'SE-03-secret-pending': {
      what: 'The kiosk says that all is done, but a change of a secret has not been reported.',
      next: 'Put the card in again: it goes on where it stopped.',
    },
    'SE-05-chain-broken': {
      what: "An event of a kiosk does not continue that kiosk's chain: something is missing, or was changed.",
      next: 'Take the kiosk out of use, keep its state folder, and tell whoever is in charge of security.',
    },
    'SE-05-event-changed': {
      what: 'An event came a second time with another content.',
      next: 'Take the kiosk out of use, keep its state folder, and tell whoever is in charge of security.',
    },
    'SE-05-not-signed': {
      what: 'An event of a kiosk has no good signature.',
      next: 'Look whether the kiosk was enrolled anew or copied. Else tell whoever is in charge of security.',
    },
    'SE-07-no-such-page': {
      what: 'Something was asked of central that it does not have: mostly a newer kiosk at an older central.',
      next: 'Update central before the kiosks.',
    },
    'SE-07-too-large': {
      what: 'More was sent to central than it takes at once.',
      next: 'Look which kiosk it was in the log, and whether it is of the same version.',
    },
    'SE-07-event-share-used': {
      what: 'A kiosk sends more events than central keeps of one kiosk.',
      next: 'It keeps what is left and sends it later by itself. Look what it records so much of; if nothing explains it, shut it out.',
    },
    'SE-07-too-many-chains': {
      what: 'A kiosk has begun more chains of events than one kiosk does.',
      next: 'Look whether its state folder is lost at each start (a disk that is not kept).',
    },
    'SE-07-too-many-connections': {
      what: 'More connections came from one address than central takes.',
      next: 'It goes on by itself. If many kiosks stand behind one address, raise the limit of central.',
    },
    'SE-07-too-many-events': {
      what: 'A kiosk sends more events than central takes in the time.',
      next: 'It sends them later by itself. If it goes on for long, look at its log.',
    },
    'SE-07-too-many-renewals': {
      what: 'A kiosk has renewed its certificate too often.',
      next: 'Look whether its clock is right, and whether its identity can be saved.',
    },
    'SE-07-too-many-requests': {
      what: 'One kiosk asked central too much at once.',
      next: 'It tries again by itself. If it comes often, look at the log of that kiosk.',
    },
    'SE-07-too-many-tries': {
      what: 'Codes or tokens were tried too often.',
      next: 'Wait a quarter of an hour. If nobody of yours has tried, tell whoever is in charge of security.',
    },
    'SE-07-wrong-key': {
      what: 'The public key that the card has made is not one that can be certified here.',
      next: 'Put the card in again. If it comes again, this card does not make the keys that its profile wants.',
    },
    'SY-01-not-your-scope': {
      what: 'A kiosk asked for people that it does not serve.',
      next: 'Look at the groups of that kiosk: recard central kiosk list.',
    },
    'SY-02-event-missing': {
      what: 'Between two events that a kiosk has sent one is missing.',
      next: 'The kiosk sends from there on again. If it goes on for long, look at its log.',
    },
    'SY-03-waiting-for-central': {
      what: 'The card is being written, and central is not reached.',
      next: 'It goes on by itself. The card may be taken out: it is finished later.',
    },
    'SY-06-copy-gone': {
      what: "What the kiosk's copy follows is not there any more at central.",
      next: 'It fetches a whole copy by itself.',
    },
    'SY-06-no-such-snapshot': {
      what: 'The whole copy that the kiosk was fetching is not there any more.',
      next: 'It begins with another one by itself.',
    },
    'SY-06-snapshot-under-way': {
      what: 'Central is still making the whole copy that the kiosk has asked for.',
      next: 'It asks again by itself.',
    },
    'SY-06-unknown-schema': {
      what: 'Kiosk and central have no form of the copy in common: their versions are too far apart.',
      next: 'Update the older of the two.',
    },
  },
  helpdesk: {
    'ID-01-key-compromised':
      'Its key was reported as exposed. Let the person show who they are, and give a one-time code: recard central code give CARD. The rewrite gives the card new keys.',
    'ID-02-pin-not-set':
      'Let the card be put in again: with the PIN, if it is known, else with a new one-time code. If it comes again, replace the card.',
    'ID-03-code-dead':
      'Give a new code: recard central code give CARD; for a new card recard central code give --request ID. It is good once, and not for long.',
    'KR-01-card-is-somebodys':
      'Let another empty card be used. Look whose this one is: recard central card show NAME.',
    'KR-01-elsewhere':
      "Look at the request (recard central request show ID): its profile says whether it is collected at a kiosk or on the person's own computer.",
    'KR-01-needs-blank-card':
      'Give them an empty card, and its number: recard central code give --request ID.',
    'KR-01-not-blank':
      "Its secrets are not the factory's. Give another empty card; set this one back with its maker's tool, or destroy it.",
    'KR-01-other-kind': 'Look at the request: recard central request show ID.',
    'KR-02-pin-needed':
      'A code does not do here: the PIN shows that it is the owner. Who does not know it has the card rewritten, or a new PIN set, first.',
    'KR-05-not-on-card': 'Make a new request: the card has changed since.',
    'KR-08-nss-only':
      "Its profile has the keys collected on the person's own computer: recard collect, with the token that a kiosk or recard central request token ID shows.",
    'KR-08-pfx-content':
      'What central gave out does not make a whole file. Look at the log of the kiosk, and give it to an administrator.',
    'KR-08-pfx-not-made':
      'Let it be tried again. If it comes again, the log of the kiosk says why: give it to an administrator.',
    'KR-11-no-such-key':
      'The kiosk asked for a key that is not in this operation. If it comes again, look whether kiosk and central are of the same version.',
    'KR-11-not-theirs': 'Look at the request, and make another without that certificate.',
    'KR-11-signing-key':
      'Only keys for encryption are given out. Look at the request, and make another without that certificate.',
    'KR-11-wrong-key':
      'The archived key is not that of its certificate. Give the code to an administrator: the archive is to be looked at.',
    'RP-06-cannot-empty': 'Take the card in, and destroy it.',
    'RP-06-not-cancelled':
      'If it is not needed any more, cancel it: recard central card cancel NAME --reason REASON. Then it can be made empty.',
    'RP-12-no-reasons':
      'No reason is open to cardholders at this central. Give it to an administrator; an operator can have the card rewritten at the desk.',
    'RP-15-unknown-reason':
      "The kiosk's copy does not have the reason yet; it comes by itself. If it stays so, look whether that kiosk follows central (its page, K).",
    'RP-17-card-full':
      'Another card is needed: recard central request new new-card PERSON --profile NAME --in-place-of CARD --reason REASON.',
    'RP-17-card-too-small':
      'The card is as it was. Request fewer earlier keys, earlier keys as a file, or a card with more room.',
    'RP-17-closed':
      'Let the card be put in once more: it starts anew. If it comes again, recard central operation list says what is open.',
    'RP-18-verify-failed':
      'Let it be put in again. If it comes again with this card and not with others, the card is faulty: replace it.',
    'RP-21-no-management-key':
      'Central has no management key for it. Import it (recard central import card-secrets FILE), or replace the card.',
    'SE-01-certificate-expired':
      'It was off for too long, or a clock is wrong. Set the clock; or recard central kiosk add NAME, and recard kiosk enrol with --replace there.',
    'SE-01-foreign-certificate':
      'The kiosk is enrolled at another central. Look at its kiosk.toml, or enrol it here: recard central kiosk add NAME.',
    'SE-01-kiosk-revoked':
      'Somebody has revoked it (recard central audit list says who). If it is to work: recard central kiosk add NAME, and enrol it anew.',
    'SE-01-no-certificate':
      'It calls without its certificate: something between takes TLS apart, or its identity is gone. Look at the way to central, else enrol it anew.',
    'SE-01-not-a-kiosk':
      'Central has no such kiosk: another database, or it was never enrolled. recard central kiosk list; then enrol it.',
    'SE-03-management-key':
      'No key that central knows opens it: another card, or changed elsewhere. Import its key (recard central import card-secrets FILE), or replace it.',
    'SE-03-no-master-key':
      "A master key is not there with which this card's keys are worked out. Give it to an administrator: recard central master-key list.",
    'SE-04-no-archive-key':
      'The key of the archive is not there. An administrator brings it back from the backup; then the card is put in again.',
    'SE-07-attestation':
      "The card's own word on its new key does not hold. Keep the card, and tell whoever is in charge of security; give another one.",
    'SE-07-bad-request':
      'Kiosk and central do not understand each other: mostly two versions that do not fit. Update central first, then the kiosk.',
    'SE-07-card-answer':
      'Let another card be tried there: if that works, this card is dirty or faulty; if not, it is the reader.',
    'SY-02-no-room':
      'The disk of that kiosk is full. Make room there; recard doctor says what takes it. Cards can be finished at another kiosk.',
    'SY-06-other-protocol': 'Their versions are too far apart. Update the older of the two.',
    'UX-06-reader-gone': 'Plug the reader in again.',
    'UX-09-internal':
      'Let it be tried again. If it comes again, the log of the kiosk says why: give it to an administrator.',
  },
};
