import type { OperationKind } from '../domain/request.ts';
import { removalsOf, stillWaiting } from './waiting-task.ts';
import type { WalkUp, WalkUpStep } from './walk-up.ts';
import type { At } from './walk-up-moves.ts';
import type { CardView } from './walk-up-state.ts';

/** The card is rewritten, for the reason and with the PIN that were chosen. */
export function beginRewrite(walkUp: WalkUp, warning: At<'warning'>): WalkUpStep {
  const { card, keepsPin, requestId, tasks, reasons } = warning;
  const reason = reasons[warning.selected];
  if (!reason) return [walkUp, []];
  const attempt = walkUp.attempt + 1;
  const acceptsKeyLoss = warning.losesKey && warning.hasAcceptedLoss;
  // A rewrite for the same reason is what an update has asked for, also where nobody has chosen that (RP-15).
  const left = stillWaiting(
    tasks,
    reasons,
    (task) => task.kind === 'cardUpdate' && task.reason === reason.code,
  );
  return [
    { ...walkUp, attempt, state: writing(warning, attempt, 'reprovision', left) },
    [
      {
        ...{ run: 'reprovision', attempt, cardId: card.cardId, reason: reason.code },
        ...{ acceptsKeyLoss, keepsPin, requestId, acceptsTerms: warning.acceptsTerms },
        witnessId: witnessOf(walkUp),
      },
    ],
  ];
}

/** Recovered keys are brought onto the card. What a resume does was chosen and confirmed when it was begun. */
export function beginCollection(walkUp: WalkUp, warning: At<'collectWarning'>): WalkUpStep {
  const attempt = walkUp.attempt + 1;
  const { cardId } = warning.card;
  if (warning.isResume) {
    const chosen = { requestId: warning.requestId, leavesOut: [], confirmedRemovals: [], acceptsTerms: null };
    return [
      { ...walkUp, attempt, state: collecting(warning, attempt, 0) },
      [{ run: 'collect', attempt, cardId, ...chosen }],
    ];
  }
  const { leavesOut, acceptsTerms } = warning;
  const { requestId } = warning.task;
  const confirmedRemovals = removalsOf(warning.difference).map(({ serialNumber }) => serialNumber);
  const left = stillWaiting(warning.tasks, warning.reasons, (task) => task.requestId === requestId);
  return [
    { ...walkUp, attempt, state: collecting(warning, attempt, left) },
    [{ run: 'collect', attempt, cardId, requestId, leavesOut, confirmedRemovals, acceptsTerms }],
  ];
}

/** What it takes off is told at the end (UX-07). */
function collecting(warning: At<'collectWarning'>, attempt: number, left: number): At<'writing'> {
  const removed = warning.difference ? removalsOf(warning.difference).length : 0;
  const state = writing(warning, attempt, 'collection', left);
  return removed === 0 ? state : { ...state, removed };
}

/** A blank card is made somebody's. What else waits is asked by its new PIN, another time. */
export function beginIssue(walkUp: WalkUp, warning: At<'issueWarning'>): WalkUpStep {
  const attempt = walkUp.attempt + 1;
  const { card, requestId, leavesOut, acceptsTerms } = warning;
  const witnessId = witnessOf(walkUp);
  return [
    { ...walkUp, attempt, state: writing(warning, attempt, 'issue', 0) },
    [{ run: 'issue', attempt, cardId: card.cardId, requestId, leavesOut, acceptsTerms, witnessId }],
  ];
}

/** A new PIN, and nothing else of the card. */
export function beginPinReset(walkUp: WalkUp, warning: At<'pinWarning'>): WalkUpStep {
  const attempt = walkUp.attempt + 1;
  const { card, keepsPin, acceptsTerms } = warning;
  const witnessId = witnessOf(walkUp);
  return [
    { ...walkUp, attempt, state: writing(warning, attempt, 'pinReset', 0) },
    [{ run: 'resetPin', attempt, cardId: card.cardId, keepsPin, acceptsTerms, witnessId }],
  ];
}

/** What a second operator has signed for it. */
function witnessOf({ wish }: WalkUp): string | null {
  return wish !== null && 'witnessId' in wish ? wish.witnessId : null;
}

function writing(
  { reader, card }: { readonly reader: number; readonly card: CardView },
  attempt: number,
  work: OperationKind,
  left: number,
): At<'writing'> {
  return {
    ...{ kind: 'writing', reader, card, attempt, work, stillWaiting: left },
    ...{ progress: null, hasBegunWriting: false, waitsForCentral: false, explainsLeaving: false },
  };
}
