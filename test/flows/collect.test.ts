import { describe, expect, it } from 'vitest';
import { obstacleTo, stillWaiting } from '../../src/flows/waiting-task.ts';
import { codeOf, countsIdle, idleSecondsOf, stepWalkUp } from '../../src/flows/walk-up.ts';
import type { WalkUpEvent } from '../../src/flows/walk-up-event.ts';
import { aCard, REASONS } from './cards-and-reasons.ts';
import {
  aChoice,
  aDifference,
  anEntry,
  aTask,
  COLLECT_STATES,
  collecting,
  REQUEST_ID,
  TASKS,
  TOO_MANY,
  WITH_REMOVALS,
} from './collect-states.ts';
import { ANSWERS, aWalkUp, command, digit, type Happening, play, typed } from './walk-up-events.ts';
import { aWriting, STATES } from './walk-up-states.ts';

const ENTER = command('confirm');
const ESC = command('back');
const YES = command('yes');
const TOGGLE = command('toggle');
const INSERTED: WalkUpEvent = { type: 'cardInserted', reader: 0 };
const compared =
  (difference = aDifference()) =>
  (attempt: number): WalkUpEvent => ({ type: 'compared', attempt, difference });
const TO_THE_TASKS: readonly Happening[] = [
  INSERTED,
  ANSWERS.cardFound,
  ENTER,
  typed('current', 6),
  ENTER,
  ANSWERS.provedWithTasks,
];

