import { expect, test, vi } from 'vitest';
import { startDemo, walk } from '../support/demo.ts';
import { PATIENCE } from '../support/soon.ts';
import { KEY } from '../support/terminal.ts';

vi.setConfig(PATIENCE);

/** Ctrl+R and Ctrl+T, as a terminal sends them. */
const CTRL_R = '\u0012';
const CTRL_T = '\u0014';

/** What is there to be looked at. */
const PICTURES = /[\u2190-\u2bff●•·✓…]/;

test('whoever cannot see rewrites a card by what is read aloud, and their PIN is not', async () => {
  const demo = await startDemo();
  const { terminal } = demo;
  try {
    terminal.press(CTRL_R);
    const first = await terminal.until('Keys: Put your card in');
    expect(first).not.toMatch(PICTURES);
    const from = terminal.drawn().length;
    await demo.recard('card', 'insert', 'standard');
    await terminal.until('RP-11-card-found');
    terminal.press(KEY.enter);
    await terminal.until('ID-01-enter-pin');
    terminal.press('1');
    await terminal.until('1 digit typed.');
    terminal.press('23456');
    await terminal.until('6 digits typed.');
    terminal.press(KEY.enter);
    await terminal.until('RP-12-choose-reason');
    terminal.press('2');
    await terminal.until('Chosen: 2, ');
    terminal.press(KEY.enter);
    await walk.throughPlan(demo);
    terminal.press(KEY.enter);
    await terminal.until('RP-14-new-pin');
    terminal.press('7391');
    await terminal.until('4 digits typed.');
    terminal.press('4682');
    await terminal.until(/Fulfilled: [^\n]*8/);
    terminal.press(KEY.enter);
    await terminal.until('RP-14-repeat-pin');
    terminal.press(`73914682${KEY.enter}`);
    const done = await terminal.until('UX-07-done');
    expect(done).toContain('Take your card out');
    const heard = terminal.drawn().slice(from);
    expect(heard).not.toMatch(PICTURES);
    expect(heard).not.toContain('73914682');
    // Each second has not been said; that central was lost, and heard again, is said with the whole screen.
    const lost = heard.split('Central not reached').length - 1;
    expect(heard.split('Step 6 of 7').length - 2 * lost).toBeLessThan(6);
    await demo.recard('card', 'pull');
    // The next person has the usual screen.
    await terminal.until(/\[1 Card\][\s\S]*RP-11-insert-card/);
    terminal.press(CTRL_T);
    await terminal.until('H Large text');
  } finally {
    await demo.close();
  }
});
