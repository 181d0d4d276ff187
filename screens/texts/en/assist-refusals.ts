import type { RefusalTexts } from '../catalogue.ts';

/** English: what somebody who helps may not do, and what a cardholder alone may not. */
export const assistRefusals = {
  'ID-02-attended-only': {
    title: 'This code counts only with an operator beside you.',
    why: 'Nobody sets a new PIN alone here. Your code was not used up.',
    next: 'Ask somebody of the helpdesk to come. They put their own card into the other reader and press O; then type your code.',
  },
  'ID-02-code-needed': {
    title: 'You know the PIN of this card.',
    why: 'A new one is set without the old one only for those who have forgotten it.',
    next: 'Press Enter and type your PIN: when the card is rewritten you choose a new one.',
  },
  'ID-02-code-wanted': {
    title: "An operator's word does not do for this card.",
    why: 'Its profile wants a one-time code for a new PIN.',
    next: 'Have the helpdesk give you a one-time code, with the operator beside you.',
  },
  'ID-02-not-signed': {
    title: 'What the operator signed does not count any more.',
    why: 'It is too old, was used, or was for something else.',
    next: 'The operator signs it again with their own card.',
  },
  'ID-05-idle': {
    title: 'The operator is no longer signed in.',
    why: 'Nothing was done for too long.',
    next: 'Sign in again with your own card and begin once more.',
  },
  'ID-05-no-session': {
    title: 'The operator is no longer signed in.',
    why: 'Their card was taken out, or they have signed in at another kiosk.',
    next: 'Sign in again with your own card and begin once more.',
  },
  'ID-05-not-an-operator': {
    title: 'Only an operator may do this.',
    why: 'Whoever is signed in is not an operator any more.',
    next: 'Ask an operator who is.',
  },
  'ID-05-operator-disabled': {
    title: 'This operator may not act.',
    why: 'Central has disabled whoever is signed in.',
    next: 'Ask another operator.',
  },
  'ID-05-own-card-refused': {
    title: 'The card of the operator is refused.',
    why: 'It is disabled, cancelled or expired.',
    next: 'Ask another operator.',
  },
  'OP-02-no-right': {
    title: 'This operator may not do that.',
    why: 'Their role does not allow it, or not for this reason.',
    next: 'Choose another reason, or ask an operator who may.',
  },
  'OP-02-out-of-scope': {
    title: 'This card is not one that this operator looks after.',
    why: 'Its holder belongs to another part of the organisation.',
    next: 'Ask an operator who looks after them.',
  },
  'OP-02-own-card': {
    title: 'Nobody helps themselves.',
    why: 'This is the card of the operator who is signed in.',
    next: 'Ask another operator, or use it as everybody does, without signing in.',
  },
  'OP-02-witness-other': {
    title: 'The second operator has signed something else.',
    why: 'What they sign counts for exactly that card and that reason.',
    next: 'Begin once more and have them sign again.',
  },
  'OP-02-witness-over': {
    title: 'What the second operator signed no longer counts.',
    why: 'It counts for ten minutes, and once.',
    next: 'Begin once more and have them sign again.',
  },
  'OP-02-witness-wanted': {
    title: 'A second operator has to sign this.',
    why: 'The rules for this kind of card want two.',
    next: 'Begin once more with another operator beside you.',
  },
  'RP-11-other-card': {
    title: 'This is the wrong card.',
    why: 'What was begun is meant for another one.',
    next: 'Take this card out. Put the right one in, and begin once more.',
  },
  'RP-12-not-for-cardholders': {
    title: 'This reason is for operators.',
    why: 'A reason like this is chosen by the helpdesk.',
    next: 'Choose another one, or ask the helpdesk.',
  },
  'RP-19-accept-terms': {
    title: 'The terms have not been accepted.',
    why: 'They may have changed since you read them.',
    next: 'Try again: you are shown what counts now.',
  },
} satisfies Partial<RefusalTexts>;
