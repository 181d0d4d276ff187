import type { RefusalTexts } from '../catalogue.ts';

/** English: what is wrong with a card, its holder or the work on it. */
export const cardRefusals = {
  'RP-04-expired': {
    title: 'This card has expired.',
    why: 'Its life is over, and a card cannot be rewritten beyond that.',
    next: 'Ask the helpdesk for a new card.',
  },
  'RP-06-cancelled': {
    title: 'This card has been cancelled.',
    why: 'What was on a cancelled card is never used again.',
    next: 'Ask the helpdesk for a new card, and hand this one in.',
  },
  'RP-06-cannot-empty': {
    title: 'This card cannot be emptied.',
    why: 'It would keep a key or a PIN that nobody can set back.',
    next: 'Hand it in at the helpdesk. It is to be destroyed.',
  },
  'RP-06-not-cancelled': {
    title: 'This card is not cancelled.',
    why: 'Only a card that has been cancelled is emptied.',
    next: 'Ask the helpdesk, if it is not needed any more.',
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
    next: 'Ask the helpdesk for a number for it.',
  },
  'RP-07-unknown': {
    title: 'This card is not known.',
    why: 'Central has no record of it.',
    next: 'Check that you have put in the right card, or ask the helpdesk.',
  },
  'RP-07-not-known-here': {
    title: 'This card is not known at this kiosk.',
    why: 'Its data are not here yet, and cannot be had from central at the moment.',
    next: 'Try again later, or at another kiosk.',
  },
  'RP-07-not-served-here': {
    title: 'This card is not served at this kiosk.',
    why: 'It belongs to a department that has kiosks of its own.',
    next: 'Go to a kiosk of your department, or ask the helpdesk.',
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
  'RP-15-other-reason': {
    title: 'This update has changed.',
    why: 'Somebody has asked for it with another reason in the meantime.',
    next: 'Put the card in again, and choose from the list once more.',
  },
  'RP-15-unknown-reason': {
    title: 'This update cannot be carried out here yet.',
    why: 'This kiosk does not know its reason yet.',
    next: 'Come back in a few minutes. If it stays so, ask the helpdesk.',
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
    next: 'Your card works as before. Ask the helpdesk for another one, or for earlier keys as a file.',
  },
  'RP-17-card-removed': {
    title: 'The card was taken out.',
    why: 'It was not in the reader any more.',
    next: 'Put it in again.',
  },
  'RP-17-finish-first': {
    title: 'This card is not finished.',
    why: 'Something else was begun with it, and comes first.',
    next: 'Press Enter and type your PIN: then it goes on where it stopped.',
  },
  'RP-17-rewrite-first': {
    title: 'This card has to be rewritten first.',
    why: 'It was left half written, so nothing can be added to it.',
    next: 'Press Enter, and choose to rewrite it. After that, come back to this.',
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
} as const satisfies Partial<RefusalTexts>;
