import { createReadStream } from 'node:fs';
import { UnreadableFileError } from './problem.ts';

const CHUNK_BYTES = 256 * 1024;

/**
 * The text of a file piece by piece: UTF-8, without a byte order mark, each end of a line as LF.
 * @param onBytes sees the file as it is
 * @throws UnreadableFileError naming the line that is not UTF-8
 */
export async function* readText(path: string, onBytes: (bytes: Uint8Array) => void): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const lines = new LineEnds();
  let line = 1;
  let rest = new Uint8Array();
  for await (const piece of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
    const chunk = piece as Uint8Array;
    onBytes(chunk);
    const text = lines.unify(decode(decoder, chunk, line, rest));
    rest = tail(chunk);
    line += countLines(text);
    yield text;
  }
  yield lines.unify(decode(decoder, new Uint8Array(), line, rest)) + lines.end();
}

/** Windows writes CRLF: it is one end of a line, wherever a piece is cut. */
class LineEnds {
  #isCut = false;

  unify(text: string): string {
    const whole = this.#isCut ? `\r${text}` : text;
    this.#isCut = whole.endsWith('\r');
    return (this.#isCut ? whole.slice(0, -1) : whole).replaceAll('\r\n', '\n');
  }

  end(): string {
    return this.#isCut ? '\r' : '';
  }
}

function decode(decoder: TextDecoder, chunk: Uint8Array, line: number, before: Uint8Array): string {
  try {
    return decoder.decode(chunk, { stream: chunk.length > 0 });
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    const at = line + badLine(Buffer.concat([before, chunk]));
    throw new UnreadableFileError(at, 'it is not UTF-8: save the file as UTF-8 and try again', { cause });
  }
}

/** In which of its lines a piece stops to be UTF-8. */
function badLine(chunk: Uint8Array): number {
  let start = 0;
  for (let line = 0; ; line += 1) {
    const end = chunk.indexOf(0x0a, start);
    const bytes = chunk.subarray(start, end < 0 ? undefined : end);
    if (end < 0 || !isUtf8(bytes)) return line;
    start = end + 1;
  }
}

/** The bytes after the last end of a line: a character may have begun in them. */
function tail(chunk: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(chunk.subarray(Math.max(chunk.length - 3, chunk.lastIndexOf(0x0a) + 1)));
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
