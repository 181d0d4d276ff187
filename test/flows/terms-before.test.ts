/** Terms before what is not a rewrite: keys onto a card, a file, a new PIN (RP-19). */
import { describe, expect, it } from 'vitest';
import { DEFAULT_SOFT_RULES } from '../../src/domain/soft-certificate.ts';
import type { HandOverWish } from '../../src/flows/desk-event.ts';
import type { WalkUpEvent } from '../../src/flows/walk-up-event.ts';
import { REASONS } from './cards-and-reasons.ts';
import { aChoice, aDifference, aTask, REQUEST_ID, TOO_MANY } from './collect-states.ts';
import { aFileTask } from './soft-states.ts';
import { TERMS } from './terms.ts';
import { ANSWERS, aWalkUp, command, type Happening, passwordTyped, play, typed } from './walk-up-events.ts';
import { STATES } from './walk-up-states.ts';

const ENTER = command('confirm');
const ESC = command('back');
const ACCEPTED = { id: TERMS.id, language: 'en' };
const compared =
  (difference = aDifference()) =>
  (attempt: number): WalkUpEvent => ({ type: 'compared', attempt, difference });

describe('Keys onto a card', () => {
  const task = aTask({ terms: TERMS });
  const from = aWalkUp(aChoice({ tasks: [task], selected: 0 }));

  it('come with their terms before the difference, once, and what was accepted is told', () => {
    const reading = play([ENTER, compared()], from);
    expect(reading.walkUp.state).toMatchObject({ kind: 'terms', terms: TERMS });
    const { walkUp, effects } = play([ENTER, ENTER, ENTER], reading.walkUp);
    expect(walkUp.state).toMatchObject({ kind: 'writing', work: 'collection' });
    expect(effects.at(-1)).toMatchObject({ run: 'collect', requestId: REQUEST_ID, acceptsTerms: ACCEPTED });
  });

  it('are not asked for again when something is left for another time afterwards', () => {
    const chosen = [command('toggle'), ENTER, compared()];
    const left = play([ENTER, compared(TOO_MANY), ...chosen], from);
    expect(left.walkUp.state.kind).toBe('terms');
    const back = play([ENTER, ESC], left.walkUp);
    expect(back.walkUp.state).toMatchObject({ kind: 'chooseLeft', acceptsTerms: ACCEPTED });
    expect(play([ENTER, compared()], back.walkUp).walkUp.state.kind).toBe('difference');
  });

  it('are not brought where the terms are declined: nothing was begun', () => {
    const { walkUp, effects } = play([ENTER, compared(), ESC], from);
    expect(walkUp.state).toMatchObject({ kind: 'chooseTask' });
    expect(effects.map(({ run }) => run)).toEqual(['compare']);
  });

  it('that were begun before are gone on with, without them', () => {
    const open = { kind: 'collection', requestId: REQUEST_ID, difference: null } as const;
    const proved: Happening = (attempt) => ({
      ...{ type: 'proved', attempt, reasons: REASONS, tasks: [], open, terms: TERMS },
    });
    const { walkUp } = play([proved], aWalkUp(STATES.proving.first!));
    expect(walkUp.state).toMatchObject({ kind: 'collectWarning', isResume: true });
  });
});

