import { describe, expect, it } from 'vitest';
import { codeOf, pinFieldOf, stepWalkUp, type WalkUp } from '../../src/flows/walk-up.ts';
import { type OpenWork, PIN_FIELDS, type WalkUpEvent } from '../../src/flows/walk-up-event.ts';
import { aCard, aReason, REASONS } from './cards-and-reasons.ts';
import { ANSWERS, aWalkUp, command, digit, type Happening, play, typed } from './walk-up-events.ts';
import {
  aNewPin,
  anEnterCode,
  anEnterPin,
  anInterruption,
  aRefusal,
  aWarning,
  aWriting,
  aWritten,
  STATES,
} from './walk-up-states.ts';

const ENTER = command('confirm');
const ESC = command('back');
const YES = command('yes');
const OTHER_WAY = command('otherWay');
const INSERTED: WalkUpEvent = { type: 'cardInserted', reader: 0 };
const REMOVED: WalkUpEvent = { type: 'cardRemoved', reader: 0 };

const aRewrite = (keepsPin: boolean): OpenWork => ({ kind: 'reprovision', reason: 'faulty', keepsPin });

const TO_THE_REASONS: readonly Happening[] = [
  INSERTED,
  ANSWERS.cardFound,
  ENTER,
  typed('current', 6),
  ENTER,
  ANSWERS.proved,
];
const TO_WRITING: readonly Happening[] = [
  ...TO_THE_REASONS,
  digit(2),
  ENTER,
  ANSWERS.checked,
  ENTER,
  typed('new', 6),
  ENTER,
  typed('repeat', 6, { matches: true }),
  ENTER,
];

describe('A cardholder who does everything right', () => {
  it('comes from the card to the end with each effect asked for once', () => {
    const { walkUp, effects } = play([...TO_WRITING, ANSWERS.progressed, ANSWERS.completed]);
    expect(walkUp.state.kind).toBe('done');
    expect(effects.filter(({ run }) => !['wipePins', 'release'].includes(run))).toEqual([
      { run: 'look', reader: 0, attempt: 1 },
      { run: 'prove', reader: 0, attempt: 2, cardId: 'c1' },
      { run: 'check', attempt: 3, cardId: 'c1', reason: 'data' },
      {
        run: 'reprovision',
        attempt: 4,
        cardId: 'c1',
        reason: 'data',
        acceptsKeyLoss: false,
        keepsPin: false,
        requestId: null,
        acceptsTerms: null,
        witnessId: null,
      },
    ]);
    expect(effects.slice(-2)).toEqual([{ run: 'wipePins', fields: PIN_FIELDS }, { run: 'release' }]);
  });

  it('loses nothing by pressing Enter twice at every step', () => {
    const twice = TO_WRITING.flatMap((happening) => (happening === ENTER ? [ENTER, ENTER] : [happening]));
    const { effects } = play(twice);
    expect(effects.filter(({ run }) => run === 'reprovision')).toHaveLength(1);
    expect(effects.filter(({ run }) => run === 'prove')).toHaveLength(1);
  });

  it('gets back from the new PIN to the first screen with Esc alone', () => {
    const atNewPin = play(TO_WRITING.slice(0, -3)).walkUp;
    const kinds = [];
    for (let walkUp = atNewPin; walkUp.state.kind !== 'insertCard'; ) {
      [walkUp] = stepWalkUp(walkUp, ESC);
      kinds.push(walkUp.state.kind);
    }
    expect(kinds).toEqual(['warning', 'chooseReason', 'enterPin', 'found', 'insertCard']);
  });
});

