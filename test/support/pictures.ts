/** Every screen that has a picture in docs/screens, in the order in which people meet it. */
import type { DeskState } from '../../src/flows/desk-state.ts';
import type { KioskView } from '../../src/flows/kiosk-view.ts';
import type { WalkUpKind, WalkUpState } from '../../src/flows/walk-up-state.ts';
import { STATES } from '../flows/walk-up-states.ts';
import { aDeskView, atDesk, DESK_STATES } from '../screens/desk-states.ts';
import { aView } from '../screens/views.ts';

/** One screen at one moment. */
export interface Picture {
  /** Of its files: letters, digits and hyphens. */
  readonly name: string;
  /** In English, for the index and for those who cannot see it. */
  readonly what: string;
  readonly view: Partial<KioskView>;
}

/** What somebody does, from its first screen to its last. */
export interface Flow {
  readonly title: string;
  readonly pictures: readonly Picture[];
}

function walkUp<K extends WalkUpKind>(
  kind: K,
  variant: string & keyof (typeof STATES)[K],
  what: string,
  changes: Partial<KioskView> = {},
): Picture {
  const state: WalkUpState | undefined = STATES[kind][variant];
  if (state === undefined) throw new Error(`no state ${kind}, ${variant}: take one of test/flows`);
  const isFirst = Object.keys(STATES[kind])[0] === variant;
  return { name: nameOf(isFirst ? kind : `${kind} ${variant}`), what, view: { ...changes, walkUp: state } };
}

/** @param state a name of DESK_STATES */
function desk(state: string, what: string, changes: Partial<KioskView> = {}): Picture {
  const found = DESK_STATES.find(([name]) => name === state);
  if (found === undefined) throw new Error(`no state ${state} of the desk: take one of desk-states.ts`);
  return { name: `desk-${nameOf(state)}`, what, view: deskView(found[1], changes) };
}

const deskView = (state: DeskState, changes: Partial<KioskView> = {}): Partial<KioskView> => ({
  ...{ desk: aDeskView(state), idleSecondsLeft: 275 },
  ...changes,
});

function nameOf(text: string): string {
  return text
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
}

const named = (name: string, picture: Picture): Picture => ({ ...picture, name });

const { operator, cardId, sessionIdleSeconds, pages } = atDesk([]);
const HANDED_OVER: DeskState = {
  ...{ kind: 'handedOver', operator, cardId, sessionIdleSeconds, pages, action: 'reprovision' },
  subject: {
    ...{ personId: 'p-ada', personName: 'Ada Lovelace', cardId: 'c1', cardName: null },
    ...{ requestId: null, operationId: null },
  },
};

const SUPPORT = { code: '7K2M-9QPX-41TD', isOpen: true };

