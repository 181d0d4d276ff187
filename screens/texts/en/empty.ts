import type { EmptyTexts } from '../empty-catalogue.ts';

/** English: a cancelled card that is emptied. */
export const enEmpty: EmptyTexts = {
  emptyWarning: {
    title: 'Empty this cancelled card?',
    resumeTitle: 'Finish emptying this card?',
    resume: 'It was not finished the last time. It goes on where it stopped.',
    all: 'Everything on it is lost: certificates, keys, name and photo.',
    keys: 'What only its keys can open cannot be opened any more.',
    secrets: 'Its PIN becomes what it was in the factory. Somebody else can get it as a new card.',
    confirm: 'This cannot be undone. Do not take the card out while it is emptied.',
  },
  emptied: {
    title: 'This card is empty now.',
    text: 'It can be used again as a new card. Give it back to the helpdesk.',
    putInAgain: 'Put the card in again, here or at another kiosk, to finish emptying it.',
    written: 'The card is empty. It can be used again as soon as central has answered.',
    writing: 'The card is being emptied',
  },
};
