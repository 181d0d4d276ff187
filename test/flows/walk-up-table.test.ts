import { describe, expect, it } from 'vitest';
import { stepWalkUp, type WalkUp } from '../../src/flows/walk-up.ts';
import type { WalkUpEvent } from '../../src/flows/walk-up-event.ts';
import type { WalkUpKind, WalkUpState } from '../../src/flows/walk-up-state.ts';
import { aBlank, anEnterNumber, anIssueWarning, ISSUE_STATES } from './issue-states.ts';
import { aMyCard } from './my-card-states.ts';
import { aMedium, aMediumChoice, aPassword, aSaving, verdicts } from './soft-states.ts';
import { ANSWERS, aWalkUp, character, command, digit, passwordTyped, typed } from './walk-up-events.ts';
import { aNewPin, anEnterCode, anEnterPin, aWriting, STATES } from './walk-up-states.ts';

const ATTEMPT = 7;

const EVENTS = {
  confirm: command('confirm'),
  back: command('back'),
  up: command('up'),
  down: command('down'),
  erase: command('erase'),
  changeCard: command('changeCard'),
  showCard: command('showCard'),
  nextLanguage: command('nextLanguage'),
  otherWay: command('otherWay'),
  yes: command('yes'),
  toggle: command('toggle'),
  digit: digit(2),
  cardRemoved: { type: 'cardRemoved', reader: 0 },
  otherCardInserted: { type: 'cardInserted', reader: 1 },
  otherCardRemoved: { type: 'cardRemoved', reader: 1 },
  idleExpired: { type: 'idleExpired' },
  currentTyped: typed('current', 6),
  newTyped: typed('new', 6),
  repeatTyped: typed('repeat', 6),
  codeTyped: typed('code', 8),
  passwordTyped: passwordTyped('new', 13),
  character: character('x'),
  numberTyped: typed('number', 14),
  claimed: { type: 'claimed', reader: 0 },
  otherClaimed: { type: 'claimed', reader: 1 },
  assisted: { type: 'assisted', operator: null },
  takenBack: { type: 'takenBack' },
  cardLeft: { type: 'cardLeft', reader: 1 },
  covered: { type: 'covered' },
  spoken: { type: 'spoken', language: 'de' },
  readerGone: { type: 'readerHealth', reader: 0, trouble: 'UX-06-reader-gone' },
  readerBack: { type: 'readerHealth', reader: 0, trouble: null },
  ...(Object.fromEntries(Object.entries(ANSWERS).map(([name, answer]) => [name, answer(ATTEMPT)])) as Record<
    keyof typeof ANSWERS,
    WalkUpEvent
  >),
} as const satisfies Record<string, WalkUpEvent>;
type EventName = keyof typeof EVENTS;

/** From which state each row starts. */
const FROM: Readonly<Record<WalkUpKind, WalkUpState>> = {
  insertCard: STATES.insertCard['card passed over']!,
  looking: STATES.looking.first!,
  refused: STATES.refused['may be tried again']!,
  found: STATES.found.usual!,
  onMyCard: aMyCard({ contents: null }),
  enterPin: anEnterPin({ length: 6 }),
  enterCode: anEnterCode({ length: 8 }),
  proving: STATES.proving.first!,
  blank: aBlank(),
  enterNumber: anEnterNumber({ length: 14 }),
  provingNumber: ISSUE_STATES.provingNumber.first!,
  issueChoice: ISSUE_STATES.issueChoice['some marked']!,
  planningIssue: ISSUE_STATES.planningIssue.first!,
  issueWarning: anIssueWarning(),
  emptyWarning: STATES.emptyWarning.usual!,
  chooseTask: STATES.chooseTask.usual!,
  difference: STATES.difference.usual!,
  chooseLeft: STATES.chooseLeft['some marked']!,
  comparing: STATES.comparing.first!,
  confirmRemoval: STATES.confirmRemoval.two!,
  collectWarning: STATES.collectWarning.usual!,
  askingToken: STATES.askingToken.usual!,
  softToken: STATES.softToken.usual!,
  chooseMedium: aMediumChoice({ media: [aMedium(), aMedium({ name: 'sdc1' })] }),
  softEncryption: STATES.softEncryption.usual!,
  softPassword: aPassword({ length: 12, verdicts: verdicts(true) }),
  savingSoft: aSaving(),
  softStopped: STATES.softStopped['stick taken out']!,
  softDone: STATES.softDone.usual!,
  chooseReason: STATES.chooseReason.first!,
  checking: STATES.checking.first!,
  terms: STATES.terms.long!,
  pinWarning: STATES.pinWarning.usual!,
  offeringSoft: STATES.offeringSoft.usual!,
  plan: STATES.plan.usual!,
  warning: STATES.warning.usual!,
  newPin: aNewPin({ verdicts: [{ rule: 'length', satisfied: true, minLength: 6, maxLength: 8 }] }),
  writing: aWriting({ progress: null }),
  written: STATES.written['card in']!,
  done: STATES.done.usual!,
  interrupted: STATES.interrupted['card in']!,
};

