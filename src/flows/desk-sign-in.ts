import type { Command } from './command.ts';
import type { Desk } from './desk.ts';
import { at, away, type DeskMove, STAY } from './desk-moves.ts';
import type { DeskState } from './desk-state.ts';

type EnterPin = Extract<DeskState, { kind: 'enterOperatorPin' }>;

/** PIN tries below which a yes on purpose is wanted before the next one (ID-04). */
const LAST_TRY = 1;
const PIN_MIN_LENGTH = 6;

/** What a PIN that is typed can say besides how long it is. */
interface Typed {
  readonly triesLeft: number | null;
  readonly length: number;
  readonly error: null | 'wrong' | 'length';
  readonly asksForLastTry: boolean;
}

/** What a key says where a PIN is asked for: go on, or what is changed. Null: nothing (ID-04). */
export function atPin(typed: Typed, command: Command): 'go' | Pick<Typed, 'error' | 'asksForLastTry'> | null {
  if (typed.asksForLastTry) return command.kind === 'yes' ? 'go' : null;
  if (command.kind !== 'confirm') return null;
  const { asksForLastTry } = typed;
  if (typed.length < PIN_MIN_LENGTH) return { error: 'length', asksForLastTry };
  return typed.triesLeft === LAST_TRY ? { error: typed.error, asksForLastTry: true } : 'go';
}

function isOtherCard(command: Command): boolean {
  return command.kind === 'changeCard' || (command.kind === 'letter' && command.letter === 'C');
}

/** Keys before somebody is signed in, and after they have been signed out. */
export function commandedAtSignIn(desk: Desk, command: Command): DeskMove {
  const { state } = desk;
  switch (state.kind) {
    case 'away':
      return command.kind === 'openDesk' ? begin(desk) : [desk, STAY];
    case 'signedOut':
      if (command.kind === 'openDesk') return begin(desk);
      return command.kind === 'back' || command.kind === 'confirm' ? away(desk) : [desk, STAY];
    case 'askCard':
      if (command.kind === 'back') return away(desk);
      return command.kind === 'confirm' || isOtherCard(command) ? begin(desk) : [desk, STAY];
    case 'lookingAtOperator':
      return command.kind === 'back' ? away(desk) : [desk, STAY];
    case 'signInRefused':
      if (command.kind === 'back') return away(desk);
      if (isOtherCard(command)) return otherCard(desk, state.reader);
      return command.kind === 'confirm' ? lookAt(desk, state.reader) : [desk, STAY];
    case 'enterOperatorPin':
      return commandedAtPin(desk, state, command);
    case 'signingIn':
      return command.kind === 'back' ? away(desk) : [desk, STAY];
    default:
      return [desk, STAY];
  }
}

/** A card that comes in while one is asked for is the operator's. */
export function cardInsertedAtSignIn(desk: Desk, reader: number): DeskMove {
  return desk.state.kind === 'askCard' ? lookAt(desk, reader) : [desk, STAY];
}

/**
 * The card of whoever was signed in last, where it was left in; else the one that came last: nobody shall type their PIN into a card
 * that somebody has forgotten. Not one that the walk-up is at, unless it has found whose it is.
 */
function begin(desk: Desk): DeskMove {
  const { inHand, occupied, lastReader } = desk;
  const isFound = inHand.kind === 'known' || inHand.kind === 'refused';
  const worked = 'reader' in inHand && !isFound ? inHand.reader : null;
  const free = occupied.filter((reader) => reader !== worked);
  const reader = free.find((one) => one === lastReader) ?? free.at(-1);
  if (reader !== undefined) return lookAt(desk, reader);
  return desk.state.kind === 'askCard' ? [desk, STAY] : [at(desk, { kind: 'askCard' }), STAY];
}

function lookAt(desk: Desk, reader: number): DeskMove {
  const attempt = desk.attempt + 1;
  const isInHand = 'reader' in desk.inHand && desk.inHand.reader === reader;
  const inHand = isInHand ? ({ kind: 'none' } as const) : desk.inHand;
  return [
    { ...desk, attempt, reader, inHand, state: { kind: 'lookingAtOperator', reader, attempt } },
    [{ run: 'lookAtCard', attempt, reader, who: 'operator' }],
  ];
}

/** The next reader with a card; where there is none, one is asked for. */
function otherCard(desk: Desk, reader: number): DeskMove {
  const { occupied, inHand } = desk;
  const next = occupied[(occupied.indexOf(reader) + 1) % Math.max(1, occupied.length)];
  // What is being written is nobody's to take.
  const isAtWork = inHand.kind === 'busy' && inHand.reader === next;
  if (next === undefined || next === reader || isAtWork) {
    return [{ ...desk, reader: null, state: { kind: 'askCard' } }, STAY];
  }
  return lookAt(desk, next);
}

function commandedAtPin(desk: Desk, state: EnterPin, command: Command): DeskMove {
  const { reader, cardId, holderName } = state;
  if (command.kind === 'back') return away(desk);
  if (isOtherCard(command)) return otherCard(desk, reader);
  const said = atPin(state, command);
  if (said === null) return [desk, STAY];
  if (said !== 'go') return [at(desk, { ...state, ...said }), STAY];
  const attempt = desk.attempt + 1;
  return [
    { ...desk, attempt, state: { kind: 'signingIn', reader, cardId, holderName, attempt } },
    [{ run: 'signIn', attempt, reader, cardId }],
  ];
}
