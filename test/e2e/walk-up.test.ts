import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { pullAndRead, type RunningDemo, startDemo, walk } from '../support/demo.ts';
import { PATIENCE } from '../support/soon.ts';
import { KEY } from '../support/terminal.ts';

vi.setConfig(PATIENCE);

/** The walk-up at the real kiosk: cards that are rewritten although something is wrong with them, and people who type nonsense. */

let demo: RunningDemo;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo?.close());

async function pull(): Promise<void> {
  await demo.recard('card', 'pull');
  await demo.terminal.until('RP-11-insert-card');
}

describe('a card that proves its holder all the same', () => {
  test.for(['revoked-elsewhere', 'certificate-expired', 'standard'])('%s is rewritten', async (name) => {
    const screen = await walk.reprovision(demo, name, '123456', '73914682');
    expect(screen).toMatch(/UX-07-done$/m);
    const { stdout } = await demo.recard('central', 'card', 'show', name, '--json');
    const record = JSON.parse(stdout) as {
      certificates: { slot: string; state: string; isOnCard: boolean }[];
    };
    const active = record.certificates.filter(({ state }) => state === 'active');
    expect(active.map(({ slot }) => slot).sort()).toEqual(['9A', '9C', '9D', '9E']);
    expect(active.every(({ isOnCard }) => isOnCard)).toBe(true);
    await pull();
    // The old PIN is refused from now on.
    await demo.recard('card', 'insert', name);
    await demo.terminal.until('RP-11-card-found');
    demo.terminal.press(KEY.enter);
    await demo.terminal.until('ID-01-enter-pin');
    demo.terminal.press(`123456${KEY.enter}`);
    await demo.terminal.until('ID-04-wrong-pin');
    await pull();
  });

  test('a standard card whose encryption key would be lost is refused with just that, before anything is written', async () => {
    const before = await demo.card('standard');
    // Reason 5: somebody may know my PIN or key, which wants a new key.
    await walk.toReasons(demo, 'standard', '73914682');
    demo.terminal.press(`5${KEY.enter}`);
    await demo.terminal.until('RP-20-key-would-be-lost');
    expect((await demo.card('standard')).writeApdus).toBe(before.writeApdus);
    await pullAndRead(demo);
  });
});

describe('nonsense at the keyboard', () => {
  test('letters, a paste of 1,000 digits, double Enter and resizing break nothing, and no try is spent', async () => {
    const { terminal } = demo;
    terminal.press('qwertz\u001b[15~\u001b[200~paste\u001b[201~\u0003\u001a\u001c');
    await demo.recard('card', 'insert', 'operator');
    await terminal.until('RP-11-card-found');
    terminal.press(`${KEY.enter}${KEY.enter}`);
    await terminal.until('ID-01-enter-pin');
    terminal.press('abc!§$%&/()=?äöü\u001b[A\u001b[B\u001bOP');
    // A paste is no typing: it is ignored as a whole.
    terminal.press('7'.repeat(1000));
    // Answered by the same process: what was typed before has been read by then.
    await demo.cards();
    for (let digit = 0; digit < 20; digit += 1) terminal.press('7');
    await terminal.until(/● ● ● ● ● ● ● ●/);
    for (const [columns, rows] of [
      [200, 60],
      [1, 1],
      [79, 24],
      [20, 5],
    ] as const) {
      terminal.resize(columns, rows);
    }
    await terminal.until('80 columns');
    terminal.resize(80, 25);
    await terminal.until(/● ● ● ● ● ● ● ●/);
    for (let key = 0; key < 12; key += 1) terminal.press(KEY.backspace);
    await terminal.until(/· · · · · · · ·/);
    expect((await demo.card('operator')).pinTriesLeft).toBe(3);
    terminal.press(`123456${KEY.enter}${KEY.enter}${KEY.enter}`);
    await terminal.until(/RP-12-choose-reason|RP-13-plan/);
    await pull();
  });

  test('a terminal of 20×5 shows a message, not a mess, and goes on when it has grown', async () => {
    const { terminal } = demo;
    terminal.resize(20, 5);
    const small = await terminal.until('80 columns');
    expect(small.split('\n').every((line) => line.length <= 20)).toBe(true);
    terminal.resize(80, 25);
    await terminal.until('Welcome');
  });

  test('German is one key away and comes with every screen', async () => {
    const { terminal } = demo;
    terminal.press(KEY.tab);
    await terminal.until('Willkommen');
    await demo.recard('card', 'insert', 'disabled');
    const refused = await terminal.until('RP-06-disabled');
    expect(refused).toMatch(/Karte/);
    await pullAndRead(demo);
  });
});

test('going back is possible until the writing begins', async () => {
  const { terminal } = demo;
  await walk.toNewPin(demo, 'operator', '123456');
  for (const code of [
    'RP-13-warning',
    'RP-13-plan',
    'RP-12-choose-reason',
    'ID-01-enter-pin',
    'RP-11-card-found',
    'RP-11-insert-card',
  ]) {
    terminal.press(KEY.escape);
    await terminal.until(code);
  }
  await pull();
  expect((await demo.card('operator')).writeApdus).toBe(0);
});
