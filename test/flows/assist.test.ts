import { describe, expect, it } from 'vitest';
import type { HandOverWish } from '../../src/flows/desk-event.ts';
import { codeOf, countsIdle, stepWalkUp, type WalkUp } from '../../src/flows/walk-up.ts';
import { PIN_FIELDS, type WalkUpEvent } from '../../src/flows/walk-up-event.ts';
import { TERMS_ROWS, termsLines } from '../../src/flows/walk-up-terms.ts';
import { aCard, REASONS } from './cards-and-reasons.ts';
import { aTask, REQUEST_ID } from './collect-states.ts';
import { aBlank } from './issue-states.ts';
import { TERMS } from './terms.ts';
import { ANSWERS, aWalkUp, command, type Happening, passwordTyped, play, typed } from './walk-up-events.ts';
import { anEnterCode, anEnterPin, aPinWarning, aWriting, STATES } from './walk-up-states.ts';

const ENTER = command('confirm');
const ESC = command('back');
const SIGNED = { by: 'operator', statementId: 's1' } as const;
const REWRITE: HandOverWish = {
  ...{ kind: 'reprovision', cardId: 'c1', reason: 'data', requestId: null, proof: SIGNED, witnessId: 'w1' },
};
const NEW_PIN: HandOverWish = { kind: 'pinReset', cardId: 'c1', proof: SIGNED, witnessId: null };
const asked = (wish: HandOverWish): WalkUpEvent => ({ type: 'asked', wish });
const proved =
  (changes: Partial<Extract<WalkUpEvent, { type: 'proved' }>> = {}) =>
  (attempt: number): WalkUpEvent => ({
    ...{ type: 'proved', attempt, reasons: REASONS, open: null, tasks: [], ...changes },
  });
const FOUND = aWalkUp(STATES.found.usual!, { operator: { name: 'Helga' } });
const TYPED: readonly Happening[] = [
  ...[typed('new', 8, { satisfied: true }), ENTER],
  ...[typed('repeat', 8, { satisfied: true, matches: true }), ENTER],
];