export const FLOWS: readonly Flow[] = [
  {
    title: 'A card that is there',
    pictures: [
      walkUp('insertCard', 'empty', 'The first screen: a card is put in, or a language is chosen'),
      walkUp('insertCard', 'card passed over', 'The card that is still in was not taken out yet'),
      named(
        'insert-card-central-not-reached',
        walkUp('insertCard', 'empty', 'Central is not reached, and the screen says what that means', {
          ...{ isCentralReached: false, dataAgeSeconds: 7200 },
        }),
      ),
      walkUp('looking', 'first', 'The card is looked at'),
      walkUp('looking', 'reader busy', 'Another program has the reader'),
      walkUp('found', 'usual', 'The card was found, and may be rewritten'),
      walkUp('found', 'unfinished', 'The card was cut off while it was written, and is finished now'),
      walkUp('found', 'PIN blocked', 'The PIN is blocked: a one-time code does'),
      walkUp('onMyCard', 'usual', 'What is on my card: read from it, in plain words'),
      walkUp('onMyCard', 'twenty old keys', 'What is on my card, where it has many old keys'),
    ],
  },
  {
    title: 'Who is there',
    pictures: [
      walkUp('enterPin', 'empty', 'The PIN is asked for'),
      walkUp('enterPin', 'wrong', 'The PIN was wrong: so many tries are left'),
      walkUp('enterPin', 'last try confirmed once', 'The last try wants a yes'),
      walkUp('enterCode', 'empty', 'A one-time code in the place of a forgotten PIN'),
      walkUp('enterCode', 'no code either', 'Whom to ask for a code'),
      walkUp('proving', 'first', 'The card proves that it is the one on record'),
    ],
  },
  {
    title: 'Rewriting a card',
    pictures: [
      walkUp('chooseReason', 'first', 'Why the card is rewritten'),
      walkUp('checking', 'first', 'Central is asked what this reason does to this card'),
      walkUp('plan', 'usual', 'What becomes of each key'),
      walkUp('plan', 'a key is lost', 'A key that will be lost comes first'),
      walkUp('terms', 'long', 'The terms of the card, to be accepted'),
      walkUp('warning', 'usual', 'What happens now, and what may not be done meanwhile'),
      walkUp('warning', 'loses a key', 'A lost key wants a yes of its own'),
      walkUp('newPin', 'new', 'A new PIN is typed, and its rules are ticked'),
      walkUp('newPin', 'repeat', 'The new PIN once more'),
      walkUp('writing', 'begin', 'Writing begins'),
      walkUp('writing', 'key', 'The card is written, and the screen shows how far it is'),
      walkUp('writing', 'waits for central', 'Central is waited for', { waitedSeconds: 42 }),
      walkUp('written', 'card in', 'All is written: central is told'),
      walkUp('done', 'usual', 'The card is ready, and the screen says what changed'),
    ],
  },
  {
    title: 'A new PIN, and no more',
    pictures: [
      walkUp('pinWarning', 'usual', 'Only the PIN changes'),
      walkUp('done', 'of a new PIN', 'The new PIN is set'),
    ],
  },
  {
    title: 'Recovered keys onto a card',
    pictures: [
      walkUp('chooseTask', 'usual', 'What waits for the holder of the card'),
      walkUp('chooseTask', 'for another card', 'Something waits that is not for this card'),
      walkUp('difference', 'something of everything', 'What the card has before, and after'),
      walkUp('chooseLeft', 'some marked', 'More keys than the card has room for: which are left'),
      walkUp('comparing', 'first', 'Central is asked what that does to the card'),
      walkUp('confirmRemoval', 'two', 'Keys that are taken off the card want a yes of their own'),
      walkUp('collectWarning', 'usual', 'What happens now'),
      walkUp('done', 'of a collection', 'The keys are on the card, and the PIN stays'),
    ],
  },
  {
    title: 'A file with a password',
    pictures: [
      walkUp('offeringSoft', 'usual', 'Central is asked what goes into the file'),
      walkUp('chooseMedium', 'nothing plugged in', 'A USB stick is waited for'),
      walkUp('chooseMedium', 'full', 'Several sticks, and why one does not do'),
      walkUp('softEncryption', 'usual', 'How the file is encrypted'),
      walkUp('softPassword', 'not good yet', 'A password is typed, and its rules are ticked'),
      walkUp('savingSoft', 'save', 'The file is written onto the stick'),
      walkUp('softStopped', 'stick taken out', 'Nothing was saved, and why'),
      walkUp('softDone', 'usual', 'The file is on the stick'),
      walkUp('askingToken', 'usual', 'Central is asked for a token'),
      walkUp('softToken', 'usual', 'A token for the computer of the person'),
    ],
  },
  {
    title: 'A new card',
    pictures: [
      walkUp('blank', 'usual', 'An empty card was found'),
      walkUp('enterNumber', 'half typed', 'The number from the helpdesk'),
      walkUp('provingNumber', 'first', 'Central checks the number'),
      walkUp('issueChoice', 'some marked', 'More keys than the card has room for'),
      walkUp('planningIssue', 'first', 'Central is asked what comes onto the card'),
      walkUp('plan', 'of a new card', 'What comes onto the card'),
      walkUp('issueWarning', 'usual', 'What happens now'),
      walkUp('done', 'of a new card', 'The new card is ready'),
    ],
  },
  {
    title: 'A cancelled card becomes empty',
    pictures: [
      walkUp('refused', 'cancelled, can be emptied', 'The card is cancelled, and can be made empty'),
      walkUp('emptyWarning', 'usual', 'What happens now'),
      walkUp('writing', 'emptying', 'The card is emptied'),
      walkUp('done', 'of a card that was emptied', 'The card is empty'),
    ],
  },
  {
    title: 'When something goes wrong',
    pictures: [
      walkUp(
        'refused',
        'disabled',
        'A card is refused: what is wrong, why, what next, and a code for the helpdesk',
      ),
      named(
        'refused-wide',
        walkUp('refused', 'disabled', 'In a larger terminal the code can be read with a telephone as well', {
          size: { columns: 100, rows: 30 },
        }),
      ),
      named(
        'refused-for-the-helpdesk',
        walkUp('refused', 'disabled', 'The code for the helpdesk, on a page of its own', {
          support: SUPPORT,
        }),
      ),
      walkUp('refused', 'may be tried again', 'What may be tried again'),
      walkUp('interrupted', 'card out', 'The card was taken out while it was written: it is not lost'),
      walkUp('interrupted', 'written, not valid', 'The card is written, and not valid'),
    ],
  },
  {
    title: 'For whoever sees little',
    pictures: [
      named('contrast-found', walkUp('found', 'usual', 'Black and white', { theme: 'contrast' })),
      named('contrast-new-pin', walkUp('newPin', 'new', 'Black and white', { theme: 'contrast' })),
      named(
        'large-found',
        walkUp('found', 'usual', 'Large letters, where the terminal has room for them', {
          ...{ theme: 'large', size: { columns: 100, rows: 30 } },
        }),
      ),
      named(
        'few-glyphs-new-pin',
        walkUp('newPin', 'new', 'On a console with few signs', { hasFewGlyphs: true }),
      ),
    ],
  },
  {
    title: 'Staff sign in',
    pictures: [
      desk('askCard', 'The card of whoever signs in is waited for'),
      desk('lookingAtOperator', 'Their card is looked at'),
      desk('enterOperatorPin', 'Their PIN is asked for'),
      desk('signingIn', 'Central is asked who they are'),
      desk('signInRefused', 'They are not let in, and why'),
      desk('home', 'What there is to do'),
      desk('signedOut', 'They are signed out, and why'),
      {
        ...{ name: 'desk-handed-over', what: 'The turn of the cardholder, with the operator beside' },
        view: deskView(HANDED_OVER, { walkUp: STATES.enterPin.empty! }),
      },
    ],
  },
  {
    title: 'People and cards at the desk',
    pictures: [
      desk('search, typed', 'People and cards are found while one types'),
      desk('person, cards', 'A person, and their cards'),
      desk('person, certificates', 'Their certificates'),
      desk('person, requests', 'What was requested for them'),
      desk('person, history', 'What happened'),
      desk('person, photo', 'Their photo, while its page is in sight', { colourDepth: 24 }),
      desk('card, not read', 'A card, as it is on record'),
      desk('card, read', 'A card on record beside what is on it'),
      desk('card, disabled and unfinished', 'A card that is disabled and not finished'),
    ],
  },
  {
    title: 'Requests at the desk',
    pictures: [
      desk('requests, to approve', 'What waits for an approval'),
      desk('request, keys onto card', 'A request, and what it does'),
      desk('request, a no', 'Why something may not be done'),
      desk('operations', 'What was begun and is not finished'),
      desk('audit', 'What happened at this kiosk'),
    ],
  },
  {
    title: 'What is asked at the desk',
    pictures: [
      desk('step reason', 'A reason is chosen'),
      desk('step proof', 'How the cardholder proves who they are'),
      desk('step code', 'How long a code is, and how it is given'),
      desk('step profile', 'Which card it becomes'),
      desk('step asking for keys', 'Central is asked which keys there are'),
      desk('step pick', 'Which keys are wanted'),
      desk('step difference', 'What that does to the card'),
      desk('step removal', 'Keys that would be taken off want a yes'),
      desk('step write', 'A note'),
      desk('confirm disable', 'What is asked for, before it is done'),
      desk('step witnessCard', 'A second operator puts their card in'),
      desk('step lookingAtWitness', 'Their card is looked at'),
      desk('step sign', 'They sign with their PIN'),
      desk('step signing', 'Their card signs'),
      desk('step card back', 'The card of the person has to be back in'),
      desk('step working', 'Central is asked to do it'),
      desk('step sign for a code', 'The operator signs that a code is given out'),
      desk('step short code', 'A one-time code, and until when it works'),
      desk('step requested', 'The request was made'),
      desk('step refused', 'It was not done, and why'),
      desk('step changed', 'What has changed'),
    ],
  },
  {
    title: 'The kiosk itself',
    pictures: [
      desk('kiosk', 'How the kiosk fares'),
      desk('kiosk, keyboard', 'Every key can be tried'),
      desk('kiosk, colours', 'The colours of the terminal'),
      desk('kiosk, reader', 'Every reader can be tried'),
      desk('kiosk, faults', 'What is wrong with the machine, and what to do'),
    ],
  },
];

/** What is to be drawn. Clock, names and codes are always the same. */
export function viewOf({ view }: Picture, language: KioskView['language']): KioskView {
  return aView({ ...view, language });
}
