import type { Command } from '../../src/flows/command.ts';
import { stepWalkUp, WALK_UP_START, type WalkUp } from '../../src/flows/walk-up.ts';
import type { PinField, WalkUpEffect, WalkUpEvent } from '../../src/flows/walk-up-event.ts';
import type { WalkUpState } from '../../src/flows/walk-up-state.ts';
import { aCard, REASONS } from './cards-and-reasons.ts';
import { aDifference, REQUEST_ID, TASKS } from './collect-states.ts';
import { anIssue, NEW_CARD } from './issue-states.ts';
import { someContents } from './my-card-states.ts';
import { PLANNED } from './planned-changes.ts';
import { aFileTask, aMedium, verdicts } from './soft-states.ts';
import { TERMS } from './terms.ts';

/** A walk-up in a state, its card in reader 0. */
export function aWalkUp(state: WalkUpState, changes: Partial<WalkUp> = {}): WalkUp {
  return { state, attempt: 7, occupied: [0], operator: null, wish: null, ...changes };
}

export function command(kind: Exclude<Command['kind'], 'digit' | 'character' | 'letter'>): WalkUpEvent {
  return { type: 'command', command: { kind } };
}

export function character(text: string): WalkUpEvent {
  return { type: 'command', command: { kind: 'character', codePoint: text.codePointAt(0)! } };
}

export function digit(value: number): WalkUpEvent {
  return { type: 'command', command: { kind: 'digit', digit: value } };
}

/** What the runner would answer, for an attempt. */
export const ANSWERS = {
  cardFound: (attempt: number): WalkUpEvent => ({ type: 'cardFound', attempt, card: aCard() }),
  cardRefused: (attempt: number): WalkUpEvent => ({
    type: 'cardRefused',
    attempt,
    code: 'RP-06-disabled',
    canRetry: false,
  }),
  contentsRead: (attempt: number): WalkUpEvent => ({
    ...{ type: 'contentsRead', attempt, contents: someContents() },
  }),
  proved: (attempt: number): WalkUpEvent => ({
    type: 'proved',
    attempt,
    reasons: REASONS,
    open: null,
    tasks: [],
  }),
  provedWithTasks: (attempt: number): WalkUpEvent => ({
    type: 'proved',
    attempt,
    reasons: REASONS,
    open: null,
    tasks: TASKS,
  }),
  provedUnfinished: (attempt: number): WalkUpEvent => ({
    type: 'proved',
    attempt,
    reasons: REASONS,
    open: { kind: 'collection', requestId: REQUEST_ID, difference: aDifference() },
    tasks: [],
  }),
  provedPinReset: (attempt: number): WalkUpEvent => ({
    ...{ type: 'proved', attempt, reasons: REASONS, tasks: [] },
    open: { kind: 'pinReset', keepsPin: true },
  }),
  compared: (attempt: number): WalkUpEvent => ({ type: 'compared', attempt, difference: aDifference() }),
  blankFound: (attempt: number): WalkUpEvent => ({
    ...{ type: 'blankFound', attempt, card: { cardId: null, serial: '4711' } },
  }),
  numberProved: (attempt: number): WalkUpEvent => ({
    ...{ type: 'numberProved', attempt, issue: anIssue(), problem: null },
  }),
  issuePlanned: (attempt: number): WalkUpEvent => ({
    ...{ type: 'issuePlanned', attempt, changes: NEW_CARD, problem: null },
  }),
  wrongPin: (attempt: number): WalkUpEvent => ({ type: 'wrongPin', attempt, triesLeft: 2 }),
  wrongCode: (attempt: number): WalkUpEvent => ({ type: 'wrongCode', attempt, triesLeft: 4 }),
  waitsForReader: (attempt: number): WalkUpEvent => ({
    type: 'waitsForReader',
    attempt,
    trouble: 'UX-06-reader-busy',
  }),
  checked: (attempt: number): WalkUpEvent => ({ type: 'checked', attempt, losesKey: false }),
  checkedWithPlan: (attempt: number): WalkUpEvent => ({
    ...{ type: 'checked', attempt, losesKey: false, encryptionKey: 'move', changes: PLANNED },
  }),
  checkedWithTerms: (attempt: number): WalkUpEvent => ({
    ...{ type: 'checked', attempt, losesKey: false, terms: TERMS },
  }),
  progressed: (attempt: number): WalkUpEvent => ({
    type: 'progressed',
    attempt,
    progress: { phase: 'key', subject: '9A', algorithm: 'P-256', done: 1, total: 9, remainingMs: 1000 },
    hasBegunWriting: true,
  }),
  readBack: (attempt: number): WalkUpEvent => ({
    type: 'progressed',
    attempt,
    progress: { phase: 'complete', subject: null, algorithm: null, done: 9, total: 9, remainingMs: 100 },
    hasBegunWriting: true,
  }),
  waitsForCentral: (attempt: number): WalkUpEvent => ({ type: 'waitsForCentral', attempt, waits: true }),
  completed: (attempt: number): WalkUpEvent => ({
    type: 'completed',
    attempt,
    result: {
      certificates: [],
      revokedCount: 0,
      leftoverKeys: [],
      unwritableObjects: [],
      cardExpiresAt: '2032-12-31T23:59:59Z',
    },
  }),
  softOffered: (attempt: number): WalkUpEvent => ({
    ...{ type: 'softOffered', attempt, task: aFileTask(), ownerName: 'Ada Lovelace' },
  }),
  mediaSeen: (attempt: number): WalkUpEvent => ({
    ...{ type: 'mediaSeen', attempt, media: [aMedium(), aMedium({ name: 'sdz1' })] },
  }),
  mediaGone: (attempt: number): WalkUpEvent => ({ type: 'mediaSeen', attempt, media: [] }),
  softProgressed: (attempt: number): WalkUpEvent => ({ type: 'softProgressed', attempt, phase: 'save' }),
  softSaved: (attempt: number): WalkUpEvent => ({
    ...{ type: 'softSaved', attempt, file: { name: 'Ada.p12', medium: null } },
  }),
  tokenGiven: (attempt: number): WalkUpEvent => ({
    ...{ type: 'tokenGiven', attempt, token: new Uint8Array(53), url: null },
  }),
  softStopped: (attempt: number): WalkUpEvent => ({
    ...{ type: 'softStopped', attempt, code: 'KR-08-medium-full' },
  }),
  stopped: (attempt: number): WalkUpEvent => ({
    type: 'stopped',
    attempt,
    code: 'RP-17-interrupted',
    hasBegunWriting: true,
  }),
} as const;