describe('What waits', () => {
  it('is not shown to whom nothing waits for', () => {
    expect(play([...TO_THE_TASKS.slice(0, -1), ANSWERS.proved]).walkUp.state.kind).toBe('chooseReason');
  });

  it('tells at the end how many keys were taken off, finished in one go or resumed', () => {
    const atOnce = [...TO_THE_TASKS, ENTER, ENTER, compared(WITH_REMOVALS), ENTER, YES, ENTER];
    const { walkUp } = play([...atOnce, ANSWERS.progressed, ANSWERS.completed]);
    expect(walkUp.state).toMatchObject({ kind: 'done', work: 'collection', removed: 2 });
    const resumed = aWalkUp({
      ...{ kind: 'collectWarning', reader: 0, card: aCard(), isResume: true },
      ...{ requestId: REQUEST_ID, difference: WITH_REMOVALS },
    });
    const { walkUp: finished } = play([ENTER, ANSWERS.progressed, ANSWERS.completed], resumed);
    expect(finished.state).toMatchObject({ kind: 'done', removed: 2 });
  });

  it('leads from the list to the end, with its PIN kept and each thing asked once', () => {
    const { walkUp, effects } = play([
      ...[...TO_THE_TASKS, ENTER, ENTER, compared(), ENTER, ENTER],
      ...[ANSWERS.progressed, ANSWERS.completed],
    ]);
    expect(walkUp.state).toMatchObject({ kind: 'done', work: 'collection', stillWaiting: 1 });
    expect(effects.filter(({ run }) => !['wipePins', 'release'].includes(run))).toEqual([
      { run: 'look', reader: 0, attempt: 1 },
      { run: 'prove', reader: 0, attempt: 2, cardId: 'c1' },
      { run: 'compare', attempt: 3, cardId: 'c1', requestId: REQUEST_ID, leavesOut: [] },
      {
        ...{ run: 'collect', attempt: 4, cardId: 'c1', requestId: REQUEST_ID },
        ...{ leavesOut: [], confirmedRemovals: [], acceptsTerms: null },
      },
    ]);
    const next = play([ENTER], walkUp);
    expect(next.walkUp.state).toMatchObject({ kind: 'looking', awaits: null });
    expect(play([ENTER], aWalkUp(STATES.done.usual!)).effects).toEqual([]);
  });

  it('is left screen by screen with Esc, and the PIN is wiped before it is asked for again', () => {
    let { walkUp } = play([...TO_THE_TASKS, ENTER, compared(WITH_REMOVALS), ENTER, YES]);
    const kinds = [];
    while (walkUp.state.kind !== 'insertCard') {
      [walkUp] = stepWalkUp(walkUp, ESC);
      kinds.push(walkUp.state.kind);
    }
    expect(kinds).toEqual(['difference', 'chooseTask', 'enterPin', 'found', 'insertCard']);
    const back = play([ESC], aWalkUp(aChoice()));
    expect(back.effects).toMatchObject([{ run: 'wipePins' }]);
  });

  it('goes on to the reasons at its end, and Esc comes back to it', () => {
    const { walkUp } = play([digit(7), ENTER], aWalkUp(aChoice()));
    expect(walkUp.state).toMatchObject({ kind: 'chooseReason', selected: 0, tasks: TASKS });
    expect(play([ESC], walkUp).walkUp.state).toMatchObject({ kind: 'chooseTask', selected: TASKS.length });
  });

  it('has the cursor on the first thing that can be done, else on the rewriting', () => {
    const onto = (tasks: typeof TASKS) => {
      const proved = (attempt: number): WalkUpEvent => {
        return { type: 'proved', attempt, reasons: REASONS, open: null, tasks };
      };
      return play([...TO_THE_TASKS.slice(0, -1), proved]).walkUp.state;
    };
    expect(onto([TASKS[2]!, TASKS[1]!])).toMatchObject({ selected: 1 });
    expect(onto([TASKS[2]!])).toMatchObject({ selected: 1 });
  });

  it.each([
    ['for another card', 2, 'KR-06-wrong-card'],
    ['for a new card', 3, 'KR-01-needs-blank-card'],
    ['not approved yet', 4, 'KR-04-not-approved'],
    ['of a newer central', 5, 'SY-06-newer-kiosk'],
  ])('%s says so by its code, and Enter does nothing', (_, selected, code) => {
    const walkUp = aWalkUp(aChoice({ selected }));
    expect(codeOf(walkUp.state)).toBe(code);
    expect(stepWalkUp(walkUp, ENTER)).toEqual([walkUp, []]);
  });

  it('and is not for this person to collect is told from what is for another card', () => {
    const task = aTask({ isForThisCard: false });
    expect(obstacleTo(task, 'pin', REASONS)).toBe('KR-03-no-right');
  });

  it('and for which central says what stands against it, says just that', () => {
    const task = aTask({ isForThisCard: false, obstacle: 'RP-17-finish-first' });
    expect(obstacleTo(task, 'pin', REASONS)).toBe('RP-17-finish-first');
  });

  it('and only wants the PIN, counts as something that waits for whoever has it', () => {
    const task = aTask({ isForThisCard: false, obstacle: 'KR-02-pin-needed' });
    expect(obstacleTo(task, 'code', REASONS)).toBe('KR-02-pin-needed');
    expect(stillWaiting([task], REASONS, () => false)).toBe(1);
  });

  it.each(['KR-11-cannot-import', 'KR-05-last-copy', 'KR-07-gap'] as const)(
    'and cannot be done for %s says so before anything is chosen',
    (problem) => {
      const tasks = [aTask({ difference: aDifference([], problem) })];
      const walkUp = aWalkUp(aChoice({ tasks }));
      expect(codeOf(walkUp.state)).toBe(problem);
      expect(stepWalkUp(walkUp, ENTER)).toEqual([walkUp, []]);
    },
  );

  it('wants the PIN where keys are recovered: whoever came by a code can rewrite the card, and no more', () => {
    const walkUp = aWalkUp(aChoice({ by: 'code' }));
    expect(codeOf(walkUp.state)).toBe('KR-02-pin-needed');
    expect(stepWalkUp(walkUp, ENTER)).toEqual([walkUp, []]);
    expect(play([digit(7), ENTER], walkUp).walkUp.state).toMatchObject({ kind: 'chooseReason', by: 'code' });
  });
});

