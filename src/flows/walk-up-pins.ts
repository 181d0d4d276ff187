import type { PinVerdict } from '../domain/pin-policy.ts';
import type { Command } from './command.ts';
import type { WalkUp, WalkUpStep } from './walk-up.ts';
import { beginIssue, beginPinReset, beginRewrite } from './walk-up-begin.ts';
import type { WalkUpEffect } from './walk-up-event.ts';
import { type At, askCode, askNewPin, askPin, at, WIPE_ALL } from './walk-up-moves.ts';
import type { CardView, ProvedBy, WalkUpState } from './walk-up-state.ts';

/** PIN tries below which the person is warned before the next one (ID-04). */
const LAST_TRY = 1;
const PIN_MIN_LENGTH = 6;
/** A short and a long one-time code (ID-03). */
const CODE_LENGTHS = [8, 12];

/** A blocked PIN is not asked for. */
export function askProof({ reader, card }: At<'found'>): WalkUpState {
  return card.triesLeft === 0 ? askCode(reader, card) : askPin(reader, card);
}

/** The last try wants a yes: an Enter that bounced, or is held down, is none (ID-04). */
export function commandedAtPin(walkUp: WalkUp, state: At<'enterPin'>, command: Command): WalkUpStep {
  const { reader, card } = state;
  if (command.kind === 'back') return [at(walkUp, { kind: 'found', reader, card }), [WIPE_ALL]];
  if (command.kind === 'otherWay') return [at(walkUp, askCode(reader, card)), [WIPE_ALL]];
  if (command.kind === 'yes' && state.asksForLastTry) return prove(walkUp, reader, card, 'pin');
  if (command.kind !== 'confirm' || state.asksForLastTry) return [walkUp, []];
  if (state.length < PIN_MIN_LENGTH) return [at(walkUp, { ...state, error: 'length' }), []];
  if (card.triesLeft === LAST_TRY) return [at(walkUp, { ...state, asksForLastTry: true }), []];
  return prove(walkUp, reader, card, 'pin');
}

/** A code that is dead or wrong is answered by central; here it is only as long as codes are. */
export function commandedAtCode(walkUp: WalkUp, state: At<'enterCode'>, command: Command): WalkUpStep {
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

function prove(
  walkUp: WalkUp,
  reader: number,
  card: CardView,
  by: Exclude<ProvedBy, 'operator'>,
): WalkUpStep {
  const attempt = walkUp.attempt + 1;
  const run = by === 'pin' ? 'prove' : 'proveByCode';
  return [
    { ...walkUp, attempt, state: { kind: 'proving', reader, card, attempt, by } },
    [{ run, reader, attempt, cardId: card.cardId }],
  ];
}

/** Typed twice, and good by the policy (RP-14). */
export function commandedAtNewPin(walkUp: WalkUp, state: At<'newPin'>, command: Command): WalkUpStep {
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
  const { warning } = state;
  switch (warning.kind) {
    case 'warning':
      return beginRewrite(walkUp, warning);
    case 'issueWarning':
      return beginIssue(walkUp, warning);
    case 'pinWarning':
      return beginPinReset(walkUp, warning);
  }
}

/** The rules as they are before the first digit. */
function unmet(verdicts: readonly PinVerdict[]): readonly PinVerdict[] {
  return verdicts.map((verdict) => ({ ...verdict, satisfied: false }));
}
