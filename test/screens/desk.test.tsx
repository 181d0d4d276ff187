import { afterAll, describe, expect, it } from 'vitest';
import { deskStageFor } from '../../screens/desk/desk-stage.ts';
import { deskKeyHints } from '../../screens/desk/key-hints.ts';
import { TEXTS } from '../../screens/texts/texts.ts';
import { actionsOf } from '../../src/flows/desk-actions.ts';
import { codeOfDesk } from '../../src/flows/desk-facts.ts';
import type { DeskState } from '../../src/flows/desk-state.ts';
import { type KioskView, LANGUAGES } from '../../src/flows/kiosk-view.ts';
import { aDeskView, DESK_STATES } from './desk-states.ts';
import { openScreen } from './one-screen.tsx';
import { aView } from './views.ts';

const screen = openScreen();
afterAll(() => screen.close());

const SIZES = [
  { columns: 80, rows: 24 },
  { columns: 100, rows: 30 },
  { columns: 200, rows: 60 },
];
const FOOTER = ['Demo: Ctrl+N next card', 'cards: good revoked-elsewhere'];

function draw(view: KioskView) {
  const lines = screen.draw(view);
  return { lines, frame: `\n${lines.join('\n')}\n` };
}

function viewOf(state: DeskState, changes: Partial<KioskView> = {}): KioskView {
  return aView({ desk: aDeskView(state), idleSecondsLeft: 275, ...changes });
}

/** Under a dialog or a test a page has none. */
function hasActions(state: DeskState): boolean {
  if (state.kind !== 'open' || state.dialog !== null) return false;
  const page = state.pages.at(-1);
  return page?.kind !== 'kiosk' || page.test === null;
}

const count = (frame: string, sign: string) => frame.split(sign).length - 1;

describe.each(LANGUAGES)('In %s', (language) => {
  describe.each(DESK_STATES)('the desk at "%s"', (_, state) => {
    it('fills every terminal, whole, with its code at the bottom right', () => {
      for (const size of SIZES) {
        const { lines, frame } = draw(viewOf(state, { size, language }));
        expect(lines, frame).toHaveLength(size.rows);
        for (const line of lines) expect(line.length, frame).toBeLessThanOrEqual(size.columns);
        expect(lines.at(-1)!.trimEnd(), frame).toMatch(new RegExp(` ${codeOfDesk(state)}$`));
        expect(lines.at(-1)!.trimEnd(), frame).toHaveLength(size.columns - 1);
        for (const corner of '┐└┘') expect(count(frame, corner), frame).toBe(count(frame, '┌'));
      }
    });

    it('cuts no text of its own in the smallest terminal, and says all keys and actions', () => {
      for (const footer of [null, FOOTER]) {
        const view = viewOf(state, { language, footer });
        const { lines, frame } = draw(view);
        // The path may lose its beginning, the kiosk's name its end.
        expect(lines.slice(2).join('\n'), frame).not.toContain('…');
        const stage = deskStageFor(view, view.desk!);
        for (const { key, text } of deskKeyHints(stage)) {
          expect(lines.join('\n'), frame).toContain(key === null ? text : `${key} ${text}`);
        }
        for (const { key, name } of hasActions(state) ? actionsOf(stage.desk) : []) {
          expect(frame).toContain(`${key} ${TEXTS[language].desk.actions[name]}`);
        }
      }
    });
  });
});
