import type { HandOverWish } from './desk-event.ts';
import { obstacleTo } from './waiting-task.ts';
import { answered } from './walk-up-answers.ts';
import { asked, assisted, CANNOT_BE_CUT_OFF, covered, takenBack, withinWish } from './walk-up-assist.ts';
import { commanded } from './walk-up-commands.ts';
import { type PinField, READER_TROUBLES, type WalkUpEffect, type WalkUpEvent } from './walk-up-event.ts';
import { at, awaitedBy, CARD_REMOVED, interrupted, look, RELEASE, start, WIPE_ALL } from './walk-up-moves.ts';
import { cardOutAtSoft, passwordTyped } from './walk-up-soft.ts';
import type { Awaited, Helper, WalkUpState } from './walk-up-state.ts';
import { inSpokenLanguage } from './walk-up-terms.ts';

/**
 *   insertCard ─▶ looking ─▶ found ─▶ enterPin ──▶ proving ─▶ chooseReason ─▶ checking ─▶ warning ─▶ newPin ─▶ writing
 *        ▲         │   ▲               │   ▲        ▲  │                                                      │   │
 *        │         ▼   │               ▼   └─ wrong ┼──┤                                                      │   ▼
 *        └───── refused│            enterCode ──────┘  │                                            done ◀── written
 *                      │               ▲── wrong ──────┘                                                      │   │
 *                      └── a card is put in ──────────────────────────────────────────────── interrupted ◀────┴───┘
 *
 * A refusal stays when its card is out, until a key says that it was read; another card goes on at once.
 * Between checking and warning, plan says what becomes of each key, where central has said it.
 * Where something waits for the person, chooseTask is before chooseReason; walk-up-collect.ts has what follows for keys. Of an
 * empty card blank is what is found; walk-up-issue.ts has what follows. A cancelled one can be made empty; walk-up-empty.ts.
 * walk-up-my-card.ts shows what is on a card that was found.
 * Refused: anything before the first write; interrupted: anything after it, and then only that card is taken.
 * Pure: never awaits, never reads a clock. An event that does not fit returns the same state.
 */
export interface WalkUp {
  readonly state: WalkUpState;
  /** Number of the last effect that has an answer; answers to older ones are ignored. */
  readonly attempt: number;
  /** Readers that have a card, in the order of insertion. Not the one with the operator's own. */
  readonly occupied: readonly number[];
  /** Those of them with a card that an operator has left in: nobody is shown whose it is by itself. */
  readonly left?: readonly number[];
  /** Who is signed in at this kiosk; null: the cardholder is alone. */
  readonly operator: Helper | null;
  /** The language of the screens; absent: nobody has said. */
  readonly spoken?: string;
  /** What they have handed over, until it is over: it is for one card, and no other is worked on (RP-11). */
  readonly wish: HandOverWish | null;
}

/** What an event leads to, and what is asked for. */
export type WalkUpStep = readonly [WalkUp, readonly WalkUpEffect[]];

/** Nobody is there, no card is in. */
export const WALK_UP_START: WalkUp = {
  state: { kind: 'insertCard', passedOver: null },
  attempt: 0,
  occupied: [],
  operator: null,
  wish: null,
};

/** One event in the life of a walk-up. */
export function stepWalkUp(walkUp: WalkUp, event: WalkUpEvent): WalkUpStep {
  const [after, effects] = happened(walkUp, event);
  return [inSpokenLanguage(after), effects];
}

function happened(walkUp: WalkUp, event: WalkUpEvent): WalkUpStep {
  switch (event.type) {
    case 'cardInserted':
      return inserted(walkUp, event.reader);
    case 'cardRemoved':
      return removed(walkUp, event.reader);
    case 'cardLeft':
      return leftIn(walkUp, event.reader);
    case 'readerHealth':
      return readerHealth(walkUp, event);
    case 'idleExpired':
      return idle(walkUp);
    case 'claimed':
      return claimed(walkUp, event.reader);
    case 'covered':
      return covered(walkUp);
    case 'spoken':
      return [walkUp.spoken === event.language ? walkUp : { ...walkUp, spoken: event.language }, []];
    case 'assisted':
      return assisted(walkUp, event.operator);
    case 'asked':
      return asked(walkUp, event.wish);
    case 'takenBack':
      return takenBack(walkUp);
    case 'command':
      return withinWish(walkUp, event.command, commanded(walkUp, event.command));
    case 'pinTyped':
      return typed(walkUp, event);
    case 'passwordTyped':
      return passwordTyped(walkUp, event);
    default:
      return event.attempt === walkUp.attempt ? answered(walkUp, event) : [walkUp, []];
  }
}

