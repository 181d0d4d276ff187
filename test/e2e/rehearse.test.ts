import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type RunningDemo, startDemo, walk } from '../support/demo.ts';
import { PATIENCE } from '../support/soon.ts';
import { KEY } from '../support/terminal.ts';

vi.setConfig(PATIENCE);

/** `npm run demo -- --rehearse`: a person chooses where the card is pulled, and finishes it by putting it in again. */

const CTRL_O = '\u000f';
const CTRL_E = '\u0005';
const CTRL_B = '\u0002';

let demo: RunningDemo;
beforeAll(async () => {
  demo = await startDemo({ args: ['--rehearse'], rows: 24 });
});
afterAll(() => demo?.close());

/** With the PIN that was set before the cut: it stays. */
async function finish(pin: string): Promise<string> {
  const { terminal } = demo;
  await terminal.until('RP-17-unfinished');
  terminal.press(KEY.enter);
  await terminal.until('ID-01-enter-pin');
  terminal.press(pin);
  terminal.press(KEY.enter);
  await walk.throughPlan(demo);
  terminal.press(KEY.enter);
  return terminal.until('UX-07-done');
}

test('a card that is pulled after its first new key is finished by putting it in again', async () => {
  const { terminal } = demo;
  await terminal.until(/REHEARSE {2}\^E choose/);
  terminal.press(CTRL_E);
  await terminal.until(/REHEARSE {2}pull after PIN/);
  terminal.press(CTRL_B);
  await terminal.until(/REHEARSE {2}pull before PIN/);
  terminal.press(CTRL_B);
  terminal.press(CTRL_E);
  await terminal.until(/REHEARSE {2}pull after key 9A/);
  await walk.toNewPin(demo, 'revoked-elsewhere', '123456');
  for (const code of ['RP-14-new-pin', 'RP-14-repeat-pin']) {
    await terminal.until(code);
    terminal.press('73914682');
    terminal.press(KEY.enter);
  }
  const interrupted = await terminal.until('RP-17-card-removed');
  expect(interrupted).toMatch(/pulled after key 9A: put it in again with \^O/);
  for (let i = 0; i < 2; i += 1) terminal.press('\u000e');
  await terminal.until(/\^N revoked-elsewhere/);
  terminal.press(CTRL_O);
  await finish('73914682');
  expect((await demo.card('revoked-elsewhere')).pinTriesLeft).toBe(3);
  terminal.press(CTRL_O);
  await terminal.until('RP-11-insert-card');
});

test('another shell can pull the card at a step by its name', async () => {
  const { terminal } = demo;
  await walk.toNewPin(demo, 'certificate-expired', '123456');
  expect((await demo.recard('card', 'pull', '--at-step', 'key:77')).code).toBe(1);
  const pulled = demo.recard('card', 'pull', '--at-step', 'management-key', '--before');
  await terminal.until(/pull before management key/);
  for (const code of ['RP-14-new-pin', 'RP-14-repeat-pin']) {
    await terminal.until(code);
    terminal.press('73914682');
    terminal.press(KEY.enter);
  }
  await terminal.until('RP-17-card-removed');
  expect((await pulled).code).toBe(0);
  await demo.recard('card', 'insert', 'certificate-expired');
  await finish('73914682');
});