/** Typed digits as the kiosk reports them: how many, never which. */
export function typed(
  field: PinField,
  length: number,
  judged: { readonly satisfied?: boolean; readonly matches?: boolean } = {},
): WalkUpEvent {
  return {
    type: 'pinTyped',
    field,
    length,
    verdicts: [{ rule: 'length', satisfied: judged.satisfied ?? length >= 6, minLength: 6, maxLength: 8 }],
    matches: judged.matches ?? false,
  };
}

/** The password of a file as the kiosk reports it. */
export function passwordTyped(
  field: 'new' | 'repeat',
  length: number,
  judged: { readonly satisfied?: boolean; readonly matches?: boolean } = {},
): WalkUpEvent {
  const { satisfied = length >= 12, matches = false } = judged;
  return { type: 'passwordTyped', field, length, verdicts: verdicts(satisfied), matches };
}

/** An event, or one that is made of the walk-up as it is by then (an answer to its last attempt). */
export type Happening = WalkUpEvent | ((attempt: number) => WalkUpEvent);

/** Lets things happen one after the other. */
export function play(
  happenings: readonly Happening[],
  from: WalkUp = WALK_UP_START,
): { readonly walkUp: WalkUp; readonly effects: readonly WalkUpEffect[] } {
  let walkUp = from;
  const effects: WalkUpEffect[] = [];
  for (const happening of happenings) {
    const event = typeof happening === 'function' ? happening(walkUp.attempt) : happening;
    const [next, asked] = stepWalkUp(walkUp, event);
    walkUp = next;
    effects.push(...asked);
  }
  return { walkUp, effects };
}