describe('The PIN of the card', () => {
  it('shows the tries left after a wrong one, with nothing of it kept', () => {
    const { walkUp, effects } = play([...TO_THE_REASONS.slice(0, -1), ANSWERS.wrongPin]);
    expect(walkUp.state).toMatchObject({
      kind: 'enterPin',
      error: 'wrong',
      length: 0,
      card: { triesLeft: 2 },
    });
    expect(effects.at(-1)).toEqual({ run: 'wipePins', fields: PIN_FIELDS });
    expect(codeOf(walkUp.state)).toBe('ID-04-wrong-pin');
  });

  it('leads to the screen of a blocked PIN when no try is left, and from there to the code', () => {
    const { walkUp, effects } = play([
      ...TO_THE_REASONS.slice(0, -1),
      (attempt) => ({ type: 'wrongPin', attempt, triesLeft: 0 }),
    ]);
    expect(walkUp.state).toMatchObject({ kind: 'found', card: { triesLeft: 0 } });
    expect(codeOf(walkUp.state)).toBe('ID-04-pin-blocked');
    expect(effects.at(-1)).toMatchObject({ run: 'record', code: 'ID-04-pin-blocked' });
    const code = play([ENTER], walkUp).walkUp;
    expect(codeOf(code.state)).toBe('ID-02-enter-code');
    expect(play([ESC], code).walkUp.state.kind).toBe('found');
  });

  it('spends the last try only on a yes, however often Enter comes', () => {
    const lastTry = aWalkUp(anEnterPin({ length: 6, card: aCard({ triesLeft: 1 }) }));
    const asked = play([ENTER, ENTER, ENTER], lastTry);
    expect(asked.walkUp.state).toMatchObject({ kind: 'enterPin', asksForLastTry: true });
    expect(codeOf(asked.walkUp.state)).toBe('ID-04-last-try');
    expect(asked.effects).toEqual([]);
    expect(play([YES], asked.walkUp).effects).toMatchObject([{ run: 'prove' }]);
    expect(play([YES], lastTry).effects).toEqual([]);
  });

  it('wants the last try confirmed anew after a change of the digits', () => {
    const lastTry = aWalkUp(anEnterPin({ length: 6, card: aCard({ triesLeft: 1 }) }));
    const { walkUp, effects } = play([ENTER, typed('current', 7), YES], lastTry);
    expect(walkUp.state.kind).toBe('enterPin');
    expect(effects).toEqual([]);
  });

  it('is not sent while it is too short', () => {
    const { walkUp, effects } = play([ENTER], aWalkUp(anEnterPin({ length: 5 })));
    expect(walkUp.state).toMatchObject({ kind: 'enterPin', error: 'length' });
    expect(effects).toEqual([]);
  });
});

describe('The one-time code', () => {
  const atPin = play(TO_THE_REASONS.slice(0, 3)).walkUp;

  it('stands in for the PIN of whoever says that they do not have it', () => {
    const { walkUp, effects } = play([typed('current', 3), OTHER_WAY, typed('code', 8), ENTER], atPin);
    expect(walkUp.state).toMatchObject({ kind: 'proving', by: 'code' });
    expect(effects).toMatchObject([{ run: 'wipePins' }, { run: 'proveByCode', cardId: 'c1' }]);
    expect(codeOf(walkUp.state)).toBe('ID-02-proving');
    const chosen = play([ANSWERS.proved], walkUp).walkUp;
    expect(chosen.state).toMatchObject({ kind: 'chooseReason', by: 'code' });
    expect(play([ESC], chosen).walkUp.state.kind).toBe('found');
    expect(play([ENTER, ESC], chosen).walkUp.state).toMatchObject({ kind: 'chooseReason', by: 'code' });
  });

  it.each([0, 4, 7, 9, 11])('is not sent with %d digits', (length) => {
    const { walkUp, effects } = play([ENTER], aWalkUp(anEnterCode({ length })));
    expect(walkUp.state).toMatchObject({ kind: 'enterCode', error: 'length' });
    expect(effects).toEqual([]);
  });

  it('shows the tries that are left of it, with nothing of it kept', () => {
    const { walkUp, effects } = play([ENTER, ANSWERS.wrongCode], aWalkUp(anEnterCode({ length: 12 })));
    expect(walkUp.state).toMatchObject({ kind: 'enterCode', error: 'wrong', length: 0, triesLeft: 4 });
    expect(codeOf(walkUp.state)).toBe('ID-03-wrong-code');
    expect(effects.at(-1)).toMatchObject({ run: 'wipePins' });
  });

  it('ends in a screen of its own when it is dead', () => {
    const dead = (attempt: number): WalkUpEvent => ({ type: 'wrongCode', attempt, triesLeft: 0 });
    const { walkUp } = play([ENTER, dead], aWalkUp(anEnterCode({ length: 8 })));
    expect(walkUp.state).toMatchObject({ kind: 'refused', code: 'ID-03-code-dead' });
  });

  it('has a way out that says whom to ask, and back to the PIN', () => {
    const help = play([OTHER_WAY, OTHER_WAY], atPin).walkUp;
    expect(codeOf(help.state)).toBe('ID-02-ask-helpdesk');
    const kinds = [];
    for (let walkUp = help; walkUp.state.kind !== 'found'; ) {
      [walkUp] = stepWalkUp(walkUp, ESC);
      kinds.push(codeOf(walkUp.state));
    }
    expect(kinds).toEqual(['ID-02-enter-code', 'ID-01-enter-pin', 'RP-11-card-found']);
  });
});

