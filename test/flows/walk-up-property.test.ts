import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Difference } from '../../src/domain/difference.ts';
import type { Command } from '../../src/flows/command.ts';
import type { HandedProof, HandOverWish } from '../../src/flows/desk-event.ts';
import { removalsOf } from '../../src/flows/waiting-task.ts';
import { codeOf, countsIdle, stepWalkUp, WALK_UP_START, type WalkUp } from '../../src/flows/walk-up.ts';
import { PIN_FIELDS, type WalkUpEffect, type WalkUpEvent } from '../../src/flows/walk-up-event.ts';
import { REASONS } from './cards-and-reasons.ts';
import { aDifference, REQUEST_ID, TOO_MANY, WITH_REMOVALS } from './collect-states.ts';
import { anIssue, NEW_CARD } from './issue-states.ts';
import {
  ANSWERS,
  aWalkUp,
  character,
  command,
  digit,
  type Happening,
  passwordTyped,
  typed,
} from './walk-up-events.ts';
import { EVERY_STATE } from './walk-up-states.ts';

const COMMANDS: readonly Exclude<Command['kind'], 'digit' | 'character' | 'letter'>[] = [
  'confirm',
  'back',
  'up',
  'down',
  'changeCard',
  'showCard',
  'helpdeskCode',
  'nextTheme',
  'toggleReader',
  'openDesk',
  'nextLanguage',
  'erase',
  'otherWay',
  'yes',
  'toggle',
];

const PROOFS: readonly HandedProof[] = [{ by: 'pin' }, { by: 'code' }, { by: 'operator', statementId: 's1' }];

/** What an operator may hand over, for this card or another one. */
const wish: fc.Arbitrary<HandOverWish> = fc
  .constantFrom('c1', 'c2')
  .chain((cardId) =>
    fc
      .constantFrom(...PROOFS)
      .chain((proof) =>
        fc.constantFrom<HandOverWish>(
          { kind: 'reprovision', cardId, reason: 'data', requestId: null, proof, witnessId: null },
          { kind: 'pinReset', cardId, proof, witnessId: null },
          { kind: 'collection', cardId, requestId: REQUEST_ID },
          { kind: 'issue', requestId: REQUEST_ID, proof, witnessId: null },
          { kind: 'soft', requestId: REQUEST_ID, proof },
        ),
      ),
  );

