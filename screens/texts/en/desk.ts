import type { DeskTexts } from '../desk-catalogue.ts';
import { enDeskDialogs } from './desk-dialogs.ts';
import { deskRefusals } from './desk-refusals.ts';
import { enDeskWords } from './desk-words.ts';

/** English: the operator's pages. */
export const enDesk: DeskTexts = {
  ...enDeskDialogs,
  desk: {
    ...enDeskWords,
    helpedBy: (name) => `Helped by ${name}`,
    signInPage: 'Sign-in of staff',
    keys: {
      move: 'Select',
      open: 'Open',
      nextTab: 'Next tab',
      nextView: 'Next view',
      takeBack: 'Take back',
      staff: 'Staff',
      close: 'Close',
      marks: 'Mark',
      typing: 'Type to search',
      writing: 'Type',
      stopTest: 'End the test',
      idle: (seconds) => `Signs out in ${seconds} s`,
    },
    inHand: {
      none: 'Reader: no card',
      looking: 'Reader: looking at it',
      blank: 'Reader: an empty card',
      busy: 'Reader: at work',
      known: (name) => `Reader: ${name}`,
      refused: (code) => `Reader: ${code}`,
    },
    loading: 'Asking central ...',
    none: '-',
    yes: 'yes',
    no: 'no',
    home: {
      title: 'What do you want to do?',
      about: {
        search: 'By name, mail address or card number',
        cardInReader: 'What is on record, and what is on it',
        requests: 'To approve, waiting, done',
        operations: 'Open, stuck, abandoned',
        kiosk: 'Readers, connection, data; tests',
        audit: 'What was done here',
      },
      cardInReader: 'Card in the reader',
    },
    search: {
      label: 'Search:',
      how: 'Type part of a name, a mail address or a card number. Names may be cut short: "lov ad" finds Ada Lovelace.',
      nothing: 'Nobody and no card is found by this.',
      more: 'There are more. Type another letter.',
      offline: (age) => `Central is not reached: as of ${age} ago.`,
      card: 'Card',
    },
    person: {
      tabs: { cards: 'Cards', certificates: 'Certificates', requests: 'Requests', history: 'History' },
      none: {
        cards: 'They have no card.',
        certificates: 'They have no certificate.',
        requests: 'Nothing was asked for.',
        history: 'Nothing has happened yet.',
      },
      openOperation: 'unfinished',
      noPhoto: 'Central has no photo of them.',
      compareFace: 'Compare with the face before you. The photo is not stored here.',
    },
    card: {
      onRecord: 'On record',
      onCard: 'On the card',
      noSlots: 'Central has no certificate of this card on record.',
      notRead: (key) => `${key} reads what is on the card itself, while it is in the reader.`,
      reading: 'Reading the card ...',
      verdicts: {
        same: 'The card has the certificate that is on record.',
        other: 'The card has another certificate than the one on record.',
        onlyRecord: 'On record, but not on the card.',
        onlyCard: 'On the card, but not on record.',
        unreadable: 'There is something on the card that is no certificate.',
        notRead: 'Not compared with the card yet.',
      },
      allSame: 'Card and record are the same.',
      differences: (count) => (count === 1 ? '1 difference.' : `${count} differences.`),
      operation: (kind, kiosk, age) => `Unfinished: ${kind}, begun at ${kiosk} ${age} ago.`,
      unreadable: 'cannot be read',
    },
    requests: {
      views: { toApprove: 'For you to approve', waiting: 'Waiting', done: 'Done' },
      none: {
        toApprove: 'Nothing waits for your approval.',
        waiting: 'Nothing waits.',
        done: 'Nothing is done yet.',
      },
      shown: (shown, total) => `The newest ${shown} of ${total}.`,
    },
    request: {
      noCertificates: 'It is about no recovered keys.',
      wanted: 'wanted',
      wasOnCard: 'stays',
      comesOff: 'comes off',
      changes: {
        kept: 'stays',
        moved: 'moves',
        added: 'new',
        removed: '! comes off',
        left: 'left out',
      },
      verdicts: { approved: 'Approved by', rejected: 'Rejected by', unknown: 'Looked at by' },
    },
    operations: {
      none: 'No operation is open, stuck or abandoned.',
      shown: (shown, total) => `The first ${shown} of ${total}.`,
    },
    audit: {
      none: 'Nothing was done here yet.',
      older: (lines) => `The newest ${lines}. Down, on the last line, brings older ones.`,
    },
    kiosk: {
      age: (time) => `${time} old`,
      reached: 'reached',
      notReached: 'not reached',
      refused: (code) => `does not let this kiosk in (${code})`,
      running: 'running',
      stopped: 'not running',
      free: (amount) => `${amount} free`,
      ahead: (time) => `${time} ahead of central`,
      behind: (time) => `${time} behind central`,
      exact: 'as central',
      withCard: 'card in',
      withoutCard: 'empty',
      noReaders: 'no reader',
      tests: 'Tests change nothing, neither here nor on a card.',
      keyboard: {
        title: 'Keyboard test',
        how: 'Press each key: its name appears here. Esc ends the test.',
        none: 'No key yet.',
        keyNames: {
          confirm: 'Enter',
          erase: 'Backspace',
          up: 'Up',
          down: 'Down',
          nextTab: 'Tab',
          nextLanguage: 'Tab',
          toggle: 'Space bar',
        },
      },
      colours: {
        title: 'Colour test',
        how: 'Each line says what it looks like. Nothing here depends on colour alone.',
        names: ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'],
      },
      reader: {
        title: 'Reader test',
        how: 'Put a card in and take it out: each is seen within a second.',
        isIn: (reader) => `Card in: ${reader}`,
        isOut: (reader) => `Card out: ${reader}`,
      },
      faults: {
        title: 'Faults of this machine',
        how: 'What "recard doctor" finds, as far as the kiosk itself may look. F looks again.',
        looking: 'Looking ...',
        nothing: 'Nothing was looked at.',
        verdicts: { good: 'ok', note: 'note', wrong: '! wrong' },
        sum: (wrong) =>
          wrong === 0
            ? 'Nothing has to be done.'
            : wrong === 1
              ? 'One thing has to be done.'
              : `${wrong} things have to be done, from top to bottom.`,
        remedy: (text) => `What to do: ${text}`,
      },
    },
    otherRefusal: { title: 'This cannot be done now.', why: 'An administrator knows what the code means.' },
    refusals: deskRefusals,
  },
};