/** What each event leads to. An event that is not named changes nothing: the very same state. */
const TABLE: Readonly<Record<WalkUpKind, Readonly<Partial<Record<EventName, WalkUpKind>>>>> = {
  insertCard: {
    confirm: 'looking',
    changeCard: 'looking',
    cardRemoved: 'insertCard',
    otherCardInserted: 'looking',
  },
  looking: {
    cardRemoved: 'insertCard',
    cardFound: 'found',
    blankFound: 'blank',
    cardRefused: 'refused',
    waitsForReader: 'looking',
  },
  // It is to be read, also by whoever has taken the card out.
  refused: {
    confirm: 'looking',
    changeCard: 'insertCard',
    cardRemoved: 'refused',
    idleExpired: 'insertCard',
  },
  found: {
    confirm: 'enterPin',
    back: 'insertCard',
    changeCard: 'insertCard',
    showCard: 'onMyCard',
    cardRemoved: 'insertCard',
    idleExpired: 'insertCard',
  },
  onMyCard: {
    back: 'found',
    cardRemoved: 'insertCard',
    cardRefused: 'refused',
    contentsRead: 'onMyCard',
  },
  enterPin: {
    confirm: 'proving',
    back: 'found',
    otherWay: 'enterCode',
    cardRemoved: 'insertCard',
    idleExpired: 'insertCard',
    currentTyped: 'enterPin',
  },
  enterCode: {
    confirm: 'proving',
    back: 'enterPin',
    otherWay: 'enterCode',
    cardRemoved: 'insertCard',
    idleExpired: 'insertCard',
    codeTyped: 'enterCode',
  },
  proving: {
    cardRemoved: 'insertCard',
    cardRefused: 'refused',
    proved: 'chooseReason',
    provedWithTasks: 'chooseTask',
    provedUnfinished: 'collectWarning',
    provedPinReset: 'pinWarning',
    wrongPin: 'enterPin',
    wrongCode: 'enterCode',
  },
  blank: {
    confirm: 'enterNumber',
    back: 'insertCard',
    otherWay: 'blank',
    changeCard: 'insertCard',
    cardRemoved: 'insertCard',
    idleExpired: 'insertCard',
  },
  enterNumber: {
    confirm: 'provingNumber',
    back: 'blank',
    otherWay: 'blank',
    cardRemoved: 'insertCard',
    idleExpired: 'insertCard',
    numberTyped: 'enterNumber',
  },
  provingNumber: {
    cardRemoved: 'insertCard',
    cardRefused: 'refused',
    numberProved: 'plan',
    wrongCode: 'enterNumber',
  },
  issueChoice: {
    confirm: 'planningIssue',
    back: 'insertCard',
    up: 'issueChoice',
    down: 'issueChoice',
    toggle: 'issueChoice',
    digit: 'issueChoice',
    cardRemoved: 'insertCard',
    idleExpired: 'insertCard',
  },
  planningIssue: {
    back: 'issueChoice',
    cardRemoved: 'insertCard',
    cardRefused: 'refused',
    issuePlanned: 'plan',
  },
  issueWarning: {
    confirm: 'newPin',
    back: 'plan',
    cardRemoved: 'insertCard',
    idleExpired: 'insertCard',
  },
  emptyWarning: {
    yes: 'writing',
    back: 'insertCard',
    cardRemoved: 'insertCard',
    idleExpired: 'insertCard',
  },
  chooseTask: {
    confirm: 'comparing',
    back: 'enterPin',
    up: 'chooseTask',
    down: 'chooseTask',
    digit: 'chooseTask',
    cardRemoved: 'insertCard',
    idleExpired: 'insertCard',
  },
  comparing: {
    back: 'chooseTask',
    cardRemoved: 'insertCard',
    cardRefused: 'refused',
    compared: 'difference',
  },
  difference: {
    confirm: 'collectWarning',
    back: 'chooseTask',
    down: 'difference',
    cardRemoved: 'insertCard',
    idleExpired: 'insertCard',
  },
  chooseLeft: {
    confirm: 'comparing',
    back: 'chooseTask',
    up: 'chooseLeft',
    down: 'chooseLeft',
    toggle: 'chooseLeft',
    digit: 'chooseLeft',
    cardRemoved: 'insertCard',
    idleExpired: 'insertCard',
  },
  confirmRemoval: {
    yes: 'collectWarning',
    back: 'difference',
    down: 'confirmRemoval',
    cardRemoved: 'insertCard',
    idleExpired: 'insertCard',
  },
  collectWarning: {
    confirm: 'writing',
    back: 'difference',
    cardRemoved: 'insertCard',
    idleExpired: 'insertCard',
  },
  askingToken: {
    back: 'chooseTask',
    cardRemoved: 'insertCard',
    tokenGiven: 'softToken',
    softStopped: 'softStopped',
  },
  // Enter that bounced is no reason to take away what cannot be shown again.
  softToken: { back: 'insertCard', cardRemoved: 'insertCard', idleExpired: 'insertCard' },
  chooseMedium: {
    confirm: 'softEncryption',
    back: 'chooseTask',
    up: 'chooseMedium',
    down: 'chooseMedium',
    digit: 'chooseMedium',
    mediaSeen: 'chooseMedium',
    mediaGone: 'chooseMedium',
    cardRemoved: 'insertCard',
    idleExpired: 'insertCard',
  },
  softEncryption: {
    confirm: 'softPassword',
    back: 'chooseMedium',
    up: 'softEncryption',
    down: 'softEncryption',
    digit: 'softEncryption',
    mediaSeen: 'softEncryption',
    mediaGone: 'chooseMedium',
    cardRemoved: 'insertCard',
    idleExpired: 'insertCard',
  },
  softPassword: {
    confirm: 'softPassword',
    back: 'softEncryption',
    passwordTyped: 'softPassword',
    mediaSeen: 'softPassword',
    mediaGone: 'chooseMedium',
    cardRemoved: 'insertCard',
    idleExpired: 'insertCard',
  },
  savingSoft: {
    cardRemoved: 'softStopped',
    softProgressed: 'savingSoft',
    softSaved: 'softDone',
    softStopped: 'softStopped',
  },
  softStopped: {
    confirm: 'looking',
    back: 'insertCard',
    cardRemoved: 'softStopped',
    idleExpired: 'insertCard',
  },
  softDone: { cardRemoved: 'insertCard', idleExpired: 'insertCard' },
  chooseReason: {
    confirm: 'checking',
    back: 'enterPin',
    up: 'chooseReason',
    down: 'chooseReason',
    digit: 'chooseReason',
    cardRemoved: 'insertCard',
    idleExpired: 'insertCard',
  },
  checking: {
    back: 'chooseReason',
    cardRemoved: 'insertCard',
    cardRefused: 'refused',
    checked: 'warning',
    checkedWithPlan: 'plan',
    checkedWithTerms: 'terms',
  },
  terms: {
    confirm: 'warning',
    back: 'chooseReason',
    down: 'terms',
    cardRemoved: 'insertCard',
    idleExpired: 'insertCard',
  },
  offeringSoft: {
    back: 'looking',
    softOffered: 'chooseMedium',
    softStopped: 'softStopped',
    cardRefused: 'softStopped',
  },
  pinWarning: { confirm: 'newPin', back: 'insertCard', cardRemoved: 'insertCard', idleExpired: 'insertCard' },
  plan: {
    confirm: 'warning',
    back: 'chooseReason',
    down: 'plan',
    cardRemoved: 'insertCard',
    idleExpired: 'insertCard',
  },
  warning: { confirm: 'newPin', back: 'chooseReason', cardRemoved: 'insertCard', idleExpired: 'insertCard' },
  newPin: {
    confirm: 'newPin',
    back: 'warning',
    cardRemoved: 'insertCard',
    idleExpired: 'insertCard',
    newTyped: 'newPin',
  },
  writing: {
    back: 'writing',
    cardRemoved: 'interrupted',
    progressed: 'writing',
    readBack: 'written',
    waitsForCentral: 'writing',
    completed: 'done',
    stopped: 'interrupted',
  },
  written: { cardRemoved: 'written', completed: 'done', stopped: 'interrupted' },
  done: { cardRemoved: 'insertCard', idleExpired: 'insertCard' },
  interrupted: {
    confirm: 'looking',
    back: 'insertCard',
    cardRemoved: 'interrupted',
    idleExpired: 'insertCard',
  },
};

