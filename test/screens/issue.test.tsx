import { renderToString } from 'ink';
import { describe, expect, it } from 'vitest';
import { App } from '../../screens/app.tsx';
import { TEXTS } from '../../screens/texts/texts.ts';
import { LANGUAGES, type Language } from '../../src/flows/kiosk-view.ts';
import type { WalkUpState } from '../../src/flows/walk-up-state.ts';
import { ISSUE_STATES } from '../flows/issue-states.ts';
import { A_LONG_PLAN } from '../flows/planned-changes.ts';
import { aPlan, STATES } from '../flows/walk-up-states.ts';
import { aView } from './views.ts';

const SMALL = { columns: 80, rows: 24 };
const LARGE = { columns: 200, rows: 60 };

function linesOf(walkUp: WalkUpState, language: Language = 'en', size = SMALL): readonly string[] {
  const view = aView({ walkUp, language, size });
  return renderToString(<App view={view} onCommand={() => {}} />, { columns: size.columns }).split('\n');
}

const wordsOf = (...of: Parameters<typeof linesOf>) =>
  linesOf(...of)
    .join(' ')
    .replace(/[\s│]+/g, ' ');

describe.each(LANGUAGES)('In %s', (language) => {
  const texts = TEXTS[language];
  const { changes, lost } = texts.plan;

  it('what becomes of each key is in one line each, its columns whole', () => {
    const lines = linesOf(STATES.plan.usual!, language);
    expect(lines.filter((line) => line.includes(changes.replaced))).toHaveLength(3);
    expect(lines.filter((line) => line.includes(changes.moved))).toHaveLength(1);
    expect(lines.join('\n')).not.toContain('…');
  });

  it('nobody who finishes a card is told that nothing was written yet', () => {
    expect(wordsOf(STATES.plan.resume!, language)).toContain(texts.plan.resumeText);
    expect(wordsOf(STATES.plan.resume!, language)).not.toContain(texts.plan.text);
  });

  it('each word for a change fits into its column', () => {
    const lines = linesOf(STATES.plan['a long one']!, language, LARGE);
    for (const word of Object.values(changes)) expect(lines.join('\n'), word).toContain(word);
    expect(lines.join('\n')).not.toContain('…');
  });

  it('a key that will be lost is read first, however small the terminal, and said in a box', () => {
    for (const size of [SMALL, LARGE]) {
      const lines = linesOf(STATES.plan['a key is lost']!, language, size);
      const rows = lines.filter((line) => Object.values(changes).some((word) => line.includes(word)));
      expect(rows[0]).toContain(changes.lost);
      expect(wordsOf(STATES.plan['a key is lost']!, language, size)).toContain(lost(1));
    }
  });

  it('a key that only the old card has is read first, and nobody hears that nothing is lost', () => {
    const state = STATES.plan['of a new card, a key of the old one is lost']!;
    for (const size of [SMALL, LARGE]) {
      const lines = linesOf(state, language, size);
      const rows = lines.slice(lines.findIndex((line) => line.includes(texts.plan.keyFor)) + 1);
      expect(rows[0]).toContain(changes.lost);
      expect(rows[0]).toContain('2008');
      expect(wordsOf(state, language, size)).toContain(texts.plan.lostWithOld(1));
      expect(wordsOf(state, language, size)).not.toContain(texts.plan.nothingLost);
    }
  });

  it('what has no place on the card can be had as a file', () => {
    const left = A_LONG_PLAN.filter(({ change }) => change !== 'lost');
    expect(wordsOf(aPlan({ changes: left }), language)).toContain(texts.plan.left);
  });

  it.each([
    ['blank', 'usual', texts.blank.otherwise],
    ['blank', 'unfinished', texts.blank.unfinished],
    ['blank', 'help', texts.blank.helpNext],
    ['enterNumber', 'wrong', texts.enterNumber.wrong],
    ['issueWarning', 'in place of another', texts.issueWarning.choosesPin],
    ['issueWarning', 'resume', texts.warning.leaveCardIn],
  ] as const)('%s (%s) is never without its last words', (kind, name, text) => {
    const state = (ISSUE_STATES[kind] as Readonly<Record<string, WalkUpState>>)[name]!;
    expect(wordsOf(state, language)).toContain(text);
    expect(wordsOf(state, language, LARGE)).toContain(text);
  });

  it('a new card has steps of its own, from the empty card to the end, a cut included', () => {
    const states = [
      ISSUE_STATES.blank.usual!,
      STATES.newPin['of a new card']!,
      STATES.done['of a new card']!,
    ];
    for (const state of [...states, STATES.interrupted['of a new card']!]) {
      expect(wordsOf(state, language)).toContain(texts.steps.number);
      expect(wordsOf(state, language)).not.toContain(texts.steps.reason);
    }
  });

  it('a collection that was cut off has no new PIN among its steps', () => {
    expect(wordsOf(STATES.interrupted['of a collection']!, language)).not.toContain(texts.steps.newPin);
    expect(wordsOf(STATES.interrupted['card out']!, language)).toContain(texts.steps.newPin);
  });
});

it('the number is shown as it is written, in groups, and no digit of it', () => {
  const field = linesOf(ISSUE_STATES.enterNumber['half typed']!).find((line) => line.includes('●'));
  expect(field?.replace(/[│ ]/g, '')).toBe('●●●●●●●●●·········');
});
