import type { Command } from './command.ts';
import { obstacleTo, reasonOf, type WaitingTask } from './waiting-task.ts';
import type { WalkUp, WalkUpStep } from './walk-up.ts';
import { compare } from './walk-up-collect.ts';
import { type At, askPin, at, atReasons, atTasks, type Proven, WIPE_ALL } from './walk-up-moves.ts';
import { askSoft } from './walk-up-soft.ts';
import type { WalkUpState } from './walk-up-state.ts';

/** Something that waits, or the rewriting of the card. What cannot be done now says why, and Enter does nothing. */
export function commandedAtTasks(walkUp: WalkUp, state: At<'chooseTask'>, command: Command): WalkUpStep {
  if (command.kind === 'back') return [at(walkUp, beforeChoice(state)), [WIPE_ALL]];
  if (command.kind !== 'confirm') return moved(walkUp, state, command, state.tasks.length + 1);
  const task = state.tasks[state.selected];
  if (task === undefined) return [at(walkUp, atReasons(state, 0)), []];
  return carryOut(walkUp, state, task) ?? [walkUp, []];
}

/** What waits is begun; null: something is in its way. */
export function carryOut(walkUp: WalkUp, state: Proven, task: WaitingTask): WalkUpStep | null {
  if (obstacleTo(task, state.by, state.reasons) !== null) return null;
  if (task.kind === 'cardUpdate') {
    return check(walkUp, state, reasonOf(task, state.reasons), task.requestId);
  }
  const { reader, card, tasks, reasons } = state;
  if (task.kind === 'softCertificate')
    return askSoft(walkUp, { reader, card, tasks, reasons, task, acceptsTerms: null });
  if (task.difference === null) return null;
  return compare(walkUp, {
    ...{ reader, card, tasks, reasons, task },
    ...{ difference: task.difference, leavesOut: [], acceptsTerms: null },
  });
}

/** Why the card is rewritten (RP-12). */
export function commandedAtReasons(walkUp: WalkUp, state: At<'chooseReason'>, command: Command): WalkUpStep {
  if (command.kind === 'back') {
    if (state.tasks.length > 0)
      return [at(walkUp, { ...atTasks(state, null), selected: state.tasks.length }), []];
    return [at(walkUp, beforeChoice(state)), [WIPE_ALL]];
  }
  if (command.kind === 'confirm') return check(walkUp, state, state.selected, null);
  return moved(walkUp, state, command, state.reasons.length);
}

/** Central is asked what this would do, before anybody is warned. */
export function check(walkUp: WalkUp, state: Proven, selected: number, requestId: string | null): WalkUpStep {
  const { reader, card, by, reasons, tasks } = state;
  const reason = reasons[selected];
  if (!reason) return [walkUp, []];
  const attempt = walkUp.attempt + 1;
  return [
    {
      ...{ ...walkUp, attempt },
      state: { kind: 'checking', reader, card, by, reasons, tasks, selected, requestId, attempt },
    },
    [{ run: 'check', attempt, cardId: card.cardId, reason: reason.code }],
  ];
}

/** A code that was accepted is not asked for once more. */
function beforeChoice({ reader, card, by }: Proven): WalkUpState {
  return by === 'pin' ? askPin(reader, card) : { kind: 'found', reader, card };
}

/** The cursor goes round at both ends. A position that the list does not have changes nothing. */
function moved(
  walkUp: WalkUp,
  state: At<'chooseTask'> | At<'chooseReason'>,
  command: Command,
  count: number,
): WalkUpStep {
  const selected = positionAfter(state.selected, command, count);
  if (selected === state.selected || selected < 0 || selected >= count) return [walkUp, []];
  return [at(walkUp, { ...state, selected }), []];
}

function positionAfter(selected: number, command: Command, count: number): number {
  if (count === 0) return selected;
  if (command.kind === 'up') return (selected + count - 1) % count;
  if (command.kind === 'down') return (selected + 1) % count;
  return command.kind === 'digit' ? command.digit - 1 : selected;
}
