import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdDecompress } from 'node:zlib';

/** A snapshot that is not what was announced, or does not fit here. It is worth nothing. */
export class BadSnapshotError extends Error {
  override readonly name = 'BadSnapshotError';
}

/** Memory for unpacking: 2^27 bytes, what zstd itself allows by default. */
const WINDOW_LOG_MAX = 27;
const CHUNK_BYTES = 1024 * 1024;

/** Unpacks zstd into a file while it comes in, and no more of it than was announced. */
export class Unpacker {
  readonly #zstd = createZstdDecompress({
    params: { [constants.ZSTD_d_windowLogMax]: WINDOW_LOG_MAX },
    chunkSize: CHUNK_BYTES,
  });
  readonly #done: Promise<void>;
  #left: number;

  constructor(path: string, fileSize: number, signal: AbortSignal) {
    this.#left = fileSize;
    const bound = new Transform({
      transform: (chunk: Uint8Array, _encoding, done) => {
        this.#left -= chunk.length;
        if (this.#left < 0) done(new BadSnapshotError('unpack snapshot: it is larger than announced'));
        else done(null, chunk);
      },
    });
    const file = createWriteStream(path, { highWaterMark: 4 * CHUNK_BYTES });
    this.#done = pipeline(this.#zstd, bound, file, { signal }).catch((cause) => {
      if (!String((cause as NodeJS.ErrnoException).code).startsWith('ZSTD_')) throw cause;
      throw new BadSnapshotError('unpack snapshot: it is damaged', { cause });
    });
    this.#done.catch(() => undefined);
  }

  /** Waits while more has come than can be unpacked at once. @throws BadSnapshotError */
  async write(chunk: Uint8Array): Promise<void> {
    if (this.#zstd.destroyed) await this.#done;
    if (!this.#zstd.write(chunk)) await Promise.race([once(this.#zstd, 'drain'), this.#done]);
  }

  /** Everything was written. @throws BadSnapshotError */
  async end(): Promise<void> {
    this.#zstd.end();
    await this.#done;
    if (this.#left > 0) throw new BadSnapshotError('unpack snapshot: it is smaller than announced');
  }

  /** Ends, whatever has come. Never throws. */
  async abandon(): Promise<void> {
    this.#zstd.destroy();
    await this.#done.catch(() => undefined);
  }
}
