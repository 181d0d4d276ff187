/** What a desk leaves behind when it goes on, found by comparing: so no way out of anything can forget it. */
import type { Desk } from './desk.ts';
import type { DeskEffect, DeskEvent } from './desk-event.ts';
import type { DeskDialog, DeskPage, DeskPinField, DeskState } from './desk-state.ts';

/** The effects of a move, with all that has to be cleared and claimed besides. */
export function settled(
  before: Desk,
  after: Desk,
  event: DeskEvent,
  effects: readonly DeskEffect[],
): readonly DeskEffect[] {
  const [claimedBefore, claimedAfter] = [claimedBy(before), claimedBy(after)];
  const claim = claimedAfter.filter((reader) => !claimedBefore.includes(reader));
  const unclaim = claimedBefore.filter((reader) => !claimedAfter.includes(reader));
  const awaited = attemptsOf(after.state);
  const answered = 'attempt' in event ? event.attempt : null;
  const left = attemptsOf(before.state).filter((one) => one !== answered && !awaited.includes(one));
  return [
    ...claim.map((reader) => ({ run: 'claim', reader }) as const),
    ...left.map((attempt) => ({ run: 'cancel', attempt }) as const),
    ...wiped(before.state, after.state),
    ...(hasSession(before.state) && !hasSession(after.state) ? [{ run: 'signOut' } as const] : []),
    ...unclaim.map((reader) => ({ run: 'unclaim', reader }) as const),
    ...effects,
  ];
}

/** Readers that the walk-up hears nothing of. */
export function claimedBy({ state, reader }: Desk): readonly number[] {
  const own = reader === null ? [] : [reader];
  const step = state.kind === 'open' ? state.dialog?.step : undefined;
  if (step?.kind === 'lookingAtWitness') return [...own, step.reader];
  const isWitness = (step?.kind === 'sign' || step?.kind === 'signing') && step.who === 'witness';
  return isWitness ? [...own, step.reader] : own;
}

/** Which PIN buffer the keys go to now, or null. */
export function deskPinFieldOf(state: DeskState): DeskPinField | null {
  if (state.kind === 'enterOperatorPin') return 'operator';
  if (state.kind !== 'open' || state.dialog?.step.kind !== 'sign') return null;
  return state.dialog.step.who;
}

/** A PIN lies in its buffer as long as it is typed and until what it is for is answered. */
function wiped(before: DeskState, after: DeskState): readonly DeskEffect[] {
  const field = holdsPin(before);
  if (field === null) return [];
  const isTypedAnew = deskPinFieldOf(before) === null && deskPinFieldOf(after) !== null;
  return holdsPin(after) === field && !isTypedAnew ? [] : [{ run: 'wipePins', fields: [field] }];
}

function holdsPin(state: DeskState): DeskPinField | null {
  if (state.kind === 'signingIn') return 'operator';
  const step = state.kind === 'open' ? state.dialog?.step : undefined;
  return step?.kind === 'signing' ? step.who : deskPinFieldOf(state);
}

/** Central may have begun one already while it is signed in. */
function hasSession({ kind }: DeskState): boolean {
  return kind === 'open' || kind === 'handedOver' || kind === 'signingIn';
}

/** Every answer that something waits for. */
export function attemptsOf(state: DeskState): readonly number[] {
  const attempts = 'attempt' in state ? [state.attempt] : [];
  if (state.kind !== 'open') return attempts;
  return [...state.pages.flatMap(attemptsOfPage), ...(state.dialog ? attemptsOfStep(state.dialog) : [])];
}

function attemptsOfPage(page: DeskPage): readonly number[] {
  const asked = [
    'attempt' in page ? page.attempt : null,
    page.kind === 'person' ? (page.photo?.attempt ?? null) : null,
    page.kind === 'card' ? (page.onCard?.attempt ?? null) : null,
    page.kind === 'kiosk' && page.test?.kind === 'faults' ? page.test.attempt : null,
  ];
  return asked.filter((attempt) => attempt !== null);
}

function attemptsOfStep({ step }: DeskDialog): readonly number[] {
  return 'attempt' in step ? [step.attempt] : [];
}
