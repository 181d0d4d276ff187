import type { ReadStream, WriteStream } from 'node:tty';

/** Whoever was asked has pressed Ctrl-C, or there is nothing more to read. */
export class NothingTypedError extends Error {
  override readonly name = 'NothingTypedError';
  constructor() {
    super('read secret: nothing was typed');
  }
}

/** Where secrets come from: a terminal, or a pipe with one of them a line. */
export interface SecretSource {
  readonly input: NodeJS.ReadStream;
  /** Of what is asked. */
  readonly output: Pick<WriteStream, 'write'>;
}

const ENTER = [0x0a, 0x0d];
const ERASE = [0x08, 0x7f];
const CTRL_C = 0x03;
const CTRL_D = 0x04;
const CAPACITY = 1024;

/** Reads lines that nobody is to see: nothing is echoed, and nothing becomes a string on the way. */
export class SecretInput {
  readonly #source: SecretSource;
  readonly #bytes = new Uint8Array(CAPACITY);
  #length = 0;

  constructor(source: SecretSource) {
    this.#source = source;
  }

  get isTerminal(): boolean {
    return this.#source.input.isTTY === true;
  }

  /** One line, UTF-8 without its end; whoever takes it wipes it. @throws NothingTypedError */
  async ask(question: string): Promise<Uint8Array> {
    const { input, output } = this.#source;
    const raw = this.isTerminal ? (input as ReadStream) : null;
    // Before it is asked: whoever types at once would see it.
    raw?.setRawMode(true);
    try {
      if (this.isTerminal) output.write(`${question}: `);
      return await this.#line();
    } finally {
      this.#bytes.fill(0);
      this.#length = 0;
      raw?.setRawMode(false);
      if (this.isTerminal) output.write('\n');
    }
  }

  #line(): Promise<Uint8Array> {
    const { input } = this.#source;
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        input.off('data', onData);
        input.off('end', onEnd);
        input.pause();
        settle();
      };
      const onEnd = () => {
        if (this.#length === 0) end(() => reject(new NothingTypedError()));
        else end(() => resolve(this.#bytes.slice(0, this.#length)));
      };
      const onData = (chunk: Buffer) => {
        for (const [at, byte] of chunk.entries()) {
          const isStopped = this.isTerminal && (byte === CTRL_C || byte === CTRL_D);
          if (isStopped) end(() => reject(new NothingTypedError()));
          else if (ENTER.includes(byte)) end(() => resolve(this.#bytes.slice(0, this.#length)));
          else {
            this.#take(byte);
            continue;
          }
          // For the next question, in a copy that it wipes.
          const rest = Buffer.from(chunk.subarray(at + 1));
          if (rest.length > 0) input.unshift(rest);
          break;
        }
        chunk.fill(0);
      };
      input.on('data', onData);
      input.once('end', onEnd);
      input.resume();
    });
  }

  /** What is too long is cut: it is no password, and no token. */
  #take(byte: number): void {
    if (this.isTerminal && ERASE.includes(byte)) {
      do {
        if (this.#length === 0) return;
        this.#length -= 1;
      } while (this.#bytes[this.#length]! >> 6 === 2);
      return;
    }
    if (this.#length === CAPACITY) return;
    this.#bytes[this.#length] = byte;
    this.#length += 1;
  }
}
