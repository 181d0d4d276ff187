import type { MailTexts } from './mail-texts.ts';

export const ENGLISH: MailTexts = {
  locale: 'en-GB',
  subjects: {
    rewritten: 'Your card was rewritten',
    rewrittenByCode: 'Your card has a new PIN and was rewritten',
    rewrittenByOperator: 'Your card has a new PIN and was rewritten',
    pinReset: 'Your card has a new PIN',
    cardIssued: 'Your new card was written',
    keysRequested: 'Your encryption keys were asked for',
    keysApproved: 'Handing out your encryption keys was approved',
    keysRecovered: 'Your encryption keys were put onto a card',
    keysSaved: 'Your encryption keys were saved as a file',
    keysStored: 'Your encryption keys were stored on a computer',
    keysGivenOut: 'Your encryption keys were given out',
    cardCancelled: 'Your card was cancelled',
    cardDisabled: 'Your card was disabled',
    cardEnabled: 'Your card was enabled again',
    codeGiven: 'Your one-time code',
    numberGiven: 'The number for your new card',
    test: 'Test',
  },
  happened: {
    rewritten: 'Your card was rewritten at a kiosk, after the card and its PIN had proved themselves.',
    rewrittenByCode:
      'A one-time code of the helpdesk was used for your card at a kiosk: it has a new PIN now, and was rewritten.',
    pinReset:
      'A new PIN was set for your card at a kiosk, with a one-time code of the helpdesk or with an operator beside you. Nothing else of it was changed.',
    rewrittenByOperator:
      'An operator of the helpdesk vouched for you at a kiosk: your card has a new PIN now, and was rewritten.',
    cardIssued: 'A new card was written for you at a kiosk, with a number that the helpdesk had given out.',
    keysRequested: 'Somebody asked for archived encryption keys of yours. Nothing was handed out yet.',
    keysApproved:
      'A request for archived encryption keys of yours was approved. They can be collected from now on.',
    keysRecovered: 'Archived encryption keys of yours were put onto a card.',
    keysSaved:
      'Archived encryption keys of yours were saved at a kiosk as a file with a password, on a removable medium.',
    keysStored:
      'Archived encryption keys of yours were collected on a computer, with a token that was given out for them, and are in a certificate store there.',
    keysGivenOut:
      'Archived encryption keys of yours were given out to be collected, and nobody has told that they came onto a card, were saved or stored. Perhaps it was cut off: then they wait for you, or can be asked for anew.',
    cardCancelled:
      'Your card was cancelled. It cannot be used any more; the helpdesk can give you a new one.',
    cardDisabled: 'Your card was disabled. It cannot be used until it is enabled again.',
    cardEnabled: 'Your card was enabled again. It can be used as before.',
    codeGiven:
      'The helpdesk has given you a one-time code. Go to a kiosk, put your card in, say that you do not know the PIN, and type the code. Give it to nobody: whoever has it can set a new PIN for your card.',
    numberGiven:
      'The helpdesk has given you the number for your new card. Go to a kiosk with an empty card, put it in, and type the number. Give it to nobody.',
    test: 'This is a test: mails of Recard reach you.',
  },
  labelled: (label, value) => `${label}: ${value}`,
  labels: {
    when: 'When',
    code: 'Code',
    until: 'To be typed by',
    kiosk: 'Kiosk',
    machine: 'Computer (as it calls itself)',
    card: 'Card',
    keys: 'Keys',
    onto: 'For',
    by: 'Asked by',
  },
  card: (lastFour) => `serial number ending in ${lastFour}`,
  onto: {
    newCard: 'a new card',
    softCertificate: 'a file with a password',
    existingCard: 'a card that is there already',
    cardUpdate: 'rewriting a card',
  },
  by: { owner: 'you', helpdesk: 'a helpdesk operator', administrator: 'an administrator' },
  greeting: (name) => `Good day ${name},`,
  ifNotYou: {
    done: 'Did you not do this? Tell the helpdesk at once.',
    waiting: 'Do you know nothing of this? Tell the helpdesk at once: it can still be stopped.',
    byOthers: 'Do you know nothing of this? Ask the helpdesk.',
    code: 'Did you not ask for it? Tell the helpdesk at once, and do not use it.',
  },
  end: 'Written by Recard, which manages your card. Nobody reads answers to this mail.',
};
