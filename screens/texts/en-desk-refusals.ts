import type { DeskTexts } from './desk-catalogue.ts';

/** English: why an operator may not, or cannot now. */
export const deskRefusals: DeskTexts['desk']['refusals'] = {
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
  'ID-05-own-card-refused': {
    what: 'Your own card is disabled, cancelled or expired.',
    next: 'Ask another operator for a new one.',
  },
  'KR-01-no-certificate': { what: 'No key is marked.', next: 'Mark at least one.' },
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
  'KR-04-not-approved': { what: 'It is not approved yet.', next: 'Ask another operator to approve it.' },
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
  'OP-01-photo-unreadable': { what: 'The photo cannot be drawn.', next: 'Look at their identity card.' },
  'OP-02-cancelled': { what: 'The card is cancelled, for good.', next: 'Request a new card.' },
  'OP-02-no-address': { what: 'No mail address of theirs is known.', next: 'Show the code, and tell it.' },
  'OP-02-no-mail': { what: 'This central sends no mail.', next: 'Show the code, and tell it.' },
  'OP-02-no-right': { what: 'Your role may not do this.', next: 'Ask an administrator.' },
  'OP-02-not-issued': { what: 'The card was never written.', next: 'Cancel its request instead.' },
  'OP-02-out-of-scope': {
    what: 'The holder is in no group that you act for.',
    next: 'Ask an operator who acts for them.',
  },
  'OP-02-own-card': { what: 'It is your own card.', next: 'Ask another operator.' },
  'OP-02-witness-is-holder': {
    what: "The card is the second operator's own.",
    next: 'Ask another one.',
  },
  'OP-02-witness-is-operator': { what: 'Nobody is their own witness.', next: 'Ask another operator.' },
  'OP-02-witness-other': { what: 'The second operator has signed something else.', next: 'Begin again.' },
  'OP-02-witness-out-of-scope': {
    what: 'The second operator does not act for this holder.',
    next: 'Ask one who does.',
  },
  'OP-02-witness-over': { what: 'What was signed is too old or was used.', next: 'Begin again.' },
  'OP-02-witness-wanted': {
    what: 'The profile wants a second operator to confirm this.',
    next: 'Begin again with them beside you.',
  },
  'RP-06-cancelled': { what: 'The card is cancelled.', next: 'Request a new card.' },
  'RP-06-disabled': { what: 'The card is disabled.', next: 'Enable it first.' },
  'RP-06-holder-disabled': {
    what: 'The account of the holder is disabled.',
    next: 'It is enabled where accounts are kept.',
  },
  'RP-06-not-approved': {
    what: 'The holder is not approved for this profile, or not any more.',
    next: 'They have to be approved first.',
  },
  'RP-07-not-served-here': {
    what: 'This kiosk does not serve the group of this person.',
    next: 'Use a kiosk that does.',
  },
  'RP-07-unknown': { what: 'Central does not know this card.', next: 'It was not issued here.' },
  'RP-17-card-removed': { what: 'The card was taken out.', next: 'Put it in, and begin again.' },
  'RP-17-closed': { what: 'This is over already.', next: 'Go back and look again.' },
  'SY-03-central-failed': { what: 'Central could not do it.', next: 'Try again in a moment.' },
  'SY-03-central-not-reached': {
    what: 'Central is not reached.',
    next: 'Searching works without it; all else goes on when it is back.',
  },
  'SY-03-central-refused': { what: 'Central has refused it.', next: 'Tell an administrator the code.' },
  'UX-06-card-unresponsive': { what: 'The card does not answer.', next: 'Take it out and put it in again.' },
  'UX-06-reader-busy': {
    what: 'Another program uses the reader.',
    next: 'It goes on when the reader is free.',
  },
  'UX-06-reader-gone': { what: 'The reader was unplugged.', next: 'Plug it in, and begin again.' },
  'UX-06-service-gone': {
    what: 'The card service has stopped.',
    next: 'It comes back by itself; wait a little.',
  },
  'ID-05-other-card': { what: 'This card belongs to somebody else.', next: 'Sign in with your own.' },
  'KR-01-no-number': {
    what: 'Only a new card is collected with a number.',
    next: 'This is collected in another way.',
  },
  'KR-04-decided': { what: 'It is decided already.', next: 'There is nothing left to approve or reject.' },
  'KR-04-over': { what: 'This request is over.', next: 'Make a new one if it is needed.' },
  'KR-06-other-kind': { what: 'This request is of another kind.', next: 'Go back and look again.' },
  'OP-01-loading': { what: 'Central has not answered yet.', next: 'Try again in a moment.' },
  'OP-01-no-card': {
    what: 'There is no card for it.',
    next: 'Put one into the other reader, or search for it.',
  },
  'OP-01-no-copy': {
    what: 'This kiosk has no data yet.',
    next: 'They come from central by themselves; wait a little.',
  },
  'OP-01-no-photo': { what: 'Central has no photo of this person.', next: 'Look at their identity card.' },
  'OP-02-blank-not-in-reader': {
    what: 'An empty card is needed for it.',
    next: 'Put one into the other reader.',
  },
  'OP-02-card-not-in-reader': {
    what: 'The card itself is needed for it.',
    next: 'Put it into the other reader.',
  },
  'OP-02-card-out': {
    what: 'The card was taken out, or another one is in.',
    next: 'Put it in, and begin again.',
  },
  'OP-02-reader-busy': { what: 'The other reader is at work.', next: 'Wait until it is done.' },
  'OP-02-witness-out': {
    what: 'The second operator took their card out before it had signed.',
    next: 'Put it in again.',
  },
  'OP-05-none': { what: 'No operation is chosen.', next: 'There is none in the list.' },
  'RP-02-no-profile': { what: 'There is no such profile any more.', next: 'Ask an administrator.' },
  'RP-07-blank': {
    what: 'The card in the reader is empty.',
    next: 'Collect a new card onto it from its request.',
  },
  'RP-07-no-piv': { what: 'This is no card that can be used here.', next: 'Put another one in.' },
  'SY-06-newer-kiosk': { what: 'This kiosk is too old for it.', next: 'Use one with a newer version.' },
  'UX-09-internal': {
    what: 'Something went wrong in this kiosk.',
    next: 'Begin again; tell an administrator if it comes back.',
  },
  'RP-17-no-operation': { what: 'There is no such operation any more.', next: 'Go back and look again.' },
  'KR-05-not-on-card': {
    what: 'A key to be taken off is not on the card any more.',
    next: 'Begin again, and choose anew.',
  },
};