describe('What an operator hands over', () => {
  it('is a rewrite that they have vouched for: reason and witness are theirs, the PIN is the cardholder’s', () => {
    const { walkUp, effects } = play([asked(REWRITE), proved(), ANSWERS.checked, ENTER, ...TYPED], FOUND);
    expect(walkUp.state).toMatchObject({ kind: 'writing', work: 'reprovision' });
    expect(effects.filter(({ run }) => run !== 'wipePins')).toEqual([
      { run: 'proveByOperator', attempt: 8, cardId: 'c1', proofId: 's1' },
      { run: 'check', attempt: 9, cardId: 'c1', reason: 'data' },
      {
        ...{ run: 'reprovision', attempt: 10, cardId: 'c1', reason: 'data', acceptsKeyLoss: false },
        ...{ keepsPin: false, requestId: null, acceptsTerms: null, witnessId: 'w1' },
      },
    ]);
  });

  it('is shown with the title of a reason that the copy does not know', () => {
    const reasonTitles = { en: 'Found on the street' };
    const wish: HandOverWish = { ...REWRITE, reason: 'found', reasonTitles };
    const { walkUp } = play([asked(wish), proved()], FOUND);
    expect(walkUp.state).toMatchObject({
      kind: 'checking',
      reasons: [{ code: 'found', titles: reasonTitles }],
    });
  });

  it('is a rewrite that the cardholder proves with their PIN, if they have it', () => {
    const { walkUp } = play([asked({ ...REWRITE, proof: { by: 'pin' } })], FOUND);
    expect(walkUp.state.kind).toBe('enterPin');
    const wish: HandOverWish = { ...REWRITE, proof: { by: 'pin' } };
    const after = play([asked(wish), typed('current', 6), ENTER, proved()], FOUND);
    expect(after.walkUp.state).toMatchObject({ kind: 'checking', by: 'pin' });
  });

  it('is a new PIN and nothing else', () => {
    const { walkUp, effects } = play([asked(NEW_PIN), proved(), ENTER, ...TYPED], FOUND);
    expect(walkUp.state).toMatchObject({ kind: 'writing', work: 'pinReset' });
    expect(effects.at(-1)).toEqual({
      ...{ run: 'resetPin', attempt: 9, cardId: 'c1', keepsPin: false, acceptsTerms: null, witnessId: null },
    });
    const { walkUp: done } = play([ANSWERS.completed], walkUp);
    expect(done.state).toMatchObject({ kind: 'done', work: 'pinReset' });
  });

  it('is finished first where a rewrite was begun: that sets a new PIN as well', () => {
    const open = { kind: 'reprovision', reason: 'faulty', keepsPin: true } as const;
    const { walkUp } = play([asked(NEW_PIN), proved({ open })], FOUND);
    expect(walkUp.state).toMatchObject({ kind: 'warning', isResume: true, keepsPin: false });
  });

  it('is a new card without its number', () => {
    const wish: HandOverWish = { kind: 'issue', requestId: REQUEST_ID, proof: SIGNED, witnessId: 'w1' };
    const { walkUp, effects } = play(
      [asked(wish), ANSWERS.numberProved, ENTER, ENTER, ...TYPED],
      aWalkUp(aBlank()),
    );
    expect(effects[1]).toEqual({ run: 'proveVouched', reader: 0, attempt: 8, proofId: 's1' });
    expect(effects.at(-1)).toMatchObject({ run: 'issue', witnessId: 'w1' });
    expect(walkUp.state).toMatchObject({ kind: 'writing', work: 'issue' });
    const { walkUp: typing } = play([asked({ ...wish, proof: { by: 'number' } })], aWalkUp(aBlank()));
    expect(typing.state.kind).toBe('enterNumber');
  });

  it('is what waits for the cardholder, whose PIN it wants', () => {
    const wish: HandOverWish = { kind: 'collection', cardId: 'c1', requestId: REQUEST_ID };
    const tasks = [aTask({ requestId: 'another' }), aTask({ requestId: REQUEST_ID })];
    const { walkUp } = play([asked(wish), typed('current', 6), ENTER, proved({ tasks })], FOUND);
    expect(walkUp.state).toMatchObject({ kind: 'comparing', task: { requestId: REQUEST_ID } });
  });

  it('is a file, for which no card is needed: the owner types its password', () => {
    const wish: HandOverWish = { kind: 'soft', requestId: REQUEST_ID, proof: SIGNED };
    const empty = aWalkUp({ kind: 'insertCard', passedOver: null }, { occupied: [] });
    const { walkUp: asking, effects } = play([asked(wish)], empty);
    expect(effects.at(-1)).toEqual({ run: 'offerSoft', attempt: 8, requestId: REQUEST_ID });
    const to = [ANSWERS.softOffered, ANSWERS.mediaSeen, ENTER, ENTER] as const;
    const secret = [
      ...[passwordTyped('new', 13), ENTER],
      ...[passwordTyped('repeat', 13, { matches: true }), ENTER],
    ];
    const { walkUp: saving, effects: saved } = play([...to, ...secret], asking);
    expect(saving.state).toMatchObject({ kind: 'savingSoft', reader: null });
    expect(saved.at(-1)).toMatchObject({ run: 'saveSoft', cardId: null, proofId: 's1' });
    for (const end of [ANSWERS.softSaved, ANSWERS.softStopped]) {
      const { walkUp: over } = play([end, { type: 'cardInserted', reader: 1 }], saving);
      expect(['softDone', 'softStopped']).toContain(over.state.kind);
      expect(play([ENTER], over).walkUp.wish).toBeNull();
    }
    const { walkUp: gone } = play([...to, ESC, ESC, ESC], asking);
    expect(gone).toMatchObject({ wish: null, state: { kind: 'insertCard' } });
    // Whoever's card is in has nothing to do with it.
    const { walkUp, effects: letGo } = play([asked(wish)], FOUND);
    expect(walkUp.state).toMatchObject({ kind: 'offeringSoft', reader: null });
    expect(letGo).toContainEqual({ run: 'release' });
  });

  it('begins when its card is put in, and with no other', () => {
    const empty = aWalkUp({ kind: 'insertCard', passedOver: null }, { occupied: [] });
    const { walkUp: waiting } = play([asked(NEW_PIN)], empty);
    expect(waiting.state.kind).toBe('insertCard');
    const inserted: WalkUpEvent = { type: 'cardInserted', reader: 0 };
    const { walkUp: right } = play([inserted, ANSWERS.cardFound], waiting);
    expect(right.state).toMatchObject({ kind: 'proving', by: 'operator' });
    const other = (attempt: number): WalkUpEvent => ({
      ...{ type: 'cardFound', attempt, card: aCard({ cardId: 'c2', holderName: 'Somebody else' }) },
    });
    for (const wrong of [other, ANSWERS.blankFound]) {
      const { walkUp } = play([inserted, wrong], waiting);
      expect(walkUp.state).toMatchObject({ kind: 'refused', code: 'RP-11-other-card', isForOneCard: true });
      expect(JSON.stringify(walkUp.state)).not.toContain('Somebody');
      const [same] = stepWalkUp(walkUp, command('changeCard'));
      expect(same).toBe(walkUp);
    }
  });

  it('is over with Esc from the first thing that is asked, and with the card', () => {
    const begun = [
      play([asked(NEW_PIN)], FOUND),
      play([asked(NEW_PIN), proved()], FOUND),
      play([asked({ ...REWRITE, proof: { by: 'pin' } })], FOUND),
      play([asked(REWRITE), proved()], FOUND),
      play([asked(REWRITE), proved(), ANSWERS.checked], FOUND),
    ];
    for (const { walkUp } of begun) {
      expect(walkUp.wish).not.toBeNull();
      for (const event of [
        ESC,
        { type: 'cardRemoved', reader: 0 } as const,
        { type: 'takenBack' } as const,
      ]) {
        const [after, effects] = stepWalkUp(walkUp, event);
        expect(after).toMatchObject({ wish: null, state: { kind: 'insertCard' } });
        expect(effects).toContainEqual({ run: 'release' });
      }
    }
  });

  it('goes on when the card that was cut off is put in again', () => {
    const writing = aWalkUp(aWriting({ work: 'pinReset' }), { wish: NEW_PIN });
    const back: WalkUpEvent = { type: 'cardInserted', reader: 0 };
    const { walkUp } = play([{ type: 'cardRemoved', reader: 0 }, back, ANSWERS.cardFound], writing);
    expect(walkUp.state).toMatchObject({ kind: 'proving', by: 'operator', card: { hasOpenOperation: true } });
  });

  it('is back with the operator when nobody puts the card in', () => {
    const waiting = aWalkUp({ kind: 'insertCard', passedOver: null }, { wish: NEW_PIN, occupied: [] });
    expect(countsIdle(waiting.state, waiting.wish)).toBe(true);
    expect(stepWalkUp(waiting, { type: 'idleExpired' })[0]).toEqual({ ...waiting, wish: null });
    expect(countsIdle(waiting.state)).toBe(false);
  });

  it('is not taken in the middle of anything else', () => {
    const writing = aWalkUp(aWriting());
    expect(stepWalkUp(writing, asked(NEW_PIN))).toEqual([writing, []]);
    expect(stepWalkUp(writing, { type: 'takenBack' })).toEqual([writing, []]);
  });
});

