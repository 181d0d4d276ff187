import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type RunningDemo, startDemo, walk } from '../support/demo.ts';
import { searchMemory } from '../support/process-memory.ts';
import { formsOf } from '../support/secret-search.ts';
import { PATIENCE } from '../support/soon.ts';
import { KEY } from '../support/terminal.ts';

vi.setConfig(PATIENCE);

let demo: RunningDemo;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo?.close());

/** Digit by digit, as a person types. */
async function type(pin: string): Promise<void> {
  for (let typed = 1; typed <= pin.length; typed += 1) {
    demo.terminal.press(pin[typed - 1]!);
    await demo.terminal.until(new RegExp(`(● ?){${typed}}`));
  }
}

test('a PIN that was typed is nowhere in memory once the first screen is there again (UX-04, SE-02)', async () => {
  const { terminal } = demo;
  const { kioskPid } = await demo.info();
  // The card never hears of this one.
  const pin = String(randomInt(10 ** 7, 10 ** 8));
  const forms = formsOf('PIN', Buffer.from(pin), true);
  await walk.toNewPin(demo, 'good', '123456');
  await type(pin);
  terminal.press(KEY.enter);
  await terminal.until('RP-14-repeat-pin');
  await type(pin);
  expect(searchMemory(kioskPid, forms)).not.toEqual([]);
  await demo.recard('card', 'pull');
  await terminal.until('RP-11-insert-card');
  expect(searchMemory(kioskPid, forms)).toEqual([]);
});
