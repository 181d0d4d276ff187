import type { Command } from './command.ts';
import type { WalkUp, WalkUpStep } from './walk-up.ts';
import { commandedAtPinWarning, commandedWhileVouched } from './walk-up-assist.ts';
import { beginRewrite } from './walk-up-begin.ts';
import { commandedAtCollection } from './walk-up-collect.ts';
import { askToEmpty, commandedAtEmptyWarning } from './walk-up-empty.ts';
import { commandedAtIssue } from './walk-up-issue.ts';
import {
  type At,
  askNewPin,
  at,
  awaitedBy,
  beforeWarning,
  beforeWriting,
  changeCard,
  ended,
  interrupted,
  look,
  start,
  withdrawn,
} from './walk-up-moves.ts';
import { askContents, commandedAtMyCard } from './walk-up-my-card.ts';
import { askProof, commandedAtCode, commandedAtNewPin, commandedAtPin } from './walk-up-pins.ts';
import { commandedAtSoft } from './walk-up-soft.ts';
import { commandedAtReasons, commandedAtTasks } from './walk-up-tasks.ts';
import { commandedAtTerms } from './walk-up-terms.ts';

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
      if (command.kind === 'showCard') return askContents(walkUp, state);
      if (command.kind === 'back') return start(walkUp, state.reader);
      return command.kind === 'confirm' ? [at(walkUp, askProof(state)), []] : [walkUp, []];
    case 'onMyCard':
      return commandedAtMyCard(walkUp, state, command);
    case 'emptyWarning':
      return commandedAtEmptyWarning(walkUp, state, command);
    case 'enterPin':
      return commandedAtPin(walkUp, state, command);
    case 'enterCode':
      return commandedAtCode(walkUp, state, command);
    case 'chooseTask':
      return commandedAtTasks(walkUp, state, command);
    case 'chooseReason':
      return commandedAtReasons(walkUp, state, command);
    case 'checking':
      return commandedWhileChecking(walkUp, state, command);
    case 'terms':
      return commandedAtTerms(walkUp, state, command);
    case 'pinWarning':
      return commandedAtPinWarning(walkUp, state, command);
    case 'proving':
      return commandedWhileVouched(walkUp, state, command);
    case 'plan':
      return commandedAtPlan(walkUp, state, command);
    case 'warning':
      return commandedAtWarning(walkUp, state, command);
    case 'newPin':
      return commandedAtNewPin(walkUp, state, command);
    case 'writing':
      return commandedWhileWriting(walkUp, state, command);
    case 'written':
      return command.kind === 'back' && !state.isCardIn ? start(walkUp, null) : [walkUp, []];
    case 'done':
      return isNextWanted(state, command) ? look(walkUp, state.reader, null) : [walkUp, []];
    case 'difference':
    case 'chooseLeft':
    case 'comparing':
    case 'confirmRemoval':
    case 'collectWarning':
      return commandedAtCollection(walkUp, state, command);
    case 'blank':
    case 'enterNumber':
    case 'provingNumber':
    case 'issueChoice':
    case 'planningIssue':
    case 'issueWarning':
      return commandedAtIssue(walkUp, state, command);
    case 'offeringSoft':
    case 'askingToken':
    case 'softToken':
    case 'chooseMedium':
    case 'softEncryption':
    case 'softPassword':
    case 'savingSoft':
    case 'softStopped':
    case 'softDone':
      return commandedAtSoft(walkUp, state, command);
    case 'interrupted':
      if (command.kind === 'back') return start(walkUp, state.reader);
      return command.kind === 'confirm' && state.isCardIn
        ? look(walkUp, state.reader, awaitedBy(state))
        : [walkUp, []];
    default:
      return [walkUp, []];
  }
}

/** Something else waits for whoever has left their card in: it is proved anew, since nothing of the PIN is left. */
function isNextWanted({ isCardIn, stillWaiting }: At<'done'>, command: Command): boolean {
  return command.kind === 'confirm' && isCardIn && stillWaiting > 0;
}