describe('The reasons', () => {
  it('go round at both ends of the list', () => {
    const { walkUp } = play([command('up')], aWalkUp(STATES.chooseReason.first!));
    expect(walkUp.state).toMatchObject({ selected: REASONS.length - 1 });
    expect(play([command('down')], walkUp).walkUp.state).toMatchObject({ selected: 0 });
  });

  it('let nobody go on, or astray, when there is none', () => {
    const none = aWalkUp(STATES.chooseReason['none to choose']!);
    for (const event of [command('up'), command('down'), digit(1), ENTER]) {
      expect(stepWalkUp(none, event)).toEqual([none, []]);
      expect(stepWalkUp(none, event)[0]).toBe(none);
    }
  });

  it('are there again when central is slow and Esc is pressed, and its late answer is ignored', () => {
    const checking = play([...TO_THE_REASONS, ENTER]).walkUp;
    const { walkUp, effects } = play([ESC], checking);
    expect(walkUp.state.kind).toBe('chooseReason');
    expect(effects).toEqual([{ run: 'cancel', attempt: checking.attempt }]);
    expect(stepWalkUp(walkUp, ANSWERS.checked(checking.attempt))[0]).toBe(walkUp);
    expect(stepWalkUp(walkUp, ANSWERS.cardRefused(checking.attempt))[0]).toBe(walkUp);
  });

  it('are not asked for when an operation is to be finished', () => {
    const { walkUp } = play([
      ...TO_THE_REASONS.slice(0, -1),
      (attempt) => ({ type: 'proved', attempt, reasons: REASONS, tasks: [], open: aRewrite(false) }),
    ]);
    expect(walkUp.state).toMatchObject({
      kind: 'warning',
      isResume: true,
      selected: 0,
      reasons: [REASONS[2]],
    });
    expect(play([ESC], walkUp).walkUp.state.kind).toBe('insertCard');
    expect(play([ENTER], walkUp).walkUp.state.kind).toBe('newPin');
  });

  it('are not asked for either when nobody here knows what the unfinished one was begun for', () => {
    const { walkUp } = play([
      ...TO_THE_REASONS.slice(0, -1),
      (attempt) => ({ type: 'proved', attempt, reasons: [], tasks: [], open: aRewrite(false) }),
    ]);
    const reasons = [{ code: REASONS[2]!.code, titles: {} }];
    expect(walkUp.state).toMatchObject({ kind: 'warning', isResume: true, reasons });
  });

  it('are those that cardholders may choose, and no others', () => {
    const ofOperators = { ...REASONS[0]!, code: 'of-operators', chosenBy: ['helpdesk'] };
    const [first, ...others] = REASONS.map((one) => ({ ...one, chosenBy: ['cardholder'] }));
    const { walkUp } = play([
      ...TO_THE_REASONS.slice(0, -1),
      (attempt) => ({
        ...{ type: 'proved', attempt, tasks: [], open: null },
        reasons: [first!, ofOperators, ...others],
      }),
    ]);
    expect(walkUp.state).toMatchObject({ kind: 'chooseReason', reasons: [first, ...others] });
  });

  it('nor is a new PIN, when the unfinished operation has set the one that was just typed', () => {
    const { walkUp } = play([
      ...TO_THE_REASONS.slice(0, -1),
      (attempt) => ({ type: 'proved', attempt, reasons: REASONS, tasks: [], open: aRewrite(true) }),
    ]);
    expect(codeOf(walkUp.state)).toBe('RP-13-warning');
    const { walkUp: writing, effects } = play([ENTER], walkUp);
    expect(writing.state.kind).toBe('writing');
    expect(effects).toEqual([
      {
        ...{ run: 'reprovision', attempt: writing.attempt, cardId: 'c1', reason: 'faulty' },
        ...{ acceptsKeyLoss: false, keepsPin: true, requestId: null, acceptsTerms: null, witnessId: null },
      },
    ]);
  });

  it('but whoever came by a code chooses one, whichever PIN is on the card', () => {
    const proving = { kind: 'proving', reader: 0, card: aCard(), attempt: 7, by: 'code' } as const;
    const { walkUp } = play(
      [(attempt) => ({ type: 'proved', attempt, reasons: REASONS, tasks: [], open: aRewrite(true) }), ENTER],
      aWalkUp(proving),
    );
    expect(codeOf(walkUp.state)).toBe('RP-14-new-pin');
  });
});