describe('A file', () => {
  const inStore = { rules: { ...DEFAULT_SOFT_RULES, where: 'nss' as const } };
  const secret: readonly Happening[] = [
    ...[passwordTyped('new', 14), ENTER],
    ...[passwordTyped('repeat', 14, { matches: true }), ENTER],
  ];

  it('is made after its terms, and what was accepted is told', () => {
    const from = aWalkUp(aChoice({ tasks: [aFileTask({}, { terms: TERMS })], selected: 0 }));
    const reading = play([ENTER], from);
    expect(reading.walkUp.state).toMatchObject({ kind: 'terms', terms: TERMS, reader: 0 });
    expect(reading.effects).toEqual([]);
    const { effects } = play([ENTER, ANSWERS.mediaSeen, ENTER, ENTER, ...secret], reading.walkUp);
    expect(effects.at(-1)).toMatchObject({ run: 'saveSoft', acceptsTerms: ACCEPTED });
    expect(play([ESC], reading.walkUp).walkUp.state.kind).toBe('chooseTask');
  });

  it('that an operator hands over has its owner read them, too, without a card', () => {
    const wish: HandOverWish = {
      ...{ kind: 'soft', requestId: REQUEST_ID, proof: { by: 'operator', statementId: 's1' } },
    };
    const offered: Happening = (attempt) => ({
      ...{ type: 'softOffered', attempt, ownerName: 'Anna', task: aFileTask({}, { terms: TERMS }) },
    });
    const empty = aWalkUp({ kind: 'insertCard', passedOver: null }, { occupied: [] });
    const { walkUp } = play([{ type: 'asked', wish }, offered], empty);
    expect(walkUp.state).toMatchObject({ kind: 'terms', reader: null });
    expect(play([ESC], walkUp).walkUp.state.kind).toBe('insertCard');
    const { effects } = play([ENTER, ANSWERS.mediaSeen, ENTER, ENTER, ...secret], walkUp);
    expect(effects.at(-1)).toMatchObject({ run: 'saveSoft', proofId: 's1', acceptsTerms: ACCEPTED });
  });

  it('for a computer of one’s own: no token is given before they are accepted', () => {
    const task = aFileTask(inStore, { terms: TERMS });
    const from = aWalkUp(aChoice({ tasks: [task], selected: 0 }));
    const { walkUp, effects } = play([ENTER], from);
    expect([walkUp.state.kind, effects]).toEqual(['terms', []]);
    expect(play([ENTER], walkUp).effects).toMatchObject([{ run: 'giveToken', acceptsTerms: ACCEPTED }]);
  });
});

describe('A new PIN', () => {
  const wish: HandOverWish = {
    ...{ kind: 'pinReset', cardId: 'c1', proof: { by: 'operator', statementId: 's1' }, witnessId: null },
  };
  const proved =
    (changes: Partial<Extract<WalkUpEvent, { type: 'proved' }>> = {}) =>
    (attempt: number): WalkUpEvent => ({
      ...{ type: 'proved', attempt, reasons: REASONS, open: null, tasks: [], terms: TERMS, ...changes },
    });
  const found = aWalkUp(STATES.found.usual!, { operator: { name: 'Helga' } });
  const asked: WalkUpEvent = { type: 'asked', wish };
  const newPin: readonly Happening[] = [
    ...[typed('new', 8, { satisfied: true }), ENTER],
    ...[typed('repeat', 8, { satisfied: true, matches: true }), ENTER],
  ];

  it('is chosen after the terms, and what was accepted is told', () => {
    const reading = play([asked, proved()], found);
    expect(reading.walkUp.state).toMatchObject({ kind: 'terms', next: { kind: 'pinWarning' } });
    const { effects } = play([ENTER, ENTER, ...newPin], reading.walkUp);
    expect(effects.at(-1)).toMatchObject({ run: 'resetPin', acceptsTerms: ACCEPTED });
  });

  it('is not set where they are declined', () => {
    const { walkUp, effects } = play([asked, proved(), ESC], found);
    expect(walkUp).toMatchObject({ state: { kind: 'insertCard' }, wish: null });
    expect(effects.map(({ run }) => run)).not.toContain('resetPin');
  });

  it('that was begun before is finished without them', () => {
    const { walkUp } = play([asked, proved({ open: { kind: 'pinReset', keepsPin: false } })], found);
    expect(walkUp.state).toMatchObject({ kind: 'pinWarning', isResume: true });
  });
});

describe('Whoever changes the language', () => {
  const texts = { en: TERMS.text, de: 'Wer diese Karte hat, hat sie bei sich.' };
  const task = aTask({ terms: { ...TERMS, texts } });
  const from = aWalkUp(aChoice({ tasks: [task], selected: 0 }));
  const speak = (language: string): Happening => ({ type: 'spoken', language });
  const read = { kind: 'terms', row: 0, terms: { language: 'de', text: texts.de } };

  it('reads the terms in it, from their beginning, and accepts them in it', () => {
    const reading = play([ENTER, compared(), command('down'), speak('de')], from);
    expect(reading.walkUp.state).toMatchObject(read);
    const { effects } = play([ENTER, ENTER, ENTER], reading.walkUp);
    expect(effects.at(-1)).toMatchObject({ acceptsTerms: { id: TERMS.id, language: 'de' } });
  });

  it('before the terms come reads them in it, too', () => {
    expect(play([speak('de'), ENTER, compared()], from).walkUp.state).toMatchObject(read);
  });

  it('to one that they are not there in reads on', () => {
    const reading = play([ENTER, compared(), command('down')], from).walkUp;
    for (const language of ['fr', 'constructor'])
      expect(play([speak(language)], reading).walkUp.state).toBe(reading.state);
  });
});
