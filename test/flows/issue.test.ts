import { describe, expect, it } from 'vitest';
import { codeOf, idleSecondsOf, pinFieldOf } from '../../src/flows/walk-up.ts';
import { leavable, NUMBER_LENGTHS } from '../../src/flows/walk-up-issue.ts';
import * as newCard from '../../src/protocol/new-card.ts';
import {
  aBlank,
  anEnterNumber,
  anIssue,
  anIssueChoice,
  anIssueWarning,
  ISSUE_STATES,
  NEW_CARD,
} from './issue-states.ts';
import { ANSWERS, aWalkUp, command, digit, type Happening, play, typed } from './walk-up-events.ts';
import { anInterruption } from './walk-up-states.ts';

const IN_STATE = (state: Parameters<typeof aWalkUp>[0]) => aWalkUp(state);
const enter = command('confirm');
const PROVED: Happening = (attempt) => ({ type: 'numberProved', attempt, issue: anIssue(), problem: null });

describe('Whoever has a number and an empty card', () => {
  it('comes from the card to the end with each effect asked for once', () => {
    const { walkUp, effects } = play([
      { type: 'cardInserted', reader: 0 },
      ANSWERS.blankFound,
      enter,
      typed('number', 14),
      enter,
      PROVED,
      enter,
      enter,
      typed('new', 6, { satisfied: true }),
      enter,
      typed('repeat', 6, { matches: true }),
      enter,
      ANSWERS.progressed,
      ANSWERS.readBack,
      ANSWERS.completed,
    ]);
    expect(walkUp.state).toMatchObject({ kind: 'done', work: 'issue' });
    expect(effects.map(({ run }) => run)).toEqual([
      ...['look', 'proveByNumber', 'wipePins', 'issue', 'wipePins', 'release'],
    ]);
    expect(effects[3]).toMatchObject({ run: 'issue', cardId: 'c1', leavesOut: [] });
  });

  it('is asked for the whole number, and for another when it is dead', () => {
    const short = play([typed('number', 12), enter], IN_STATE(anEnterNumber())).walkUp.state;
    expect(short).toMatchObject({ kind: 'enterNumber', error: 'length' });
    expect(NUMBER_LENGTHS).toEqual(newCard.NUMBER_LENGTHS);
    const dead: Happening = (attempt) => ({ type: 'wrongCode', attempt, triesLeft: 0 });
    const { walkUp, effects } = play([dead], IN_STATE(ISSUE_STATES.provingNumber.first!));
    expect(walkUp.state).toMatchObject({ kind: 'refused', code: 'ID-03-code-dead', canRetry: true });
    expect(effects).toContainEqual(expect.objectContaining({ run: 'wipePins' }));
  });

  it('has time to fetch the number, with its digits in a buffer of their own', () => {
    expect(idleSecondsOf(anEnterNumber(), 60)).toBe(600);
    expect(idleSecondsOf(aBlank(), 60)).toBe(60);
    expect(pinFieldOf(anEnterNumber())).toBe('number');
  });

  it('types the number once more after turning back', () => {
    const { walkUp, effects } = play([command('back'), command('back')], IN_STATE(anIssueWarning()));
    expect(walkUp.state).toEqual({ kind: 'insertCard', passedOver: 0 });
    expect(effects.map(({ run }) => run)).toEqual(['wipePins', 'release']);
  });

  it('turns back too where central does not say what comes onto the card', () => {
    const { walkUp } = play([command('back')], IN_STATE(anIssueWarning({ changes: [] })));
    expect(walkUp.state.kind).toBe('insertCard');
  });
});

describe('Too little room on an empty card', () => {
  const tooFew: Happening = (attempt) => ({
    ...{ type: 'issuePlanned', attempt, changes: NEW_CARD, problem: 'KR-07-too-few-slots' },
  });

  it('lets the person mark what is left for another time, by its number or the space bar', () => {
    const [first, second] = leavable(NEW_CARD).map(({ serialNumber }) => serialNumber);
    const { walkUp } = play([digit(1), command('down'), command('toggle')], IN_STATE(anIssueChoice()));
    expect(walkUp.state).toMatchObject({ leavesOut: [first, second], row: 1 });
    const asked = play([enter, tooFew], walkUp);
    expect(asked.effects).toMatchObject([{ run: 'planIssue', leavesOut: [first, second] }]);
    expect(asked.walkUp.state).toMatchObject({ kind: 'issueChoice', isStillTooFew: true });
  });

  it('is the end of it where something else stands against it', () => {
    const refused: Happening = (attempt) => ({
      ...{ type: 'issuePlanned', attempt, changes: [], problem: 'KR-11-cannot-import' },
    });
    const { walkUp } = play([refused], IN_STATE(ISSUE_STATES.planningIssue.first!));
    expect(walkUp.state).toMatchObject({ kind: 'refused', code: 'KR-11-cannot-import' });
  });
});

describe('A new card that was taken out in the middle', () => {
  const waiting = anInterruption({ work: 'issue', cardId: 'c1' });
  const found =
    (cardId: string | null, serial: string | null): Happening =>
    (attempt) => ({ type: 'blankFound', attempt, card: { cardId, serial } });
  const inserted: Happening = { type: 'cardInserted', reader: 0 };
  const from = () => aWalkUp(waiting, { occupied: [] });

  it('is known by central’s record, and its number is asked for', () => {
    const { walkUp } = play([inserted, found('c1', '4711')], from());
    expect(walkUp.state).toMatchObject({ kind: 'blank', card: { isUnfinished: true } });
    expect(codeOf(walkUp.state)).toBe('RP-17-unfinished');
  });

  it('is asked for when another empty one is put in', () => {
    const { walkUp } = play([inserted, found(null, '99')], from());
    expect(walkUp.state).toMatchObject({ kind: 'refused', code: 'RP-17-other-card' });
  });

  it('is told by its number where its chip has no serial and nothing on it says who it is', () => {
    const { walkUp } = play([inserted, found(null, null)], from());
    expect(walkUp.state).toMatchObject({ kind: 'blank', card: { isUnfinished: true } });
  });

  it('keeps its steps: what is waited for is no rewrite', () => {
    const { walkUp } = play([inserted], from());
    expect(walkUp.state).toMatchObject({ kind: 'looking', awaits: { cardId: 'c1', work: 'issue' } });
  });
});
