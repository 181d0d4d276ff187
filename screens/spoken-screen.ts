import { Writable } from 'node:stream';

/** Another buffer, which leaves nothing behind, with a cursor: braille displays follow it. */
const TAKE_OVER = '\x1b[?1049h\x1b[?25h';
const GIVE_BACK = '\x1b[?1049l';
const CLEAR = '\x1b[2J\x1b[H';

/** Of a terminal that says nothing of it. */
const COLUMNS = 80;

/**
 * Frames as lines for a screen reader. Ink writes each frame whole, and with it the reader would begin anew at every key: a new screen is
 * written whole, and then only what has become different, below the rest, where terminals say what comes (UX-05).
 */
export class SpokenScreen {
  readonly #terminal: NodeJS.WriteStream;
  #lines: readonly string[] = [];
  #isOpen = true;

  constructor(terminal: NodeJS.WriteStream) {
    this.#terminal = terminal;
    terminal.write(TAKE_OVER);
  }

  /** What Ink writes its frames to: one write, one frame. It is no terminal, so that Ink adds nothing. */
  stream(): NodeJS.WriteStream {
    const { columns, rows } = this.#terminal;
    const stream = new Writable({
      write: (chunk: Buffer, _, done) => {
        this.show(chunk.toString());
        done();
      },
    });
    return Object.assign(stream, { columns, rows }) as unknown as NodeJS.WriteStream;
  }

  /** Writes what is new in a frame. */
  show(frame: string): void {
    const lines = frame
      .split('\n')
      .map((line) => line.replace(/\s+/g, ' ').trim())
      .filter((line) => line !== '');
    // Ink's last word when it ends.
    if (lines.length === 0 || !this.#isOpen) return;
    const isNew = lines[0] !== this.#lines[0] || lines.at(-1) !== this.#lines.at(-1);
    const said = isNew ? lines : lines.filter((line) => !this.#lines.includes(line));
    this.#lines = lines;
    if (said.length > 0)
      this.#terminal.write(`${isNew ? CLEAR : ''}${said.map((line) => this.#folded(line)).join('')}`);
  }

  /** Gives the terminal back. Harmless when repeated. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#terminal.write(GIVE_BACK);
  }

  /** Broken between words, never within. */
  #folded(line: string): string {
    const width = (this.#terminal.columns || COLUMNS) - 1;
    const folded: string[] = [];
    for (const word of line.split(' ')) {
      const last = folded.at(-1);
      if (last !== undefined && last.length + 1 + word.length <= width)
        folded.splice(-1, 1, `${last} ${word}`);
      else folded.push(word);
    }
    return `${folded.join('\r\n')}\r\n`;
  }
}
