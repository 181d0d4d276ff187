import { describe, expect, it } from 'vitest';
import { readSupportCode } from '../../src/domain/support-code.ts';
import type { Command } from '../../src/flows/command.ts';
import {
  commandedAtSupport,
  type Equipment,
  idleSecondsAt,
  type Support,
  supportAfter,
} from '../../src/flows/support.ts';
import type { WalkUpEvent } from '../../src/flows/walk-up-event.ts';
import type { WalkUpState } from '../../src/flows/walk-up-state.ts';
import { aCard } from './cards-and-reasons.ts';
import { anInterruption, aRefusal, aWriting, EVERY_STATE, STATES } from './walk-up-states.ts';

const EQUIPMENT: Equipment = { reader: 'omnikey', family: 'yubikey-5' };
const STOPPED: WalkUpEvent = {
  ...{ type: 'stopped', attempt: 5, code: 'SE-07-card-answer', hasBegunWriting: true },
  statusWord: 0x6f00,
};
const REMOVED: WalkUpEvent = { type: 'cardRemoved', reader: 0 };

function following(
  before: WalkUpState,
  state: WalkUpState,
  event: WalkUpEvent = STOPPED,
  support: Support | null = null,
  equipment = EQUIPMENT,
): Support | null {
  return supportAfter(support, { before, event, after: state }, () => equipment, '0.1.0');
}
const told = (support: Support | null) => support && readSupportCode(support.code);
const cutOff = anInterruption({ code: 'SE-07-card-answer', isCardIn: true });

describe('What the helpdesk is told', () => {
  it('is what went wrong, where, what the card said, and what was in use', () => {
    expect(told(following(aWriting(), cutOff))).toEqual({
      kind: 'read',
      facts: {
        ...{ code: 'SE-07-card-answer', step: 'writing', statusWord: 0x6f00, version: '0.1.0' },
        ...EQUIPMENT,
      },
    });
  });

  it('is nothing while nothing is wrong', () => {
    for (const [name, state] of EVERY_STATE) {
      const isWrong = ['refused', 'interrupted', 'softStopped'].includes(state.kind);
      expect(following(STATES.looking.first!, state, REMOVED) !== null, name).toBe(isWrong);
    }
  });

  it('holds nothing of the person or the card: it is the same for anybody else', () => {
    const mine = aWriting({ card: aCard({ cardId: 'c1', serial: '1', holderName: 'Ada' }) });
    const theirs = aWriting({ card: aCard({ cardId: 'c2', serial: '2', holderName: 'Grace' }) });
    expect(following(mine, cutOff)).toEqual(following(theirs, { ...cutOff, cardId: 'c2' }));
  });

  it('stays what it was when the card is out, whatever is in the reader then', () => {
    const first = following(aWriting(), cutOff);
    const gone: Equipment = { reader: 'none', family: 'none' };
    expect(following(cutOff, { ...cutOff, isCardIn: false }, REMOVED, first, gone)).toBe(first);
  });

  it('follows what is on the screen, and keeps where it began', () => {
    const first = following(aWriting(), cutOff);
    const other = { ...cutOff, code: 'UX-06-reader-gone' };
    const health: WalkUpEvent = { type: 'readerHealth', reader: 0, trouble: 'UX-06-reader-gone' };
    expect(told(following(cutOff, other, health, first))).toMatchObject({
      facts: { code: 'UX-06-reader-gone', step: 'writing', statusWord: 0x6f00 },
    });
  });

  it('is the same again after a look into the card that was refused', () => {
    const { first } = STATES.looking;
    const refusal = aRefusal({ onRecord: { cardId: 'c1', serial: '1' } });
    const key: WalkUpEvent = { type: 'command', command: { kind: 'back' } };
    const before = following(first!, refusal, REMOVED);
    const inside = { ...Object.values(STATES.onMyCard)[0]!, from: refusal } as WalkUpState;
    expect(following(inside, refusal, key)?.code).toBe(before?.code);
  });

  it('says that it has no code for what has none', () => {
    const unknown = aRefusal({ code: 'ZZ-99-something-new' });
    expect(told(following(STATES.looking.first!, unknown, REMOVED))).toMatchObject({
      facts: { code: null, step: 'looking' },
    });
  });

  it('stays in sight for as long as it takes to read it out', () => {
    const closed = following(aWriting(), cutOff)!;
    expect([idleSecondsAt(null, 90), idleSecondsAt(closed, 90)]).toEqual([90, 90]);
    expect(idleSecondsAt({ ...closed, isOpen: true }, 90)).toBe(600);
  });

  it('stands no longer than any other screen where an operator has handed it over', () => {
    const open = { ...following(aWriting(), cutOff)!, isOpen: true };
    expect(idleSecondsAt(open, 90, true)).toBe(90);
  });

  it('has a page of its own, which is no answer to what lies below', () => {
    const key = (kind: 'helpdeskCode' | 'back' | 'confirm' | 'changeCard'): Command => ({ kind });
    const closed = following(aWriting(), cutOff);
    expect(commandedAtSupport(null, key('helpdeskCode'))).toBeNull();
    expect(commandedAtSupport(closed, key('confirm'))).toBeNull();
    const open = commandedAtSupport(closed, key('helpdeskCode'));
    expect(open).toMatchObject({ isOpen: true, code: closed!.code });
    for (const kind of ['helpdeskCode', 'back', 'confirm'] as const)
      expect(commandedAtSupport(open, key(kind))).toMatchObject({ isOpen: false });
    expect(commandedAtSupport(open, key('changeCard'))).toBeNull();
  });
});