/** In the middle of these nothing is let go. */
const WRITING: readonly WalkUpKind[] = ['writing', 'written', 'savingSoft'];

/** Where something lies in a buffer that only its own screen has. */
const TYPING: readonly WalkUpKind[] = ['enterPin', 'enterCode', 'enterNumber'];

/** Readers are other ones than before, or the language is, and nothing else. */
const OTHER_READERS: readonly EventName[] = ['otherCardInserted', 'cardLeft', 'spoken'];

/** The card in the first reader. */
const isOut = (name: EventName) => name === 'cardRemoved' || name === 'claimed';

/** A card that becomes the operator's own is as good as taken out; what is taken back begins anew. */
function expectedAfter(kind: WalkUpKind, name: EventName): WalkUpKind | undefined {
  if (WRITING.includes(kind) && (name === 'claimed' || name === 'takenBack')) return undefined;
  if (name === 'claimed') return kind === 'refused' ? 'insertCard' : TABLE[kind].cardRemoved;
  // A card that was not needed is looked at.
  if (name === 'takenBack' && kind === 'offeringSoft') return 'looking';
  if (name === 'takenBack') return kind === 'insertCard' ? undefined : 'insertCard';
  if (name === 'covered') return TYPING.includes(kind) ? kind : undefined;
  return TABLE[kind][name];
}

describe.each(Object.keys(TABLE) as WalkUpKind[])('A walk-up at %s', (kind) => {
  it.each(Object.keys(EVENTS) as EventName[])('goes where the table says on %s', (name) => {
    const before: WalkUp = aWalkUp(FROM[kind]);
    const [after] = stepWalkUp(before, EVENTS[name]);
    const expected = expectedAfter(kind, name);
    if (expected !== undefined) {
      expect(after.state.kind).toBe(expected);
      expect(after.state).not.toBe(before.state);
    } else if (OTHER_READERS.includes(name) || (kind === 'offeringSoft' && isOut(name))) {
      expect(after.state).toBe(before.state);
    } else {
      expect(after).toBe(before);
    }
  });

  it.each(Object.keys(ANSWERS) as (keyof typeof ANSWERS)[])('ignores a late %s', (name) => {
    const before = aWalkUp(FROM[kind]);
    expect(stepWalkUp(before, ANSWERS[name](ATTEMPT - 1))).toEqual([before, []]);
  });
});