describe('An operator who comes to a cardholder', () => {
  it('finds the screen as it was, and goes on from it', () => {
    const typing = aWalkUp(anEnterCode({ explainsHelp: true }));
    const [helped, effects] = stepWalkUp(typing, { type: 'assisted', operator: { name: 'Helga' } });
    expect(helped).toEqual({ ...typing, operator: { name: 'Helga' } });
    expect(effects).toEqual([]);
    expect(play([asked(NEW_PIN)], helped).walkUp.state).toMatchObject({ kind: 'proving', by: 'operator' });
    expect(stepWalkUp(helped, { type: 'assisted', operator: null })[0]).toEqual(typing);
  });

  it('puts their own card into a reader that is nobody’s from then on', () => {
    const [after, effects] = stepWalkUp(FOUND, { type: 'claimed', reader: 0 });
    expect(after).toMatchObject({ state: { kind: 'insertCard', passedOver: null }, occupied: [] });
    expect(effects).toContainEqual({ run: 'release' });
    const two = aWalkUp(STATES.found.usual!, { occupied: [0, 1] });
    const [left] = stepWalkUp(two, { type: 'claimed', reader: 1 });
    expect(left).toEqual({ ...two, occupied: [0] });
  });

  it('lies over the screen: what was typed at it is gone, and typed anew', () => {
    for (const state of [anEnterPin({ length: 6, error: null }), anEnterCode({ length: 5 })]) {
      const [after, effects] = stepWalkUp(aWalkUp(state), { type: 'covered' });
      expect(after.state).toEqual({ ...state, length: 0 });
      expect(effects).toEqual([{ run: 'wipePins', fields: [...PIN_FIELDS] }]);
    }
    expect(stepWalkUp(FOUND, { type: 'covered' })).toEqual([FOUND, []]);
  });

  it('leaves a card that nobody is shown until somebody asks for it', () => {
    const empty = aWalkUp({ kind: 'insertCard', passedOver: null }, { occupied: [] });
    const [left, effects] = stepWalkUp(empty, { type: 'cardLeft', reader: 1 });
    expect(left).toMatchObject({ state: { kind: 'insertCard', passedOver: 1 }, occupied: [1] });
    expect(effects).toEqual([]);
    // Somebody else comes and goes.
    const other = { type: 'cardInserted', reader: 0 } as const;
    const gone = { type: 'cardRemoved', reader: 0 } as const;
    const found = play([other, ANSWERS.cardFound], left).walkUp;
    expect(found.state).toMatchObject({ kind: 'found', reader: 0 });
    const after = play([gone], found).walkUp;
    expect(after.state).toEqual({ kind: 'insertCard', passedOver: 1 });
    expect(play([ENTER], after).walkUp.state).toMatchObject({ kind: 'looking', reader: 1 });
    // Whoever wants to work with the card that is in means theirs.
    const passed = play([ESC], found).walkUp;
    expect(passed.state).toEqual({ kind: 'insertCard', passedOver: 0 });
    expect(play([ENTER], passed).walkUp.state).toMatchObject({ kind: 'looking', reader: 0 });
    const out = play([{ type: 'cardRemoved', reader: 1 }], after).walkUp;
    expect(out).toMatchObject({ state: { kind: 'insertCard', passedOver: null }, occupied: [], left: [] });
    // The next card in that reader is anybody's.
    const next = stepWalkUp(out, { type: 'cardInserted', reader: 1 })[0];
    expect(next.state).toMatchObject({ kind: 'looking', reader: 1 });
  });

  it('takes no card away in the middle of a write', () => {
    const writing = aWalkUp(aWriting());
    expect(stepWalkUp(writing, { type: 'claimed', reader: 0 })).toEqual([writing, []]);
  });
});