/** All readers are looked at again, the card that was passed over after the others; one that an operator has left in comes last. */
function commandedAtStart(walkUp: WalkUp, { passedOver }: At<'insertCard'>, command: Command): WalkUpStep {
  if (command.kind !== 'changeCard' && command.kind !== 'confirm') return [walkUp, []];
  const { occupied, left = [] } = walkUp;
  const theirs = occupied.filter((reader) => !left.includes(reader));
  const other = theirs.find((reader) => reader !== passedOver) ?? theirs[0] ?? occupied[0];
  return other === undefined ? [walkUp, []] : look(walkUp, other, null);
}

/** While an unfinished card is waited for, Esc is the way to leave that for later. */
function commandedAtRefusal(walkUp: WalkUp, state: At<'refused'>, command: Command): WalkUpStep {
  const { reader, awaits, canRetry, cancelled, isForOneCard } = state;
  if (!state.isCardIn) return commandedAtRead(walkUp, state, command);
  if (command.kind === 'showCard') return askContents(walkUp, state);
  if (command.kind === 'confirm' && cancelled) return askToEmpty(walkUp, reader, cancelled);
  if (command.kind === 'confirm' && canRetry) return look(walkUp, reader, awaits);
  if (awaits !== null || isForOneCard) return command.kind === 'back' ? start(walkUp, reader) : [walkUp, []];
  return command.kind === 'changeCard' ? changeCard(walkUp, reader) : [walkUp, []];
}

/** The card is out: whoever has read why goes on, and an unfinished one is waited for again. */
function commandedAtRead(walkUp: WalkUp, { reader, awaits }: At<'refused'>, command: Command): WalkUpStep {
  if (command.kind === 'confirm' && awaits !== null) return interrupted(walkUp, reader, awaits);
  return command.kind === 'confirm' || command.kind === 'back' ? start(walkUp, null) : [walkUp, []];
}

/** Nobody has to wait for central to change their mind. */
function commandedWhileChecking(walkUp: WalkUp, state: At<'checking'>, command: Command): WalkUpStep {
  if (command.kind !== 'back') return [walkUp, []];
  return [ended(walkUp, beforeWarning(state)), [{ run: 'cancel', attempt: state.attempt }]];
}

function commandedAtWarning(walkUp: WalkUp, state: At<'warning'>, command: Command): WalkUpStep {
  if (command.kind === 'back') {
    if (state.hasAcceptedLoss) return [at(walkUp, { ...state, hasAcceptedLoss: false }), []];
    if (state.changes.length > 0) return [at(walkUp, beforeWriting(state)), []];
    return withdrawn(walkUp, state);
  }
  if (command.kind !== 'confirm') return [walkUp, []];
  if (state.losesKey && !state.hasAcceptedLoss) return [at(walkUp, { ...state, hasAcceptedLoss: true }), []];
  if (state.keepsPin) return beginRewrite(walkUp, state);
  return [at(walkUp, askNewPin(state)), [{ run: 'wipePins', fields: ['new', 'repeat'] }]];
}

/** Read through; what is written there cannot be chosen. */
function commandedAtPlan(walkUp: WalkUp, state: At<'plan'>, command: Command): WalkUpStep {
  if (command.kind === 'confirm') return [at(walkUp, state.warning), []];
  if (command.kind === 'back') return withdrawn(walkUp, state.warning);
  const step = command.kind === 'up' ? -1 : command.kind === 'down' ? 1 : 0;
  const row = state.row + step;
  if (step === 0 || row < 0 || row >= state.warning.changes.length) return [walkUp, []];
  return [at(walkUp, { ...state, row }), []];
}

function commandedWhileWriting(walkUp: WalkUp, state: At<'writing'>, command: Command): WalkUpStep {
  if (command.kind !== 'back') return [walkUp, []];
  if (state.hasBegunWriting) return [at(walkUp, { ...state, explainsLeaving: !state.explainsLeaving }), []];
  return [walkUp, [{ run: 'cancel', attempt: state.attempt }]];
}
