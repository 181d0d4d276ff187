import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { pullAndRead, type RunningDemo, startDemo } from '../support/demo.ts';
import { PATIENCE } from '../support/soon.ts';
import { KEY } from '../support/terminal.ts';

vi.setConfig(PATIENCE);

/** Every card of the demo that cannot be rewritten, at the real kiosk. */
const REFUSED = {
  disabled: 'RP-06-disabled',
  cancelled: 'RP-06-cancelled',
  'holder-disabled': 'RP-06-holder-disabled',
  'not-approved': 'RP-06-not-approved',
  expired: 'RP-04-expired',
  contactless: 'RP-07-contactless',
  unknown: 'RP-07-unknown',
  'no-piv': 'RP-07-no-piv',
  blank: 'RP-07-blank',
};

describe('a card that cannot be rewritten', () => {
  let demo: RunningDemo;
  beforeAll(async () => {
    demo = await startDemo();
  });
  afterAll(() => demo?.close());

  test.for(Object.entries(REFUSED))(
    '%s is refused by its own screen, and not one write APDU is sent',
    async ([card, code]) => {
      const before = await demo.card(card);
      expect(await demo.recard('card', 'insert', card)).toMatchObject({ code: 0 });
      const screen = await demo.terminal.until(code);
      expect(screen).toMatch(new RegExp(`${code}$`, 'm'));
      demo.terminal.press(`${KEY.enter}123456${KEY.enter}`);
      await pullAndRead(demo);
      const after = await demo.card(card);
      expect(after.writeApdus).toBe(before.writeApdus);
      expect(after.pinTriesLeft).toBe(before.pinTriesLeft);
    },
  );

  test('what was wrong stays on the screen when the card is out, and the next card does not wait for that', async () => {
    const { terminal } = demo;
    await demo.recard('card', 'insert', 'disabled');
    const inReader = await terminal.until('RP-06-disabled');
    const [supportCode] = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(inReader)!;
    await demo.recard('card', 'pull');
    expect(await terminal.until('Enter Understood')).toContain(supportCode);
    const { stdout } = await demo.recard('explain', supportCode);
    expect(stdout).toContain('RP-06-disabled');
    await demo.recard('card', 'insert', 'good');
    await terminal.until('RP-11-card-found');
    await pullAndRead(demo);
  });

  test('a wrong PIN shows the tries left, the last one is warned of, and a blocked PIN ends in a screen', async () => {
    const { terminal } = demo;
    await demo.recard('card', 'insert', 'operator');
    await terminal.until('RP-11-card-found');
    terminal.press(KEY.enter);
    await terminal.until('ID-01-enter-pin');
    terminal.press(`999999${KEY.enter}`);
    await terminal.until('ID-04-wrong-pin');
    expect((await demo.card('operator')).pinTriesLeft).toBe(2);
    terminal.press(`999999${KEY.enter}`);
    await terminal.until(/1 (try|more)/);
    // No number of Enters is enough for the last try.
    terminal.press(`999999${KEY.enter}`);
    await terminal.until('ID-04-last-try');
    terminal.press(KEY.enter);
    expect((await demo.card('operator')).pinTriesLeft).toBe(1);
    terminal.press('y');
    await terminal.until('ID-04-pin-blocked');
    expect((await demo.card('operator')).pinTriesLeft).toBe(0);
    await demo.recard('card', 'pull');
    await terminal.until('RP-11-insert-card');
    await demo.recard('card', 'insert', 'operator');
    await terminal.until('ID-04-pin-blocked');
    terminal.press(KEY.enter);
    await terminal.until('ID-02-enter-code');
    await demo.recard('card', 'pull');
  });
});
