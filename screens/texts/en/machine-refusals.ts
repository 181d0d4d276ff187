import type { RefusalTexts } from '../catalogue.ts';

/** English: what is wrong with this kiosk, central or the reader. */
export const machineRefusals = {
  'SE-01-certificate-expired': {
    title: 'The certificate of this kiosk is out of time.',
    why: 'Either it was switched off for too long, or its clock is wrong. Central does not let it in.',
    next: 'Use another kiosk, and tell the helpdesk.',
  },
  'SE-01-foreign-certificate': {
    title: 'This kiosk belongs to another central.',
    why: 'Its certificate was not issued by the central that it asks.',
    next: 'Use another kiosk, and tell the helpdesk.',
  },
  'SE-01-kiosk-revoked': {
    title: 'This kiosk has been shut out.',
    why: 'Central does not let it in any more.',
    next: 'Use another kiosk. If this one should work, tell the helpdesk.',
  },
  'SE-01-no-certificate': {
    title: 'This kiosk was not let in.',
    why: 'It shows central no certificate.',
    next: 'Use another kiosk, and tell the helpdesk.',
  },
  'SE-01-not-a-kiosk': {
    title: 'Central does not know this kiosk.',
    why: 'This kiosk has been shut out, or it was never let in.',
    next: 'Use another kiosk, and tell the helpdesk.',
  },
  'SE-03-management-key': {
    title: 'This card does not open for writing.',
    why: 'Central does not hold the key that this card asks for before it can be changed.',
    next: 'Ask the helpdesk. Your card works as before.',
  },
  'SE-03-no-master-key': {
    title: 'Central lacks a key for this card.',
    why: 'The central that was asked does not have the key that the secrets of this card are made from.',
    next: 'Tell the helpdesk the code below.',
  },
  'SE-07-attestation': {
    title: 'A new key was not made by this card.',
    why: 'What the card says of the key that it has made does not fit that key.',
    next: 'Do not try again here. Ask the helpdesk.',
  },
  'SE-07-bad-request': {
    title: 'Central did not understand this kiosk.',
    why: 'This should not happen: the kiosk or central may need an update.',
    next: 'Tell the helpdesk the code below.',
  },
  'SE-07-card-answer': {
    title: 'This card gives answers that make no sense.',
    why: 'What it says is damaged or incomplete.',
    next: 'Take it out, wipe the chip with a dry cloth, and try again. If it stays so, ask the helpdesk.',
  },
  'SY-02-no-room': {
    title: 'This kiosk has no room left.',
    why: 'Its disk is full or cannot be written, and nothing is begun here that could not be written down.',
    next: 'Go to another kiosk, and tell the helpdesk. A card that is not finished can be finished there.',
  },
  'SY-03-central-failed': {
    title: 'Something went wrong at central.',
    why: 'This is our mistake, not yours.',
    next: 'Try again in a few minutes. If it happens again, tell the helpdesk.',
  },
  'SY-03-central-not-reached': {
    title: 'Central is not reached.',
    why: 'A card can only be rewritten together with central, and there is no connection.',
    next: 'Try again in a few minutes.',
  },
  'SY-03-central-refused': {
    title: 'Central has said no.',
    why: 'It knows something of this card or its holder that this kiosk does not know yet.',
    next: 'Ask the helpdesk.',
  },
  'SY-06-newer-kiosk': {
    title: 'This kiosk is too old for this card.',
    why: 'Central says something of it that the program of this kiosk does not know yet.',
    next: 'Use another kiosk, and tell the helpdesk the code below.',
  },
  'SY-06-other-protocol': {
    title: 'This kiosk and central do not fit together.',
    why: 'Their programs are of versions too far apart. One of both needs an update.',
    next: 'Use another kiosk, and tell the helpdesk.',
  },
  'UX-06-card-unresponsive': {
    title: 'The card does not answer.',
    why: 'It may be upside down, or its chip may be dirty.',
    next: 'Take it out and put it in again, chip first and facing up.',
  },
  'UX-06-reader-busy': {
    title: 'The card reader is busy.',
    why: 'Another program on this kiosk is using it.',
    next: 'Try again in a moment. If it stays so, tell the helpdesk.',
  },
  'UX-06-reader-gone': {
    title: 'The card reader is gone.',
    why: 'It was unplugged, or it has stopped working.',
    next: 'Plug it in again, or tell the helpdesk.',
  },
  'UX-06-service-gone': {
    title: 'The card service of this kiosk has stopped.',
    why: 'Without it no card can be read. It is started again by itself.',
    next: 'Wait a moment. If it stays so, tell the helpdesk.',
  },
  'UX-09-internal': {
    title: 'Something went wrong in this kiosk.',
    why: 'This is our mistake, not yours.',
    next: 'Try again. If it happens again, tell the helpdesk the code below.',
  },
} as const satisfies Partial<RefusalTexts>;