describe('The loss of a key', () => {
  it('has a confirmation of its own before the warning, and goes with the wish', () => {
    const loss = aWalkUp(aWarning({ losesKey: true, reasons: [aReason()], selected: 0 }));
    expect(codeOf(loss.state)).toBe('RP-20-confirm-loss');
    const accepted = play([ENTER], loss).walkUp;
    expect(codeOf(accepted.state)).toBe('RP-13-warning');
    const { effects } = play(
      [ENTER, typed('new', 6), ENTER, typed('repeat', 6, { matches: true }), ENTER],
      accepted,
    );
    expect(effects.at(-1)).toMatchObject({ run: 'reprovision', acceptsKeyLoss: true });
    expect(play([ESC], accepted).walkUp.state).toMatchObject({ hasAcceptedLoss: false });
  });
});

describe('The new PIN', () => {
  it('is not taken while a rule is not met', () => {
    const { walkUp } = play([ENTER], aWalkUp(aNewPin()));
    expect(walkUp.state).toMatchObject({ kind: 'newPin', field: 'new', error: 'policy' });
  });

  it('is asked for from the beginning when the repetition differs', () => {
    const { walkUp, effects } = play(
      [ENTER],
      aWalkUp(
        aNewPin({
          field: 'repeat',
          verdicts: [{ rule: 'length', satisfied: true, minLength: 6, maxLength: 8 }],
        }),
      ),
    );
    expect(walkUp.state).toMatchObject({ kind: 'newPin', field: 'new', length: 0, error: 'mismatch' });
    expect(walkUp.state).toMatchObject({ verdicts: [{ rule: 'length', satisfied: false, maxLength: 8 }] });
    expect(effects).toEqual([{ run: 'wipePins', fields: ['new', 'repeat'] }]);
  });

  it('names the buffer that the keys go to', () => {
    expect(pinFieldOf(anEnterPin())).toBe('current');
    expect(pinFieldOf(aNewPin())).toBe('new');
    expect(pinFieldOf(aNewPin({ field: 'repeat' }))).toBe('repeat');
    expect(pinFieldOf(aWriting())).toBeNull();
  });
});

describe('While the card is written', () => {
  it('Esc cancels before the first write and only explains after it', () => {
    const before = aWalkUp(aWriting({ hasBegunWriting: false }));
    expect(stepWalkUp(before, ESC)).toEqual([before, [{ run: 'cancel', attempt: 5 }]]);
    const after = play([ESC], aWalkUp(aWriting()));
    expect(after.walkUp.state).toMatchObject({ kind: 'writing', explainsLeaving: true });
    expect(after.effects).toEqual([]);
  });

  it('a refusal before the first write says so, and afterwards the card is to be finished', () => {
    const stopped = (hasBegunWriting: boolean): WalkUpEvent => ({
      type: 'stopped',
      attempt: 7,
      code: 'SY-03-central-refused',
      hasBegunWriting,
    });
    const endOf = (hasBegun: boolean, event: WalkUpEvent) =>
      play([event], aWalkUp(aWriting({ hasBegunWriting: hasBegun }))).walkUp.state.kind;
    expect(endOf(false, stopped(false))).toBe('refused');
    expect(endOf(false, stopped(true))).toBe('interrupted');
    expect(endOf(true, stopped(true))).toBe('interrupted');
    expect(endOf(true, stopped(false))).toBe('interrupted');
  });
});

describe('A card that was taken out in the middle of the writing', () => {
  const out = play([REMOVED], aWalkUp(aWriting())).walkUp;

  it('is asked for again, and goes on when it is put in', () => {
    expect(out.state).toMatchObject({ kind: 'interrupted', isCardIn: false, code: 'RP-17-card-removed' });
    expect(play([INSERTED], out).effects).toMatchObject([{ run: 'look', reader: 0 }]);
  });

  it('is asked for again although the encoder was the first to notice', () => {
    const { walkUp } = play([ANSWERS.stopped, REMOVED], aWalkUp(aWriting()));
    expect(walkUp.state).toMatchObject({ kind: 'interrupted', isCardIn: false });
    expect(play([INSERTED], walkUp).walkUp.state.kind).toBe('looking');
  });

  it('is not spoken of as still being in after the time is up', () => {
    const { walkUp } = play([{ type: 'idleExpired' }], out);
    expect(walkUp.state).toEqual({ kind: 'insertCard', passedOver: null });
  });
});