describe('An update of the card that somebody has asked for', () => {
  it('comes to the warning with its reason, and is carried out as that request', () => {
    const warned = play([digit(2), ENTER, ANSWERS.checked], aWalkUp(aChoice()));
    expect(warned.effects).toMatchObject([{ run: 'check', reason: 'data' }]);
    expect(warned.walkUp.state).toMatchObject({ kind: 'warning', selected: 1 });
    const repeated = [ENTER, typed('new', 6), ENTER, typed('repeat', 6, { matches: true }), ENTER];
    const { walkUp, effects } = play(repeated, warned.walkUp);
    expect(effects.at(-1)).toMatchObject({
      ...{ run: 'reprovision', reason: 'data', requestId: TASKS[1]!.requestId },
    });
    expect(walkUp.state).toMatchObject({ work: 'reprovision', stillWaiting: 1 });
  });

  it('goes back to the list with Esc, while central is asked and at the warning', () => {
    const checking = play([digit(2), ENTER], aWalkUp(aChoice())).walkUp;
    expect(play([ESC], checking).walkUp.state).toMatchObject({ kind: 'chooseTask', selected: 1 });
    const warning = play([ANSWERS.checked], checking).walkUp;
    expect(play([ESC], warning).walkUp.state).toMatchObject({ kind: 'chooseTask', selected: 1 });
  });

  it('for a reason that this kiosk does not know yet is not begun', () => {
    const tasks = [aTask({ kind: 'cardUpdate', reason: 'new-one', difference: null })];
    const walkUp = aWalkUp(aChoice({ tasks }));
    expect(codeOf(walkUp.state)).toBe('RP-15-unknown-reason');
    expect(stepWalkUp(walkUp, ENTER)).toEqual([walkUp, []]);
  });
});

describe('The difference', () => {
  it('is asked for anew before it is shown, and Esc does not wait for it', () => {
    const asking = play([ENTER], aWalkUp(aChoice())).walkUp;
    expect(asking.state.kind).toBe('comparing');
    const back = play([ESC], asking);
    expect(back.walkUp.state).toMatchObject({ kind: 'chooseTask', selected: 0 });
    expect(back.effects).toEqual([{ run: 'cancel', attempt: asking.attempt }]);
    expect(stepWalkUp(back.walkUp, compared()(asking.attempt))[0]).toBe(back.walkUp);
  });

  it('that has become impossible meanwhile is refused by its own code', () => {
    const { walkUp } = play([ENTER, compared(aDifference([], 'KR-05-last-copy'))], aWalkUp(aChoice()));
    expect(walkUp.state).toMatchObject({ kind: 'refused', code: 'KR-05-last-copy', canRetry: true });
    const newer = play([ENTER, compared(aDifference([], 'unknown'))], aWalkUp(aChoice())).walkUp;
    expect(newer.state).toMatchObject({ kind: 'refused', code: 'SY-06-newer-kiosk' });
  });

  it('is scrolled to its ends, and no further', () => {
    const shown = aWalkUp(COLLECT_STATES.difference['something of everything']!);
    const rows = WITH_REMOVALS.entries.length;
    const down = Array<Happening>(rows + 3).fill(command('down'));
    expect(play(down, shown).walkUp.state).toMatchObject({ row: rows - 1 });
    expect(play([...down, ...down.map(() => command('up'))], shown).walkUp.state).toMatchObject({ row: 0 });
  });

  it('may be read for three minutes, as long as nothing is typed, and no longer', () => {
    for (const kind of ['difference', 'chooseLeft', 'confirmRemoval'] as const) {
      const state = Object.values(COLLECT_STATES[kind])[0]!;
      expect(countsIdle(state)).toBe(true);
      expect(idleSecondsOf(state, 90)).toBe(180);
      expect(idleSecondsOf(state, 240)).toBe(240);
      const { walkUp, effects } = play([{ type: 'idleExpired' }], aWalkUp(state));
      expect(walkUp.state).toEqual({ kind: 'insertCard', passedOver: 0 });
      expect(effects.map(({ run }) => run)).toEqual(['wipePins', 'release']);
    }
  });
});

