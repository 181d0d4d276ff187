import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { pullAndRead, type RunningDemo, startDemo, walk } from '../support/demo.ts';
import { readableMail } from '../support/readable-mail.ts';
import { formsOf, searchBytes, searchFolder, searchProcesses } from '../support/secret-search.ts';
import { PATIENCE } from '../support/soon.ts';
import { KEY } from '../support/terminal.ts';

vi.setConfig(PATIENCE);

let demo: RunningDemo;
beforeAll(async () => {
  demo = await startDemo({ args: ['--rehearse'] });
});
afterAll(() => demo?.close());

const aPin = () => String(randomInt(10 ** 7, 10 ** 8));

/** The helpdesk gives one by telephone. */
async function giveCode(card: string, ...options: readonly string[]): Promise<string> {
  const { code, stdout } = await demo.recard('central', 'code', 'give', card, ...options);
  expect(code).toBe(0);
  return stdout.split('\n')[0]!;
}

async function typeWrongPins(card: string): Promise<void> {
  const { terminal } = demo;
  await demo.recard('card', 'insert', card);
  await terminal.until('RP-11-card-found');
  terminal.press(KEY.enter);
  await terminal.until('ID-01-enter-pin');
  terminal.press(`999999${KEY.enter}`);
  await terminal.until('ID-04-wrong-pin');
  terminal.press(`999998${KEY.enter}`);
  await terminal.until(/1 (try|more)/);
  terminal.press(`999997${KEY.enter}`);
  await terminal.until('ID-04-last-try');
  terminal.press('y');
  await terminal.until('ID-04-pin-blocked');
}

async function typeCode(code: string): Promise<void> {
  const { terminal } = demo;
  await terminal.until('ID-02-enter-code');
  terminal.press(`${code}${KEY.enter}`);
}

async function typeNewPin(pin: string): Promise<void> {
  const { terminal } = demo;
  terminal.press(KEY.enter);
  for (const step of ['RP-14-new-pin', 'RP-14-repeat-pin']) {
    await terminal.until(step);
    terminal.press(`${pin}${KEY.enter}`);
  }
}

async function takeOut(): Promise<void> {
  await demo.recard('card', 'pull');
  await demo.terminal.until('RP-11-insert-card');
}

const seenMails = new Set<string>();

/** By a mail that was not there before. */
async function untilTold(subject: string): Promise<void> {
  const { mailFolder } = await demo.info();
  await vi.waitFor(
    () => {
      const mail = readdirSync(mailFolder).find((name) => name.endsWith('.eml') && !seenMails.has(name));
      expect(readableMail(readFileSync(join(mailFolder, mail!), 'latin1'))).toContain(`Subject: ${subject}`);
      seenMails.add(mail!);
    },
    { timeout: 120_000, interval: 200 },
  );
}

test.for(['good', 'standard'])(
  'with a code from the helpdesk a blocked card (%s) gets a new PIN, and is finished after a cut with the same code',
  async (card) => {
    const { terminal } = demo;
    const [first, second] = [aPin(), aPin()];
    await typeWrongPins(card);
    terminal.press(KEY.enter);
    const code = await giveCode(card);
    await typeCode(code.replace(/.$/, (last) => String((Number(last) + 1) % 10)));
    await terminal.until('ID-03-wrong-code');
    terminal.press(`${code}${KEY.enter}`);
    await terminal.until('RP-12-choose-reason');
    terminal.press(KEY.enter);
    await walk.throughPlan(demo);
    const pulled = demo.recard('card', 'pull', '--at-step', 'pin');
    await terminal.until(/pull after PIN/i);
    await typeNewPin(first);
    await terminal.until('RP-17-card-removed');
    expect((await pulled).code).toBe(0);

    await demo.recard('card', 'insert', card);
    await terminal.until('RP-17-unfinished');
    terminal.press(KEY.enter);
    await terminal.until('ID-01-enter-pin');
    terminal.press('n');
    await typeCode(code);
    await walk.throughPlan(demo);
    await typeNewPin(second);
    await terminal.until('UX-07-done');
    expect(await demo.card(card)).toMatchObject({ pinTriesLeft: 3, pukTriesLeft: 3 });
    await takeOut();
    await untilTold('Your card has a new PIN and was rewritten /');

    const secrets = [code, first, second].flatMap((secret) => formsOf('secret', Buffer.from(secret), true));
    expect(searchFolder(demo.home, secrets, [join(demo.home, 'demo', 'cards')])).toEqual([]);
    expect(searchProcesses(secrets)).toEqual([]);
    expect(searchBytes('what was drawn', Buffer.from(terminal.drawn()), secrets)).toEqual([]);
  },
);

test('a code that is spent, or that nobody gave, is refused in the same words', async () => {
  const { terminal } = demo;
  await demo.recard('card', 'insert', 'good');
  await terminal.until('RP-11-card-found');
  terminal.press(KEY.enter);
  await terminal.until('ID-01-enter-pin');
  terminal.press('n');
  await typeCode('12345678');
  expect(await terminal.until('ID-03-code-dead')).toContain('one-time code');
  await pullAndRead(demo);
});
