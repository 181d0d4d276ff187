import type { CardConnection } from '../../src/piv/connection.ts';

/** One command that is expected, in hex (spaces allowed), and what is answered to it. */
export type Line = readonly [command: string, answer: string];

/** A card that follows a script to the letter; `left` says which lines were not asked. */
export class ScriptedConnection implements CardConnection {
  readonly atr = new Uint8Array();
  readonly #lines: Line[];

  constructor(lines: readonly Line[]) {
    this.#lines = [...lines];
  }

  get left(): number {
    return this.#lines.length;
  }

  transmit(command: Uint8Array): Promise<Uint8Array> {
    const line = this.#lines.shift();
    const sent = toHex(command);
    if (!line || strip(line[0]) !== sent) {
      return Promise.reject(
        new Error(`the script expects ${line ? strip(line[0]) : 'nothing more'}, got ${sent}`),
      );
    }
    return Promise.resolve(fromHex(line[1]));
  }
}

/** A card that answers by a function, and remembers what it was sent. */
export class AnsweringConnection implements CardConnection {
  readonly atr = new Uint8Array();
  readonly commands: string[] = [];
  readonly #answer: (command: string) => string;

  constructor(answer: (command: string) => string) {
    this.#answer = answer;
  }

  transmit(command: Uint8Array): Promise<Uint8Array> {
    const sent = toHex(command);
    this.commands.push(sent);
    return Promise.resolve(fromHex(this.#answer(sent)));
  }
}

/** SELECT PIV and an answer with nothing in it. */
export const SELECT: Line = ['00a40400 09 a00000030800001000 00', '9000'];

export function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(strip(hex), 'hex'));
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

export function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function strip(hex: string): string {
  return hex.replaceAll(/\s/g, '');
}
