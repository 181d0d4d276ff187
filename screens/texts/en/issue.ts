import type { IssueTexts } from '../issue-catalogue.ts';

/** English: a new card. */
export const enIssue: IssueTexts = {
  blank: {
    title: 'This card is empty.',
    text: 'Are you collecting a new card? Then press Enter and type the number that the helpdesk has given you.',
    unfinishedTitle: 'Finish this new card',
    unfinished:
      'It was begun and not finished. Press Enter and type the number from the helpdesk once more: it goes on where it stopped.',
    otherwise: 'If you have no number, ask the helpdesk for one. Nothing is changed on the card until then.',
    helpTitle: 'No number?',
    help: 'A new card is asked for at the helpdesk. Call them or go there: they ask you who you are, and give you a number for it.',
    helpNext: 'You can take the card out and come back later.',
  },
  enterNumber: {
    title: 'Enter the number for your new card',
    text: 'It has 14 or 18 digits. Type it without the blanks and press Enter.',
    wrong: 'That number was wrong. Please try again.',
    length: 'A number has 14 or 18 digits.',
  },
  checkingNumber: {
    title: 'Checking your number',
    text: 'Central looks at what comes onto your new card. Please leave it in.',
  },
  issueWarning: {
    title: 'Before your new card is written',
    resumeTitle: 'Finish your new card',
    resume: 'It was not finished the last time. It goes on where it stopped.',
    belongs: (holder, kind) => `The card becomes yours: ${holder}, ${kind}.`,
    validUntil: (date) => `It will be valid until ${date}.`,
    replaces: (card) => `It takes the place of your card ${card}, which works no longer after that.`,
    choosesPin: 'You choose a PIN for it next. Nobody else knows it.',
  },
  issued: {
    title: 'Your new card is ready.',
    cardValid: (date) => `Your card is valid until ${date}.`,
    recovered: (count) =>
      count === 1 ? '1 earlier key was put onto it.' : `${count} earlier keys were put onto it.`,
    putInAgain: 'Put it in again, here or at another kiosk, and type your number once more to finish it.',
  },
};
