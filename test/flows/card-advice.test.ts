import { describe, expect, it } from 'vitest';
import { type CardAdvice, cardAdviceOf } from '../../src/flows/card-advice.ts';
import { stepWalkUp, WALK_UP_START, type WalkUp } from '../../src/flows/walk-up.ts';
import type { WalkUpKind, WalkUpState } from '../../src/flows/walk-up-state.ts';
import { EVERY_STATE } from './walk-up-states.ts';

/** By kind: what is said in most of its states, and in those whose name has this in it. */
const TABLE: Readonly<Record<WalkUpKind, CardAdvice | null>> = {
  ...{
    insertCard: 'putIn',
    looking: 'leaveIn',
    refused: 'mayTake',
    found: 'safeToTake',
    onMyCard: 'safeToTake',
  },
  ...{ enterPin: 'safeToTake', enterCode: 'safeToTake', proving: 'leaveIn' },
  ...{ chooseTask: 'safeToTake', comparing: 'leaveIn', difference: 'safeToTake', chooseLeft: 'safeToTake' },
  ...{ confirmRemoval: 'safeToTake', collectWarning: 'safeToTake' },
  ...{ chooseReason: 'safeToTake', checking: 'leaveIn', terms: 'safeToTake', plan: 'safeToTake' },
  ...{ warning: 'safeToTake', newPin: 'safeToTake', pinWarning: 'leaveIn', emptyWarning: 'safeToTake' },
  ...{ blank: 'safeToTake', enterNumber: 'safeToTake', provingNumber: 'leaveIn' },
  ...{ issueChoice: 'leaveIn', planningIssue: 'leaveIn', issueWarning: 'leaveIn' },
  ...{ offeringSoft: null, askingToken: 'leaveIn', softToken: 'leaveIn' },
  ...{ chooseMedium: 'safeToTake', softEncryption: 'safeToTake', softPassword: 'safeToTake' },
  ...{ savingSoft: 'leaveIn', softStopped: 'mayTake', softDone: 'mayTake' },
  ...{ writing: 'leaveIn', written: 'mayTake', done: 'mayTake', interrupted: 'putIn' },
};
const EXCEPTIONS: Readonly<Record<string, CardAdvice | null>> = {
  'insertCard, card passed over': 'mayTake',
  'looking, reader busy': 'safeToTake',
  'looking, reader gone in the middle': 'safeToTake',
  'refused, card out': 'isOut',
  'refused, another card, and out again': 'putIn',
  'onMyCard, reading': 'leaveIn',
  'onMyCard, of a disabled card': 'mayTake',
  // A code counts once.
  'chooseTask, proved by a code': 'leaveIn',
  'chooseReason, proved by a code': 'leaveIn',
  'terms, of a new card': 'leaveIn',
  'terms, of a new PIN': 'leaveIn',
  'plan, of a new card': 'leaveIn',
  'plan, of a new card, a key of the old one is lost': 'leaveIn',
  'newPin, of a new card': 'leaveIn',
  'newPin, and nothing else': 'leaveIn',
  'pinWarning, resume with the PIN that is set': 'safeToTake',
  'terms, of a file that an operator hands over': null,
  'savingSoft, handed over': null,
  'softStopped, handed over': null,
  'softDone, handed over': null,
  'savingSoft, card out': 'isOut',
  'softStopped, card taken out': 'isOut',
  'softDone, card out': 'isOut',
  'writing, waits for central': 'safeToTake',
  'writing, leaving': 'safeToTake',
  'written, card out': 'isOut',
  'done, card out': 'isOut',
  'done, of a card that was emptied, card out': 'isOut',
  'done, of a new PIN, card out': 'isOut',
  'interrupted, card in': 'safeToTake',
  'interrupted, of a new card, card in': 'safeToTake',
  'interrupted, written, not valid': 'mayTake',
  'interrupted, written, not valid, card out': 'isOut',
};

function walkUpAt(state: WalkUpState): WalkUp {
  const reader = 'reader' in state ? state.reader : null;
  const isIn = !('isCardIn' in state) || state.isCardIn;
  return { ...WALK_UP_START, state, attempt: 5, occupied: reader !== null && isIn ? [reader] : [] };
}

describe('What is said of the card', () => {
  it.each(EVERY_STATE)('at "%s" is as in the table', (name, state) => {
    const expected = Object.hasOwn(EXCEPTIONS, name) ? EXCEPTIONS[name]! : TABLE[state.kind];
    expect(cardAdviceOf(state)).toBe(expected);
  });

  it('every exception is a state', () => {
    const names = EVERY_STATE.map(([name]) => name);
    expect(Object.keys(EXCEPTIONS).filter((name) => !names.includes(name))).toEqual([]);
  });

  it.each(EVERY_STATE)('at "%s" is never that a card is in which has been taken out', (_, state) => {
    const before = walkUpAt(state);
    const reader = before.occupied[0];
    if (reader === undefined) return;
    const [{ state: after }] = stepWalkUp(before, { type: 'cardRemoved', reader });
    expect([null, 'putIn', 'isOut']).toContain(cardAdviceOf(after));
  });

  it.each(EVERY_STATE)(
    'at "%s" is true when nothing is lost: taken out, it is at the start again or waited for',
    (_, state) => {
      if (cardAdviceOf(state) !== 'safeToTake') return;
      const before = walkUpAt(state);
      const [{ state: after }] = stepWalkUp(before, { type: 'cardRemoved', reader: before.occupied[0]! });
      expect(['insertCard', 'interrupted']).toContain(after.kind);
    },
  );

  it('with an operator at hand it stays in until the writing, since they would have to vouch again', () => {
    for (const [name, state] of EVERY_STATE) {
      const said = cardAdviceOf(state);
      const isAsked = said === 'safeToTake' && !['looking', 'writing', 'interrupted'].includes(state.kind);
      expect(cardAdviceOf(state, true), name).toBe(isAsked ? 'leaveIn' : said);
    }
  });
});
