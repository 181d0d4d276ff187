import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type RunningDemo, startDemo, walk } from '../support/demo.ts';
import { formsOf, searchBytes, searchFolder, searchProcesses } from '../support/secret-search.ts';
import { PATIENCE } from '../support/soon.ts';
import { KEY } from '../support/terminal.ts';

vi.setConfig(PATIENCE);

/** A new card at the real kiosk: an empty one, a number from the real central, and the end, also after a cut (KR-01, ID-02). */

const NEW_PIN = '73914682';
const NEXT_PIN = '28419637';

let demo: RunningDemo;
beforeAll(async () => {
  demo = await startDemo({ args: ['--rehearse'] });
});
afterAll(() => demo?.close());

async function central(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await demo.recard('central', ...args);
  expect(code, stderr).toBe(0);
  return stdout;
}

async function pressAt(code: string, keys: string): Promise<string> {
  const screen = await demo.terminal.until(code);
  demo.terminal.press(keys);
  return screen;
}

async function stateOf(request: string): Promise<string> {
  return (JSON.parse(await central('request', 'show', request, '--json')) as { state: string }).state;
}

async function typeNewPin(pin: string): Promise<void> {
  for (const step of ['RP-14-new-pin', 'RP-14-repeat-pin']) await pressAt(step, `${pin}${KEY.enter}`);
}

test('an empty card becomes somebody’s, with a recovered key, and is finished by the same number after a cut', async () => {
  const { terminal } = demo;
  const { certificates } = JSON.parse(await central('request', 'certificates', 'emma', '--json')) as {
    certificates: { serialNumber: string; issuedFor: { name: string } }[];
  };
  const { serialNumber } = certificates.find(({ issuedFor }) => issuedFor.name === 'archived')!;
  const wish = ['new-card', 'emma', '--profile', 'secure-mail', '--certificate', serialNumber];
  const { id } = JSON.parse(await central('request', 'new', ...wish, '--json')) as { id: string };
  const number = (await central('code', 'give', '--request', id)).split('\n')[0]!;
  expect(number).toMatch(/^[0-9]{14}$/);

  await demo.recard('card', 'insert', 'blank');
  expect(await pressAt('RP-07-blank', 'n')).toContain('This card is empty.');
  expect(await pressAt('ID-02-ask-helpdesk', KEY.escape)).toContain('helpdesk');
  await pressAt('RP-07-blank', KEY.enter);
  await pressAt('KR-01-enter-number', `${number.slice(0, 13)}${(Number(number[13]) + 1) % 10}${KEY.enter}`);
  expect(await pressAt('ID-03-wrong-code', `${number}${KEY.enter}`)).toContain('4 tries left');
  const plan = await pressAt('KR-01-plan', KEY.enter);
  expect(plan).toContain('A new card for Emma Lindqvist');
  expect(plan).toMatch(/signing in +new/);
  expect(plan).toMatch(/earlier encryption +is put on again/);
  expect(await pressAt('KR-01-warning', KEY.escape)).toContain('You choose a PIN');
  await pressAt('KR-01-plan', KEY.enter);
  await pressAt('KR-01-warning', KEY.enter);
  expect((await demo.card('blank')).writeApdus).toBe(0);
  const pulled = demo.recard('card', 'pull', '--at-step', 'pin');
  await terminal.until(/pull after PIN/i);
  await typeNewPin(NEW_PIN);
  expect(await terminal.until('RP-17-card-removed')).toContain('type your number once more');
  expect((await pulled).code).toBe(0);
  expect(await stateOf(id)).toBe('interrupted');

  await demo.recard('card', 'insert', 'blank');
  expect(await pressAt('RP-17-unfinished', KEY.enter)).toContain('Finish this new card');
  await pressAt('KR-01-enter-number', `${number}${KEY.enter}`);
  await pressAt('KR-01-plan', KEY.enter);
  await pressAt('KR-01-warning', KEY.enter);
  await typeNewPin(NEXT_PIN);
  const done = await terminal.until('UX-07-done');
  expect(done).toContain('Your new card is ready.');
  expect(done).toContain('1 earlier key was put onto it.');
  expect(await stateOf(id)).toBe('completed');
  await demo.recard('card', 'pull');
  await terminal.until('RP-11-insert-card');

  // From now on it is a card like any other.
  await walk.toReasons(demo, 'blank', NEXT_PIN);
  await demo.recard('card', 'pull');
  await terminal.until('RP-11-insert-card');
  const secrets = [number, number.slice(6), NEW_PIN, NEXT_PIN].flatMap((one) =>
    formsOf('secret', Buffer.from(one), one.length === NEW_PIN.length),
  );
  expect(searchFolder(demo.home, secrets, [join(demo.home, 'demo', 'cards')])).toEqual([]);
  expect(searchProcesses(secrets)).toEqual([]);
  expect(searchBytes('what was drawn', Buffer.from(terminal.drawn()), secrets)).toEqual([]);
});