/** Which PIN buffer the keys go to now, or null. */
export function pinFieldOf(state: WalkUpState): PinField | null {
  if (state.kind === 'enterPin') return 'current';
  if (state.kind === 'enterCode') return 'code';
  if (state.kind === 'enterNumber') return 'number';
  return state.kind === 'newPin' ? state.field : null;
}

/** The stable code at the bottom right (UX-08): the refusal's own, or the requirement a step serves. */
export function codeOf(state: WalkUpState): string {
  switch (state.kind) {
    case 'refused':
    case 'interrupted':
      return state.code;
    case 'insertCard':
      return 'RP-11-insert-card';
    case 'looking':
      return state.trouble ?? 'RP-11-looking';
    case 'found':
      if (state.card.triesLeft === 0) return 'ID-04-pin-blocked';
      return state.card.hasOpenOperation ? 'RP-17-unfinished' : 'RP-11-card-found';
    case 'onMyCard':
      return state.contents === null ? 'OP-01-reading-card' : 'OP-01-on-my-card';
    case 'enterPin':
      if (state.asksForLastTry) return 'ID-04-last-try';
      return state.error === 'wrong' ? 'ID-04-wrong-pin' : 'ID-01-enter-pin';
    case 'enterCode':
      if (state.explainsHelp) return 'ID-02-ask-helpdesk';
      return state.error === 'wrong' ? 'ID-03-wrong-code' : 'ID-02-enter-code';
    case 'proving':
      return state.by === 'pin' ? 'ID-01-proving' : 'ID-02-proving';
    case 'terms':
      return 'RP-19-terms';
    case 'pinWarning':
      return 'ID-02-new-pin';
    case 'chooseTask': {
      const task = state.tasks[state.selected];
      return (task && obstacleTo(task, state.by, state.reasons)) ?? 'KR-01-waiting';
    }
    case 'difference':
      return 'KR-05-difference';
    case 'chooseLeft':
      return 'KR-07-choose';
    case 'comparing':
      return 'KR-05-comparing';
    case 'confirmRemoval':
      return 'KR-05-confirm-removal';
    case 'collectWarning':
      return 'KR-05-warning';
    case 'blank':
      if (state.explainsHelp) return 'ID-02-ask-helpdesk';
      return state.card.isUnfinished ? 'RP-17-unfinished' : 'RP-07-blank';
    case 'enterNumber':
      return state.error === 'wrong' ? 'ID-03-wrong-code' : 'KR-01-enter-number';
    case 'provingNumber':
      return 'ID-02-proving';
    case 'issueChoice':
      return 'KR-07-choose';
    case 'planningIssue':
      return 'KR-01-planning';
    case 'issueWarning':
      return 'KR-01-warning';
    case 'emptyWarning':
      return 'RP-06-empty';
    case 'offeringSoft':
      return 'KR-08-offering';
    case 'askingToken':
      return 'KR-08-asking-token';
    case 'softToken':
      return 'KR-08-token';
    case 'chooseMedium':
      return state.media?.[state.selected]?.obstacle ?? 'KR-08-choose-medium';
    case 'softEncryption':
      return 'KR-09-encryption';
    case 'softPassword':
      return state.field === 'new' ? 'KR-08-password' : 'KR-08-repeat-password';
    case 'savingSoft':
      return 'KR-08-saving';
    case 'softStopped':
      return state.code;
    case 'softDone':
      return 'KR-08-done';
    case 'chooseReason':
      return 'RP-12-choose-reason';
    case 'checking':
      return 'RP-12-checking';
    case 'plan':
      return state.warning.kind === 'issueWarning' ? 'KR-01-plan' : 'RP-13-plan';
    case 'warning':
      return state.losesKey && !state.hasAcceptedLoss ? 'RP-20-confirm-loss' : 'RP-13-warning';
    case 'newPin':
      return state.field === 'new' ? 'RP-14-new-pin' : 'RP-14-repeat-pin';
    case 'writing':
      return state.waitsForCentral ? 'SY-03-waiting-for-central' : 'UX-03-writing';
    case 'written':
      return 'SY-03-written-waiting';
    case 'done':
      return 'UX-07-done';
  }
}