describe('Another card in the middle of somebody’s operation', () => {
  const waiting = aWalkUp(anInterruption(), { occupied: [] });
  const other = (attempt: number): WalkUpEvent => ({
    type: 'cardFound',
    attempt,
    card: aCard({ cardId: 'c2', holderName: 'Grace Hopper' }),
  });
  const refused = play([INSERTED, other], waiting);

  it('is refused without a word of whose the first one is, and nothing is asked of it', () => {
    expect(refused.walkUp.state).toEqual(
      aRefusal({ code: 'RP-17-other-card', awaits: { cardId: 'c1', work: 'reprovision' } }),
    );
    expect(refused.effects.map(({ run }) => run)).toEqual(['look', 'wipePins', 'release', 'record']);
  });

  it('leads back to the waiting when it is out, and that was read', () => {
    const { walkUp: out } = play([REMOVED], refused.walkUp);
    expect(out.state).toMatchObject({ kind: 'refused', isCardIn: false, code: 'RP-17-other-card' });
    const { walkUp } = play([ENTER], out);
    expect(walkUp.state).toMatchObject({ kind: 'interrupted', isCardIn: false, cardId: 'c1' });
    const found = play([INSERTED, ANSWERS.cardFound], walkUp).walkUp;
    expect(codeOf(found.state)).toBe('RP-17-unfinished');
  });

  it('does not keep the first one from being put into the other reader', () => {
    const { walkUp } = play([{ type: 'cardInserted', reader: 1 }, ANSWERS.cardFound], refused.walkUp);
    expect(walkUp.state).toMatchObject({ kind: 'found', reader: 1 });
  });

  it.each([
    ['Esc', ESC],
    ['the end of the time', { type: 'idleExpired' } as const],
  ])('is not in the way any more after %s', (_, event) => {
    const left = play([event], refused.walkUp).walkUp;
    expect(left.state).toEqual({ kind: 'insertCard', passedOver: 0 });
    expect(play([ENTER, other], left).walkUp.state.kind).toBe('found');
    const alone = play([event], waiting).walkUp;
    expect(play([INSERTED, other], alone).walkUp.state.kind).toBe('found');
  });
});

describe('What is wrong with a card', () => {
  const refused = aWalkUp(aRefusal({ code: 'SE-07-card-answer', canRetry: true }));
  const out = play([REMOVED], refused).walkUp;

  it('stays on the screen when the card is out, until it was read or nobody is there', () => {
    expect(out.state).toMatchObject({ kind: 'refused', code: 'SE-07-card-answer', isCardIn: false });
    for (const event of [ENTER, ESC, { type: 'idleExpired' } as const])
      expect(play([event], out).walkUp.state).toEqual({ kind: 'insertCard', passedOver: null });
  });

  it('is in nobody’s way: the next card is looked at at once, in whichever reader', () => {
    for (const reader of [0, 1]) {
      const { walkUp, effects } = play([{ type: 'cardInserted', reader }], out);
      expect(walkUp.state).toMatchObject({ kind: 'looking', reader, awaits: null });
      expect(effects).toMatchObject([{ run: 'look', reader }]);
    }
  });

  it('goes with the card where it was only that the card was taken out', () => {
    const pulled = aWalkUp(aRefusal({ code: 'RP-17-card-removed', canRetry: true }));
    expect(play([REMOVED], pulled).walkUp.state.kind).toBe('insertCard');
  });

  it('leaves what was handed over as it is, for the right card', () => {
    const wish = {
      kind: 'reprovision',
      cardId: 'c1',
      reason: 'faulty',
      requestId: null,
      proof: { by: 'pin' },
    };
    const wrong = aRefusal({ code: 'RP-11-other-card', isForOneCard: true });
    const { walkUp } = play([REMOVED, INSERTED], aWalkUp(wrong, { wish: wish as WalkUp['wish'] }));
    expect(walkUp).toMatchObject({ state: { kind: 'looking' }, wish: { cardId: 'c1' } });
  });
});

