import { renderToString } from 'ink';
import { expect, test } from 'vitest';
import { App } from '../../screens/app.tsx';
import { TEXTS } from '../../screens/texts/texts.ts';
import type { DeskState } from '../../src/flows/desk-state.ts';
import { LANGUAGES } from '../../src/flows/kiosk-view.ts';
import { STATES } from '../flows/walk-up-states.ts';
import { aDeskView, atDesk } from './desk-states.ts';
import { aView } from './views.ts';

test.each(LANGUAGES)('In %s nobody is signed out who has not signed in yet', (language) => {
  const frameOf = (state: DeskState) => {
    const view = aView({ desk: aDeskView(state), language, idleSecondsLeft: 118 });
    return renderToString(<App view={view} onCommand={() => {}} />, { columns: 100 });
  };
  const { keys, desk } = TEXTS[language];
  expect(frameOf({ kind: 'askCard' })).toContain(keys.idle(118));
  expect(frameOf({ kind: 'askCard' })).not.toContain(desk.keys.idle(118));
  expect(frameOf(atDesk([]))).not.toContain(keys.idle(118));
});

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
