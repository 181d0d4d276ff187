import { answered } from './walk-up-answers.ts';
import { commanded } from './walk-up-commands.ts';
import type { PinField, WalkUpEffect, WalkUpEvent } from './walk-up-event.ts';
import { at, ended, look, RELEASE, start, WIPE_ALL } from './walk-up-moves.ts';
import type { WalkUpState } from './walk-up-state.ts';

/**
 *   insertCard ─▶ looking ─▶ found ─▶ enterPin ─▶ proving ─▶ chooseReason ─▶ checking ─▶ warning ─▶ newPin ─▶ writing ─▶ done
 *        ▲           │                   ▲  └─wrong PIN─┘                                               │
 *        │           ▼                                                                                  ▼
 *        └─────── refused ◀── (any refusal before the first write)                                 interrupted
 *
 * Pure: never awaits, never reads a clock. An event that does not fit returns the same state.
 */
export interface WalkUp {
  readonly state: WalkUpState;
  /** Number of the last effect that has an answer; answers to older ones are ignored. */
  readonly attempt: number;
  /** Readers that have a card, in the order of insertion. */
  readonly occupied: readonly number[];
}

/** What an event leads to, and what is asked for. */
export type WalkUpStep = readonly [WalkUp, readonly WalkUpEffect[]];

/** Nobody is there, no card is in. */
export const WALK_UP_START: WalkUp = {
  state: { kind: 'insertCard', passedOver: null },
  attempt: 0,
  occupied: [],
};

/** One event in the life of a walk-up. */
export function stepWalkUp(walkUp: WalkUp, event: WalkUpEvent): WalkUpStep {
  switch (event.type) {
    case 'cardInserted':
      return inserted(walkUp, event.reader);
    case 'cardRemoved':
      return removed(walkUp, event.reader);
    case 'idleExpired':
      return idle(walkUp);
    case 'command':
      return commanded(walkUp, event.command);
    case 'pinTyped':
      return typed(walkUp, event);
    default:
      return event.attempt === walkUp.attempt ? answered(walkUp, event) : [walkUp, []];
  }
}

/** Which PIN buffer the keys go to now, or null. */
export function pinFieldOf(state: WalkUpState): PinField | null {
  if (state.kind === 'enterPin') return 'current';
  return state.kind === 'newPin' ? state.field : null;
}

/** The stable code at the bottom right (UX-08): the refusal's own, or the requirement a step serves. */
export function codeOf(state: WalkUpState): string {
  switch (state.kind) {
    case 'refused':
    case 'interrupted':
      return state.code;
    case 'insertCard':
      return 'RP-11-insert-card';
    case 'looking':
      return 'RP-11-looking';
    case 'found':
      return 'RP-11-card-found';
    case 'enterPin':
      return state.error === 'wrong' ? 'ID-04-wrong-pin' : 'ID-01-enter-pin';
    case 'proving':
      return 'ID-01-proving';
    case 'chooseReason':
      return 'RP-12-choose-reason';
    case 'checking':
      return 'RP-12-checking';
    case 'warning':
      return state.losesKey && !state.hasAcceptedLoss ? 'RP-20-confirm-loss' : 'RP-13-warning';
    case 'newPin':
      return state.field === 'new' ? 'RP-14-new-pin' : 'RP-14-repeat-pin';
    case 'writing':
      return state.waitsForCentral ? 'SY-03-waiting-for-central' : 'UX-03-writing';
    case 'done':
      return 'UX-07-done';
  }
}

/** Where idle time counts: not before a card is there, and never during a write (UX-04). */
export function countsIdle(state: WalkUpState): boolean {
  return !['insertCard', 'looking', 'proving', 'checking', 'writing'].includes(state.kind);
}

function inserted(walkUp: WalkUp, reader: number): WalkUpStep {
  if (walkUp.occupied.includes(reader)) return [walkUp, []];
  const next = { ...walkUp, occupied: [...walkUp.occupied, reader] };
  const isFree =
    walkUp.state.kind === 'insertCard' || (walkUp.state.kind === 'interrupted' && !walkUp.state.isCardIn);
  return isFree ? look(next, reader) : [next, []];
}

function removed(walkUp: WalkUp, reader: number): WalkUpStep {
  if (!walkUp.occupied.includes(reader)) return [walkUp, []];
  const { state } = walkUp;
  const next = { ...walkUp, occupied: walkUp.occupied.filter((other) => other !== reader) };
  if (state.kind === 'insertCard') {
    return [state.passedOver === reader ? at(next, { kind: 'insertCard', passedOver: null }) : next, []];
  }
  if (state.reader !== reader) return [next, []];
  if (state.kind === 'interrupted') return [at(next, { ...state, isCardIn: false }), []];
  if (state.kind === 'writing' && state.hasBegunWriting) {
    return [
      ended(next, { kind: 'interrupted', reader, code: 'RP-17-card-removed', isCardIn: false }),
      [WIPE_ALL, RELEASE],
    ];
  }
  return start(next, null);
}

function idle(walkUp: WalkUp): WalkUpStep {
  const { state } = walkUp;
  if (!countsIdle(state) || state.kind === 'insertCard') return [walkUp, []];
  return start(walkUp, state.reader);
}

function typed(walkUp: WalkUp, event: Extract<WalkUpEvent, { type: 'pinTyped' }>): WalkUpStep {
  const { state } = walkUp;
  if (pinFieldOf(state) !== event.field) return [walkUp, []];
  if (state.kind === 'enterPin') {
    return [at(walkUp, { ...state, length: event.length, error: null, hasConfirmedLastTry: false }), []];
  }
  if (state.kind !== 'newPin') return [walkUp, []];
  const verdicts = state.field === 'new' ? event.verdicts : state.verdicts;
  return [at(walkUp, { ...state, length: event.length, verdicts, matches: event.matches, error: null }), []];
}
