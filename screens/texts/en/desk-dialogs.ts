import type { DeskDialogTexts } from '../desk-dialog-catalogue.ts';

/** English: an operator signs in, and the steps of what they do. */
export const enDeskDialogs: DeskDialogTexts = {
  deskSignIn: {
    askTitle: 'Put your own card into a free reader.',
    ask: 'It stays there as long as you work here. Taking it out signs you out.',
    askSecond: "The card in the other reader may stay: it is the cardholder's.",
    looking: 'Looking at your card',
    pinTitle: (name) => `PIN of ${name}`,
    pin: 'The PIN of your own card. It signs you in.',
    lastTry:
      'This is the last try. If this PIN is wrong as well, the card is blocked, and another operator has to help.',
    signingIn: 'Signing you in',
    refusedTitle: 'You cannot sign in with this card.',
    signedOutTitle: 'You were signed out.',
  },
  deskDialog: {
    consequences: {
      reprovision: [
        'The card is erased and written again by the newest rules of its profile.',
        'The cardholder has to be here: they choose the new PIN themselves.',
      ],
      requestUpdate: [
        'The cardholder finds it waiting at any kiosk, and rewrites the card alone.',
        'Until then nothing is changed, neither card nor account.',
      ],
      requestExisting: [
        'The keys come onto this card when its holder collects them with their PIN.',
        'Its other keys, its PIN and the account stay as they are.',
      ],
      requestReplacement: [
        'A new card is prepared, with the archived keys of the old one. Keys that are not archived do not come along.',
        'An old card that somebody else may have is cancelled now, any other when the new one is collected.',
      ],
      giveCode: [
        'Whoever has this card and the code can set its PIN. Give it to the cardholder only.',
        'It replaces a code that was given before.',
      ],
      unblockPin: [
        'The cardholder types a new PIN. Keys, certificates and account stay as they are.',
        'They are told by mail.',
      ],
      disable: ['The card cannot be used or rewritten until it is enabled again.'],
      enable: [
        'Certificates that were put on hold with the card are valid again.',
        'Those that had been put on hold on their own stay so.',
      ],
      cancelCard: ['This is for good: a cancelled card is never enabled again.'],
      requestNewCard: ['The card is prepared. It is collected with an empty card at any kiosk.'],
      requestSoft: ['The keys are collected as a file with a password that their owner chooses.'],
      approve: ['You approve that this is carried out.'],
      reject: ['It is not carried out. Whoever asked for it reads your note.'],
      cancelRequest: ['It is not carried out. Nothing is changed.'],
      collect: ['It is carried out now. The owner has to be here, and types PIN or password themselves.'],
      giveNumber: [
        'Whoever has an empty card and the number can collect this. Give it to the owner only.',
        'It replaces a number that was given before.',
      ],
      abandon: [
        'The writing is given up: certificates that were made for it are revoked at once.',
        'The card may be half written. It can be rewritten, or cancelled and replaced.',
      ],
      leaveKiosk: [
        'The kiosk ends. A login prompt takes this terminal: nothing else can be done here then.',
        'It stays so until an administrator of the machine starts the kiosk: systemctl start kiosk',
        'Central puts on record that it was you.',
      ],
    },
    fates: {
      certificates: {
        revoke: 'Its certificates for sign-in, signature and doors are revoked.',
        leave: 'Its certificates for sign-in, signature and doors stay valid until they expire.',
        hold: 'Its certificates for sign-in, signature and doors are on hold until it is enabled.',
        unknown: 'What becomes of its certificates follows from the reason.',
      },
      encryption: {
        keep: 'Its encryption certificate stays as it is.',
        leave: 'Its encryption certificate stays valid until it expires.',
        replace: 'Its encryption certificate is replaced, over the same key.',
        revoke: 'Its encryption certificate is revoked; an archived key can still be recovered.',
        newIfRevoked: 'Its encryption certificate stays, unless it was revoked already.',
        hold: 'Its encryption certificate is on hold until it is enabled.',
        unknown: null,
      },
      account: "The holder's account stays as it is.",
    },
    choose: {
      reason: 'Why?',
      profile: 'By which profile?',
      code: 'For how long, and how does the cardholder get it?',
      proof: 'How does the cardholder show who they are?',
      codes: {
        'short-shown': 'For a few minutes, shown here',
        'short-sent': 'For a few minutes, sent by mail',
        'long-shown': 'For some weeks, shown here',
        'long-sent': 'For some weeks, sent by mail',
      },
      proofs: {
        pin: 'They have their PIN',
        operator: 'I know them, or have seen their identity card: I sign for it',
        code: 'They have a one-time code',
        number: 'They have the number for collecting',
      },
      none: 'There is nothing to choose from.',
      notAllowed: '(not allowed)',
    },
    asking: {
      recoverable: 'Asking which keys there are',
      difference: 'Asking what would change on the card',
    },
    pick: {
      title: 'Which keys?',
      how: 'Marked ones are on the card afterwards. Unmarking one that is on it takes it off.',
      none: 'Central has no keys of this person.',
      where: 'Is on',
      nowhere: 'no card',
      sum: (wanted, without) =>
        `To be recovered: ${wanted}.${without === 0 ? '' : ` To be taken off: ${without}.`}`,
    },
    difference: { title: 'What changes on the card', none: 'Nothing changes on the card.' },
    removal: {
      title: (count) =>
        count === 1 ? 'One key is taken off the card' : `${count} keys are taken off the card`,
      confirm: (count) =>
        count === 1
          ? 'What was encrypted with it cannot be read with this card any more. Press Y to take it off.'
          : 'What was encrypted with them cannot be read with this card any more. Press Y to take them off.',
    },
    write: {
      title: 'Note',
      optional: 'For whoever reads this later. May be left empty.',
      demanded: 'Say why. It stands in the audit, and is read by those concerned.',
    },
    empty: 'Please write something.',
    confirm: {
      title: 'Is that right?',
      reason: (title) => `Reason: ${title}`,
      keys: (count) => (count === 1 ? '1 key' : `${count} keys`),
      note: (words) => `Note: ${words}`,
    },
    witness: {
      title: 'A second operator has to confirm this.',
      text: "They put their own card into the other reader. The cardholder's card may be taken out for it, and comes back afterwards. Your own stays in.",
      looking: "Looking at the second operator's card",
      signTitle: (name) => `PIN of ${name}`,
      sign: 'The second operator types the PIN of their own card. It signs exactly what is named above, and nothing else.',
      ownSign: 'The PIN of your own card. With it you sign that the person named above is here with you.',
      ownSignCode: (how) =>
        `The PIN of your own card. With it you sign that this is given out once, for what is named above. ${how}.`,
      signing: 'The card signs',
    },
    cardBack: {
      title: 'Put the other card back into the reader.',
      card: "The second operator takes theirs out; the cardholder's card comes in its place.",
      blank: 'The second operator takes theirs out; the empty card comes in its place.',
    },
    working: 'Central is doing it',
    said: {
      refused: 'Nothing was done.',
      unanswered: 'Whether it was done is not known. Close this, and look.',
      stopped: 'It was not finished.',
      cardOut: 'The card has gone: nothing was done.',
      requested: 'The request is made.',
      toBeApproved: 'Another operator has to approve it first, under Requests.',
      ready: 'Nobody has to approve it: it is ready.',
      approved: 'Approved.',
      rejected: 'Rejected.',
      cancelled: 'Cancelled.',
      abandoned: 'Abandoned.',
      left: 'The kiosk ends now.',
      given: 'Give this to the cardholder, and to nobody else.',
      once: 'It is shown this once.',
      sentTo: (address) => `Sent to ${address}.`,
      until: (time) => `It works until ${time}.`,
      changed: 'Done.',
      revoked: (count) => (count === 1 ? '1 certificate is revoked.' : `${count} certificates are revoked.`),
      held: (count) => (count === 1 ? '1 certificate is on hold.' : `${count} certificates are on hold.`),
      released: (count) =>
        count === 1 ? '1 certificate is valid again.' : `${count} certificates are valid again.`,
      untouched: 'All other certificates are as they were.',
      told: 'The cardholder is told by mail.',
    },
  },
};
