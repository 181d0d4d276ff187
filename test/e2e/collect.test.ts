import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type RunningDemo, startDemo } from '../support/demo.ts';
import { PATIENCE } from '../support/soon.ts';
import { KEY } from '../support/terminal.ts';

vi.setConfig(PATIENCE);

/** Recovered keys at the real kiosk, asked for at the real central: what waits, both of it, and a card that is cut off (KR-05). */

const PIN = '123456';
const CARD = 'archived';

let demo: RunningDemo;
beforeAll(async () => {
  demo = await startDemo({ args: ['--rehearse'] });
});
afterAll(() => demo?.close());

async function central<T>(...args: readonly string[]): Promise<T> {
  const { code, stdout, stderr } = await demo.recard('central', ...args, '--json');
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as T;
}

/** Serial number of the encryption certificate of Emma's other card. */
async function otherKey(): Promise<string> {
  const { certificates } = await central<{
    certificates: { serialNumber: string; issuedFor: { name: string } }[];
  }>('request', 'certificates', 'emma');
  return certificates.find(({ issuedFor }) => issuedFor.name === 'archived-ec')!.serialNumber;
}

async function ask(...args: readonly string[]): Promise<string> {
  return (await central<{ id: string }>('request', 'new', 'existing-card', CARD, ...args)).id;
}

async function stateOf(id: string): Promise<string> {
  return (await central<{ state: string }>('request', 'show', id)).state;
}

async function prove(): Promise<void> {
  const { terminal } = demo;
  await demo.recard('card', 'insert', CARD);
  await terminal.until(/RP-11-card-found|RP-17-unfinished/);
  terminal.press(KEY.enter);
  await terminal.until('ID-01-enter-pin');
  terminal.press(`${PIN}${KEY.enter}`);
}

async function pressAt(code: string, key: string): Promise<string> {
  const screen = await demo.terminal.until(code);
  demo.terminal.press(key);
  return screen;
}

async function takeOut(): Promise<void> {
  await demo.recard('card', 'pull');
  await demo.terminal.until('RP-11-insert-card');
}

test('a recovered key is found waiting, cut off on its way, finished, and taken off again by another request', async () => {
  const { terminal } = demo;
  const serial = await otherKey();
  const request = await ask('--certificate', serial, '--note', 'for your old mails');

  // Each new screen is left without a trace by taking the card out, and by Esc.
  await prove();
  expect(await terminal.until('KR-01-waiting')).toContain('for your old mails');
  await takeOut();
  await prove();
  await pressAt('KR-01-waiting', KEY.enter);
  await pressAt('KR-05-difference', KEY.enter);
  await pressAt('KR-05-warning', KEY.escape);
  await pressAt('KR-05-difference', KEY.escape);
  await pressAt('KR-01-waiting', KEY.escape);
  await terminal.until('ID-01-enter-pin');
  await takeOut();
  expect(await stateOf(request)).toBe('ready');

  await prove();
  await pressAt('KR-01-waiting', KEY.enter);
  const shown = await pressAt('KR-05-difference', KEY.enter);
  expect(shown).toContain('key 1 of 20');
  await terminal.until('KR-05-warning');
  const pulled = demo.recard('card', 'pull', '--at-step', 'object:5FC106');
  await terminal.until(/pull after/i);
  terminal.press(KEY.enter);
  await terminal.until('RP-17-card-removed');
  expect((await pulled).code).toBe(0);

  await prove();
  expect(await pressAt('KR-05-warning', KEY.enter)).toContain('1 encryption key is put onto your card.');
  const done = await terminal.until('UX-07-done');
  expect(done).toContain('Your PIN stays as it is.');
  expect(await stateOf(request)).toBe('completed');
  await takeOut();
  const card = await central<{ recovered: { slot: string; serialNumber: string }[] }>('card', 'show', CARD);
  expect(card.recovered).toMatchObject([{ serialNumber: serial }]);

  const removal = await ask('--without', serial, '--confirm-removal', serial);
  await prove();
  await pressAt('KR-01-waiting', KEY.enter);
  await pressAt('KR-05-difference', KEY.enter);
  await pressAt('KR-05-confirm-removal', 'y');
  await pressAt('KR-05-warning', KEY.enter);
  await terminal.until('UX-07-done');
  expect(await stateOf(removal)).toBe('completed');
  await takeOut();
});

test('an update of the card that was asked for is carried out for its reason, and does not wait any more', async () => {
  const { terminal } = demo;
  const reasons = await central<unknown>(
    'request',
    'new',
    'card-update',
    CARD,
    '--reason',
    'card-content-faulty',
  );
  const { id } = reasons as { id: string };
  await prove();
  await pressAt('KR-01-waiting', KEY.enter);
  await pressAt('RP-13-plan', KEY.enter);
  await pressAt('RP-13-warning', KEY.enter);
  for (const step of ['RP-14-new-pin', 'RP-14-repeat-pin']) await pressAt(step, `73914682${KEY.enter}`);
  await terminal.until('UX-07-done');
  expect(await stateOf(id)).toBe('completed');
  await takeOut();
});
