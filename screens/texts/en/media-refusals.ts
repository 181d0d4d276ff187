import type { RefusalTexts } from '../catalogue.ts';

/** English: why keys could not be saved as a file on a USB stick. */
export const mediaRefusals = {
  'KR-08-card-removed': {
    title: 'Your card was taken out.',
    why: 'It shows that you are still there. Nothing was saved, and nothing is lost.',
    next: 'Put your card in again, and leave it in until the file is saved.',
  },
  'KR-08-medium-failed': {
    title: 'The stick does not take the file.',
    why: 'It refused what was written. Nothing was saved, and nothing is lost.',
    next: 'Try again with another stick.',
  },
  'KR-08-medium-full': {
    title: 'The stick is full.',
    why: 'There is not enough space on it. Nothing was saved, and nothing is lost.',
    next: 'Remove something from it, or take another stick.',
  },
  'KR-08-medium-gone': {
    title: 'The stick was taken out.',
    why: 'It went before the file was whole. Nothing is lost.',
    next: 'Plug it in again, leave it in, and try again.',
  },
  'KR-08-medium-read-only': {
    title: 'The stick is write-protected.',
    why: 'Nothing can be saved on it.',
    next: 'Slide the little switch on it if it has one, or take another stick.',
  },
  'KR-08-no-medium': {
    title: 'There is no USB stick.',
    why: 'Your keys are saved as a file on a stick that you bring.',
    next: 'Plug in a USB stick.',
  },
  'KR-08-not-a-file-system': {
    title: 'This stick cannot be read here.',
    why: 'It is not formatted, damaged, locked, or made for another kind of computer.',
    next: 'Take a stick that is formatted with FAT or exFAT, as most are when they are bought.',
  },
  'KR-08-not-nss': {
    title: 'These keys are saved as a file now.',
    why: 'The rules for them were changed at this moment: they do not go onto your own computer any more.',
    next: 'Choose them from the list again.',
  },
  'KR-08-nss-only': {
    title: 'This file is not saved at a kiosk.',
    why: 'Your keys go into the certificate store of your own computer.',
    next: 'Ask the helpdesk how they get there.',
  },
  'KR-08-pfx-content': {
    title: 'The file could not be made.',
    why: 'A key and its certificate do not belong together. Nothing was saved.',
    next: 'Tell the helpdesk the code below.',
  },
  'KR-08-pfx-not-made': {
    title: 'The file could not be made.',
    why: 'This kiosk did not get to its end with it. Nothing was saved, and nothing is lost.',
    next: 'Try again. If it happens again, tell the helpdesk the code below.',
  },
  'KR-08-pfx-password': {
    title: 'This password cannot be used.',
    why: 'It is empty, or has characters that other computers cannot type.',
    next: 'Choose another password.',
  },
  'KR-08-read-back-differs': {
    title: 'The stick is damaged.',
    why: 'What was read back from it is not what was written. The file was removed.',
    next: 'Try again with another stick.',
  },
  'KR-08-rules-changed': {
    title: 'The rules for this file have just changed.',
    why: 'Your password, or the older encryption, is not allowed any more. Nothing was saved.',
    next: 'Begin again: you are shown the rules as they are now.',
  },
  'KR-08-several-media': {
    title: 'There is more than one stick.',
    why: 'It would not be clear on which of them your keys are.',
    next: 'Leave only your own stick plugged in.',
  },
} satisfies Partial<RefusalTexts>;
