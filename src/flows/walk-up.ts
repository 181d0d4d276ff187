import type { Command } from './command.ts';
import type { PinField, WalkUpEffect, WalkUpEvent } from './walk-up-event.ts';
import type { CardView, WalkUpState } from './walk-up-state.ts';

/**
 *   insertCard ─▶ looking ─▶ found ─▶ enterPin ─▶ proving ─▶ chooseReason ─▶ checking ─▶ warning ─▶ newPin ─▶ writing ─▶ done
 *        ▲           │                   ▲  └─wrong PIN─┘                                               │
 *        │           ▼                                                                                  ▼
 *        └─────── refused ◀── (any refusal before the first write)                                 interrupted
 *
 * Pure: never awaits, never reads a clock. An event that does not fit returns the same state.
 */
export interface WalkUp {
  readonly state: WalkUpState;
  /** Number of the last effect that has an answer; answers to older ones are ignored. */
  readonly attempt: number;
  /** Readers that have a card, in the order of insertion. */
  readonly occupied: readonly number[];
}

export type WalkUpStep = readonly [WalkUp, readonly WalkUpEffect[]];

export const WALK_UP_START: WalkUp = {
  state: { kind: 'insertCard', passedOver: null },
  attempt: 0,
  occupied: [],
};

/** PIN tries below which the person is warned before the next one (ID-04). */
const LAST_TRY = 1;
const PIN_MIN_LENGTH = 6;

/** One event in the life of a walk-up. */
export function stepWalkUp(walkUp: WalkUp, event: WalkUpEvent): WalkUpStep {
  switch (event.type) {
    case 'cardInserted':
      return inserted(walkUp, event.reader);
    case 'cardRemoved':
      return removed(walkUp, event.reader);
    case 'idleExpired':
      return idle(walkUp);
    case 'command':
      return commanded(walkUp, event.command);
    case 'pinTyped':
      return typed(walkUp, event);
    default:
      return event.attempt === walkUp.attempt ? answered(walkUp, event) : [walkUp, []];
  }
}

/** Which PIN buffer the keys go to now, or null. */
export function pinFieldOf(state: WalkUpState): PinField | null {
  if (state.kind === 'enterPin') return 'current';
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
      return 'RP-11-looking';
    case 'found':
      return 'RP-11-card-found';
    case 'enterPin':
      return state.error === 'wrong' ? 'ID-04-wrong-pin' : 'ID-01-enter-pin';
    case 'proving':
      return 'ID-01-proving';
    case 'chooseReason':
      return 'RP-12-choose-reason';
    case 'checking':
      return 'RP-12-checking';
    case 'warning':
      return state.losesKey && !state.hasAcceptedLoss ? 'RP-20-confirm-loss' : 'RP-13-warning';
    case 'newPin':
      return state.field === 'new' ? 'RP-14-new-pin' : 'RP-14-repeat-pin';
    case 'writing':
      return state.waitsForCentral ? 'SY-03-waiting-for-central' : 'UX-03-writing';
    case 'done':
      return 'UX-07-done';
  }
}

/** Where idle time counts: not before a card is there, and never during a write (UX-04). */
export function countsIdle(state: WalkUpState): boolean {
  return !['insertCard', 'looking', 'proving', 'checking', 'writing'].includes(state.kind);
}

const WIPE_ALL: WalkUpEffect = { run: 'wipePins', fields: ['current', 'new', 'repeat'] };
const RELEASE: WalkUpEffect = { run: 'release' };

function inserted(walkUp: WalkUp, reader: number): WalkUpStep {
  if (walkUp.occupied.includes(reader)) return [walkUp, []];
  const next = { ...walkUp, occupied: [...walkUp.occupied, reader] };
  const isFree =
    walkUp.state.kind === 'insertCard' || (walkUp.state.kind === 'interrupted' && !walkUp.state.isCardIn);
  return isFree ? look(next, reader) : [next, []];
}

function removed(walkUp: WalkUp, reader: number): WalkUpStep {
  if (!walkUp.occupied.includes(reader)) return [walkUp, []];
  const { state } = walkUp;
  const next = { ...walkUp, occupied: walkUp.occupied.filter((other) => other !== reader) };
  if (state.kind === 'insertCard') {
    return [state.passedOver === reader ? at(next, { kind: 'insertCard', passedOver: null }) : next, []];
  }
  if (state.reader !== reader) return [next, []];
  if (state.kind === 'interrupted') return [at(next, { ...state, isCardIn: false }), []];
  if (state.kind === 'writing' && state.hasBegunWriting) {
    return [
      ended(next, { kind: 'interrupted', reader, code: 'RP-17-card-removed', isCardIn: false }),
      [WIPE_ALL, RELEASE],
    ];
  }
  return start(next, null);
}

