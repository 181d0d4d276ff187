import type { DeskTexts } from '../desk-catalogue.ts';

/** English: why an operator may not, of who they are and of requests. */
export const requestRefusals = {
  'ID-01-not-proved': {
    what: 'The card has not proved that it is the one on record.',
    next: 'Try again; if it stays so, look at the card with another operator.',
  },
  'ID-02-attended-only': {
    what: 'The profile wants an operator beside the cardholder.',
    next: 'Sign in at the kiosk where they are.',
  },
  'ID-02-code-wanted': {
    what: 'The profile takes no word of an operator for this.',
    next: 'Give the cardholder a one-time code, and stay with them.',
  },
  'ID-02-not-signed': {
    what: 'The signature is not by the key on record.',
    next: 'Sign again with the card you have signed in with.',
  },
  'ID-02-other-card': {
    what: 'This is not the card you have signed in with.',
    next: 'Put that one in.',
  },
  'ID-02-pin-not-set': { what: 'The PIN was not set.', next: 'Begin again.' },
  'ID-04-pin-blocked': {
    what: 'The PIN of this card is blocked.',
    next: 'Another operator can set a new one.',
  },
  'ID-05-idle': { what: 'Nothing was done for too long.', next: 'Sign in again.' },
  'ID-05-no-session': { what: 'Central has ended your session.', next: 'Sign in again.' },
  'ID-05-not-an-operator': {
    what: 'You are not an operator.',
    next: 'An administrator can make you one.',
  },
  'ID-05-operator-disabled': { what: 'Your account is disabled.', next: 'Ask an administrator.' },
  'ID-05-other-card': { what: 'This card belongs to somebody else.', next: 'Sign in with your own.' },
  'ID-05-own-card-refused': {
    what: 'Your own card is disabled, cancelled or expired.',
    next: 'Ask another operator for a new one.',
  },
  'KR-01-no-certificate': { what: 'No key is marked.', next: 'Mark at least one.' },
  'KR-01-no-number': {
    what: 'Only a new card is collected with a number.',
    next: 'This is collected in another way.',
  },
  'KR-01-no-such-certificate': {
    what: 'One of the keys is not there any more.',
    next: 'Begin again, and choose anew.',
  },
  'KR-01-no-such-request': { what: 'There is no such request any more.', next: 'Go back and look again.' },
  'KR-01-nothing-to-do': { what: 'Nothing would change on the card.', next: 'Mark another key.' },
  'KR-01-open-already': {
    what: 'The same is requested already.',
    next: 'Look for it among the requests of this person.',
  },
  'KR-01-other-kind': { what: 'It is for no new card.', next: 'Go back, and look at the request.' },
  'KR-01-too-many': { what: 'These are too many keys for one request.', next: 'Mark fewer.' },
  'KR-02-cancelled': { what: 'The request was cancelled.', next: 'Make a new one if it is needed.' },
  'KR-02-collected': { what: 'The request was collected.', next: 'Make a new one if it is needed.' },
  'KR-02-collecting': {
    what: 'It is being collected already.',
    next: 'It is finished with the same card, at any kiosk.',
  },
  'KR-02-expired': { what: 'The request has run out.', next: 'Make a new one if it is needed.' },
  'KR-02-failed': { what: 'The collecting was given up.', next: 'Make a new request if it is needed.' },
  'KR-02-vouch-wanted': {
    what: 'Your signature is wanted that the owner is here.',
    next: 'Choose that you sign for it.',
  },
  'KR-03-no-right': {
    what: 'Your role may not do this under this profile.',
    next: 'Ask an administrator.',
  },
  'KR-03-out-of-scope': {
    what: 'This person is in no group that you act for.',
    next: 'Ask an operator who acts for them.',
  },
  'KR-04-approved-before': {
    what: 'You have said yes or no to it already.',
    next: 'Another operator has to.',
  },
  'KR-04-decided': { what: 'It is decided already.', next: 'There is nothing left to approve or reject.' },
  'KR-04-not-approved': { what: 'It is not approved yet.', next: 'Ask another operator to approve it.' },
  'KR-04-over': { what: 'This request is over.', next: 'Make a new one if it is needed.' },
  'KR-04-own-keys': { what: 'It is about your own keys.', next: 'Ask another operator.' },
  'KR-04-own-request': {
    what: 'You have asked for it yourself.',
    next: 'Another operator has to approve it.',
  },
  'KR-04-rejected': { what: 'It was rejected.', next: 'Make a new request if it is needed.' },
  'KR-05-last-copy': {
    what: 'A key would be lost that exists nowhere else.',
    next: 'Leave it on the card.',
  },
  'KR-05-not-on-card': {
    what: 'A key to be taken off is not on the card any more.',
    next: 'Begin again, and choose anew.',
  },
  'KR-06-other-kind': { what: 'This request is of another kind.', next: 'Go back and look again.' },
  'KR-06-wrong-card': {
    what: 'This is not the card that it is about.',
    next: 'Put that card into the reader.',
  },
  'KR-07-gap': {
    what: 'This card cannot close the gap that would be left.',
    next: 'Leave that key on the card.',
  },
  'KR-07-too-few-slots': {
    what: 'The card has no room for so many keys.',
    next: 'Mark fewer, or give the rest as a file.',
  },
  'KR-11-cannot-import': {
    what: 'This card takes no keys from outside.',
    next: 'Give them as a file, or replace the card.',
  },
  'KR-11-not-archived': {
    what: 'Central has not got this key.',
    next: 'It is only on the card that it was made on.',
  },
  'KR-11-not-theirs': {
    what: 'One of the keys belongs to somebody else.',
    next: 'Begin again, and choose anew.',
  },
} satisfies Partial<DeskTexts['desk']['refusals']>;
