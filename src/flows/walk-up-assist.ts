import type { Command } from './command.ts';
import type { HandOverWish } from './desk-event.ts';
import type { BlankView } from './issue-state.ts';
import type { WalkUp, WalkUpStep } from './walk-up.ts';
import { beginPinReset } from './walk-up-begin.ts';
import type { WalkUpEvent } from './walk-up-event.ts';
import { askNumber } from './walk-up-issue.ts';
import {
  type At,
  askCode,
  askNewPin,
  askPin,
  askTerms,
  at,
  ended,
  refused,
  start,
  WIPE_ALL,
} from './walk-up-moves.ts';
import { offerSoft } from './walk-up-soft.ts';
import type { CardView, Helper, WalkUpKind } from './walk-up-state.ts';
import { carryOut, check } from './walk-up-tasks.ts';

/**
 *   found, blank, enterPin, enterCode, insertCard ── asked ─▶ enterPin, enterCode, enterNumber   at the cardholder's turn
 *                                                   └──────▶ proving, provingNumber              the operator has vouched for them
 *
 * What an operator hands over is for one card: no other is worked on, and whoever goes back from it goes back to the operator
 * (RP-10, RP-11, ID-02). It is over when the first screen is there again.
 */
const ANOTHER_CARD = 'RP-11-other-card';

/** Nothing of these may be cut off. */
export const CANNOT_BE_CUT_OFF: readonly WalkUpKind[] = ['writing', 'written', 'savingSoft'];

/** Somebody helps from now on, or not any more. Whatever is on the screen stays there. */
export function assisted(walkUp: WalkUp, operator: Helper | null): WalkUpStep {
  return walkUp.operator?.name === operator?.name ? [walkUp, []] : [{ ...walkUp, operator }, []];
}

/** Where something may be begun that needs no card. */
const IDLE: readonly WalkUpKind[] = [
  'insertCard',
  'looking',
  'refused',
  'found',
  'blank',
  'enterPin',
  'enterCode',
  'enterNumber',
];

/** Begun at once with the card in hand; without one, as soon as it is put in. */
export function asked(walkUp: WalkUp, wish: HandOverWish): WalkUpStep {
  const { state } = walkUp;
  const next = { ...walkUp, wish };
  if (wish.kind === 'soft' && wish.proof.by === 'operator') {
    const { requestId, proof } = wish;
    const isIdle = IDLE.includes(state.kind) && !('awaits' in state && state.awaits !== null);
    return isIdle ? offerSoft(next, requestId, proof.statementId) : [walkUp, []];
  }
  switch (state.kind) {
    case 'insertCard':
      return [next, []];
    case 'looking':
      return state.awaits === null ? [next, []] : [walkUp, []];
    case 'found':
    case 'enterPin':
    case 'enterCode':
      return wiped(granted(next, wish, state.reader, state.card));
    case 'blank':
    case 'enterNumber':
      return wiped(grantedBlank(next, wish, state.reader, state.card));
    default:
      return [walkUp, []];
  }
}

/** What somebody has begun to type does not lie there while another has the keys: it is typed anew. */
export function covered(walkUp: WalkUp): WalkUpStep {
  const { state } = walkUp;
  switch (state.kind) {
    case 'enterPin':
      return wiped([at(walkUp, { ...state, length: 0, asksForLastTry: false }), []]);
    case 'enterCode':
    case 'enterNumber':
      return wiped([at(walkUp, { ...state, length: 0 }), []]);
    default:
      return [walkUp, []];
  }
}

/** Where nothing is being written. */
export function takenBack(walkUp: WalkUp): WalkUpStep {
  const { state } = walkUp;
  if (CANNOT_BE_CUT_OFF.includes(state.kind)) return [walkUp, []];
  if (state.kind !== 'insertCard') return start(walkUp, state.reader);
  return walkUp.wish === null ? [walkUp, []] : [{ ...walkUp, wish: null }, []];
}

/** Whoever goes back from the first thing that was handed over is done with it. */
export function withinWish(before: WalkUp, command: Command, step: WalkUpStep): WalkUpStep {
  const [after] = step;
  const isBack = before.wish !== null && command.kind === 'back' && after !== before;
  const { state } = after;
  const isOver = ['found', 'blank', 'chooseTask', 'chooseReason'].includes(state.kind);
  return isBack && isOver && 'reader' in state ? start(after, state.reader) : step;
}