function idle(walkUp: WalkUp): WalkUpStep {
  const { state } = walkUp;
  if (!countsIdle(state) || state.kind === 'insertCard') return [walkUp, []];
  return start(walkUp, state.reader);
}

/** Back to the first screen with everything wiped; a card that is still in `left` is not looked at again by itself. */
function start(walkUp: WalkUp, left: number | null): WalkUpStep {
  const passedOver = left !== null && walkUp.occupied.includes(left) ? left : null;
  const other = walkUp.occupied.find((reader) => reader !== passedOver);
  const next = ended(walkUp, { kind: 'insertCard', passedOver });
  if (other === undefined || passedOver !== null) return [next, [WIPE_ALL, RELEASE]];
  const [looking, effects] = look(next, other);
  return [looking, [WIPE_ALL, RELEASE, ...effects]];
}

function look(walkUp: WalkUp, reader: number): WalkUpStep {
  const attempt = walkUp.attempt + 1;
  return [
    { ...walkUp, attempt, state: { kind: 'looking', reader, attempt } },
    [{ run: 'look', reader, attempt }],
  ];
}

/** The next reader with a card after this one, or the first screen when there is no other (RP-11). */
function changeCard(walkUp: WalkUp, reader: number): WalkUpStep {
  const { occupied } = walkUp;
  const other = occupied[(occupied.indexOf(reader) + 1) % Math.max(1, occupied.length)];
  if (other === undefined || other === reader) return start(walkUp, reader);
  const [next, effects] = look(walkUp, other);
  return [next, [WIPE_ALL, RELEASE, ...effects]];
}

function commanded(walkUp: WalkUp, command: Command): WalkUpStep {
  const { state } = walkUp;
  switch (state.kind) {
    case 'insertCard':
      return commandedAtStart(walkUp, state, command);
    case 'refused':
      if (command.kind === 'changeCard') return changeCard(walkUp, state.reader);
      return command.kind === 'confirm' && state.canRetry ? look(walkUp, state.reader) : [walkUp, []];
    case 'found':
      if (command.kind === 'changeCard') return changeCard(walkUp, state.reader);
      if (command.kind === 'back') return start(walkUp, state.reader);
      return command.kind === 'confirm' ? [at(walkUp, askPin(state.reader, state.card)), []] : [walkUp, []];
    case 'enterPin':
      return commandedAtPin(walkUp, state, command);
    case 'chooseReason':
      return commandedAtReasons(walkUp, state, command);
    case 'checking':
      return commandedWhileChecking(walkUp, state, command);
    case 'warning':
      return commandedAtWarning(walkUp, state, command);
    case 'newPin':
      return commandedAtNewPin(walkUp, state, command);
    case 'writing':
      return commandedWhileWriting(walkUp, state, command);
    case 'interrupted':
      return command.kind === 'confirm' && state.isCardIn ? look(walkUp, state.reader) : [walkUp, []];
    default:
      return [walkUp, []];
  }
}

type At<K extends WalkUpState['kind']> = Extract<WalkUpState, { kind: K }>;

/** All readers are looked at again, the card that was passed over last. */
function commandedAtStart(walkUp: WalkUp, { passedOver }: At<'insertCard'>, command: Command): WalkUpStep {
  if (command.kind !== 'changeCard' && command.kind !== 'confirm') return [walkUp, []];
  const other = walkUp.occupied.find((reader) => reader !== passedOver) ?? walkUp.occupied[0];
  return other === undefined ? [walkUp, []] : look(walkUp, other);
}

function commandedAtPin(walkUp: WalkUp, state: At<'enterPin'>, command: Command): WalkUpStep {
  if (command.kind === 'back') {
    return [at(walkUp, { kind: 'found', reader: state.reader, card: state.card }), [WIPE_ALL]];
  }
  if (command.kind !== 'confirm') return [walkUp, []];
  if (state.length < PIN_MIN_LENGTH) return [at(walkUp, { ...state, error: 'length' }), []];
  if (state.card.triesLeft === LAST_TRY && !state.hasConfirmedLastTry) {
    return [at(walkUp, { ...state, hasConfirmedLastTry: true }), []];
  }
  const attempt = walkUp.attempt + 1;
  const { reader, card } = state;
  return [
    { ...walkUp, attempt, state: { kind: 'proving', reader, card, attempt } },
    [{ run: 'prove', reader, attempt, cardId: card.cardId }],
  ];
}

