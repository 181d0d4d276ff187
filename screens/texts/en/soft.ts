import type { SoftTexts } from '../soft-catalogue.ts';

/** English: recovered keys as a file on a stick. */
export const enSoft: SoftTexts = {
  fileText:
    'They are saved as a file with a password, on a USB stick that you bring. Your card stays as it is.',
  storeTask: 'Recovered encryption keys onto your own computer',
  storeText: 'You are shown a token, with which you collect them there. Your card stays as it is.',
  softToken: {
    title: 'Your keys are collected on your own computer',
    asking: 'Central makes a token for it. One moment, please.',
    text: 'On that computer, with Recard installed, type in a terminal:',
    address: 'https://CENTRAL:8443',
    folder: 'FOLDER',
    typeIt: 'FOLDER is where your programs keep certificates. When you are asked for the token, type:',
    once: 'Write it down now: it is shown this once, and works once, within 15 minutes. Whoever has it can collect your keys.',
  },
  chooseMedium: {
    title: 'Where your keys are saved',
    text: (count) =>
      count === 1
        ? '1 encryption key is saved as a file with a password.'
        : `${count} encryption keys are saved as one file with a password.`,
    looking: 'Looking for USB sticks. One moment, please.',
    none: 'Plug in a USB stick. It is seen by itself.',
    gone: 'The stick was taken out. Plug it in again, or choose another one.',
    choose: 'Choose with the arrow keys or a number, then press Enter.',
    noName: 'USB stick without a name',
    free: (amount) => `${amount} free`,
  },
  softEncryption: {
    title: 'Where will you open the file?',
    text: 'Choose with the arrow keys or a number.',
    usual: 'On a computer of today',
    old: 'In an old program that does not open files of today',
    usualText: 'Strong encryption. Windows 10 and macOS 15 or newer, Firefox and Thunderbird open it.',
    oldWarning:
      'This encryption is old and weaker: whoever finds the file can try passwords on it much faster. Choose it only if you were told to, with a long password. Press Y to take it for this file.',
  },
  softPassword: {
    title: 'Choose a password for the file',
    text: 'Whoever has the file and the password has your keys. Nobody can recover it for you.',
    repeatTitle: 'Type the password once more',
    repeatText: 'So that no slip of the finger locks the file.',
    typed: (count) => (count === 1 ? '1 character' : `${count} characters`),
    rules: {
      length: (count) => `At least ${count} characters`,
      kinds: (count) =>
        count === 1
          ? 'Any characters'
          : `${count} of: small letters, capital letters, digits, other characters`,
      different: (count) => `At least ${count} different characters`,
    },
    policyError: 'The password does not satisfy all of these yet.',
    mismatch: 'The two were not the same. Please begin again.',
    same: 'The same as before',
    notYetSame: 'Not yet the same as before',
  },
  savingSoft: {
    title: 'Saving your keys',
    phases: {
      fetch: 'Central gives out your keys.',
      make: 'The file is made and encrypted.',
      save: 'The file is written, and read back.',
    },
    leaveIn: 'Leave the stick and your card in until you are told to take them out.',
  },
  softStopped: {
    title: 'Nothing was saved.',
    again: 'Your keys still wait for you: press Enter to begin again. You are asked for your PIN once more.',
    putCardIn: 'Your keys still wait for you: put your card in to begin again.',
  },
  softDone: {
    title: 'Your keys are saved. You can take out the stick and your card.',
    file: 'File',
    stick: 'On',
    keysOf: 'Encryption key of',
    password: 'Remember the password: nobody can recover it, and without it the file cannot be opened.',
    takeOut: 'Do not leave the stick behind. The file was read back, and is whole.',
    next: 'Something else waits for you: press Enter to go on.',
    more: (count) => `and ${count} more`,
  },
};
