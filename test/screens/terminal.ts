import { Console } from 'node:console';
import { PassThrough, Writable } from 'node:stream';
import xterm from '@xterm/headless';
import type { KioskView } from '../../src/flows/kiosk-view.ts';

// vitest's console has no constructor, and Ink makes one to keep stray output off the screen.
console.Console ??= Console;

type Size = KioskView['size'];

/** A terminal in memory: what is written to `stdout` can be read off its cells, what is typed comes out of `stdin`. */
export interface MemoryTerminal {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** The visible lines, without the blanks at their ends. */
  lines(): readonly string[];
  /** Whether the alternate buffer is shown. */
  isAlternate(): boolean;
  isRaw(): boolean;
  /** How often it was left to the terminal to write what is typed. */
  echoes(): number;
  type(keys: string): void;
  resize(size: Size): void;
  dispose(): void;
}

export function openTerminal(size: Size): MemoryTerminal {
  // Node leaves the translation of line ends on in raw mode (ONLCR); without a tty xterm has to do it.
  const terminal = new xterm.Terminal({
    cols: size.columns,
    rows: size.rows,
    allowProposedApi: true,
    convertEol: true,
  });
  let isRaw = false;
  let echoes = 0;
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (mode: boolean) => {
      isRaw = mode;
      if (!mode) echoes += 1;
    },
    ref: () => {},
    unref: () => {},
  });
  const stdout = Object.assign(
    new Writable({ write: (chunk: Buffer, _, done) => terminal.write(new Uint8Array(chunk), done) }),
    { isTTY: true, columns: size.columns, rows: size.rows },
  );
  return {
    stdin: stdin as unknown as NodeJS.ReadStream,
    stdout: stdout as unknown as NodeJS.WriteStream,
    lines: () => {
      const { active } = terminal.buffer;
      return Array.from({ length: terminal.rows }, (_, row) =>
        (active.getLine(active.viewportY + row)?.translateToString(true, 0, terminal.cols) ?? '').trimEnd(),
      );
    },
    isAlternate: () => terminal.buffer.active.type === 'alternate',
    isRaw: () => isRaw,
    echoes: () => echoes,
    type: (keys) => {
      stdin.write(keys);
    },
    resize: ({ columns, rows }) => {
      terminal.resize(columns, rows);
      Object.assign(stdout, { columns, rows });
      stdout.emit('resize');
    },
    dispose: () => terminal.dispose(),
  };
}
