import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type RunningDemo, startDemo } from '../support/demo.ts';
import { PATIENCE } from '../support/soon.ts';
import { KEY } from '../support/terminal.ts';

vi.setConfig(PATIENCE);

/** A cancelled card at the real kiosk is emptied, after a cut too, and is a blank one from then on. */

let demo: RunningDemo;
beforeAll(async () => {
  demo = await startDemo({ args: ['--rehearse'] });
});
afterAll(() => demo?.close());

test('a cancelled card is emptied after a yes, goes on after a cut, and can be collected as a new one', async () => {
  const { terminal } = demo;
  await demo.recard('card', 'insert', 'cancelled');
  expect(await terminal.until('RP-06-cancelled')).toContain('Empty');
  terminal.press(KEY.enter);
  expect(await terminal.until('RP-06-empty')).toContain('This cannot be undone.');
  const pulled = demo.recard('card', 'pull', '--at-step', 'puk');
  await terminal.until(/pull after PUK/i);
  terminal.press('y');
  await terminal.until('RP-17-card-removed');
  expect((await pulled).code).toBe(0);

  await demo.recard('card', 'insert', 'cancelled');
  expect(await terminal.until('RP-06-empty')).toContain('Finish');
  // No person is so quick: the letter would be taken for held down, but for a key in between.
  terminal.press(KEY.down);
  terminal.press('y');
  expect(await terminal.until('UX-07-done')).toContain('This card is empty now.');
  await demo.recard('card', 'pull');
  await terminal.until('RP-11-insert-card');
  await demo.recard('card', 'insert', 'cancelled');
  expect(await terminal.until('RP-07-blank')).toContain('This card is empty.');
});