/** Long enough to walk to the helpdesk, or to wait on the telephone. */
const CODE_IDLE_SECONDS = 600;

/** A stick is fetched from a bag, a password made up. */
const FETCHING: readonly string[] = ['chooseMedium', 'softEncryption', 'softPassword'];

/** A list of up to 41 keys is read through; shorter than the life of a PIN (operation.md C). */
const READING_IDLE_SECONDS = 180;

/** How long a screen may stand untouched: longer where somebody has gone to fetch a code, or reads. @param usual in seconds */
export function idleSecondsOf(state: WalkUpState, usual: number): number {
  if (state.kind === 'enterCode' || state.kind === 'enterNumber') return Math.max(usual, CODE_IDLE_SECONDS);
  const isReading = [
    'plan',
    'difference',
    'chooseLeft',
    'confirmRemoval',
    'issueChoice',
    'terms',
    'onMyCard',
    'softToken',
    ...FETCHING,
  ].includes(state.kind);
  return isReading ? Math.max(usual, READING_IDLE_SECONDS) : usual;
}

/** The kiosk is at work, or nobody is there. */
const WORKING: readonly WalkUpState['kind'][] = [
  'looking',
  'proving',
  'provingNumber',
  'planningIssue',
  'checking',
  'comparing',
  'writing',
  'savingSoft',
  'askingToken',
  'offeringSoft',
];

/** Where idle time counts: not before a card is there but where one is waited for, and never during a write (UX-04). */
export function countsIdle(state: WalkUpState, wish: WalkUp['wish'] = null): boolean {
  if (state.kind === 'insertCard') return wish !== null;
  if (state.kind === 'written') return !state.isCardIn;
  if (state.kind === 'onMyCard') return state.contents !== null;
  return !WORKING.includes(state.kind);
}

function inserted(walkUp: WalkUp, reader: number): WalkUpStep {
  if (walkUp.occupied.includes(reader)) return [walkUp, []];
  const next = { ...walkUp, occupied: [...walkUp.occupied, reader] };
  const { state } = next;
  switch (state.kind) {
    case 'insertCard':
      return look(next, reader, null);
    case 'interrupted':
      return state.isCardIn ? [next, []] : look(next, reader, awaitedBy(state));
    case 'refused':
      return state.isCardIn && state.awaits === null ? [next, []] : look(next, reader, state.awaits);
    case 'written':
    case 'done':
      return state.isCardIn ? [next, []] : look(next, reader, null);
    case 'softStopped':
    case 'softDone':
      return state.isCardIn || state.reader === null ? [next, []] : look(next, reader, null);
    default:
      return [next, []];
  }
}

function leftIn(walkUp: WalkUp, reader: number): WalkUpStep {
  if (walkUp.occupied.includes(reader)) return [walkUp, []];
  const { state, occupied, left = [] } = walkUp;
  const next = { ...walkUp, occupied: [...occupied, reader], left: [...left, reader] };
  if (state.kind !== 'insertCard' || state.passedOver !== null) return [next, []];
  return [at(next, { kind: 'insertCard', passedOver: reader }), []];
}