describe('A new PIN that was not finished', () => {
  const proving = (by: 'pin' | 'code'): WalkUp =>
    aWalkUp({ kind: 'proving', reader: 0, card: aCard(), attempt: 7, by });

  it('is finished with the PIN that is set, or with another one after a code', () => {
    const open = { kind: 'pinReset', keepsPin: true } as const;
    const known = play([proved({ open })], proving('pin')).walkUp;
    expect(known.state).toEqual(aPinWarning({ by: 'pin', isResume: true, keepsPin: true }));
    expect(codeOf(known.state)).toBe('ID-02-new-pin');
    expect(play([ENTER], known).effects).toEqual([
      { run: 'resetPin', attempt: 8, cardId: 'c1', keepsPin: true, acceptsTerms: null, witnessId: null },
    ]);
    const forgotten = play([proved({ open }), ENTER], proving('code')).walkUp;
    expect(forgotten.state).toMatchObject({
      kind: 'newPin',
      warning: { kind: 'pinWarning', keepsPin: false },
    });
  });
});

describe('Terms', () => {
  const withTerms: readonly Happening[] = [
    (attempt) => ({ type: 'checked', attempt, losesKey: false, terms: TERMS }),
  ];
  const reading = () => play(withTerms, aWalkUp(STATES.checking.first!)).walkUp;

  it('are accepted before anything is written, and by whom in which language is told', () => {
    const { walkUp, effects } = play([ENTER, ENTER, ...TYPED], reading());
    expect(walkUp.state.kind).toBe('writing');
    const accepted = { id: TERMS.id, language: 'en' };
    expect(effects.at(-1)).toMatchObject({ run: 'reprovision', acceptsTerms: accepted });
  });

  it('that are declined lead back to where the wish was made', () => {
    const { walkUp, effects } = play([ESC], reading());
    expect(walkUp.state.kind).toBe('chooseReason');
    expect(effects).toEqual([]);
  });

  it('are read to their end and no further, and from there back', () => {
    const lines = termsLines(TERMS.text);
    const down = Array.from({ length: lines.length + 5 }, () => command('down'));
    const { walkUp: end } = play(down, reading());
    expect(end.state).toMatchObject({ kind: 'terms', row: lines.length - TERMS_ROWS });
    const up = down.map(() => command('up'));
    expect(play(up, end).walkUp.state).toMatchObject({ kind: 'terms', row: 0 });
  });

  it('keep every word, in lines that fit', () => {
    const lines = termsLines(`${'x'.repeat(200)}\r\nA  word \n\n${TERMS.text}`);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(72);
    const words = (text: string) => text.replace(/\s+/g, '');
    expect(words(lines.join(''))).toBe(words(`${'x'.repeat(200)}Aword${TERMS.text}`));
  });
});
