import type { MyCardTexts } from '../my-card-catalogue.ts';

/** English: what is on a card. */
export const enMyCard: MyCardTexts = {
  myCard: {
    key: 'What is on it?',
    readingTitle: 'Reading this card',
    reading: 'One moment. Please leave the card in. Nothing on it is changed.',
    title: 'What is on this card',
    read: 'This was read from the card just now. Nothing was changed.',
    notAsItShouldBe: 'Something here is not as it should be. Please ask the helpdesk.',
    notFinished: 'This card is not finished. What is on it counts as soon as it is.',
    oldKeys: 'Earlier encryption still opens your old messages, whatever its state.',
    certificateFor: 'Certificate for',
    until: 'Valid until',
    state: 'State',
    noCertificates: 'There are no certificates on this card.',
    states: {
      works: 'works',
      expired: 'expired',
      revoked: 'revoked',
      replaced: 'replaced by a newer one',
      unfinished: 'not finished',
      notKnown: 'not known here',
      unreadable: 'cannot be read',
      missing: 'missing from the card',
    },
    photo: 'Photo',
    details: 'Your details',
    presence: { there: 'on the card', absent: 'not on the card', closed: 'only shown with the PIN' },
    pinBlocked: 'blocked',
    pinNotTold: 'the card does not say how many tries are left',
    waits: 'Is something waiting for you? Go back, press Enter and type your PIN to see it.',
  },
};
