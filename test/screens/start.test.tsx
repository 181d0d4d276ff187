import { renderToString } from 'ink';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { App } from '../../screens/app.tsx';
import { REPEAT_MS } from '../../screens/enter-run.ts';
import { type KioskScreen, startScreen } from '../../screens/start.tsx';
import { TEXTS } from '../../screens/texts/texts.ts';
import type { Command } from '../../src/flows/command.ts';
import type { KioskView } from '../../src/flows/kiosk-view.ts';
import { codeOf } from '../../src/flows/walk-up.ts';
import { aCard } from '../flows/cards-and-reasons.ts';
import { anEnterPin, aWarning, EVERY_STATE, STATES } from '../flows/walk-up-states.ts';
import { SOON } from '../support/soon.ts';
import { type MemoryTerminal, openTerminal } from './terminal.ts';
import { aView } from './views.ts';

interface Running {
  readonly terminal: MemoryTerminal;
  readonly screen: KioskScreen;
  readonly commands: Command[];
  readonly rawKeys: string[];
  readonly sizes: KioskView['size'][];
}

const running: Running[] = [];

function start(view: KioskView): Running {
  const terminal = openTerminal(view.size);
  const commands: Command[] = [];
  const rawKeys: string[] = [];
  const sizes: KioskView['size'][] = [];
  const screen = startScreen({
    stdin: terminal.stdin,
    stdout: terminal.stdout,
    initialView: view,
    onCommand: (command) => commands.push(command),
    onRawKey: (name) => {
      rawKeys.push(name);
      return name === 'ctrl+n';
    },
    onResize: (size) => {
      sizes.push(size);
      screen.update({ ...view, size });
    },
  });
  const started = { terminal, screen, commands, rawKeys, sizes };
  running.push(started);
  return started;
}

/** Waits until the terminal shows exactly what the view looks like when it is drawn afresh. */
async function expectShown(terminal: MemoryTerminal, view: KioskView): Promise<void> {
  const fresh = renderToString(<App view={view} onCommand={() => {}} />, { columns: view.size.columns });
  const expected = fresh.split('\n').map((line) => line.trimEnd());
  await vi.waitFor(() => expect(terminal.lines().join('\n')).toBe(expected.join('\n')), {
    ...SOON,
    interval: 5,
  });
}

afterEach(async () => {
  vi.restoreAllMocks();
  for (const { screen, terminal } of running.splice(0)) {
    screen.close();
    await screen.waitUntilExit();
    terminal.dispose();
  }
});

describe('On a real terminal', () => {
  it('the screen is taken over and given back as it was', async () => {
    const { terminal, screen } = start(aView());
    await expectShown(terminal, aView());
    expect(terminal.isAlternate()).toBe(true);
    await vi.waitFor(() => expect(terminal.isRaw()).toBe(true), SOON);
    screen.close();
    screen.close();
    screen.update(aView());
    await screen.waitUntilExit();
    await vi.waitFor(() => expect(terminal.isAlternate()).toBe(false), SOON);
    expect(terminal.isRaw()).toBe(false);
    expect(terminal.lines().join('')).toBe('');
  });

  it.each([
    { columns: 80, rows: 24 },
    { columns: 120, rows: 40 },
  ])('going through all screens at $columns×$rows leaves nothing of the one before', async (size) => {
    const { terminal, screen } = start(aView({ size }));
    for (const [, walkUp] of EVERY_STATE) {
      const view = aView({ walkUp, size });
      screen.update(view);
      await expectShown(terminal, view);
      expect(terminal.lines().at(-1)).toMatch(new RegExp(`${codeOf(walkUp)}$`));
    }
  });

  it('every size is drawn whole, there and back', async () => {
    const { terminal, sizes } = start(aView());
    const wanted = [
      { columns: 120, rows: 40 },
      { columns: 20, rows: 5 },
      { columns: 1, rows: 1 },
      { columns: 200, rows: 24 },
      { columns: 80, rows: 60 },
      { columns: 80, rows: 24 },
    ];
    for (const size of wanted) {
      terminal.resize(size);
      await expectShown(terminal, aView({ size }));
    }
    expect(sizes).toEqual(wanted);
  });

  it('a name of 200 wide characters leaves the frame whole', async () => {
    const card = aCard({ holderName: '漢字'.repeat(100), profileTitle: '한국어 '.repeat(50) });
    const { terminal } = start(
      aView({ walkUp: { kind: 'found', reader: 0, card }, kioskName: '受付'.repeat(60) }),
    );
    await vi.waitFor(() => {
      const lines = terminal.lines();
      const frame = lines.join('\n');
      expect(lines[0], frame).toMatch(/ {3}\d\d:\d\d$/);
      expect(lines[2], frame).toBe('─'.repeat(80));
      expect(lines.at(-3), frame).toMatch(/^─.*─{9}$/);
      expect(lines.at(-3), frame).toHaveLength(80);
      expect(lines.at(-1), frame).toMatch(/RP-11-card-found$/);
      expect(frame).toContain('漢字');
      expect(frame).toContain('expired');
    }, SOON);
  });
});

