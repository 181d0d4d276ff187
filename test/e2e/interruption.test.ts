import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { askDemo, type ControlRequest } from '../../src/demo/control.ts';
import { demoPaths } from '../../src/demo/paths.ts';
import { type RunningDemo, startDemo, walk } from '../support/demo.ts';
import { PATIENCE } from '../support/soon.ts';
import { KEY } from '../support/terminal.ts';

vi.setConfig(PATIENCE);

/** Work on a card that is cut off, at the real kiosk: what the person sees, and how the card is finished. */

const OLD_PIN = '123456';
const NEW_PIN = '73914682';

let demo: RunningDemo;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo?.close());

async function pull(): Promise<void> {
  await demo.recard('card', 'pull');
  await demo.terminal.until('RP-11-insert-card');
}

/** From the card in the reader to the writing, cut off by pulling the card after so many APDUs of it. */
async function cutOff(card: string, afterApdus: number): Promise<void> {
  const { terminal } = demo;
  await walk.toNewPin(demo, card, OLD_PIN);
  terminal.press(`${NEW_PIN}${KEY.enter}`);
  await terminal.until('RP-14-repeat-pin');
  terminal.press(NEW_PIN);
  const ask = (request: ControlRequest) => askDemo(demoPaths(demo.home).control, request);
  const pulled = ask({ do: 'pull', reader: 0, afterApdus });
  // Requests are taken in their order: the cut is set when the next one is answered.
  await ask({ do: 'status' });
  terminal.press(KEY.enter);
  await pulled;
  await terminal.until('RP-17-card-removed');
}

/** From the card that was found to the end, with the PIN that was chosen before the cut. */
async function finish(): Promise<string> {
  const { terminal } = demo;
  terminal.press(KEY.enter);
  const pinScreen = await terminal.until('ID-01-enter-pin');
  expect(pinScreen).toContain('try the new one');
  terminal.press(`${NEW_PIN}${KEY.enter}`);
  expect((await walk.throughPlan(demo)).warning).toContain('It stays.');
  terminal.press(KEY.enter);
  return terminal.until('UX-07-done');
}

async function expectPin(card: string, pin: string): Promise<void> {
  await walk.toReasons(demo, card, pin);
  await pull();
}

describe('a card that is pulled in the middle of its writing', () => {
  test('is finished by putting it in again, and meanwhile no other one is taken', async () => {
    const { terminal } = demo;
    await cutOff('revoked-elsewhere', 30);
    await demo.recard('card', 'insert', 'standard');
    const refused = await terminal.until('RP-17-other-card');
    expect(refused).not.toContain('revoked-elsewhere');
    expect((await demo.card('standard')).writeApdus).toBe(0);
    await demo.recard('card', 'pull');
    await terminal.until('Enter Understood');
    terminal.press(KEY.enter);
    await terminal.until('RP-17-card-removed');
    await demo.recard('card', 'insert', 'revoked-elsewhere');
    const unfinished = await terminal.until('RP-17-unfinished');
    expect(unfinished).toContain('Finish your card');
    expect(unfinished).toContain('not finished');
    expect(unfinished).not.toMatch(/\bvalid\s*$/m);
    await finish();
    await pull();
    await expectPin('revoked-elsewhere', NEW_PIN);
  });

  test('does not keep the kiosk from others once it is left for later, and is finished after a restart', async () => {
    await cutOff('certificate-expired', 20);
    demo.terminal.press(KEY.escape);
    await demo.terminal.until('RP-11-insert-card');
    await demo.recard('card', 'insert', 'standard');
    await demo.terminal.until('RP-11-card-found');
    await pull();
    const { home } = demo;
    await demo.close(true);
    demo = await startDemo({ home });
    await demo.recard('card', 'insert', 'certificate-expired');
    await demo.terminal.until('RP-17-unfinished');
    await finish();
    await pull();
  });
});

describe('somebody without the PIN', () => {
  test('types a one-time code of the helpdesk, and gets a card with a PIN of their own', async () => {
    const { terminal } = demo;
    await demo.recard('card', 'insert', 'good');
    await terminal.until('RP-11-card-found');
    terminal.press(KEY.enter);
    await terminal.until('ID-01-enter-pin');
    terminal.press('n');
    await terminal.until('ID-02-enter-code');
    const { stdout } = await demo.recard('central', 'code', 'give', 'good');
    const code = stdout.split('\n')[0]!;
    expect(code).toMatch(/^[0-9]{8}$/);
    terminal.press(`${code === '11111111' ? '22222222' : '11111111'}${KEY.enter}`);
    expect(await terminal.until('ID-03-wrong-code')).toContain('4 tries left');
    terminal.press(`${code}${KEY.enter}`);
    await terminal.until('RP-12-choose-reason');
    terminal.press(`1${KEY.enter}`);
    await walk.throughPlan(demo);
    terminal.press(KEY.enter);
    const newPin = await terminal.until('RP-14-new-pin');
    expect(newPin).not.toContain('Not the PIN that you have now');
    terminal.press(`${NEW_PIN}${KEY.enter}`);
    await terminal.until('RP-14-repeat-pin');
    terminal.press(`${NEW_PIN}${KEY.enter}`);
    await terminal.until('UX-07-done');
    expect(terminal.drawn()).not.toContain(code);
    await pull();
    await expectPin('good', NEW_PIN);
  });
});

test('a write waits in sight for a central that does not answer, and goes on by itself', async () => {
  const { home } = demo;
  await demo.close(true);
  // A card that takes its time, as real ones do: it is still written when central is stopped.
  demo = await startDemo({ home, isFast: false });
  const { terminal } = demo;
  const { centralPid } = await demo.info();
  await walk.toNewPin(demo, 'operator', OLD_PIN);
  terminal.press(`${NEW_PIN}${KEY.enter}`);
  await terminal.until('RP-14-repeat-pin');
  terminal.press(`${NEW_PIN}${KEY.enter}`);
  // What Esc says from the first write on.
  await terminal.until('I have to leave');
  process.kill(centralPid, 'SIGSTOP');
  try {
    const waiting = await terminal.until('SY-03-waiting-for-central');
    expect(waiting).toContain('Your card may stay in.');
    await terminal.until(/Waited for (?![01] )\d+ /);
  } finally {
    process.kill(centralPid, 'SIGCONT');
  }
  await terminal.until('UX-07-done');
  await pull();
});
