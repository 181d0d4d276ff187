import { spawn } from '@lydell/node-pty';
import headless from '@xterm/headless';

/** A program in a real pseudo-terminal, seen through a terminal emulator: keys in, screens out. */
export interface TerminalProgram {
  readonly pid: number;
  /** The screen now, as a person sees it: one string a row, trailing blanks cut. */
  screen(): string;
  /** Everything that was written to the terminal so far, escape sequences included. */
  drawn(): string;
  press(keys: string): void;
  resize(columns: number, rows: number): void;
  /**
   * Waits until a whole frame matches, never one that is still being written.
   * @throws Error with the whole screen when it does not within `withinMs`, or the program ends
   */
  until(pattern: RegExp | string, withinMs?: number): Promise<string>;
  /** Waits until the program has ended; its exit code. */
  exited(withinMs?: number): Promise<number>;
  kill(signal?: string): void;
  /** Its terminal is gone, as when a line is cut. */
  hangUp(): void;
}

/** Keys by the name a person would use. */
export const KEY = {
  enter: '\r',
  escape: '\u001b',
  up: '\u001b[A',
  down: '\u001b[B',
  backspace: '\u007f',
  tab: '\t',
};

/** A frame ends with the end of the synchronized update that it is. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: a control sequence begins with ESC
const AFTER_A_FRAME = /(?<=\x1b\[\?2026l)/;

/** Starts a program full screen. */
export function startInTerminal(
  file: string,
  args: readonly string[],
  options: { env: Record<string, string>; columns?: number; rows?: number },
): TerminalProgram {
  const columns = options.columns ?? 80;
  const rows = options.rows ?? 24;
  const terminal = new headless.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 0 });
  const pty = spawn(file, [...args], {
    cols: columns,
    rows,
    name: 'xterm-256color',
    env: { ...process.env, TERM: 'xterm-256color', ...options.env } as Record<string, string>,
  });
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  let exitCode: number | null = null;
  let drawn = '';
  pty.onData((data) => {
    drawn += data;
    // Frame by frame: of two that come at once, since nobody had time to read, the first is seen as well.
    for (const part of data.split(AFTER_A_FRAME)) terminal.write(part, changed);
  });
  pty.onExit((exit) => {
    // What was written last is on the screen when the end is told: the emulator takes it in a moment later than it comes.
    terminal.write('', () => {
      exitCode = exit.exitCode;
      changed();
    });
  });

  const screen = () => {
    const buffer = terminal.buffer.active;
    const lines: string[] = [];
    for (let row = 0; row < terminal.rows; row += 1) {
      // The emulator keeps what is beyond the edge of a terminal that has shrunk; nobody sees it.
      lines.push(buffer.getLine(buffer.baseY + row)?.translateToString(true, 0, terminal.cols) ?? '');
    }
    return lines.join('\n');
  };

  function when<T>(what: string, withinMs: number, check: () => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const finish = (act: () => void) => {
        clearTimeout(timer);
        listeners.delete(look);
        act();
      };
      const look = () => {
        // Half a frame is nothing that anybody is meant to see: a terminal shows it when its end has come.
        if (terminal.modes.synchronizedOutputMode && exitCode === null) return;
        const found = check();
        if (found !== undefined) finish(() => resolve(found));
        else if (exitCode !== null)
          finish(() => reject(new Error(`ended with ${exitCode} before ${what}:\n${screen()}`)));
      };
      const timer = setTimeout(
        () =>
          finish(() => reject(new Error(`no ${what} within ${withinMs} ms; the screen is:\n${screen()}`))),
        withinMs,
      );
      listeners.add(look);
      look();
    });
  }

  return {
    pid: pty.pid,
    screen,
    drawn: () => drawn,
    press: (keys) => pty.write(keys),
    resize: (newColumns, newRows) => {
      pty.resize(newColumns, newRows);
      terminal.resize(newColumns, newRows);
    },
    until: (pattern, withinMs = 120_000) =>
      when(`${pattern} on the screen`, withinMs, () => {
        const text = screen();
        const matches = typeof pattern === 'string' ? text.includes(pattern) : pattern.test(text);
        return matches ? text : undefined;
      }),
    exited: (withinMs = 120_000) => when('its end', withinMs, () => exitCode ?? undefined),
    kill: (signal) => {
      try {
        pty.kill(signal);
      } catch {
        // it has ended by itself
      }
    },
    // Not among its types.
    hangUp: () => (pty as typeof pty & { destroy(): void }).destroy(),
  };
}