/** Anything that may happen, likely or not; answers may be late by some attempts. */
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Happening>(command('confirm')) },
  { weight: 4, arbitrary: fc.constantFrom(...COMMANDS).map(command) },
  { weight: 1, arbitrary: fc.nat(9).map(digit) },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constantFrom('cardInserted', 'cardRemoved'), reader: fc.nat(1) }),
  },
  { weight: 1, arbitrary: fc.constant<Happening>({ type: 'idleExpired' }) },
  { weight: 2, arbitrary: wish.map((one): Happening => ({ type: 'asked', wish: one })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Happening>(
      { type: 'takenBack' },
      { type: 'claimed', reader: 0 },
      { type: 'claimed', reader: 1 },
      { type: 'cardLeft', reader: 0 },
      { type: 'cardLeft', reader: 1 },
      { type: 'covered' },
      { type: 'spoken', language: 'de' },
      { type: 'assisted', operator: { name: 'Helga' } },
      { type: 'assisted', operator: null },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('readerHealth'),
      reader: fc.nat(1),
      trouble: fc.constantFrom('UX-06-reader-gone', 'UX-06-service-gone', null),
    }),
  },
  {
    weight: 5,
    arbitrary: fc
      .tuple(fc.constantFrom(...PIN_FIELDS), fc.nat(18), fc.boolean())
      .map(([field, length, matches]) => typed(field, length, { matches })),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('new', 'repeat'), fc.nat(20), fc.boolean())
      .map(([field, length, matches]) => passwordTyped(field, length, { matches })),
  },
  { weight: 1, arbitrary: fc.constant<Happening>(character('a')) },
  {
    weight: 8,
    arbitrary: fc.tuple(fc.constantFrom(...Object.values(ANSWERS)), fc.nat(2)).map(
      ([answer, late]) =>
        (attempt: number) =>
          answer(attempt - Math.max(0, late - 1)),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.nat(2).map(
      (triesLeft) =>
        (attempt: number): WalkUpEvent => ({
          type: 'wrongPin',
          attempt,
          triesLeft,
        }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.boolean().map(
      (losesKey) =>
        (attempt: number): WalkUpEvent => ({
          type: 'checked',
          attempt,
          losesKey,
        }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom('faulty', null), fc.boolean()).map(
      ([openReason, keepsPin]) =>
        (attempt: number): WalkUpEvent => ({
          type: 'proved',
          attempt,
          reasons: REASONS,
          open: openReason === null ? null : { kind: 'reprovision', reason: openReason, keepsPin },
          tasks: [],
        }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(aDifference(), WITH_REMOVALS, TOO_MANY, aDifference([], 'KR-07-gap')).map(
      (difference) =>
        (attempt: number): WalkUpEvent => ({ type: 'compared', attempt, difference }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('KR-07-too-few-slots', 'KR-11-cannot-import', null), fc.boolean())
      .map(
        ([problem, isPlanned]) =>
          (attempt: number): WalkUpEvent =>
            isPlanned
              ? { type: 'issuePlanned', attempt, changes: NEW_CARD, problem }
              : { type: 'numberProved', attempt, issue: anIssue(), problem },
      ),
  },
);

interface Moment {
  readonly before: WalkUp;
  readonly event: WalkUpEvent;
  readonly after: WalkUp;
  readonly effects: readonly WalkUpEffect[];
}

/** The first screen, or any other with its card in the reader. */
const beginning: fc.Arbitrary<WalkUp> = fc.constantFrom(
  WALK_UP_START,
  ...EVERY_STATE.map(([, state]): WalkUp => {
    const isOut =
      state.kind === 'insertCard' ? state.passedOver === null : 'isCardIn' in state && !state.isCardIn;
    return aWalkUp(state, { occupied: isOut ? [] : [0] });
  }),
);

/** Every step of a random life. */
function live(from: WalkUp, happenings: readonly Happening[]): readonly Moment[] {
  let walkUp = from;
  return happenings.map((next) => {
    const before = walkUp;
    const event = typeof next === 'function' ? next(before.attempt) : next;
    const [after, effects] = stepWalkUp(before, event);
    walkUp = after;
    return { before, event, after, effects };
  });
}

function always(check: (moment: Moment) => void): void {
  fc.assert(
    fc.property(beginning, fc.array(happening, { minLength: 1, maxLength: 40 }), (from, happenings) => {
      for (const moment of live(from, happenings)) check(moment);
    }),
    { numRuns: 300 },
  );
}

function removed({ difference }: { readonly difference: Difference | null }): readonly string[] {
  if (difference === null) return [];
  return removalsOf(difference).map(({ serialNumber }) => serialNumber);
}

describe('Whatever happens in whatever order', () => {
  it('each state has a code of the stable form', () => {
    always(({ after }) => expect(codeOf(after.state)).toMatch(/^[A-Z]{2}-[0-9]{2}-[a-z0-9-]+$/));
  });

  it('a digit typed into a PIN field leaves no trace in the flow', () => {
    always(({ before, event, after, effects }) => {
      const isPinField = ['enterPin', 'enterCode', 'enterNumber', 'newPin'].includes(before.state.kind);
      if (!isPinField || event.type !== 'command' || event.command.kind !== 'digit') return;
      expect(after).toBe(before);
      expect(effects).toEqual([]);
    });
  });

  it('taking out the card in work is answered at once and wipes the PINs', () => {
    always(({ before, event, after, effects }) => {
      if (event.type !== 'cardRemoved' || before.state.kind === 'insertCard') return;
      if (before.state.reader !== event.reader || !before.occupied.includes(event.reader)) return;
      expect(after.state).not.toBe(before.state);
      if ('isCardIn' in after.state) expect(after.state.isCardIn).toBe(false);
      else expect(['insertCard', 'looking']).toContain(after.state.kind);
      // Given back before, or not until what is being saved is whole.
      const isElsewhere = ['refused', 'interrupted', 'softStopped', 'softDone'].includes(before.state.kind);
      const isSaving = before.state.kind === 'savingSoft' && before.state.phase === 'save';
      if (!isElsewhere && !isSaving) expect(effects).toContainEqual({ run: 'release' });
    });
  });

  it('no screen is about a card that is not in a reader', () => {
    always(({ after: { state, occupied } }) => {
      if (state.kind === 'insertCard') {
        if (state.passedOver !== null) expect(occupied).toContain(state.passedOver);
      } else if (state.reader !== null && (!('isCardIn' in state) || state.isCardIn)) {
        expect(occupied).toContain(state.reader);
      }
    });
  });

  it('an answer to an earlier attempt is ignored', () => {
    always(({ before, event, after, effects }) => {
      if (!('attempt' in event) || event.attempt === before.attempt) return;
      expect(after).toBe(before);
      expect(effects).toEqual([]);
    });
  });

  it('what changes nothing asks for nothing, but for a repeated cancel', () => {
    always(({ before, after, effects }) => {
      if (after === before) expect(effects.every(({ run }) => run === 'cancel')).toBe(true);
    });
  });

  it('the last PIN try is spent only after a confirmation of its own', () => {
    always(({ before, effects }) => {
      if (!effects.some(({ run }) => run === 'prove') || before.state.kind !== 'enterPin') return;
      if (before.state.card.triesLeft === 1) expect(before.state.asksForLastTry).toBe(true);
    });
  });

  it('a card is written only from a repeated new PIN, or with one that is set, after a warning and with a reason', () => {
    always(({ before, effects }) => {
      const wish = effects.find(({ run }) => run === 'reprovision');
      if (wish?.run !== 'reprovision') return;
      if (wish.keepsPin) {
        expect(before.state).toMatchObject({ kind: 'warning', isResume: true, keepsPin: true, by: 'pin' });
      } else {
        expect(before.state).toMatchObject({ kind: 'newPin', field: 'repeat', matches: true });
      }
      if (before.state.kind !== 'newPin' && before.state.kind !== 'warning') return;
      const warning = before.state.kind === 'warning' ? before.state : before.state.warning;
      if (warning.kind !== 'warning') throw new Error('a new card is not rewritten');
      expect(warning.reasons[warning.selected]?.code).toBe(wish.reason);
      if (warning.losesKey) expect(wish.acceptsKeyLoss).toBe(true);
    });
  });

  it('a new PIN alone is set only when it was typed twice, or by whoever has just typed it, and after a warning', () => {
    always(({ before, effects }) => {
      const set = effects.find(({ run }) => run === 'resetPin');
      if (set?.run !== 'resetPin') return;
      if (set.keepsPin) {
        expect(before.state).toMatchObject({ kind: 'pinWarning', isResume: true, keepsPin: true, by: 'pin' });
      } else {
        expect(before.state).toMatchObject({ kind: 'newPin', field: 'repeat', matches: true });
        expect(before.state).toMatchObject({ warning: { kind: 'pinWarning' } });
      }
    });
  });

  it('nothing is done with another card than the one that was handed over', () => {
    always(({ after, effects }) => {
      const { wish: wanted, state } = after;
      if (wanted === null || !('cardId' in wanted)) return;
      expect(['found', 'blank']).not.toContain(state.kind);
      for (const effect of effects) {
        const isWrite = ['reprovision', 'resetPin', 'collect', 'issue'].includes(effect.run);
        if (isWrite && 'cardId' in effect) expect(effect.cardId).toBe(wanted.cardId);
      }
    });
  });

  it('what was handed over is over where the first screen comes back, and is for whom it was until then', () => {
    always(({ before, event, after }) => {
      if (after.wish === before.wish) return;
      if (event.type === 'asked') expect(after.wish).toBe(event.wish);
      else expect([null, ['insertCard', 'looking'].includes(after.state.kind)]).toEqual([after.wish, true]);
    });
  });

  it('an empty card is written only from a repeated new PIN, after what comes onto it was shown without a problem', () => {
    fc.assert(
      fc.property(beginning, fc.array(happening, { minLength: 1, maxLength: 60 }), (from, happenings) => {
        for (const { before, effects } of live(from, happenings)) {
          const wish = effects.find(({ run }) => run === 'issue');
          if (wish?.run !== 'issue') continue;
          expect(before.state).toMatchObject({ kind: 'newPin', field: 'repeat', matches: true });
          if (before.state.kind !== 'newPin') continue;
          const { warning } = before.state;
          expect(warning).toMatchObject({ kind: 'issueWarning', requestId: wish.requestId });
          expect(wish.cardId).toBe(warning.card.cardId);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('a number goes to central only in a length that numbers have', () => {
    always(({ before, effects }) => {
      if (!effects.some(({ run }) => run === 'proveByNumber')) return;
      expect(before.state.kind).toBe('enterNumber');
      if (before.state.kind === 'enterNumber') expect([14, 18]).toContain(before.state.length);
    });
  });

  it('keys are brought onto a card only after a warning, by its PIN, with each removal confirmed by itself', () => {
    fc.assert(
      fc.property(beginning, fc.array(happening, { minLength: 1, maxLength: 60 }), (from, happenings) => {
        /** What the person has said yes to, and seen, since they began to look at it. */
        let agreed: readonly string[] = 'difference' in from.state ? removed(from.state) : [];
        for (const { before, after, event, effects } of live(from, happenings)) {
          if (before.state.kind === 'difference') agreed = [];
          if (before.state.kind === 'confirmRemoval' && after.state.kind === 'collectWarning') {
            expect(event).toMatchObject({ type: 'command', command: { kind: 'yes' } });
            agreed = removed(before.state);
          }
          const wish = effects.find(({ run }) => run === 'collect');
          if (wish?.run !== 'collect') continue;
          expect(before.state.kind).toBe('collectWarning');
          expect(wish.confirmedRemovals).toEqual(wish.confirmedRemovals.length === 0 ? [] : agreed);
          if (before.state.kind !== 'collectWarning' || before.state.isResume) continue;
          expect(before.state.difference.problem).toBeNull();
          expect(wish.confirmedRemovals).toEqual(removed(before.state));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keys are saved only under a password that was repeated and is good, on a stick that is there and can be used', () => {
    always(({ before, effects }) => {
      const wish = effects.find(({ run }) => run === 'saveSoft');
      if (wish?.run !== 'saveSoft') return;
      expect(before.state).toMatchObject({ kind: 'softPassword', field: 'repeat', matches: true });
      if (before.state.kind !== 'softPassword') return;
      expect(before.state.verdicts.every(({ satisfied }) => satisfied)).toBe(true);
      expect(before.state.medium).toMatchObject({ name: wish.medium, obstacle: null });
    });
  });

  it('a password is wiped on every way out of where it is typed, but into the file', () => {
    always(({ before, after, effects }) => {
      if (before.state.kind !== 'softPassword' || after.state.kind === 'softPassword') return;
      const runs = effects.map(({ run }) => run);
      expect(runs.some((run) => ['wipePasswords', 'release', 'saveSoft'].includes(run))).toBe(true);
    });
  });

  it('nobody is told that nothing was changed after the first write', () => {
    always(({ before, after }) => {
      if (before.state.kind !== 'writing' || !before.state.hasBegunWriting) return;
      expect(after.state.kind).not.toBe('refused');
    });
  });

  it('once everything is written nobody is told anything but that', () => {
    always(({ before, event, after }) => {
      if (before.state.kind !== 'written' || event.type !== 'stopped' || after === before) return;
      expect(after.state.kind).toBe('interrupted');
    });
  });

  it('while an unfinished card is waited for, no other one is worked on', () => {
    always(({ before, after }) => {
      if (before.state.kind !== 'looking' || before.state.awaits === null) return;
      if (after.state.kind === 'found') expect(after.state.card.cardId).toBe(before.state.awaits.cardId);
      if (after.state.kind === 'blank')
        expect([before.state.awaits.cardId, null]).toContain(after.state.card.cardId);
    });
  });

  it('a second card is never touched', () => {
    always(({ before, event, effects }) => {
      if (event.type !== 'cardInserted' || before.state.kind === 'insertCard') return;
      const isWaiting = 'isCardIn' in before.state && !before.state.isCardIn;
      const isRefusing = before.state.kind === 'refused' && before.state.awaits !== null;
      if (!isWaiting && !isRefusing) expect(effects).toEqual([]);
    });
  });

  it('no idle time runs out in the middle of a write', () => {
    always(({ before, event, after }) => {
      if (event.type === 'idleExpired' && !countsIdle(before.state, before.wish)) expect(after).toBe(before);
    });
  });

  it('the first screen is reached with every PIN wiped', () => {
    always(({ before, after, effects }) => {
      if (after.state.kind !== 'insertCard' || before.state.kind === 'insertCard') return;
      expect(effects).toContainEqual({ run: 'wipePins', fields: PIN_FIELDS });
    });
  });
});
