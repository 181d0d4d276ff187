import { describe, expect, test } from 'vitest';
import { countsIdle, stepWalkUp, type WalkUp } from '../../src/flows/walk-up.ts';
import type { WalkUpEvent } from '../../src/flows/walk-up-event.ts';
import { cardToShow } from '../../src/flows/walk-up-my-card.ts';
import { aMyCard, MY_CARD_STATES, someContents } from './my-card-states.ts';
import { aWalkUp, command } from './walk-up-events.ts';
import { STATES } from './walk-up-states.ts';

const LOOKING = STATES.looking.first!;
const IT = { cardId: 'c1', serial: '4711' };

/** Where a walk-up ends that was looking at a card and was refused. */
function refusedFor(code: string, changes: Partial<WalkUp> = {}, state: WalkUp['state'] = LOOKING) {
  const refusal: WalkUpEvent = { type: 'cardRefused', attempt: 7, code, canRetry: false, card: IT };
  const [{ state: after }] = stepWalkUp(aWalkUp(state, changes), refusal);
  return after;
}

describe('What is on a card', () => {
  test('can be seen of one that its record refuses, and is read anew', () => {
    const refused = refusedFor('RP-06-disabled');
    expect(cardToShow(refused)).toEqual(IT);
    const [{ state, attempt }, effects] = stepWalkUp(aWalkUp(refused), command('showCard'));
    expect(state).toMatchObject({ kind: 'onMyCard', card: IT, contents: null, from: refused });
    expect(effects).toEqual([{ run: 'readContents', reader: 0, attempt, cardId: 'c1' }]);
  });

  test.each(['RP-06-cancelled', 'RP-07-unknown', 'RP-07-no-piv', 'RP-09-not-yours', 'SE-07-card-answer'])(
    'cannot be seen where the refusal is not of its record: %s',
    (code) => {
      const refused = refusedFor(code);
      expect(cardToShow(refused)).toBeNull();
      const before = aWalkUp(refused);
      expect(stepWalkUp(before, command('showCard'))).toEqual([before, []]);
    },
  );

  test('cannot be seen while one particular card is waited for', () => {
    const awaits = { cardId: 'c2', work: 'reprovision' } as const;
    expect(cardToShow(refusedFor('RP-06-disabled', {}, { ...LOOKING, awaits }))).toBeNull();
    const wish = { kind: 'pinReset', cardId: 'c2', proof: { by: 'pin' } } as never;
    expect(cardToShow(refusedFor('RP-06-disabled', { wish }))).toBeNull();
  });

  test('cannot be seen when the card is out', () => {
    const refused = STATES.refused['disabled, can be looked into']!;
    expect(cardToShow(refused)).not.toBeNull();
    expect(cardToShow({ ...refused, isCardIn: false })).toBeNull();
  });

  test('is gone through line by line, and no further than its ends', () => {
    const { certificates } = MY_CARD_STATES.onMyCard['twenty old keys']!.contents!;
    let walkUp = aWalkUp(aMyCard({ contents: someContents({ certificates }) }));
    const rows: number[] = [];
    for (const key of ['up', ...Array(30).fill('down'), 'up'] as const) {
      [walkUp] = stepWalkUp(walkUp, command(key as 'up'));
      if (walkUp.state.kind === 'onMyCard') rows.push(walkUp.state.row);
    }
    expect(rows.slice(0, 2)).toEqual([0, 1]);
    expect(Math.max(...rows)).toBe(certificates.length - 1);
    expect(rows.at(-1)).toBe(certificates.length - 2);
  });

  test('is left by Esc for where it was asked for, and what is being read is given up', () => {
    for (const state of Object.values(MY_CARD_STATES.onMyCard)) {
      const before = aWalkUp(state);
      const [after, effects] = stepWalkUp(before, command('back'));
      expect(after.state).toBe(state.from);
      // Whatever was on its way does not count any more.
      expect(after.attempt).toBeGreaterThan(before.attempt);
      expect(effects).toEqual(state.contents === null ? [{ run: 'cancel', attempt: 7 }] : []);
    }
  });

  test('is wiped when nobody is there any more, but not while it is read', () => {
    expect(countsIdle(aMyCard({ contents: null }))).toBe(false);
    const [{ state }, effects] = stepWalkUp(aWalkUp(aMyCard()), { type: 'idleExpired' });
    expect(state).toEqual({ kind: 'insertCard', passedOver: 0 });
    expect(effects).toContainEqual({ run: 'release' });
  });
});