function removed(walkUp: WalkUp, reader: number): WalkUpStep {
  if (!walkUp.occupied.includes(reader)) return [walkUp, []];
  const { state, left } = walkUp;
  const others = (readers: readonly number[]) => readers.filter((other) => other !== reader);
  const occupied = others(walkUp.occupied);
  const next = { ...walkUp, occupied, ...(left && { left: others(left) }) };
  if (state.kind === 'insertCard') {
    return [state.passedOver === reader ? at(next, { kind: 'insertCard', passedOver: null }) : next, []];
  }
  if (state.reader !== reader) return [next, []];
  switch (state.kind) {
    case 'interrupted':
      return [at(next, { ...state, isCardIn: false }), []];
    case 'written':
      return [at(next, { ...state, isCardIn: false }), [WIPE_ALL, RELEASE]];
    case 'savingSoft':
    case 'softStopped':
    case 'softDone':
      return cardOutAtSoft(next, state);
    case 'writing':
      return state.hasBegunWriting
        ? interrupted(next, reader, { cardId: state.card.cardId, work: state.work })
        : start(next, null);
    case 'refused':
      // Whoever has taken it out knows that; all else stays until somebody has read it.
      return state.code === CARD_REMOVED
        ? leftWith(next, reader, state.awaits)
        : [at(next, { ...state, isCardIn: false }), []];
    case 'looking':
      return leftWith(next, reader, state.awaits);
    default:
      return start(next, null);
  }
}

/** Nobody's card is in: the one that is not finished is waited for, if there is one. */
function leftWith(walkUp: WalkUp, reader: number, awaits: Awaited | null): WalkUpStep {
  return awaits === null ? start(walkUp, null) : interrupted(walkUp, reader, awaits);
}

/** The operator's own card is nobody's to work on; what was said of it concerns nobody else. */
function claimed(walkUp: WalkUp, reader: number): WalkUpStep {
  const { state } = walkUp;
  if ('reader' in state && state.reader === reader && CANNOT_BE_CUT_OFF.includes(state.kind))
    return [walkUp, []];
  const [next, effects] = removed(walkUp, reader);
  if (next.state.kind !== 'refused' || next.state === state) return [next, effects];
  const [left, more] = leftWith(next, reader, next.state.awaits);
  return [left, [...effects, ...more]];
}

/** Whoever waits to put a card in again is told that the reader for it is gone, and when it is back (UX-06). */
function readerHealth(
  walkUp: WalkUp,
  { reader, trouble }: Extract<WalkUpEvent, { type: 'readerHealth' }>,
): WalkUpStep {
  const { state } = walkUp;
  const isWaiting = state.kind === 'interrupted' && !state.isCardIn && !state.isWritten;
  if (!isWaiting || state.reader !== reader) return [walkUp, []];
  const hadTrouble = (READER_TROUBLES as readonly string[]).includes(state.code);
  const code = trouble ?? (hadTrouble ? CARD_REMOVED : state.code);
  return code === state.code ? [walkUp, []] : [at(walkUp, { ...state, code }), []];
}

function idle(walkUp: WalkUp): WalkUpStep {
  const { state, wish } = walkUp;
  if (!countsIdle(state, wish)) return [walkUp, []];
  // Nobody has put in the card that something was handed over for.
  return state.kind === 'insertCard' ? takenBack(walkUp) : start(walkUp, state.reader);
}

function typed(walkUp: WalkUp, event: Extract<WalkUpEvent, { type: 'pinTyped' }>): WalkUpStep {
  const { state } = walkUp;
  if (pinFieldOf(state) !== event.field) return [walkUp, []];
  if (state.kind === 'enterPin') {
    return [at(walkUp, { ...state, length: event.length, error: null, asksForLastTry: false }), []];
  }
  if (state.kind === 'enterCode') {
    return [at(walkUp, { ...state, length: event.length, error: null, explainsHelp: false }), []];
  }
  if (state.kind === 'enterNumber') {
    return [at(walkUp, { ...state, length: event.length, error: null }), []];
  }
  if (state.kind !== 'newPin') return [walkUp, []];
  const verdicts = state.field === 'new' ? event.verdicts : state.verdicts;
  return [at(walkUp, { ...state, length: event.length, verdicts, matches: event.matches, error: null }), []];
}
