import type { RefusalTexts } from '../catalogue.ts';

/** English: what keeps a recovered or archived key from a card, or a request from being carried out. */
export const keyRefusals = {
  'KR-01-card-is-somebodys': {
    title: 'This card belongs to somebody already.',
    why: 'A new card is written onto an empty one only.',
    next: 'Take another empty card. Give this one to the helpdesk.',
  },
  'KR-01-needs-blank-card': {
    title: 'This goes onto an empty card.',
    why: 'It is collected with an empty card and a number.',
    next: 'Ask the helpdesk for both. Then put the empty card in.',
  },
  'KR-01-not-blank': {
    title: 'This card is not as it came from its maker.',
    why: 'It looks empty, but its lock was changed.',
    next: 'Take another empty card. Give this one to the helpdesk.',
  },
  'KR-01-other-kind': {
    title: 'This number is not for a new card.',
    why: 'What it stands for is collected in another way.',
    next: 'Ask the helpdesk.',
  },
  'KR-01-elsewhere': {
    title: 'This is collected elsewhere.',
    why: 'It goes onto a card of its own, or into a file.',
    next: 'Ask the helpdesk where you get it.',
  },
  'KR-01-no-such-request': {
    title: 'This does not wait for you any more.',
    why: 'It was collected, withdrawn or has run out in the meantime.',
    next: 'Put the card in again to see what waits now.',
  },
  'KR-02-cancelled': {
    title: 'This was withdrawn.',
    why: 'Somebody has cancelled it before it was collected.',
    next: 'Ask the helpdesk if you still need it.',
  },
  'KR-02-collected': {
    title: 'This was collected before.',
    why: 'Each is collected once.',
    next: 'If something is missing on your card, ask the helpdesk.',
  },
  'KR-02-collecting': {
    title: 'This is being collected already.',
    why: 'It was begun with a card and is not finished.',
    next: 'Put that card in, here or at another kiosk, and it is finished.',
  },
  'KR-02-expired': {
    title: 'This has run out.',
    why: 'Nobody has collected it in time.',
    next: 'Ask the helpdesk to ask for it once more.',
  },
  'KR-02-failed': {
    title: 'This was given up.',
    why: 'Its collection was begun, not finished, and then ended by the helpdesk.',
    next: 'Ask the helpdesk to ask for it once more.',
  },
  'KR-02-not-collecting': {
    title: 'This was begun, and is not any more.',
    why: 'Central has put it back among the things that wait.',
    next: 'Put the card in again and choose it once more.',
  },
  'KR-02-pin-needed': {
    title: 'Your PIN is needed for this.',
    why: 'Recovered keys go onto a card only with its PIN: a one-time code does not do.',
    next: 'Put the card in again and type its PIN. If you do not know it, rewrite the card first, or ask the helpdesk.',
  },
  'KR-03-no-right': {
    title: 'You may not collect this.',
    why: 'By the rules for your card somebody else does, or nobody at the moment.',
    next: 'Ask the helpdesk to collect it with you.',
  },
  'KR-03-out-of-scope': {
    title: 'You may not collect this.',
    why: 'It belongs to somebody else.',
    next: 'Ask the helpdesk.',
  },
  'KR-04-not-approved': {
    title: 'This is not approved yet.',
    why: 'By the rules for your card somebody has to approve it first.',
    next: 'Come back later, or ask the helpdesk how far it is.',
  },
  'KR-04-rejected': {
    title: 'This was rejected.',
    why: 'Whoever had to approve it has said no.',
    next: 'Ask the helpdesk why.',
  },
  'KR-05-confirm-removal': {
    title: 'What is taken off your card has changed.',
    why: 'It is not the same any more as what you have confirmed.',
    next: 'Press Enter to look at it again.',
  },
  'KR-05-last-copy': {
    title: 'The only copy of a key would be lost.',
    why: 'It is on this card only, and nothing is taken off a card that exists nowhere else.',
    next: 'Ask the helpdesk to change what was asked for.',
  },
  'KR-05-not-on-card': {
    title: 'Your card is not what it was.',
    why: 'What was to be taken off is not on it any more.',
    next: 'Ask the helpdesk to ask for it once more.',
  },
  'KR-06-other-kind': {
    title: 'This does not go onto a card like that.',
    why: 'Central knows it as something else than this kiosk does.',
    next: 'Put the card in again, and choose from the list once more.',
  },
  'KR-06-wrong-card': {
    title: 'This is for another card.',
    why: 'It goes onto the one card that was named for it.',
    next: 'Put that card in. If you no longer have it, ask the helpdesk.',
  },
  'KR-07-gap': {
    title: 'This card cannot take these changes.',
    why: 'Its keys would have to move to other places, and this kind of card cannot do that.',
    next: 'Ask the helpdesk to change what was asked for, for another card, or for the keys as a file.',
  },
  'KR-07-too-few-slots': {
    title: 'There is too little room on this card.',
    why: 'It has room for 21 encryption keys, and all of them together are more.',
    next: 'Press Enter and choose which ones are left for another time.',
  },
  'KR-11-not-archived': {
    title: 'An encryption key cannot be recovered.',
    why: 'It is not among the keys that central keeps.',
    next: 'Tell the helpdesk the code below.',
  },
  'KR-11-not-theirs': {
    title: 'An encryption key was not given out.',
    why: 'It belongs to somebody else.',
    next: 'Tell the helpdesk the code below.',
  },
  'RP-20-key-would-be-lost': {
    title: 'An encryption key would be lost.',
    why: 'It exists on this card only, this card cannot keep it, and the rules for your card forbid losing it.',
    next: 'Ask the helpdesk. Until then your card works as before.',
  },
  'KR-11-cannot-import': {
    title: 'This card cannot take your encryption key.',
    why: 'Your encryption key is kept safe at central and put onto your card. This kind of card does not take keys from outside.',
    next: 'Ask the helpdesk for a card that does, a YubiKey for instance, or for the key as a file.',
  },
  'KR-11-no-such-key': {
    title: 'An encryption key was not given out.',
    why: 'Central has none for this place on your card.',
    next: 'Put the card in again. If it happens again, tell the helpdesk.',
  },
  'KR-11-signing-key': {
    title: 'A key was not given out.',
    why: 'Keys for signing are never kept by central.',
    next: 'Tell the helpdesk the code below.',
  },
  'KR-11-wrong-key': {
    title: 'An encryption key was not given out.',
    why: "The key, its certificate and you do not belong together by central's record.",
    next: 'Tell the helpdesk the code below.',
  },
  'SE-04-no-archive-key': {
    title: 'Your encryption key cannot be fetched.',
    why: 'Central cannot open its key archive.',
    next: 'Tell the helpdesk. Put the card in again when they say so: it will then be finished.',
  },
} as const satisfies Partial<RefusalTexts>;
