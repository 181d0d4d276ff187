import type { Command } from './command.ts';
import type { ChosenSoft, SoftState } from './soft-state.ts';
import type { WalkUp, WalkUpStep } from './walk-up.ts';
import { type At, at, atTasks, ended, start } from './walk-up-moves.ts';

/**
 *   chooseTask ─▶ askingToken ─▶ softToken ─▶ insertCard
 *                      └──▶ softStopped
 *
 * Recovered keys that go onto the person's own computer (KR-08): the kiosk shows once what collects them there. Its bytes are wiped with the card
 * given back, whatever this is left by.
 */
export function askToken(walkUp: WalkUp, chosen: ChosenSoft): WalkUpStep {
  const attempt = walkUp.attempt + 1;
  const { task, proofId = null, acceptsTerms } = chosen;
  const state: SoftState = { ...chosen, kind: 'askingToken', attempt };
  return [
    { ...walkUp, attempt, state },
    [{ run: 'giveToken', attempt, requestId: task.requestId, proofId, acceptsTerms }],
  ];
}

/** Enter does nothing: one that bounced would take away what cannot be shown again. */
export function commandedAtToken(
  walkUp: WalkUp,
  state: At<'askingToken'> | At<'softToken'>,
  command: Command,
): WalkUpStep {
  if (command.kind !== 'back') return [walkUp, []];
  if (state.kind === 'softToken') return start(walkUp, state.reader);
  const { reader, card, task, tasks, reasons, attempt } = state;
  if (reader === null) {
    const [next, effects] = start(walkUp, null);
    return [next, [{ run: 'cancel', attempt }, ...effects]];
  }
  const before = atTasks({ reader, card, tasks, reasons, by: 'pin' }, task.requestId);
  return [ended(walkUp, before), [{ run: 'cancel', attempt }]];
}

export function tokenGiven(walkUp: WalkUp, given: Pick<At<'softToken'>, 'token' | 'url'>): WalkUpStep {
  const { state } = walkUp;
  if (state.kind !== 'askingToken') return [walkUp, []];
  const { token, url } = given;
  return [at(walkUp, { kind: 'softToken', reader: state.reader, token, url }), []];
}
