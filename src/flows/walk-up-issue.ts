import type { PlannedChange } from '../domain/planned-change.ts';
import type { Command } from './command.ts';
import type { BlankView, IssueState, IssueView } from './issue-state.ts';
import { TOO_FEW_SLOTS } from './waiting-task.ts';
import type { WalkUp, WalkUpStep } from './walk-up.ts';
import { grantedBlank } from './walk-up-assist.ts';
import type { SightedCard, WalkUpEvent } from './walk-up-event.ts';
import {
  type At,
  afterTerms,
  askNewPin,
  at,
  beforeWriting,
  changeCard,
  ended,
  refused,
  start,
  WIPE_ALL,
} from './walk-up-moves.ts';

/** Six digits that say which request, and a one-time code of eight or twelve (ID-02, ID-03). */
export const NUMBER_LENGTHS: readonly number[] = [14, 18];

/**
 *   blank ─▶ enterNumber ─▶ provingNumber ─▶ plan ─▶ issueWarning ─▶ newPin ─▶ writing
 *                 ▲── wrong ──────┘    │       ▲
 *                     too little room  ▼       │
 *                              issueChoice ─▶ planningIssue
 *
 * A new card for whoever has the number (KR-01). A card that an issue was cut off on begins here too, with the same number.
 */
export function commandedAtIssue(walkUp: WalkUp, state: IssueState, command: Command): WalkUpStep {
  switch (state.kind) {
    case 'blank':
      return commandedAtBlank(walkUp, state, command);
    case 'enterNumber':
      return commandedAtNumber(walkUp, state, command);
    case 'provingNumber':
      return [walkUp, []];
    case 'issueChoice':
      return commandedAtChoice(walkUp, state, command);
    case 'planningIssue':
      if (command.kind !== 'back') return [walkUp, []];
      return [ended(walkUp, atChoice(state)), [{ run: 'cancel', attempt: state.attempt }]];
    case 'issueWarning':
      if (command.kind === 'back') {
        return state.changes.length > 0
          ? [at(walkUp, beforeWriting(state)), []]
          : start(walkUp, state.reader);
      }
      if (command.kind !== 'confirm') return [walkUp, []];
      return [at(walkUp, askNewPin(state)), [{ run: 'wipePins', fields: ['new', 'repeat'] }]];
  }
}

/** What the card in the reader is, where nobody's record stands against its being issued. */
export function blankFound(walkUp: WalkUp, { cardId, serial }: SightedCard): WalkUpStep {
  const { state } = walkUp;
  if (state.kind !== 'looking') return [walkUp, []];
  const { awaits, reader } = state;
  const isAwaited = awaits !== null && (awaits.cardId === cardId || isNameless(awaits.work, cardId, serial));
  if (awaits !== null && !isAwaited) return refused(walkUp, 'RP-17-other-card', false, { cardId, serial });
  const card = { cardId, serial, isUnfinished: isAwaited || cardId !== null };
  if (walkUp.wish !== null) return grantedBlank(walkUp, walkUp.wish, reader, card);
  return [at(walkUp, atBlank(reader, card)), []];
}

/** A chip without a serial, on which nothing was written yet that names it: its number will tell. */
function isNameless(work: string, cardId: string | null, serial: string | null): boolean {
  return work === 'issue' && cardId === null && serial === null;
}

/** Central's answer to the number. */
export function numberProved(
  walkUp: WalkUp,
  { issue, problem }: Extract<WalkUpEvent, { type: 'numberProved' }>,
): WalkUpStep {
  const { state } = walkUp;
  return state.kind === 'provingNumber' ? planned(walkUp, state.reader, issue, problem) : [walkUp, []];
}

/** Central's answer to a choice of keys that are left for another time. */
export function issuePlanned(
  walkUp: WalkUp,
  { changes, problem }: Extract<WalkUpEvent, { type: 'issuePlanned' }>,
): WalkUpStep {
  const { state } = walkUp;
  if (state.kind !== 'planningIssue') return [walkUp, []];
  return planned(walkUp, state.reader, { ...issueOf(state), changes }, problem);
}

/** A number that was wrong; without a try left it is dead. */
export function wrongNumber(walkUp: WalkUp, state: At<'provingNumber'>, triesLeft: number): WalkUpStep {
  if (triesLeft === 0) return refused(walkUp, 'ID-03-code-dead', true);
  return [at(walkUp, { ...askNumber(state), error: 'wrong', triesLeft }), [WIPE_ALL]];
}

/** Recovered keys that may be left for another time, the newest first: in an order that a choice does not change. */
export function leavable(changes: readonly PlannedChange[]) {
  return changes
    .flatMap(({ change, certificate }) =>
      certificate && (change === 'restored' || change === 'left') ? [certificate] : [],
    )
    .sort((a, b) => b.notAfter.localeCompare(a.notAfter));
}