/** With a card that is somebody's. */
export function granted(walkUp: WalkUp, wish: HandOverWish, reader: number, card: CardView): WalkUpStep {
  const isAnother = wish.kind === 'issue' || ('cardId' in wish && wish.cardId !== card.cardId);
  if (isAnother) return turnedAway(walkUp, reader, card);
  const proof = 'proof' in wish ? wish.proof : { by: 'pin' as const };
  if (proof.by === 'operator') {
    const attempt = walkUp.attempt + 1;
    const { cardId } = card;
    return [
      { ...walkUp, attempt, state: { kind: 'proving', reader, card, attempt, by: 'operator' } },
      [{ run: 'proveByOperator', attempt, cardId, proofId: proof.statementId }],
    ];
  }
  const isByCode = proof.by === 'code' || card.triesLeft === 0;
  return [at(walkUp, isByCode ? askCode(reader, card) : askPin(reader, card)), []];
}

/** With one that is nobody's yet. */
export function grantedBlank(
  walkUp: WalkUp,
  wish: HandOverWish,
  reader: number,
  card: BlankView,
): WalkUpStep {
  if (wish.kind !== 'issue') return turnedAway(walkUp, reader, card);
  if (wish.proof.by !== 'operator') return [at(walkUp, askNumber({ reader, card })), []];
  const attempt = walkUp.attempt + 1;
  return [
    { ...walkUp, attempt, state: { kind: 'provingNumber', reader, card, attempt } },
    [{ run: 'proveVouched', reader, attempt, proofId: wish.proof.statementId }],
  ];
}

/** What was wished for is gone on with; null: something that was begun comes first. */
export function provedForWish(
  walkUp: WalkUp,
  wish: HandOverWish,
  { reasons, tasks, open, terms }: Extract<WalkUpEvent, { type: 'proved' }>,
): WalkUpStep | null {
  const { state } = walkUp;
  if (state.kind !== 'proving') return null;
  const { reader, card, by } = state;
  if (wish.kind === 'pinReset' && open?.kind !== 'reprovision') {
    const reset = open?.kind === 'pinReset' ? open : null;
    const warning = atPinWarning(state, reset);
    return [at(walkUp, terms && !reset ? askTerms(terms, warning) : warning), []];
  }
  if (wish.kind === 'reprovision' && (open === null || open.kind === 'pinReset')) {
    const known = reasons.find(({ code }) => code === wish.reason);
    const reason = known ?? { code: wish.reason, titles: wish.reasonTitles ?? {} };
    return check(walkUp, { reader, card, by, reasons: [reason], tasks }, 0, wish.requestId);
  }
  if (wish.kind !== 'collection' && wish.kind !== 'soft') return null;
  const task = tasks.find(({ requestId }) => requestId === wish.requestId);
  return task === undefined ? null : carryOut(walkUp, { reader, card, by, reasons, tasks }, task);
}

/** @param open what has begun it */
export function atPinWarning(
  { reader, card, by }: Pick<At<'proving'>, 'reader' | 'card' | 'by'>,
  open: { readonly keepsPin: boolean } | null,
): At<'pinWarning'> {
  const keepsPin = open?.keepsPin === true && by === 'pin';
  const isResume = open !== null;
  return { kind: 'pinWarning', reader, card, by, isResume, keepsPin, acceptsTerms: null };
}

/** Nothing but the PIN is changed: the warning says so. */
export function commandedAtPinWarning(walkUp: WalkUp, state: At<'pinWarning'>, command: Command): WalkUpStep {
  if (command.kind === 'back') return start(walkUp, state.reader);
  if (command.kind !== 'confirm') return [walkUp, []];
  if (state.keepsPin) return beginPinReset(walkUp, state);
  return [at(walkUp, askNewPin(state)), [{ run: 'wipePins', fields: ['new', 'repeat'] }]];
}

/** Nobody has typed anything that would be lost. */
export function commandedWhileVouched(walkUp: WalkUp, state: At<'proving'>, command: Command): WalkUpStep {
  if (command.kind !== 'back' || state.by !== 'operator') return [walkUp, []];
  const [next, effects] = start(walkUp, state.reader);
  return [next, [{ run: 'cancel', attempt: state.attempt }, ...effects]];
}

/** Refused as the wrong one, without a word about whose it is (RP-11). */
function turnedAway(walkUp: WalkUp, reader: number, card: CardView | BlankView): WalkUpStep {
  const { cardId, serial } = card;
  const looking = { kind: 'looking', reader, attempt: walkUp.attempt, awaits: null, trouble: null } as const;
  return refused(ended(walkUp, looking), ANOTHER_CARD, false, { cardId, serial });
}

function wiped([walkUp, effects]: WalkUpStep): WalkUpStep {
  return [walkUp, [WIPE_ALL, ...effects]];
}
