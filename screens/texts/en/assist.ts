import type { AssistTexts } from '../assist-catalogue.ts';

/** English: help, a new PIN, terms. */
export const enAssist: AssistTexts = {
  terms: {
    title: 'Please read and accept this first',
    text: 'Nothing is written before. With Esc you say no: your card stays as it is.',
    more: (count) => (count === 1 ? '1 more line below' : `${count} more lines below`),
  },
  pinWarning: {
    title: 'A new PIN for this card',
    resumeTitle: 'Finish the new PIN of this card',
    resume: 'It was not finished the last time. It goes on where it stopped.',
    keepsPin: 'The PIN that you have just typed is your new one. It stays.',
    newPin: 'You choose a new PIN. The one before it no longer works.',
    nothingElse: 'Nothing else is changed: certificates and keys stay as they are.',
    told: 'The holder of the card is told of it by mail.',
    of: (name, card) => `The card belongs to ${name} (${card}).`,
  },
  pinSet: {
    title: 'Your PIN has been set.',
    text: 'Nothing else on your card was changed.',
    writing: 'Your PIN is being set',
    written: 'Your new PIN is on the card. Central puts that on record by itself, with or without your card.',
    putInAgain: 'Put your card in again, here or at another kiosk, to finish its new PIN.',
  },
  softHanded: {
    leaveIn: 'Leave the stick in until you are told to take it out.',
    stopped: 'The keys still wait: the operator can begin again.',
    saved: 'Your keys are saved. You can take out the stick.',
  },
  provingOperator: {
    title: 'Asking central',
    text: 'The operator has confirmed whose card this is. Please leave it in.',
  },
  waitsForCard: {
    rewritten: (name) => `Put in the card of ${name}: it will be rewritten.`,
    newPin: (name) => `Put in the card of ${name}: it will get a new PIN.`,
    keys: (name) => `Put in the card of ${name}: keys will be brought onto it.`,
    newCard: (name) => `Put in an empty card: it will become that of ${name}.`,
    first: 'Nothing is changed before you say so. No other card is worked on.',
    takeBack: 'O takes it back.',
  },
  turn: (name) => `Now it is the turn of ${name}:`,
  assistWarning: {
    title: 'Before this card is rewritten',
    resume: 'It was not finished the last time, and goes on where it stopped.',
    belongs: (name, card) => `The card belongs to ${name} (${card}).`,
    erased: 'Everything on it is erased and written again, with new certificates.',
    oldRevoked: 'The old certificates stop working as soon as the new ones have been checked.',
    oldLeft: 'The old certificates are left to expire.',
    sameKey: 'The encryption key stays: old messages can still be read.',
    newKey: 'There is a new encryption key. The old one stays on the card for old messages.',
    newKeyOldArchived: 'There is a new encryption key. The old one is kept safe for another card.',
    newKeyIfRevoked: 'The encryption key stays, unless it was revoked.',
    keyLost: 'The encryption key is lost, as was confirmed.',
    account: 'The account of the holder is not changed.',
    turn: (name) => `Next, ${name} types the new PIN. The card stays in until the end.`,
  },
};