function commandedAtReasons(walkUp: WalkUp, state: At<'chooseReason'>, command: Command): WalkUpStep {
  const count = state.reasons.length;
  switch (command.kind) {
    case 'up':
      return select(walkUp, state, (state.selected + count - 1) % count);
    case 'down':
      return select(walkUp, state, (state.selected + 1) % count);
    case 'digit':
      return select(walkUp, state, command.digit - 1);
    case 'back':
      return [at(walkUp, askPin(state.reader, state.card)), [WIPE_ALL]];
    case 'confirm': {
      const reason = state.reasons[state.selected];
      if (!reason) return [walkUp, []];
      const attempt = walkUp.attempt + 1;
      return [
        { ...walkUp, attempt, state: { ...state, kind: 'checking', attempt } },
        [{ run: 'check', attempt, cardId: state.card.cardId, reason: reason.code }],
      ];
    }
    default:
      return [walkUp, []];
  }
}

/** A position that the list does not have changes nothing. */
function select(walkUp: WalkUp, state: At<'chooseReason'>, selected: number): WalkUpStep {
  if (!state.reasons[selected] || selected === state.selected) return [walkUp, []];
  return [at(walkUp, { ...state, selected }), []];
}

/** Nobody has to wait for central to change their mind. */
function commandedWhileChecking(walkUp: WalkUp, state: At<'checking'>, command: Command): WalkUpStep {
  if (command.kind !== 'back') return [walkUp, []];
  const { reader, card, reasons, selected, attempt } = state;
  return [
    ended(walkUp, { kind: 'chooseReason', reader, card, reasons, selected }),
    [{ run: 'cancel', attempt }],
  ];
}

function commandedAtWarning(walkUp: WalkUp, state: At<'warning'>, command: Command): WalkUpStep {
  const { reader, card, reasons, selected } = state;
  if (command.kind === 'back') {
    if (state.hasAcceptedLoss) return [at(walkUp, { ...state, hasAcceptedLoss: false }), []];
    if (state.isResume) return start(walkUp, reader);
    return [at(walkUp, { kind: 'chooseReason', reader, card, reasons, selected }), []];
  }
  if (command.kind !== 'confirm') return [walkUp, []];
  if (state.losesKey && !state.hasAcceptedLoss) return [at(walkUp, { ...state, hasAcceptedLoss: true }), []];
  return [at(walkUp, askNewPin(state)), [{ run: 'wipePins', fields: ['new', 'repeat'] }]];
}

function commandedAtNewPin(walkUp: WalkUp, state: At<'newPin'>, command: Command): WalkUpStep {
  if (command.kind === 'back') {
    const effects: WalkUpEffect[] = [{ run: 'wipePins', fields: ['new', 'repeat'] }];
    return [at(walkUp, state.field === 'repeat' ? askNewPin(state.warning) : state.warning), effects];
  }
  if (command.kind !== 'confirm' || state.length === 0) return [walkUp, []];
  if (state.field === 'new') {
    if (!state.verdicts.every((verdict) => verdict.satisfied))
      return [at(walkUp, { ...state, error: 'policy' }), []];
    return [at(walkUp, { ...state, field: 'repeat', length: 0, error: null, matches: false }), []];
  }
  if (!state.matches) {
    return [
      at(walkUp, { ...askNewPin(state.warning), error: 'mismatch' }),
      [{ run: 'wipePins', fields: ['new', 'repeat'] }],
    ];
  }
  return beginWriting(walkUp, state);
}

function beginWriting(walkUp: WalkUp, { warning, reader, card }: At<'newPin'>): WalkUpStep {
  const reason = warning.reasons[warning.selected];
  if (!reason) return [walkUp, []];
  const attempt = walkUp.attempt + 1;
  const state: WalkUpState = {
    kind: 'writing',
    reader,
    card,
    attempt,
    progress: null,
    hasBegunWriting: false,
    waitsForCentral: false,
    explainsLeaving: false,
  };
  const acceptsKeyLoss = warning.losesKey && warning.hasAcceptedLoss;
  return [
    { ...walkUp, attempt, state },
    [{ run: 'reprovision', attempt, cardId: card.cardId, reason: reason.code, acceptsKeyLoss }],
  ];
}

function commandedWhileWriting(walkUp: WalkUp, state: At<'writing'>, command: Command): WalkUpStep {
  if (command.kind !== 'back') return [walkUp, []];
  if (state.hasBegunWriting) return [at(walkUp, { ...state, explainsLeaving: !state.explainsLeaving }), []];
  return [walkUp, [{ run: 'cancel', attempt: state.attempt }]];
}

function typed(walkUp: WalkUp, event: Extract<WalkUpEvent, { type: 'pinTyped' }>): WalkUpStep {
  const { state } = walkUp;
  if (pinFieldOf(state) !== event.field) return [walkUp, []];
  if (state.kind === 'enterPin') {
    return [at(walkUp, { ...state, length: event.length, error: null, hasConfirmedLastTry: false }), []];
  }
  if (state.kind !== 'newPin') return [walkUp, []];
  const verdicts = state.field === 'new' ? event.verdicts : state.verdicts;
  return [at(walkUp, { ...state, length: event.length, verdicts, matches: event.matches, error: null }), []];
}