function planned(walkUp: WalkUp, reader: number, issue: IssueView, problem: string | null): WalkUpStep {
  if (problem === TOO_FEW_SLOTS) {
    const choice = atChoice({ reader, ...issue });
    return [at(walkUp, { ...choice, isStillTooFew: issue.leavesOut.length > 0 }), []];
  }
  if (problem !== null) return refused(walkUp, problem, true);
  const warning = { kind: 'issueWarning', reader, ...issue, acceptsTerms: null } as const;
  return [at(walkUp, afterTerms(warning, issue.terms)), []];
}

function commandedAtBlank(walkUp: WalkUp, state: At<'blank'>, command: Command): WalkUpStep {
  const { reader } = state;
  if (state.explainsHelp) {
    const isRead = command.kind === 'back' || command.kind === 'confirm';
    return isRead ? [at(walkUp, { ...state, explainsHelp: false }), []] : [walkUp, []];
  }
  switch (command.kind) {
    case 'confirm':
      return [at(walkUp, askNumber(state)), []];
    case 'otherWay':
      return [at(walkUp, { ...state, explainsHelp: true }), []];
    case 'changeCard':
      return changeCard(walkUp, reader);
    case 'back':
      return start(walkUp, reader);
    default:
      return [walkUp, []];
  }
}

function commandedAtNumber(walkUp: WalkUp, state: At<'enterNumber'>, command: Command): WalkUpStep {
  const { reader, card } = state;
  if (command.kind === 'back') return [at(walkUp, atBlank(reader, card)), [WIPE_ALL]];
  if (command.kind === 'otherWay')
    return [at(walkUp, { ...atBlank(reader, card), explainsHelp: true }), [WIPE_ALL]];
  if (command.kind !== 'confirm') return [walkUp, []];
  if (!NUMBER_LENGTHS.includes(state.length)) return [at(walkUp, { ...state, error: 'length' }), []];
  const attempt = walkUp.attempt + 1;
  return [
    { ...walkUp, attempt, state: { kind: 'provingNumber', reader, card, attempt } },
    [{ run: 'proveByNumber', reader, attempt }],
  ];
}

function commandedAtChoice(walkUp: WalkUp, state: At<'issueChoice'>, command: Command): WalkUpStep {
  const choices = leavable(state.changes);
  switch (command.kind) {
    case 'back':
      return start(walkUp, state.reader);
    case 'toggle':
      return toggled(walkUp, state, state.row);
    case 'digit':
      return toggled(walkUp, state, command.digit - 1);
    case 'up':
    case 'down': {
      const row = state.row + (command.kind === 'up' ? -1 : 1);
      return row < 0 || row >= choices.length ? [walkUp, []] : [at(walkUp, { ...state, row }), []];
    }
    case 'confirm':
      if (state.leavesOut.length > 0) return plan(walkUp, state);
      return state.hasChosenNone ? [walkUp, []] : [at(walkUp, { ...state, hasChosenNone: true }), []];
    default:
      return [walkUp, []];
  }
}

function toggled(walkUp: WalkUp, state: At<'issueChoice'>, row: number): WalkUpStep {
  const chosen = leavable(state.changes)[row]?.serialNumber;
  if (chosen === undefined) return [walkUp, []];
  const rest = state.leavesOut.filter((serialNumber) => serialNumber !== chosen);
  const leavesOut = rest.length < state.leavesOut.length ? rest : [...rest, chosen];
  return [at(walkUp, { ...state, row, leavesOut, hasChosenNone: false }), []];
}

function plan(walkUp: WalkUp, state: At<'issueChoice'>): WalkUpStep {
  const attempt = walkUp.attempt + 1;
  const { reader, requestId, leavesOut } = state;
  return [
    { ...walkUp, attempt, state: { kind: 'planningIssue', reader, attempt, ...issueOf(state) } },
    [{ run: 'planIssue', attempt, requestId, leavesOut }],
  ];
}

/** An empty card in hand. */
function atBlank(reader: number, card: BlankView): At<'blank'> {
  return { kind: 'blank', reader, card, explainsHelp: false };
}

/** The number of a new card, nothing typed yet. */
export function askNumber({
  reader,
  card,
}: {
  readonly reader: number;
  readonly card: BlankView;
}): At<'enterNumber'> {
  return { kind: 'enterNumber', reader, card, length: 0, error: null, triesLeft: null };
}

function atChoice(state: IssueView & { readonly reader: number }): At<'issueChoice'> {
  const choice = { row: 0, isStillTooFew: false, hasChosenNone: false };
  return { kind: 'issueChoice', reader: state.reader, ...issueOf(state), ...choice };
}

function issueOf({ requestId, card, isResume, changes, leavesOut, inPlaceOf, terms }: IssueView): IssueView {
  return { requestId, card, isResume, changes, leavesOut, inPlaceOf, terms };
}
