import type { DeskTexts } from '../desk-catalogue.ts';
import { requestRefusals } from './desk-request-refusals.ts';

/** English: why an operator may not, or cannot now. */
export const deskRefusals: DeskTexts['desk']['refusals'] = {
  ...requestRefusals,
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
  'OP-01-photo-unreadable': { what: 'The photo cannot be drawn.', next: 'Look at their identity card.' },
  'OP-02-blank-not-in-reader': {
    what: 'An empty card is needed for it.',
    next: 'Put one into the other reader.',
  },
  'OP-02-cancel-first': {
    what: 'This would cancel the old card, for which two operators are wanted.',
    next: 'Cancel it with a second one, then request the new card.',
  },
  'OP-02-cancelled': { what: 'The card is cancelled, for good.', next: 'Request a new card.' },
  'OP-02-card-not-in-reader': {
    what: 'The card itself is needed for it.',
    next: 'Put it into the other reader.',
  },
  'OP-02-card-out': {
    what: 'The card was taken out, or another one is in.',
    next: 'Put it in, and begin again.',
  },
  'OP-02-disabled-already': { what: 'The card is disabled already.', next: 'Enable it, or cancel it.' },
  'OP-02-no-address': { what: 'No mail address of theirs is known.', next: 'Show the code, and tell it.' },
  'OP-02-no-mail': { what: 'This central sends no mail.', next: 'Show the code, and tell it.' },
  'OP-02-no-right': { what: 'Your role may not do this.', next: 'Ask an administrator.' },
  'OP-02-not-disabled': { what: 'The card is not disabled.', next: 'There is nothing to enable.' },
  'OP-02-not-issued': { what: 'The card was never written.', next: 'Cancel its request instead.' },
  'OP-02-out-of-scope': {
    what: 'The holder is in no group that you act for.',
    next: 'Ask an operator who acts for them.',
  },
  'OP-02-own-card': { what: 'It is your own card.', next: 'Ask another operator.' },
  'OP-02-reader-busy': { what: 'The other reader is at work.', next: 'Wait until it is done.' },
  'OP-02-witness-is-holder': {
    what: "The card is the second operator's own.",
    next: 'Ask another one.',
  },
  'OP-02-witness-is-operator': { what: 'Nobody is their own witness.', next: 'Ask another operator.' },
  'OP-02-witness-no-card': {
    what: 'No card of a second operator is in.',
    next: "Put it in; the cardholder's may come out for it.",
  },
  'OP-02-witness-other': { what: 'The second operator has signed something else.', next: 'Begin again.' },
  'OP-02-witness-out': {
    what: 'The second operator took their card out before it had signed.',
    next: 'Put it in again.',
  },
  'OP-02-witness-out-of-scope': {
    what: 'The second operator does not act for this holder.',
    next: 'Ask one who does.',
  },
  'OP-02-witness-over': { what: 'What was signed is too old or was used.', next: 'Begin again.' },
  'OP-02-witness-wanted': {
    what: 'The profile wants a second operator to confirm this.',
    next: 'Begin again with them beside you.',
  },
  'OP-05-none': { what: 'No operation is chosen.', next: 'There is none in the list.' },
  'RP-02-no-profile': { what: 'There is no such profile any more.', next: 'Ask an administrator.' },
  'RP-04-expired': { what: 'The life of the card is over.', next: 'Request a new card.' },
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
  'RP-07-blank': {
    what: 'The card in the reader is empty.',
    next: 'Collect a new card onto it from its request.',
  },
  'RP-07-contactless': {
    what: 'The card is on a contactless reader.',
    next: 'Put it into one with contacts.',
  },
  'RP-07-no-piv': { what: 'This is no card that can be used here.', next: 'Put another one in.' },
  'RP-07-nobody': { what: 'There is no such person any more.', next: 'Go back and search again.' },
  'RP-07-not-known-here': {
    what: 'The card is not known at this kiosk.',
    next: 'Try again when central is reached.',
  },
  'RP-07-not-served-here': {
    what: 'This kiosk does not serve the group of this person.',
    next: 'Use a kiosk that does.',
  },
  'RP-07-not-their-card': {
    what: 'The card belongs to somebody else now.',
    next: 'Go back and search again.',
  },
  'RP-07-unknown': { what: 'Central does not know this card.', next: 'It was not issued here.' },
  'RP-12-no-such-reason': {
    what: 'This reason is not there any more.',
    next: 'Go back, and choose another.',
  },
  'RP-12-not-for-cardholders': {
    what: 'Cardholders may not choose this reason themselves.',
    next: 'Choose another, or rewrite the card here.',
  },
  'RP-17-card-removed': { what: 'The card was taken out.', next: 'Put it in, and begin again.' },
  'RP-17-closed': { what: 'This is over already.', next: 'Go back and look again.' },
  'RP-17-finish-first': {
    what: 'The card is not finished.',
    next: 'Finish it first: put it in, here or at another kiosk.',
  },
  'RP-17-no-operation': { what: 'There is no such operation any more.', next: 'Go back and look again.' },
  'RP-20-key-would-be-lost': {
    what: 'Its encryption key exists nowhere else, and would be lost.',
    next: 'Request a new card.',
  },
  'RP-21-foreign-card': {
    what: 'Central has not got the management key of this card.',
    next: 'An administrator can import it.',
  },
  'SY-03-central-failed': { what: 'Central could not do it.', next: 'Try again in a moment.' },
  'SY-03-central-not-reached': {
    what: 'Central is not reached.',
    next: 'Searching works without it; all else goes on when it is back.',
  },
  'SY-03-central-refused': { what: 'Central has refused it.', next: 'Tell an administrator the code.' },
  'SY-06-newer-kiosk': { what: 'This kiosk is too old for it.', next: 'Use one with a newer version.' },
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
  'UX-09-internal': {
    what: 'Something went wrong in this kiosk.',
    next: 'Begin again; tell an administrator if it comes back.',
  },
};
