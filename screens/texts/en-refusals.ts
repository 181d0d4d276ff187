import type { RefusalText, RefusalTexts } from './catalogue.ts';

/** English: every code that ends a walk-up. */
export const refusals: RefusalTexts = {
  'RP-04-expired': {
    title: 'This card has expired.',
    why: 'Its life is over, and a card cannot be rewritten beyond that.',
    next: 'Ask the helpdesk for a new card.',
  },
  'RP-06-cancelled': {
    title: 'This card has been cancelled.',
    why: 'A cancelled card is never used again.',
    next: 'Ask the helpdesk for a new card, and hand this one in.',
  },
  'RP-06-disabled': {
    title: 'This card is disabled.',
    why: 'Somebody has disabled it for now, so it cannot be rewritten.',
    next: 'Ask the helpdesk why, and whether it can be enabled again.',
  },
  'RP-06-holder-disabled': {
    title: 'The account of this card is disabled.',
    why: 'A card can only be rewritten while the account of its holder is in use.',
    next: 'Ask the helpdesk about the account.',
  },
  'RP-06-not-approved': {
    title: 'The holder of this card is not approved.',
    why: 'Cards of this kind need an approval of their holder. It is missing, or it has run out.',
    next: 'Ask the person who approves such cards in your organisation, or the helpdesk.',
  },
  'RP-07-contactless': {
    title: 'This is a contactless card.',
    why: 'Only a card that is put in with its chip can be rewritten here.',
    next: 'Put in your chip card. Contactless tokens are looked after by the helpdesk.',
  },
  'RP-07-no-piv': {
    title: 'This is not a card for this kiosk.',
    why: 'It can be read, but it is not an identity card of the kind that is written here.',
    next: 'Check that you have put in the right card.',
  },
  'RP-07-blank': {
    title: 'This card is empty.',
    why: 'It has not been issued to anybody yet.',
    next: 'Give it to the helpdesk, who can issue it.',
  },
  'RP-07-unknown': {
    title: 'This card is not known.',
    why: 'Central has no record of it.',
    next: 'Check that you have put in the right card, or ask the helpdesk.',
  },
  'RP-07-not-known-here': {
    title: 'This card is not known at this kiosk.',
    why: 'Central is not reached, and so it cannot be asked about this card.',
    next: 'Try again later, or at another kiosk.',
  },
  'RP-07-not-served-here': {
    title: 'This card is not served at this kiosk.',
    why: 'It belongs to a department that has kiosks of its own.',
    next: 'Go to a kiosk of your department, or ask the helpdesk.',
  },
  'RP-20-key-would-be-lost': {
    title: 'An encryption key would be lost.',
    why: 'It exists on this card only, this card cannot keep it, and the rules for your card forbid losing it.',
    next: 'Ask the helpdesk. Until then your card works as before.',
  },
  'KR-11-cannot-import': {
    title: 'This card cannot take your encryption key.',
    why: 'Your encryption key is kept safe at central and put onto your card. This kind of card does not take keys from outside.',
    next: 'Ask the helpdesk for a card that does, a YubiKey for instance. Until then your card works as before.',
  },
  'KR-11-no-such-key': {
    title: 'An encryption key was not given out.',
    why: 'Central has none for this place on your card.',
    next: 'Put the card in again. If it happens again, tell the helpdesk.',
  },
  'KR-11-signing-key': {
    title: 'A key was not given out.',
    why: 'Keys for signing are never kept by central.',
    next: 'Tell the helpdesk the code at the bottom right.',
  },
  'KR-11-wrong-key': {
    title: 'An encryption key was not given out.',
    why: 'The key, its certificate and you do not belong together by central’s record.',
    next: 'Tell the helpdesk the code at the bottom right.',
  },
  'SE-04-no-archive-key': {
    title: 'Your encryption key cannot be fetched.',
    why: 'Central cannot open its key archive.',
    next: 'Tell the helpdesk. Put the card in again when they say so: it will then be finished.',
  },
  'ID-01-key-compromised': {
    title: 'This card can no longer prove that it is yours.',
    why: 'Its certificate was revoked because its key may be known to somebody else, or it is on hold.',
    next: 'Ask the helpdesk.',
  },
  'ID-01-not-proved': {
    title: 'This card could not prove that it is yours.',
    why: 'What it answered does not fit what central knows of it.',
    next: 'Try again. If it happens again, ask the helpdesk.',
  },
  'ID-02-pin-not-set': {
    title: 'A new PIN could not be set on this card.',
    why: 'The card did not accept what central keeps for this.',
    next: 'Ask the helpdesk. If you remember your PIN, you can still go on with it.',
  },
  'ID-03-code-dead': {
    title: 'This one-time code is no longer good.',
    why: 'It has run out or was used before, or a wrong one was typed too often.',
    next: 'Ask the helpdesk for a new one, then press Enter.',
  },
  'ID-03-wait': {
    title: 'Too many wrong codes were typed.',
    why: 'The code for this card is in use already, and is protected against guessing.',
    next: 'Wait a minute, then press Enter and type it again.',
  },
  'ID-04-pin-blocked': {
    title: 'The PIN of this card is blocked.',
    why: 'A wrong PIN was typed too often.',
    next: 'Ask the helpdesk to unblock it.',
  },
  'RP-02-no-profile': {
    title: 'There is no plan for cards of this kind.',
    why: 'Central does not know any more what a card of this kind shall hold.',
    next: 'Tell the helpdesk. Your card works as before.',
  },
  'RP-12-no-reasons': {
    title: 'There is no reason to choose from.',
    why: 'A card is only rewritten for a reason, and central has none on its list at the moment.',
    next: 'Tell the helpdesk.',
  },
  'RP-09-not-yours': {
    title: 'This is not your card.',
    why: 'You can only have a card rewritten that belongs to you.',
    next: 'Put in your own card.',
  },
  'RP-14-pin-not-set': {
    title: 'This card has no new PIN yet.',
    why: 'A card is only finished with a new PIN, since somebody may know the one that it had.',
    next: 'Try again, and choose a new PIN when you are asked for it.',
  },
  'RP-17-already-writing': {
    title: 'This card is being written elsewhere.',
    why: 'Another kiosk has begun with it and has not finished yet.',
    next: 'Wait a minute and try again.',
  },
  'RP-17-cancelled': {
    title: 'Cancelled.',
    why: 'You have stopped before anything was written.',
    next: 'Press Enter to start again, or take your card out.',
  },
  'RP-17-closed': {
    title: 'This was ended elsewhere.',
    why: 'What was begun with this card has been ended at central in the meantime.',
    next: 'Try again. If it happens again, ask the helpdesk.',
  },
  'RP-17-elsewhere': {
    title: 'This card is being written elsewhere.',
    why: 'Another kiosk has taken over what was begun here.',
    next: 'Finish your card there, or try again here.',
  },
  'RP-17-other-card': {
    title: 'Another card is being finished here.',
    why: 'This kiosk waits for a card that was taken out before it was finished.',
    next: 'Take this card out. The first card can be finished here or at any other kiosk.',
  },
  'RP-17-card-full': {
    title: 'This card has no room left.',
    why: 'It takes less than it did, so that not everything could be written.',
    next: 'Show this screen to the helpdesk: you need another card.',
  },
  'RP-17-card-too-small': {
    title: 'This card has too little room.',
    why: 'What it would have to hold does not fit. Nothing was changed.',
    next: 'Your card works as before. Ask the helpdesk for another one.',
  },
  'RP-17-card-removed': {
    title: 'The card was taken out.',
    why: 'It was not in the reader any more.',
    next: 'Put it in again.',
  },
  'RP-17-interrupted': {
    title: 'The work on this card was interrupted.',
    why: 'Something came between the kiosk and the card.',
    next: 'Try again.',
  },
  'RP-18-certificate-revoked': {
    title: 'A new certificate was revoked.',
    why: 'It was revoked while this card was being written, so it was not made valid.',
    next: 'Put the card in again: it gets another one.',
  },
  'RP-18-verify-failed': {
    title: 'The card does not hold what was written.',
    why: 'It was read back, and something is different or a new key did not work.',
    next: 'Try again. If it happens again, ask the helpdesk: the card may be faulty.',
  },
  'RP-21-foreign-card': {
    title: 'This card comes from another system.',
    why: 'Central does not hold its key for writing yet, so it cannot be rewritten here.',
    next: 'Ask the helpdesk to have it taken over. Until then it works as before.',
  },
  'RP-21-no-management-key': {
    title: 'This card does not open for writing.',
    why: 'Central does not hold the key that this card asks for before it can be changed.',
    next: 'Ask the helpdesk. Your card works as before.',
  },
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
    next: 'Tell the helpdesk the code at the bottom right.',
  },
  'SE-07-attestation': {
    title: 'A new key was not made by this card.',
    why: 'What the card says of the key that it has made does not fit that key.',
    next: 'Do not try again here. Ask the helpdesk.',
  },
  'SE-07-bad-request': {
    title: 'Central did not understand this kiosk.',
    why: 'This should not happen: the kiosk or central may need an update.',
    next: 'Tell the helpdesk the code at the bottom right.',
  },
  'SE-07-card-answer': {
    title: 'This card gives answers that make no sense.',
    why: 'What it says is damaged or incomplete.',
    next: 'Take it out, wipe the chip with a dry cloth, and try again. If it stays so, ask the helpdesk.',
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
    next: 'Use another kiosk, and tell the helpdesk the code at the bottom right.',
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
    next: 'Try again. If it happens again, tell the helpdesk the code at the bottom right.',
  },
};

/** A code that has no words of its own. */
export const unknownRefusal: RefusalText = {
  title: 'This card cannot be rewritten now.',
  why: 'The reason has the code that you see at the bottom right.',
  next: 'Tell the helpdesk this code.',
};
