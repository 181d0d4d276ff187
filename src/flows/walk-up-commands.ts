import type { PinVerdict } from '../domain/pin-policy.ts';
import type { Command } from './command.ts';
import type { WalkUp, WalkUpStep } from './walk-up.ts';
import type { WalkUpEffect } from './walk-up-event.ts';
import {
  type At,
  askCode,
  askNewPin,
  askPin,
  at,
  awaitedBy,
  changeCard,
  ended,
  look,
  start,
  WIPE_ALL,
} from './walk-up-moves.ts';
import type { CardView, ProvedBy, WalkUpState } from './walk-up-state.ts';

/** PIN tries below which the person is warned before the next one (ID-04). */
const LAST_TRY = 1;
const PIN_MIN_LENGTH = 6;
/** A short and a long one-time code (ID-03). */
const CODE_LENGTHS = [8, 12];

/** What a key press leads to. */
export function commanded(walkUp: WalkUp, command: Command): WalkUpStep {
  const { state } = walkUp;
  switch (state.kind) {
    case 'insertCard':
      return commandedAtStart(walkUp, state, command);
    case 'looking':
      return command.kind === 'back' && state.trouble !== null ? start(walkUp, state.reader) : [walkUp, []];
    case 'refused':
      return commandedAtRefusal(walkUp, state, command);
    case 'found':
      if (command.kind === 'changeCard') return changeCard(walkUp, state.reader);
      if (command.kind === 'back') return start(walkUp, state.reader);
      return command.kind === 'confirm' ? [at(walkUp, askProof(state)), []] : [walkUp, []];
    case 'enterPin':
      return commandedAtPin(walkUp, state, command);
    case 'enterCode':
      return commandedAtCode(walkUp, state, command);
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
    case 'written':
      return command.kind === 'back' && !state.isCardIn ? start(walkUp, null) : [walkUp, []];
    case 'interrupted':
      if (command.kind === 'back') return start(walkUp, state.reader);
      return command.kind === 'confirm' && state.isCardIn
        ? look(walkUp, state.reader, awaitedBy(state))
        : [walkUp, []];
    default:
      return [walkUp, []];
  }
}

/** All readers are looked at again, the card that was passed over last. */
function commandedAtStart(walkUp: WalkUp, { passedOver }: At<'insertCard'>, command: Command): WalkUpStep {
  if (command.kind !== 'changeCard' && command.kind !== 'confirm') return [walkUp, []];
  const other = walkUp.occupied.find((reader) => reader !== passedOver) ?? walkUp.occupied[0];
  return other === undefined ? [walkUp, []] : look(walkUp, other, null);
}

/** While an unfinished card is waited for, Esc is the way to leave that for later. */
function commandedAtRefusal(walkUp: WalkUp, state: At<'refused'>, command: Command): WalkUpStep {
  const { reader, awaits, canRetry } = state;
  if (command.kind === 'confirm' && canRetry) return look(walkUp, reader, awaits);
  if (awaits !== null) return command.kind === 'back' ? start(walkUp, reader) : [walkUp, []];
  return command.kind === 'changeCard' ? changeCard(walkUp, reader) : [walkUp, []];
}

/** A blocked PIN is not asked for. */
function askProof({ reader, card }: At<'found'>): WalkUpState {
  return card.triesLeft === 0 ? askCode(reader, card) : askPin(reader, card);
}

/** The last try wants a yes: an Enter that bounced, or is held down, is none (ID-04). */
function commandedAtPin(walkUp: WalkUp, state: At<'enterPin'>, command: Command): WalkUpStep {
  const { reader, card } = state;
  if (command.kind === 'back') return [at(walkUp, { kind: 'found', reader, card }), [WIPE_ALL]];
  if (command.kind === 'otherWay') return [at(walkUp, askCode(reader, card)), [WIPE_ALL]];
  if (command.kind === 'yes' && state.asksForLastTry) return prove(walkUp, reader, card, 'pin');
  if (command.kind !== 'confirm' || state.asksForLastTry) return [walkUp, []];
  if (state.length < PIN_MIN_LENGTH) return [at(walkUp, { ...state, error: 'length' }), []];
  if (card.triesLeft === LAST_TRY) return [at(walkUp, { ...state, asksForLastTry: true }), []];
  return prove(walkUp, reader, card, 'pin');
}