describe('Keys', () => {
  it('come as commands, a PIN in one piece digit by digit, and no digit is ever shown', async () => {
    const view = aView({ walkUp: anEnterPin() });
    const { terminal, screen, commands } = start(view);
    await vi.waitFor(() => expect(terminal.isRaw()).toBe(true), SOON);
    terminal.type('70419\r');
    await vi.waitFor(() => expect(commands).toHaveLength(6), SOON);
    expect(commands.map((command) => ('digit' in command ? command.digit : command.kind))).toEqual([
      7,
      0,
      4,
      1,
      9,
      'confirm',
    ]);
    const typed = { ...view, walkUp: anEnterPin({ length: 5 }) };
    screen.update(typed);
    await expectShown(terminal, typed);
    expect(terminal.lines().join('')).not.toMatch(/70419|7 0 4 1 9/);
  });

  it('Esc, arrows and Backspace are understood as a terminal sends them', async () => {
    const { terminal, commands } = start(aView({ walkUp: STATES.chooseReason.first! }));
    await vi.waitFor(() => expect(terminal.isRaw()).toBe(true), SOON);
    for (const [i, keys] of ['\x1b[A', '\x1bOB', '\x7f', '\t', 'c', '\x1b'].entries()) {
      terminal.type(keys);
      await vi.waitFor(() => expect(commands).toHaveLength(i + 1), SOON);
    }
    expect(commands.map(({ kind }) => kind)).toEqual([
      'up',
      'down',
      'erase',
      'nextLanguage',
      'changeCard',
      'back',
    ]);
  });

  it('a letter that has said yes does nothing else while it is held down', async () => {
    const { terminal, screen, commands } = start(
      aView({ walkUp: Object.values(STATES.emptyWarning)[0]!, language: 'fr' }),
    );
    await vi.waitFor(() => expect(terminal.isRaw()).toBe(true), SOON);
    // However long a busy machine takes to draw: the key was held down all the while.
    vi.spyOn(performance, 'now').mockReturnValue(performance.now());
    terminal.type('o');
    await vi.waitFor(() => expect(commands).toEqual([{ kind: 'yes' }]), SOON);
    screen.update(aView());
    await expectShown(terminal, aView());
    // One after the other, as a keyboard sends them. After another key it was let go of.
    for (const key of ['o', 'o', 'c', 'o']) {
      terminal.type(key);
      await new Promise(setImmediate);
    }
    const kinds = () => commands.map(({ kind }) => kind);
    await vi.waitFor(() => expect(kinds()).toEqual(['yes', 'changeCard', 'openDesk']), SOON);
  });

  it('Enter that is held down goes on to the warning, and not through it; pressed again it does', async () => {
    const found = aView({ walkUp: STATES.chooseReason.first! });
    const { terminal, screen, commands } = start(found);
    await vi.waitFor(() => expect(terminal.isRaw()).toBe(true), SOON);
    let nowMs = performance.now();
    vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
    terminal.type('\r');
    await vi.waitFor(() => expect(commands).toHaveLength(1), SOON);
    const warned = aView({ walkUp: aWarning() });
    screen.update(warned);
    await expectShown(terminal, warned);
    for (let repetition = 0; repetition < 10; repetition += 1) {
      nowMs += 33;
      terminal.type('\r');
      await new Promise(setImmediate);
    }
    // Another key comes after all of them.
    terminal.type('\x1b[A');
    await vi.waitFor(() => expect(commands).toHaveLength(2), SOON);
    terminal.type('\r');
    await vi.waitFor(() => expect(commands).toHaveLength(3), SOON);
    expect(commands.map(({ kind }) => kind)).toEqual(['confirm', 'up', 'confirm']);
  });

  it('a quick Enter at a warning counts once, a moment later, and not for what is asked next', async () => {
    const { terminal, screen, commands } = start(aView({ walkUp: STATES.chooseReason.first! }));
    await vi.waitFor(() => expect(terminal.isRaw()).toBe(true), SOON);
    const asked = aView({ walkUp: aWarning({ losesKey: true }) });
    screen.update(asked);
    await expectShown(terminal, asked);
    terminal.type('\r');
    await vi.waitFor(() => expect(commands).toHaveLength(1), SOON);
    terminal.type('\r');
    await vi.waitFor(() => expect(commands).toHaveLength(2), SOON);
    terminal.type('\r');
    await new Promise(setImmediate);
    const next = aView({ walkUp: aWarning({ losesKey: true, hasAcceptedLoss: true }) });
    screen.update(next);
    await expectShown(terminal, next);
    const meant = performance.now() + REPEAT_MS;
    await vi.waitFor(() => expect(performance.now()).toBeGreaterThan(meant), SOON);
    expect(commands).toHaveLength(2);
  });

  it('a paste, whole or in brackets, unknown sequences and Ctrl+C do nothing', async () => {
    const { terminal, commands, rawKeys } = start(aView({ walkUp: anEnterPin() }));
    await vi.waitFor(() => expect(terminal.isRaw()).toBe(true), SOON);
    terminal.type('9'.repeat(1000));
    terminal.type(`\x1b[200~${'word c '.repeat(100)}\r\x1b[201~`);
    terminal.type('\x1b[?62;22c\x1b[15~\x1bOP\x1b[<0;1;1M');
    terminal.type('\x03');
    await vi.waitFor(() => expect(rawKeys).toEqual(['ctrl+c']), SOON);
    expect(commands).toEqual([]);
    expect(terminal.isAlternate()).toBe(true);
  });

  it('control keys go to the demo first, and digits never do', async () => {
    const { terminal, commands, rawKeys } = start(aView());
    await vi.waitFor(() => expect(terminal.isRaw()).toBe(true), SOON);
    terminal.type('\x0e');
    terminal.type('12\r');
    await vi.waitFor(() => expect(commands).toHaveLength(3), SOON);
    expect(rawKeys).toEqual(['ctrl+n']);
  });

  it('do nothing while the terminal is too small to read what they would confirm', async () => {
    const size = { columns: 20, rows: 5 };
    const { terminal, commands, rawKeys } = start(aView({ size, walkUp: anEnterPin() }));
    await vi.waitFor(() => expect(terminal.isRaw()).toBe(true), SOON);
    terminal.type('1234\r');
    terminal.type('\x0e');
    await vi.waitFor(() => expect(rawKeys).toEqual(['ctrl+n']), SOON);
    expect(commands).toEqual([]);
  });
});

