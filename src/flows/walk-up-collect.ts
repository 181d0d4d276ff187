import type { Difference } from '../domain/difference.ts';
import type { Collecting, CollectState } from './collect-state.ts';
import type { Command } from './command.ts';
import { choicesOf, obstacleIn, removalsOf } from './waiting-task.ts';
import type { WalkUp, WalkUpStep } from './walk-up.ts';
import { beginCollection } from './walk-up-begin.ts';
import { type At, askTerms, at, atTasks, ended, refused, start } from './walk-up-moves.ts';

/**
 *   chooseTask ─▶ comparing ─▶ difference ─▶ confirmRemoval ─▶ collectWarning ─▶ writing
 *                  │     ▲          │  nothing is removed ──────▲    ▲
 *      too little  ▼     │          └───────────────────────────┘    └── an unfinished one, after the proof
 *      room       chooseLeft
 *
 * Recovered keys onto the card (KR-05, KR-07). The difference is worked out anew before it is shown: nobody confirms an old
 * one, nor, by a double Enter, one that they have not seen. Where there are terms they come before it, once (RP-19).
 */
export function commandedAtCollection(walkUp: WalkUp, state: CollectState, command: Command): WalkUpStep {
  switch (state.kind) {
    case 'difference':
      return commandedAtDifference(walkUp, state, command);
    case 'chooseLeft':
      return commandedAtChoice(walkUp, state, command);
    case 'comparing':
      if (command.kind !== 'back') return [walkUp, []];
      return [ended(walkUp, beforeDifference(state)), [{ run: 'cancel', attempt: state.attempt }]];
    case 'confirmRemoval':
      return commandedAtRemoval(walkUp, state, command);
    case 'collectWarning':
      if (command.kind === 'confirm') return beginCollection(walkUp, state);
      if (command.kind !== 'back') return [walkUp, []];
      return state.isResume ? start(walkUp, state.reader) : [at(walkUp, atDifference(state)), []];
  }
}

/** Asks central what the update would do with what is left out of it. */
export function compare(walkUp: WalkUp, chosen: Collecting): WalkUpStep {
  const attempt = walkUp.attempt + 1;
  const { card, task, leavesOut } = chosen;
  return [
    { ...walkUp, attempt, state: { ...collecting(chosen), kind: 'comparing', attempt } },
    [{ run: 'compare', attempt, cardId: card.cardId, requestId: task.requestId, leavesOut }],
  ];
}

/** Central's answer: the difference to be confirmed, a choice to be made, or a refusal. */
export function compared(walkUp: WalkUp, difference: Difference): WalkUpStep {
  const { state } = walkUp;
  if (state.kind !== 'comparing') return [walkUp, []];
  const chosen = { ...collecting(state), difference };
  if (difference.problem === null) {
    const { terms } = chosen.task;
    const next = atDifference(chosen);
    return [at(walkUp, terms && !chosen.acceptsTerms ? askTerms(terms, next) : next), []];
  }
  const obstacle = obstacleIn(difference);
  if (obstacle !== null) return refused(walkUp, obstacle, true);
  return [at(walkUp, { ...atChoice(chosen), isStillTooFew: state.leavesOut.length > 0 }), []];
}

function commandedAtDifference(walkUp: WalkUp, state: At<'difference'>, command: Command): WalkUpStep {
  if (command.kind === 'back') return [at(walkUp, beforeDifference(state)), []];
  if (command.kind !== 'confirm') return scrolled(walkUp, state, command, state.difference.entries.length);
  if (removalsOf(state.difference).length > 0) {
    return [at(walkUp, { ...collecting(state), kind: 'confirmRemoval', row: 0 }), []];
  }
  return [at(walkUp, atWarning(state)), []];
}

/** A yes on purpose: an Enter that bounced, or is held down, is none. */
function commandedAtRemoval(walkUp: WalkUp, state: At<'confirmRemoval'>, command: Command): WalkUpStep {
  if (command.kind === 'yes') return [at(walkUp, atWarning(state)), []];
  if (command.kind === 'back') return [at(walkUp, atDifference(state)), []];
  return scrolled(walkUp, state, command, removalsOf(state.difference).length);
}

function commandedAtChoice(walkUp: WalkUp, state: At<'chooseLeft'>, command: Command): WalkUpStep {
  const choices = choicesOf(state.difference);
  switch (command.kind) {
    case 'back':
      return [at(walkUp, atTasks({ ...state, by: 'pin' }, state.task.requestId)), []];
    case 'toggle':
      return toggled(walkUp, state, state.row);
    case 'digit':
      return toggled(walkUp, state, command.digit - 1);
    case 'confirm':
      if (state.leavesOut.length > 0) return compare(walkUp, state);
      return state.hasChosenNone ? [walkUp, []] : [at(walkUp, { ...state, hasChosenNone: true }), []];
    default:
      return scrolled(walkUp, state, command, choices.length);
  }
}

function toggled(walkUp: WalkUp, state: At<'chooseLeft'>, row: number): WalkUpStep {
  const chosen = choicesOf(state.difference)[row]?.certificate.serialNumber;
  if (chosen === undefined) return [walkUp, []];
  const { leavesOut } = state;
  const next = leavesOut.includes(chosen)
    ? leavesOut.filter((serialNumber) => serialNumber !== chosen)
    : [...leavesOut, chosen];
  return [at(walkUp, { ...state, row, leavesOut: next, hasChosenNone: false }), []];
}

/** The row in sight; the ends of the list are where it stops. */
function scrolled(
  walkUp: WalkUp,
  state: At<'difference'> | At<'confirmRemoval'> | At<'chooseLeft'>,
  command: Command,
  count: number,
): WalkUpStep {
  const step = command.kind === 'up' ? -1 : command.kind === 'down' ? 1 : 0;
  const row = state.row + step;
  if (step === 0 || row < 0 || row >= count) return [walkUp, []];
  return [at(walkUp, { ...state, row }), []];
}

/** Where the difference was asked for. */
export function beforeDifference(state: Collecting): At<'chooseTask'> | At<'chooseLeft'> {
  if (state.leavesOut.length > 0) return atChoice(state);
  return atTasks({ ...state, by: 'pin' }, state.task.requestId);
}

function atDifference(state: Collecting): At<'difference'> {
  return { ...collecting(state), kind: 'difference', row: 0 };
}

function atChoice(state: Collecting): At<'chooseLeft'> {
  return { ...collecting(state), kind: 'chooseLeft', row: 0, isStillTooFew: false, hasChosenNone: false };
}

function atWarning(state: Collecting): At<'collectWarning'> {
  return { ...collecting(state), kind: 'collectWarning', isResume: false };
}

function collecting(state: Collecting): Collecting {
  const { reader, card, task, difference, leavesOut, acceptsTerms, tasks, reasons } = state;
  return { reader, card, task, difference, leavesOut, acceptsTerms, tasks, reasons };
}
