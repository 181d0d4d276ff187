import { describe, expect, it } from 'vitest';
import { codeOf, stepWalkUp } from '../../src/flows/walk-up.ts';
import type { WalkUpEvent } from '../../src/flows/walk-up-event.ts';
import { aWalkUp, command as key } from './walk-up-events.ts';
import { STATES } from './walk-up-states.ts';

const CANCELLED = { cardId: 'c1', serial: '4711' };

const refusedAs = (canEmpty: boolean, cardId = 'c1'): WalkUpEvent => ({
  ...{ type: 'cardRefused', attempt: 1, code: 'RP-06-cancelled', canRetry: false },
  ...{ card: { cardId, serial: '4711' }, ...(canEmpty ? { canEmpty } : {}) },
});

const LOOKING = aWalkUp(STATES.looking.first!, { attempt: 1 });
const AWAITING = aWalkUp(
  {
    ...{ kind: 'looking', reader: 0, attempt: 1, trouble: null },
    awaits: { cardId: 'c1', work: 'empty' },
  },
  { attempt: 1 },
);

describe('A cancelled card', () => {
  it('is refused as ever, and can be emptied after a yes that is no Enter', () => {
    const [refused, effects] = stepWalkUp(LOOKING, refusedAs(true));
    expect(refused.state).toMatchObject({ kind: 'refused', code: 'RP-06-cancelled', cancelled: CANCELLED });
    expect(effects.map(({ run }) => run)).toEqual(['wipePins', 'release', 'record']);
    const [warned] = stepWalkUp(refused, key('confirm'));
    expect(warned.state).toEqual({ kind: 'emptyWarning', reader: 0, card: CANCELLED, isResume: false });
    expect(codeOf(warned.state)).toBe('RP-06-empty');
    expect(stepWalkUp(warned, key('confirm'))[0]).toBe(warned);
    const [writing, begun] = stepWalkUp(warned, key('yes'));
    expect(writing.state).toMatchObject({ kind: 'writing', work: 'empty', hasBegunWriting: false });
    expect(begun).toEqual([{ run: 'empty', reader: 0, attempt: writing.attempt, cardId: 'c1' }]);
  });

  it('is only refused while central is not reached', () => {
    const [refused] = stepWalkUp(LOOKING, refusedAs(false));
    expect(refused.state).not.toHaveProperty('cancelled');
    expect(stepWalkUp(refused, key('confirm'))[0]).toBe(refused);
  });

  it('that was taken out in the middle is waited for, and then asks for its yes again', () => {
    const [warned] = stepWalkUp(AWAITING, refusedAs(true));
    expect(warned.state).toEqual({ kind: 'emptyWarning', reader: 0, card: CANCELLED, isResume: true });
    const [other] = stepWalkUp(AWAITING, refusedAs(true, 'c2'));
    expect(other.state).toMatchObject({ kind: 'refused', code: 'RP-17-other-card' });
  });
});