describe('A removal', () => {
  const asked = play(
    [ENTER],
    aWalkUp({ ...collecting({ difference: WITH_REMOVALS }), kind: 'difference', row: 0 }),
  );

  it('is confirmed by a yes of its own, however often Enter comes', () => {
    expect(codeOf(asked.walkUp.state)).toBe('KR-05-confirm-removal');
    expect(play([ENTER, ENTER, ENTER], asked.walkUp)).toMatchObject({ walkUp: asked.walkUp, effects: [] });
    expect(play([ESC], asked.walkUp).walkUp.state.kind).toBe('difference');
  });

  it('goes to central by name', () => {
    const { effects } = play([YES, ENTER], asked.walkUp);
    expect(effects).toMatchObject([{ run: 'collect', confirmedRemovals: ['0c04', '0c05'] }]);
  });
});

describe('Too little room', () => {
  const full = play([ENTER, compared(TOO_MANY)], aWalkUp(aChoice())).walkUp;

  it('lets the person mark what is left for another time, and asks central again', () => {
    expect(codeOf(full.state)).toBe('KR-07-choose');
    const { walkUp, effects } = play([TOGGLE, digit(3), digit(3), command('down'), TOGGLE, ENTER], full);
    expect(walkUp.state.kind).toBe('comparing');
    expect(effects).toMatchObject([{ run: 'compare', leavesOut: ['0c16', '0c12'] }]);
    const shown = play([compared(WITH_REMOVALS)], walkUp).walkUp;
    expect(shown.state).toMatchObject({ kind: 'difference', leavesOut: ['0c16', '0c12'] });
    expect(play([ESC], shown).walkUp.state).toMatchObject({
      kind: 'chooseLeft',
      leavesOut: ['0c16', '0c12'],
    });
  });

  it('says so when that was not enough, or nothing is marked', () => {
    const again = play([TOGGLE, ENTER, compared(TOO_MANY)], full).walkUp;
    expect(again.state).toMatchObject({ kind: 'chooseLeft', isStillTooFew: true, leavesOut: ['0c16'] });
    const none = play([ENTER, ENTER, ENTER], full);
    expect(none.walkUp.state).toMatchObject({ kind: 'chooseLeft', hasChosenNone: true });
    expect(none.effects).toEqual([]);
  });

  it('does not offer what central could not give back anyhow', () => {
    const lost = anEntry('left', null, null, 9);
    const entries = [
      ...TOO_MANY.entries,
      { ...lost, certificate: { ...lost.certificate, isArchived: false } },
    ];
    const walkUp = play([ENTER, compared({ ...TOO_MANY, entries })], aWalkUp(aChoice())).walkUp;
    const marked = play(Array<Happening>(30).fill(command('down')).concat(TOGGLE), walkUp).walkUp;
    expect(marked.state).toMatchObject({ row: 21, leavesOut: ['0c00'] });
  });
});

describe('An unfinished collection', () => {
  const proving = aWalkUp({ kind: 'proving', reader: 0, card: aCard(), attempt: 7, by: 'pin' });

  it('is taken up again after the PIN, by its request', () => {
    const { walkUp } = play([ANSWERS.provedUnfinished], proving);
    expect(walkUp.state).toMatchObject({ kind: 'collectWarning', isResume: true });
    expect(play([ENTER], walkUp).effects).toMatchObject([
      { run: 'collect', requestId: REQUEST_ID, leavesOut: [], confirmedRemovals: [] },
    ]);
    expect(play([ESC], walkUp).walkUp.state.kind).toBe('insertCard');
  });

  it('is not taken up by a code', () => {
    const { walkUp } = play(
      [ANSWERS.provedUnfinished],
      aWalkUp({ ...STATES.proving['by code']!, attempt: 7 }),
    );
    expect(walkUp.state).toMatchObject({ kind: 'refused', code: 'KR-02-pin-needed', canRetry: true });
  });

  it('asks for its card again when that was taken out after the first write', () => {
    const removed: WalkUpEvent = { type: 'cardRemoved', reader: 0 };
    const { walkUp } = play([removed], aWalkUp(aWriting({ work: 'collection' })));
    expect(walkUp.state).toMatchObject({ kind: 'interrupted', code: 'RP-17-card-removed' });
  });
});
