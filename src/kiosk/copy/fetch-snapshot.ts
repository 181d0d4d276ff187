import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Snapshot } from '../../protocol/log.ts';
import { type CopyFiles, partFile, removeDownloads, removeUnfinished } from './copy-files.ts';
import type { CopyHttp } from './copy-http.ts';
import { UnfitCopyError } from './copy-schema.ts';
import { acceptSnapshot } from './new-copy.ts';
import { BadSnapshotError, Unpacker } from './unpack-snapshot.ts';

/** The largest copy that is taken: some ten million cards. */
const MAX_FILE_BYTES = 4 * 1024 ** 3;
/** What the search's index takes beside it while it is made: half as much, and as much in SQLite's log. */
const SEARCH_SHARE = 1;

/**
 * Fetches the snapshot of this kiosk's scope, going on with a download that was cut off, and unpacks it while it comes;
 * afterwards a new copy is ready.
 * @param isUrgent as for `acceptSnapshot`
 * @throws BadSnapshotError, UnfitCopyError; what CopyHttp throws
 */
export async function fetchSnapshot(
  http: CopyHttp,
  files: CopyFiles,
  { source, isUrgent }: { readonly source: string; readonly isUrgent: boolean },
  signal: AbortSignal,
): Promise<void> {
  const announced = await http.snapshot(signal);
  removeUnfinished(files);
  removeDownloads(files, announced.id);
  try {
    await checkRoom(files, announced);
    const download = await Download.open(http, files, announced, signal);
    try {
      await download.run();
    } finally {
      await download.close();
    }
    acceptSnapshot(files, announced, source, isUrgent);
    removeDownloads(files);
  } catch (error) {
    if (error instanceof BadSnapshotError || error instanceof UnfitCopyError) removeDownloads(files);
    throw error;
  }
}

async function checkRoom(files: CopyFiles, { size, fileSize }: Snapshot): Promise<void> {
  // Packed it is no larger, but for what is said of blocks that cannot be packed.
  const largest = Math.max(fileSize, size);
  if (largest > MAX_FILE_BYTES)
    throw new BadSnapshotError(`fetch snapshot: it has ${largest} bytes, more than a kiosk takes`);
  const { bavail, bsize } = await statfs(dirname(files.live));
  const needed = size + (1 + SEARCH_SHARE) * fileSize;
  if (bavail * bsize < needed)
    throw new BadSnapshotError(`fetch snapshot: ${needed} bytes do not fit; make room on the disk`);
}

/** One snapshot on its way: into the part file, so that it can be gone on with, and unpacked into the unfinished copy. */
class Download {
  readonly #http: CopyHttp;
  readonly #files: CopyFiles;
  readonly #announced: Snapshot;
  readonly #signal: AbortSignal;
  readonly #part: FileHandle;
  #hash: Hash = createHash('sha256');
  #unpacker: Unpacker;
  #length = 0;

  static async open(http: CopyHttp, files: CopyFiles, announced: Snapshot, signal: AbortSignal) {
    const part = await open(partFile(files, announced.id), 'a+');
    return new Download(http, files, announced, signal, part);
  }

  private constructor(
    http: CopyHttp,
    files: CopyFiles,
    announced: Snapshot,
    signal: AbortSignal,
    part: FileHandle,
  ) {
    this.#http = http;
    this.#files = files;
    this.#announced = announced;
    this.#signal = signal;
    this.#part = part;
    this.#unpacker = this.#newUnpacker();
  }

  /** @throws BadSnapshotError */
  async run(): Promise<void> {
    const { id, size } = this.#announced;
    await this.#takePresent();
    if (this.#length < size) {
      await this.#http.bytes(this.#announced, this.#length, this.#signal, async (start, bytes) => {
        if (start !== this.#length) await this.#beginAnew();
        for await (const chunk of bytes) {
          await this.#take(chunk);
          await this.#part.appendFile(chunk);
        }
      });
    }
    if (this.#length < size) throw new BadSnapshotError('fetch snapshot: less came than was announced');
    if (this.#hash.digest('hex') !== id)
      throw new BadSnapshotError('fetch snapshot: what came is not what was announced');
    await this.#unpacker.end();
  }

  async close(): Promise<void> {
    await this.#unpacker.abandon();
    await this.#part.close();
  }

  /** What an earlier download has left. */
  async #takePresent(): Promise<void> {
    const { size } = await this.#part.stat();
    if (size > this.#announced.size) await this.#part.truncate(0);
    const present = createReadStream(partFile(this.#files, this.#announced.id));
    for await (const chunk of present) await this.#take(chunk as Uint8Array);
  }

  async #beginAnew(): Promise<void> {
    await this.#unpacker.abandon();
    this.#unpacker = this.#newUnpacker();
    this.#hash = createHash('sha256');
    this.#length = 0;
    await this.#part.truncate(0);
  }

  async #take(chunk: Uint8Array): Promise<void> {
    this.#length += chunk.length;
    if (this.#length > this.#announced.size)
      throw new BadSnapshotError('fetch snapshot: more came than was announced');
    this.#hash.update(chunk);
    await this.#unpacker.write(chunk);
  }

  #newUnpacker(): Unpacker {
    return new Unpacker(this.#files.unfinished, this.#announced.fileSize, this.#signal);
  }
}
