/** A stream of files as a tar archive (ustar), so that a backup can be taken apart by hand. @see POSIX.1-2017, pax */

const BLOCK = 512;
const NAME_LENGTH = 100;
/** A header says no more: parts are smaller. */
const MAX_SIZE = 0o77777777777;

export interface TarFile {
  /** Relative, ASCII. */
  readonly name: string;
  readonly content: Uint8Array;
}

/** The bytes are not a tar archive as `writeTar` makes it. */
export class TarError extends Error {
  override readonly name = 'TarError';
}

/** @param files each small enough for memory */
export async function* writeTar(files: AsyncIterable<TarFile>): AsyncGenerator<Uint8Array> {
  for await (const { name, content } of files) {
    yield header(name, content.length);
    yield content;
    const rest = content.length % BLOCK;
    if (rest > 0) yield new Uint8Array(BLOCK - rest);
  }
  yield new Uint8Array(2 * BLOCK);
}

/**
 * @param maxSize of one file, in bytes
 * @throws TarError; also when the archive ends without its end mark
 */
export async function* readTar(bytes: AsyncIterable<Uint8Array>, maxSize: number): AsyncGenerator<TarFile> {
  const reader = new BlockReader(bytes);
  for (;;) {
    const block = await reader.take(BLOCK);
    if (block.every((byte) => byte === 0)) break;
    const { name, size } = parseHeader(block);
    if (size > maxSize) throw new TarError(`read archive: ${name} is too large`);
    const content = await reader.take(size);
    await reader.take((BLOCK - (size % BLOCK)) % BLOCK);
    yield { name, content };
  }
  await reader.drain();
}

function header(name: string, size: number): Uint8Array {
  if (!/^[\x21-\x7e]+$/.test(name) || name.length > NAME_LENGTH || size > MAX_SIZE)
    throw new TarError(`write archive: ${name} cannot be a file of it`);
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, length: number) => `${value.toString(8).padStart(length - 1, '0')}\0`;
  block.write(name, 0, 'latin1');
  block.write(octal(0o600, 8) + octal(0, 8) + octal(0, 8), 100, 'latin1');
  block.write(octal(size, 12) + octal(0, 12), 124, 'latin1');
  block.write('        0', 148, 'latin1');
  block.write('ustar\x0000', 257, 'latin1');
  block.write(`${octal(checksum(block), 7)} `, 148, 'latin1');
  return new Uint8Array(block);
}

function parseHeader(block: Uint8Array): { name: string; size: number } {
  const text = Buffer.from(block).toString('latin1');
  const field = (at: number, length: number) =>
    text
      .slice(at, at + length)
      .split('\0', 1)[0]!
      .trim();
  const copy = Buffer.from(block);
  copy.write('        ', 148, 'latin1');
  const size = Number.parseInt(field(124, 12), 8);
  const isSound =
    text.slice(257, 262) === 'ustar' && Number.parseInt(field(148, 8), 8) === checksum(copy) && size >= 0;
  if (!isSound) throw new TarError('read archive: a header is damaged');
  return { name: field(0, NAME_LENGTH), size };
}

function checksum(block: Uint8Array): number {
  return block.reduce((sum, byte) => sum + byte, 0);
}

/** Takes exact lengths out of a stream. */
class BlockReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array();

  constructor(bytes: AsyncIterable<Uint8Array>) {
    this.#source = bytes[Symbol.asyncIterator]();
  }

  async take(length: number): Promise<Uint8Array> {
    const taken = new Uint8Array(length);
    for (let at = 0; at < length; ) {
      if (this.#rest.length === 0) {
        const next = await this.#source.next();
        if (next.done) throw new TarError('read archive: it ends too early');
        this.#rest = next.value;
      }
      const part = this.#rest.subarray(0, length - at);
      taken.set(part, at);
      at += part.length;
      this.#rest = this.#rest.subarray(part.length);
    }
    return taken;
  }

  /** To the end: whoever makes the bytes checks them there. */
  async drain(): Promise<void> {
    while (!(await this.#source.next()).done);
  }
}
