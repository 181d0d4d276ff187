import type { PinVerdict } from '../domain/pin-policy.ts';
import type { Command } from './command.ts';
import type { WalkUp, WalkUpStep } from './walk-up.ts';
import type { WalkUpEffect } from './walk-up-event.ts';
import { type At, askNewPin, askPin, at, changeCard, ended, look, start, WIPE_ALL } from './walk-up-moves.ts';
import type { WalkUpState } from './walk-up-state.ts';

/** PIN tries below which the person is warned before the next one (ID-04). */
const LAST_TRY = 1;
const PIN_MIN_LENGTH = 6;

/** What a key press leads to. */
export function commanded(walkUp: WalkUp, command: Command): WalkUpStep {
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
      at(walkUp, { ...askNewPin(state.warning), verdicts: unmet(state.verdicts), error: 'mismatch' }),
      [{ run: 'wipePins', fields: ['new', 'repeat'] }],
    ];
  }
  return beginWriting(walkUp, state);
}

/** The rules as they are before the first digit. */
function unmet(verdicts: readonly PinVerdict[]): readonly PinVerdict[] {
  return verdicts.map(({ rule }) => ({ rule, satisfied: false }));
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