describe('Where it is read aloud', () => {
  const aloud = (changes: Partial<KioskView> = {}) => aView({ isReadAloud: true, ...changes });
  const firstWords = (terminal: MemoryTerminal) => terminal.lines()[0];

  it('a screen is written whole, and then only what has become different, below it', async () => {
    const { terminal, screen } = start(aloud({ walkUp: anEnterPin() }));
    await vi.waitFor(() => expect(terminal.lines().join('\n')).toContain('Nothing typed yet.'), SOON);
    const before = terminal.lines().filter((line) => line !== '');
    screen.update(aloud({ walkUp: anEnterPin({ length: 1 }), now: '2026-11-22T10:50:00Z' }));
    screen.update(aloud({ walkUp: anEnterPin({ length: 2 }) }));
    const after = [...before, '1 digit typed.', '2 digits typed.'];
    await vi.waitFor(() => expect(terminal.lines().filter((line) => line !== '')).toEqual(after), SOON);
    // Another screen begins at the top.
    screen.update(aloud());
    await vi.waitFor(() => expect(firstWords(terminal)).toBe(TEXTS.en.insertCard.title), SOON);
    expect(terminal.lines().join('')).not.toContain('typed');
  });

  it('one goes from the usual screen to it and back, keys and all, and the terminal is given back', async () => {
    const { terminal, screen, commands } = start(aView());
    await expectShown(terminal, aView());
    for (const round of [1, 2]) {
      screen.update(aloud());
      await vi.waitFor(() => expect(firstWords(terminal)).toBe(TEXTS.en.insertCard.title), SOON);
      await vi.waitFor(() => expect(terminal.isRaw()).toBe(true), SOON);
      expect(terminal.isAlternate()).toBe(true);
      terminal.type('\r');
      await vi.waitFor(() => expect(commands).toHaveLength(2 * round - 1), SOON);
      screen.update(aView());
      await expectShown(terminal, aView());
      await vi.waitFor(() => expect(terminal.isRaw()).toBe(true), SOON);
      terminal.type('\r');
      await vi.waitFor(() => expect(commands).toHaveLength(2 * round), SOON);
    }
    // A digit of a PIN that is typed meanwhile is written on the screen by nobody.
    expect(terminal.echoes()).toBe(0);
    screen.update(aloud());
    await vi.waitFor(() => expect(firstWords(terminal)).toBe(TEXTS.en.insertCard.title), SOON);
    screen.close();
    await screen.waitUntilExit();
    await vi.waitFor(() => expect(terminal.isAlternate()).toBe(false), SOON);
    expect(terminal.isRaw()).toBe(false);
    expect(terminal.lines().join('')).toBe('');
  });

  it('whoever ends it while one goes from one to the other gets the terminal back', async () => {
    const { terminal, screen } = start(aView());
    await vi.waitFor(() => expect(terminal.isRaw()).toBe(true), SOON);
    screen.update(aloud());
    screen.close();
    await screen.waitUntilExit();
    await vi.waitFor(() => expect(terminal.isAlternate()).toBe(false), SOON);
    expect(terminal.isRaw()).toBe(false);
  });

  it('words are not broken, however narrow the terminal is', async () => {
    const { terminal } = start(aloud({ size: { columns: 40, rows: 50 } }));
    const words = `${TEXTS.en.insertCard.how} ${TEXTS.en.insertCard.what}`.split(' ');
    await vi.waitFor(() => {
      const seen = terminal.lines().flatMap((line) => line.split(' '));
      for (const word of words) expect(seen).toContain(word);
    }, SOON);
  });
});
