import { renderToString } from 'ink';
import { describe, expect, it } from 'vitest';
import { App } from '../../screens/app.tsx';
import { keyHints } from '../../screens/key-help.ts';
import { refusalText, TEXTS } from '../../screens/texts/texts.ts';
import { LANGUAGES, type Language } from '../../src/flows/kiosk-view.ts';
import { codeOf } from '../../src/flows/walk-up.ts';
import type { WalkUpState } from '../../src/flows/walk-up-state.ts';
import { aChoice, aTask, COLLECT_STATES, collecting, TASKS, WITH_REMOVALS } from '../flows/collect-states.ts';
import { STATES } from '../flows/walk-up-states.ts';
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

  it.each(Object.entries(COLLECT_STATES.chooseTask))(
    'the list of what waits says whole why something cannot be done now (%s)',
    (_, state) => {
      const code = codeOf(state);
      const words = wordsOf(state, language);
      if (code === 'KR-01-waiting')
        return expect(words).not.toContain(`${texts.tasks.notNow} ${texts.tasks.notNow}`);
      const { title, why, next } = refusalText(texts, code);
      expect(words).toContain(`${title} ${why} ${next}`);
    },
  );

  it('a new card is called one, and told from one with recovered keys', () => {
    const aNewCard = (hasRecoveredKeys: boolean) =>
      aTask({ kind: 'newCard', isForThisCard: false, difference: null, hasRecoveredKeys });
    const rows = linesOf(aChoice({ tasks: [aNewCard(false), aNewCard(true)] }), language);
    const { newCard, newCardWithKeys } = texts.tasks;
    for (const [number, text] of [newCard, newCardWithKeys].entries())
      expect(rows.join('\n')).toContain(`${number + 1}  ${text} ${texts.tasks.notNow}`);
  });

  it('the digits that choose are as many as there are rows', () => {
    const digits = (state: WalkUpState) =>
      keyHints(state, texts).find(({ text }) => text === texts.keys.choose)?.key;
    const tasks = [aTask(), aTask()];
    expect(digits(aChoice({ tasks }))).toBe('1-3');
    expect(digits(aChoice({ tasks: Array(20).fill(aTask()) }))).toBe('1-9');
    const { first } = STATES.chooseReason;
    expect(digits({ ...first!, reasons: first!.reasons.slice(0, 1) })).toBe('1');
  });

  it.each([
    ['confirmRemoval', texts.removal.confirm],
    ['collectWarning', texts.warning.leaveCardIn],
    ['difference', texts.difference.others],
  ] as const)('%s is never without its last words', (kind, text) => {
    for (const state of Object.values(COLLECT_STATES[kind])) {
      expect(wordsOf(state, language)).toContain(text);
      expect(wordsOf(state, language, LARGE)).toContain(text);
    }
  });

  it('every row of the difference is in one line, its columns whole', () => {
    const lines = linesOf(COLLECT_STATES.difference['something of everything']!, language);
    const rows = lines.filter((line) => /20[0-9]{2} - .*20[0-9]{2}/.test(line));
    expect(rows).toHaveLength(WITH_REMOVALS.entries.length);
    expect(lines.join('\n')).not.toContain('…');
  });

  it('a long difference is all there in a large terminal, and in part in a small one', () => {
    const long = COLLECT_STATES.difference['a long one']!;
    const rows = (size: typeof SMALL) =>
      linesOf(long, language, size).filter((line) => /20[0-9]{2} - .*20[0-9]{2}/.test(line)).length;
    expect(rows(LARGE)).toBe(21);
    expect(rows(SMALL)).toBeLessThan(21);
    expect(wordsOf(long, language)).toContain(texts.chooseReason.moreBelow(4).slice(1));
  });

  it('the end says that the PIN stays, and what waits still', () => {
    const words = wordsOf(STATES.done['of a collection, with something else that waits']!, language);
    expect(words).toContain(texts.collected.title);
    expect(words).toContain(texts.collected.pinStays);
    expect(words).toContain(texts.collected.next);
    expect(words).not.toContain(texts.done.newPin);
    expect(wordsOf(STATES.done['of a collection']!, language)).toContain(texts.done.takeCard);
  });

  it('nothing of the new PIN is among the steps of a collection', () => {
    for (const state of [COLLECT_STATES.collectWarning.usual!, STATES.done['of a collection']!]) {
      expect(wordsOf(state, language)).not.toContain(texts.steps.newPin);
    }
    expect(wordsOf(STATES.done.usual!, language)).toContain(texts.steps.newPin);
  });
});

describe('What waits', () => {
  it('is said by what it does', () => {
    const words = wordsOf(aChoice({ selected: TASKS.length }));
    expect(words).toContain('Bring 2 recovered encryption keys onto this card');
    expect(words).toContain('Update your card: My name or other details have changed');
    expect(words).toContain('Recovered encryption keys for another card (not now)');
    expect(words).toContain('Rewrite this card');
  });

  it('shows a note of whoever asked, with nothing in it that could move the cursor', () => {
    const tasks = [aTask({ note: '\x1b[2JFor\nyour\t old mails\u202E' })];
    const lines = linesOf(aChoice({ tasks }));
    expect(lines.join(' ').replace(/\s+/g, ' ')).toContain('Note: [2JFor your old mails');
    expect(lines).toHaveLength(24);
  });

  it('names each key that is taken off, and no other', () => {
    const words = wordsOf({ ...collecting({ difference: WITH_REMOVALS }), kind: 'confirmRemoval', row: 0 });
    expect(words).toContain('30 Sept 2008 - 30 Sept 2011');
    expect(words).toContain('30 Sept 2009 - 30 Sept 2012');
    expect(words.match(/ - 30 Sept/g)).toHaveLength(2);
  });

  it('marks what is left for another time', () => {
    const lines = linesOf(COLLECT_STATES.chooseLeft['some marked']!);
    expect(lines.filter((line) => line.includes('[x]'))).toHaveLength(2);
    expect(lines.filter((line) => line.includes('[ ]')).length).toBeGreaterThan(3);
  });
});