type Answer = Extract<WalkUpEvent, { attempt: number }>;

function answered(walkUp: WalkUp, event: Answer): WalkUpStep {
  const { state } = walkUp;
  switch (event.type) {
    case 'cardFound':
      if (state.kind !== 'looking') return [walkUp, []];
      return [at(walkUp, { kind: 'found', reader: state.reader, card: event.card }), []];
    case 'cardRefused':
      return refused(walkUp, event.code, event.canRetry);
    case 'wrongPin':
      return wrongPin(walkUp, event.triesLeft);
    case 'proved':
      return proved(walkUp, event);
    case 'checked':
      if (state.kind !== 'checking') return [walkUp, []];
      return [at(walkUp, warn(state, event.losesKey, false)), []];
    case 'progressed':
      if (state.kind !== 'writing') return [walkUp, []];
      return [
        at(walkUp, {
          ...state,
          progress: event.progress,
          hasBegunWriting: state.hasBegunWriting || event.hasBegunWriting,
        }),
        [],
      ];
    case 'waitsForCentral':
      if (state.kind !== 'writing' || state.waitsForCentral === event.waits) return [walkUp, []];
      return [at(walkUp, { ...state, waitsForCentral: event.waits }), []];
    case 'completed':
      if (state.kind !== 'writing') return [walkUp, []];
      return [
        ended(walkUp, { kind: 'done', reader: state.reader, result: event.result }),
        [WIPE_ALL, RELEASE],
      ];
    case 'stopped':
      if (state.kind !== 'writing') return [walkUp, []];
      if (!event.hasBegunWriting) return refused(walkUp, event.code, true);
      return [
        ended(walkUp, { kind: 'interrupted', reader: state.reader, code: event.code, isCardIn: true }),
        [WIPE_ALL, RELEASE],
      ];
  }
}

function refused(walkUp: WalkUp, code: string, canRetry: boolean): WalkUpStep {
  const { state } = walkUp;
  if (!['looking', 'proving', 'checking', 'writing'].includes(state.kind) || state.kind === 'insertCard') {
    return [walkUp, []];
  }
  const cardId = 'card' in state ? state.card.cardId : null;
  return [
    ended(walkUp, { kind: 'refused', reader: state.reader, code, canRetry }),
    [WIPE_ALL, RELEASE, { run: 'record', event: 'card.refused', code, cardId }],
  ];
}

function wrongPin(walkUp: WalkUp, triesLeft: number): WalkUpStep {
  const { state } = walkUp;
  if (state.kind !== 'proving') return [walkUp, []];
  if (triesLeft === 0) return refused(walkUp, 'ID-04-pin-blocked', false);
  const card = { ...state.card, triesLeft };
  return [at(walkUp, { ...askPin(state.reader, card), error: 'wrong' }), [WIPE_ALL]];
}

function proved(walkUp: WalkUp, event: Extract<WalkUpEvent, { type: 'proved' }>): WalkUpStep {
  const { state } = walkUp;
  if (state.kind !== 'proving') return [walkUp, []];
  const { reader, card } = state;
  const { reasons } = event;
  const open = reasons.findIndex((reason) => reason.code === event.openReason);
  if (open >= 0) return [at(walkUp, warn({ reader, card, reasons, selected: open }, false, true)), []];
  return [at(walkUp, { kind: 'chooseReason', reader, card, reasons, selected: 0 }), []];
}

function warn(
  chosen: Pick<At<'warning'>, 'reader' | 'card' | 'reasons' | 'selected'>,
  losesKey: boolean,
  isResume: boolean,
): At<'warning'> {
  const { reader, card, reasons, selected } = chosen;
  return { kind: 'warning', reader, card, reasons, selected, losesKey, hasAcceptedLoss: false, isResume };
}

function askPin(reader: number, card: CardView): At<'enterPin'> {
  return { kind: 'enterPin', reader, card, length: 0, error: null, hasConfirmedLastTry: false };
}

function askNewPin(warning: At<'warning'>): At<'newPin'> {
  const { reader, card } = warning;
  return {
    kind: 'newPin',
    reader,
    card,
    field: 'new',
    length: 0,
    verdicts: [],
    matches: false,
    error: null,
    warning,
  };
}

/** The same walk-up in another state. */
function at(walkUp: WalkUp, state: WalkUpState): WalkUp {
  return { ...walkUp, state };
}

/** As `at`, and no answer that is still under way counts any more. */
function ended(walkUp: WalkUp, state: WalkUpState): WalkUp {
  return { ...walkUp, state, attempt: walkUp.attempt + 1 };
}
