import { renderToString } from 'ink';
import { expect, test } from 'vitest';
import { App } from '../../screens/app.tsx';
import { TEXTS } from '../../screens/texts/texts.ts';
import { LANGUAGES } from '../../src/flows/kiosk-view.ts';
import { STATES } from '../flows/walk-up-states.ts';
import { aView } from './views.ts';

test.each(LANGUAGES)('In %s the time that is left has a word with it, also beside five keys', (language) => {
  const { idle, idleBrief } = TEXTS[language].keys;
  for (const walkUp of [...Object.values(STATES.found), ...Object.values(STATES.enterPin)]) {
    const view = aView({ walkUp, language, idleSecondsLeft: 118 });
    const frame = renderToString(<App view={view} onCommand={() => {}} />, { columns: 80 });
    expect(
      [idle(118), idleBrief(118)].some((words) => frame.includes(words)),
      frame,
    ).toBe(true);
  }
});
