import type { CollectTexts } from '../collect-catalogue.ts';

/** English: what waits, and recovered keys onto a card. */
export const enCollect: CollectTexts = {
  tasks: {
    title: 'What waits for you',
    text: 'Choose with the arrow keys or a number, then press Enter.',
    rewrite: 'Rewrite this card',
    rewriteText: 'Your card is erased and written anew, for a reason that you choose next.',
    addKeys: (count) =>
      count === 1
        ? 'Bring 1 recovered encryption key onto this card'
        : `Bring ${count} recovered encryption keys onto this card`,
    changeKeys: 'Update the encryption keys on this card',
    otherCard: 'Recovered encryption keys for another card',
    newCard: 'A new card',
    newCardWithKeys: 'Recovered encryption keys on a new card',
    file: 'Recovered encryption keys as a file',
    update: (reason) => `Update your card: ${reason}`,
    unknown: 'Something that this kiosk does not know yet',
    notNow: '(not now)',
    updateText: 'Your card is erased and written anew, for this reason.',
    keysText: 'You are shown first what changes. Everything else on your card stays, and your PIN as well.',
    until: (date) => `It waits until ${date}.`,
    note: (words) => `Note: ${words}`,
  },
  comparing: { title: 'Asking central', text: 'Central works out what changes on your card.' },
  difference: {
    title: 'What changes on your card',
    certificate: 'Encryption key of',
    change: 'Change',
    before: 'Before',
    after: 'After',
    changes: { kept: 'stays', moved: 'moves', added: 'new', removed: 'taken off', left: 'later' },
    inUse: 'in use',
    place: (number, of) => `key ${number} of ${of}`,
    nowhere: 'not on it',
    sums: {
      kept: (count) => (count === 1 ? '1 key stays' : `${count} keys stay`),
      moved: (count) => (count === 1 ? '1 gets another place' : `${count} get other places`),
      added: (count) => (count === 1 ? '1 is put on' : `${count} are put on`),
      removed: (count) => (count === 1 ? '1 is taken off' : `${count} are taken off`),
      left: (count) => (count === 1 ? '1 is left for later' : `${count} are left for later`),
    },
    others: 'Keys for signing in, signing and doors are not touched.',
  },
  chooseLeft: {
    title: 'There is not enough room for all keys',
    text: (count) =>
      `Mark ${count === 1 ? 'one that is' : `${count} that are`} left for another time. Nothing is lost: they stay in safe keeping, and the helpdesk can let you have them as a file.`,
    stillTooFew: 'That is not enough yet. Please mark more of them.',
    none: 'Please mark at least one with the space bar or its number.',
  },
  removal: {
    title: (count) =>
      count === 1 ? 'One key is taken off your card' : `${count} keys are taken off your card`,
    text: (count) =>
      `Old messages that were encrypted for ${count === 1 ? 'it' : 'them'} can then no longer be read with this card.`,
    confirm: 'Press Y only if you can do without that on this card. Esc goes back, and nothing is changed.',
  },
  collectWarning: {
    title: 'Before the keys on your card are changed',
    resumeTitle: 'Finish your card',
    resume: 'Your card was not finished the last time. It goes on where it stopped, as you chose then.',
    added: (count) =>
      count === 1
        ? '1 encryption key is put onto your card.'
        : `${count} encryption keys are put onto your card.`,
    removed: (count) =>
      count === 1
        ? '1 is taken off, as you have confirmed.'
        : `${count} are taken off, as you have confirmed.`,
    pinStays: 'Your PIN stays as it is.',
    others: 'Your other keys and certificates stay as they are.',
  },
  collected: {
    title: 'Your card is up to date.',
    removed: (count) =>
      count === 1
        ? '1 earlier key was taken off your card.'
        : `${count} earlier keys were taken off your card.`,
    pinStays: 'Your PIN stays as it is.',
    next: 'Something else waits for you: press Enter to go on. You are asked for your PIN once more.',
  },
};