function commandedAtCode(walkUp: WalkUp, state: At<'enterCode'>, command: Command): WalkUpStep {
  const { reader, card } = state;
  if (state.explainsHelp) {
    const isRead = command.kind === 'back' || command.kind === 'confirm';
    return isRead ? [at(walkUp, { ...state, explainsHelp: false }), []] : [walkUp, []];
  }
  if (command.kind === 'otherWay') return [at(walkUp, { ...state, explainsHelp: true }), []];
  if (command.kind === 'back') {
    const before = card.triesLeft === 0 ? { kind: 'found' as const, reader, card } : askPin(reader, card);
    return [at(walkUp, before), [WIPE_ALL]];
  }
  if (command.kind !== 'confirm') return [walkUp, []];
  if (!CODE_LENGTHS.includes(state.length)) return [at(walkUp, { ...state, error: 'length' }), []];
  return prove(walkUp, reader, card, 'code');
}

function prove(walkUp: WalkUp, reader: number, card: CardView, by: ProvedBy): WalkUpStep {
  const attempt = walkUp.attempt + 1;
  const run = by === 'pin' ? 'prove' : 'proveByCode';
  return [
    { ...walkUp, attempt, state: { kind: 'proving', reader, card, attempt, by } },
    [{ run, reader, attempt, cardId: card.cardId }],
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
      return [at(walkUp, beforeReasons(state)), [WIPE_ALL]];
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

/** A code that was accepted is not asked for once more. */
function beforeReasons({ reader, card, by }: At<'chooseReason'>): WalkUpState {
  return by === 'pin' ? askPin(reader, card) : { kind: 'found', reader, card };
}

/** A position that the list does not have changes nothing. */
function select(walkUp: WalkUp, state: At<'chooseReason'>, selected: number): WalkUpStep {
  if (!state.reasons[selected] || selected === state.selected) return [walkUp, []];
  return [at(walkUp, { ...state, selected }), []];
}

/** Nobody has to wait for central to change their mind. */
function commandedWhileChecking(walkUp: WalkUp, state: At<'checking'>, command: Command): WalkUpStep {
  if (command.kind !== 'back') return [walkUp, []];
  const { reader, card, reasons, selected, by, attempt } = state;
  return [
    ended(walkUp, { kind: 'chooseReason', reader, card, reasons, selected, by }),
    [{ run: 'cancel', attempt }],
  ];
}

function commandedAtWarning(walkUp: WalkUp, state: At<'warning'>, command: Command): WalkUpStep {
  const { reader, card, reasons, selected, by } = state;
  if (command.kind === 'back') {
    if (state.hasAcceptedLoss) return [at(walkUp, { ...state, hasAcceptedLoss: false }), []];
    if (state.isResume) return start(walkUp, reader);
    return [at(walkUp, { kind: 'chooseReason', reader, card, reasons, selected, by }), []];
  }
  if (command.kind !== 'confirm') return [walkUp, []];
  if (state.losesKey && !state.hasAcceptedLoss) return [at(walkUp, { ...state, hasAcceptedLoss: true }), []];
  if (state.keepsPin) return beginWriting(walkUp, state);
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
  return beginWriting(walkUp, state.warning);
}

/** The rules as they are before the first digit. */
function unmet(verdicts: readonly PinVerdict[]): readonly PinVerdict[] {
  return verdicts.map((verdict) => ({ ...verdict, satisfied: false }));
}

function beginWriting(walkUp: WalkUp, warning: At<'warning'>): WalkUpStep {
  const { reader, card, keepsPin } = warning;
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
    [{ run: 'reprovision', attempt, cardId: card.cardId, reason: reason.code, acceptsKeyLoss, keepsPin }],
  ];
}

function commandedWhileWriting(walkUp: WalkUp, state: At<'writing'>, command: Command): WalkUpStep {
  if (command.kind !== 'back') return [walkUp, []];
  if (state.hasBegunWriting) return [at(walkUp, { ...state, explainsLeaving: !state.explainsLeaving }), []];
  return [walkUp, [{ run: 'cancel', attempt: state.attempt }]];
}
