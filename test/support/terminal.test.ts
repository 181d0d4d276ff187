import { expect, test } from 'vitest';
import { SOON } from '../support/soon.ts';
import { startInTerminal } from './terminal.ts';

test('a frame that is still being written is not taken for the screen', async () => {
  const script = String.raw`printf '\033[?2026hhalf '; read -r _; printf 'whole\033[?2026l'; read -r _`;
  const terminal = startInTerminal('/bin/sh', ['-c', script], { env: {} });
  const frame = terminal.until('half');
  await expect.poll(() => terminal.screen(), SOON).toContain('half');
  terminal.press('\r');
  expect(await frame).toContain('whole');
  terminal.press('\r');
  expect(await terminal.exited()).toBe(0);
});

test('what a program says last is on the screen when its end is told', async () => {
  for (let run = 0; run < 20; run += 1) {
    const terminal = startInTerminal('/bin/sh', ['-c', "printf 'its last words'"], { env: {} });
    expect(await terminal.until('its last words')).toContain('its last words');
    expect(await terminal.exited()).toBe(0);
    expect(terminal.screen()).toContain('its last words');
  }
});

test('of two frames that come at once the first is seen as well', async () => {
  const frame = (text: string) => String.raw`\033[?2026h\033[H\033[2J${text}\033[?2026l`;
  const terminal = startInTerminal('/bin/sh', ['-c', `printf '${frame('one')}${frame('two')}'; read -r _`], {
    env: {},
  });
  expect(await terminal.until('one')).not.toContain('two');
  expect(await terminal.until('two')).not.toContain('one');
  terminal.press('\r');
  expect(await terminal.exited()).toBe(0);
});
