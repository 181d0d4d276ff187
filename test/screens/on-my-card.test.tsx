import { renderToString } from 'ink';
import { describe, expect, test } from 'vitest';
import { App } from '../../screens/app.tsx';
import { TEXTS } from '../../screens/texts/texts.ts';
import { LANGUAGES } from '../../src/flows/kiosk-view.ts';
import type { MyCardState } from '../../src/flows/my-card-state.ts';
import { aMyCard, MY_CARD_STATES, onCard, someContents } from '../flows/my-card-states.ts';
import { aView } from './views.ts';

const FOOTER = ['Demo: Ctrl+N next card', 'cards: good revoked-elsewhere'];

function linesOf(walkUp: MyCardState, language: (typeof LANGUAGES)[number] = 'en'): readonly string[] {
  const view = aView({ walkUp, language, footer: FOOTER });
  return renderToString(<App view={view} onCommand={() => {}} />, { columns: 80 }).split('\n');
}

const STATES = Object.values(MY_CARD_STATES.onMyCard);
const words = (lines: readonly string[]) => lines.join('\n').replace(/\s+/g, ' ');

describe.each(LANGUAGES)('What is on a card, in %s', (language) => {
  const { myCard } = TEXTS[language];

  test('is whole in the smallest terminal, with how to see what waits', () => {
    for (const walkUp of STATES) {
      if (walkUp.contents === null) continue;
      const drawn = words(linesOf(walkUp, language));
      expect(drawn).toContain(myCard.title);
      const sums = [myCard.read, myCard.oldKeys, myCard.notAsItShouldBe, myCard.notFinished];
      expect(sums.filter((sum) => drawn.includes(sum))).toHaveLength(1);
      if (walkUp.from.kind === 'found') expect(drawn).toContain(myCard.waits);
      else expect(drawn).not.toContain(myCard.waits);
      for (const presence of [walkUp.contents.photo, walkUp.contents.printed])
        expect(drawn).toContain(myCard.presence[presence]);
    }
  });

  test('has no word that is cut off', () => {
    const every = Object.keys(myCard.states) as (keyof typeof myCard.states)[];
    for (const state of every) {
      const certificates = [onCard({ slot: '82', state, notAfter: '2028-09-30T12:00:00Z' })];
      const drawn = words(linesOf(aMyCard({ contents: someContents({ certificates }) }), language));
      expect(drawn).toContain(myCard.states[state]);
      expect(drawn).toContain(TEXTS[language].uses.oldEncrypt);
      expect(drawn).not.toContain('…');
    }
  });

  test('says what it begins with in one line', () => {
    for (const text of [myCard.read, myCard.oldKeys, myCard.notAsItShouldBe, myCard.notFinished])
      expect(text.length, text).toBeLessThanOrEqual(74);
  });
});

describe('What is on a card', () => {
  test('is all to be seen by going through it, where it is more than fits', () => {
    const certificates = Array.from({ length: 24 }, (_, i) =>
      onCard({ slot: '82', notAfter: `20${30 + i}-01-01T00:00:00Z` }),
    );
    const seen = new Set<string>();
    for (let row = 0; row < 24; row += 1) {
      const drawn = words(linesOf(aMyCard({ contents: someContents({ certificates }), row })));
      for (const year of drawn.match(/20[3-5]\d/g) ?? []) seen.add(year);
    }
    expect(seen.size).toBe(24);
  });

  test('tells nobody a number, or whose card it is', () => {
    for (const walkUp of STATES) {
      const drawn = words(linesOf(walkUp));
      expect(drawn).not.toContain('17482910');
      expect(drawn).not.toContain('Ada');
    }
  });
});