describe('A card that is written, but not yet valid', () => {
  it('may be taken out, and central’s answer ends it all the same', () => {
    const written = play([ANSWERS.readBack], aWalkUp(aWriting({ attempt: 7 }))).walkUp;
    expect(codeOf(written.state)).toBe('SY-03-written-waiting');
    const out = play([REMOVED], written);
    expect(out.walkUp.state).toMatchObject({ kind: 'written', isCardIn: false });
    expect(out.effects).toContainEqual({ run: 'release' });
    expect(play([ANSWERS.completed], out.walkUp).walkUp.state).toMatchObject({
      kind: 'done',
      isCardIn: false,
    });
    expect(play([ANSWERS.completed], written).walkUp.state).toMatchObject({ kind: 'done', isCardIn: true });
  });

  it('is called written and not valid when card or holder were disabled meanwhile', () => {
    const refuse =
      (code: string) =>
      (attempt: number): WalkUpEvent => ({ type: 'stopped', attempt, code, hasBegunWriting: true });
    const disabled = play([refuse('RP-06-disabled')], aWalkUp(aWritten())).walkUp;
    expect(disabled.state).toMatchObject({ kind: 'interrupted', isWritten: true, code: 'RP-06-disabled' });
    const failed = play([refuse('RP-18-verify-failed')], aWalkUp(aWritten())).walkUp;
    expect(failed.state).toMatchObject({ kind: 'interrupted', isWritten: false });
  });

  it('does not keep the next person waiting', () => {
    const out = aWalkUp(aWritten({ isCardIn: false }), { occupied: [] });
    expect(play([INSERTED], out).walkUp.state).toMatchObject({ kind: 'looking', awaits: null });
    expect(play([ESC], out).walkUp.state).toEqual({ kind: 'insertCard', passedOver: null });
  });
});

describe('A reader that fails in the middle of the writing', () => {
  const health = (trouble: 'UX-06-reader-gone' | 'UX-06-service-gone' | null): WalkUpEvent => ({
    type: 'readerHealth',
    reader: 0,
    trouble,
  });

  it('is named when it is unplugged, and the card is asked for when it is back', () => {
    const gone = play([REMOVED, health('UX-06-reader-gone')], aWalkUp(aWriting())).walkUp;
    expect(codeOf(gone.state)).toBe('UX-06-reader-gone');
    const back = play([health(null)], gone).walkUp;
    expect(codeOf(back.state)).toBe('RP-17-card-removed');
    expect(play([INSERTED, ANSWERS.cardFound], back).walkUp.state.kind).toBe('found');
  });

  it('is waited for when another program has taken it, and looking starts by itself', () => {
    const busy = (attempt: number): WalkUpEvent => ({
      type: 'stopped',
      attempt,
      code: 'UX-06-reader-busy',
      hasBegunWriting: true,
    });
    const { walkUp, effects } = play([busy], aWalkUp(aWriting()));
    expect(walkUp.state).toMatchObject({
      kind: 'looking',
      awaits: { cardId: 'c1', work: 'reprovision' },
      trouble: 'UX-06-reader-busy',
    });
    expect(effects.at(-1)).toMatchObject({ run: 'look', reader: 0 });
    expect(codeOf(play([ANSWERS.cardFound], walkUp).walkUp.state)).toBe('RP-17-unfinished');
    expect(play([REMOVED], walkUp).walkUp.state).toMatchObject({ kind: 'interrupted', cardId: 'c1' });
  });
});

describe('With two readers', () => {
  const OTHER: WalkUpEvent = { type: 'cardInserted', reader: 1 };

  it('Change card goes from one card to the other and back', () => {
    const { walkUp } = play([INSERTED, OTHER, ANSWERS.cardFound, command('changeCard')]);
    expect(walkUp.state).toMatchObject({ kind: 'looking', reader: 1 });
    expect(play([ANSWERS.cardFound, command('changeCard')], walkUp).walkUp.state).toMatchObject({
      kind: 'looking',
      reader: 0,
    });
  });

  it('Change card on the first screen looks at the card that was not passed over', () => {
    const { walkUp } = play([command('changeCard')], {
      ...aWalkUp({ kind: 'insertCard', passedOver: 0 }),
      occupied: [0, 1],
    });
    expect(walkUp.state).toMatchObject({ kind: 'looking', reader: 1 });
  });

  it('taking out the card in work leads to the other one', () => {
    const { walkUp } = play([INSERTED, OTHER, ANSWERS.cardFound, REMOVED]);
    expect(walkUp.state).toMatchObject({ kind: 'looking', reader: 1 });
  });
});
