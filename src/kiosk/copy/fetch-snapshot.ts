import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { type FileHandle, open, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdDecompress } from 'node:zlib';
import type { Snapshot } from '../../protocol/log.ts';
import { type CopyFiles, partFile, removeDownloads, removeUnfinished } from './copy-files.ts';
import type { CopyHttp } from './copy-http.ts';
import { UnfitCopyError } from './copy-schema.ts';
import { acceptSnapshot } from './new-copy.ts';

/** A snapshot that is not what was announced, or does not fit here. It is worth nothing. */
export class BadSnapshotError extends Error {
  override readonly name = 'BadSnapshotError';
}

/** The largest copy that is taken: some five million cards. */
const MAX_FILE_BYTES = 4 * 1024 ** 3;
/** Memory for unpacking: 2^27 bytes, what zstd itself allows by default. */
const WINDOW_LOG_MAX = 27;

/**
 * Fetches the snapshot of this kiosk's scope, going on with a download that was cut off; afterwards a new copy is ready.
 * @throws BadSnapshotError, UnfitCopyError; what CopyHttp throws
 */
export async function fetchSnapshot(
  http: CopyHttp,
  files: CopyFiles,
  source: string,
  signal: AbortSignal,
): Promise<void> {
  const announced = await http.snapshot(signal);
  removeUnfinished(files);
  removeDownloads(files, announced.id);
  await checkRoom(files, announced);
  const part = partFile(files, announced.id);
  try {
    await download(http, part, announced, signal);
    await unpack(part, files.unfinished, announced.fileSize, signal);
    acceptSnapshot(files, announced, source);
    removeDownloads(files);
  } catch (error) {
    if (error instanceof BadSnapshotError || error instanceof UnfitCopyError) removeDownloads(files);
    throw error;
  }
}

async function checkRoom(files: CopyFiles, { size, fileSize }: Snapshot): Promise<void> {
  if (fileSize > MAX_FILE_BYTES)
    throw new BadSnapshotError(`fetch snapshot: it has ${fileSize} bytes, more than a kiosk takes`);
  const { bavail, bsize } = await statfs(dirname(files.live));
  if (bavail * bsize < size + fileSize)
    throw new BadSnapshotError(`fetch snapshot: ${size + fileSize} bytes do not fit; make room on the disk`);
}

async function download(
  http: CopyHttp,
  part: string,
  announced: Snapshot,
  signal: AbortSignal,
): Promise<void> {
  const file = await open(part, 'a+');
  try {
    let hash = createHash('sha256');
    const { size: present } = await file.stat();
    if (present <= announced.size) for await (const chunk of readFrom(part)) hash.update(chunk);
    const have = present <= announced.size ? present : 0;
    if (have < announced.size) {
      await http.bytes(announced, have, signal, async (start, bytes) => {
        if (start === 0) hash = createHash('sha256');
        await file.truncate(start);
        await append(file, hash, announced.size - start, bytes);
      });
    }
    if (hash.digest('hex') !== announced.id)
      throw new BadSnapshotError('fetch snapshot: what came is not what was announced');
  } finally {
    await file.close();
  }
}

async function append(
  file: FileHandle,
  hash: Hash,
  length: number,
  bytes: AsyncIterable<Uint8Array>,
): Promise<void> {
  let left = length;
  for await (const chunk of bytes) {
    left -= chunk.length;
    if (left < 0) throw new BadSnapshotError('fetch snapshot: more came than was announced');
    hash.update(chunk);
    await file.appendFile(chunk);
  }
  if (left > 0) throw new BadSnapshotError('fetch snapshot: less came than was announced');
}

function readFrom(path: string): AsyncIterable<Uint8Array> {
  return createReadStream(path, { highWaterMark: 1024 * 1024 });
}

async function unpack(from: string, to: string, fileSize: number, signal: AbortSignal): Promise<void> {
  let left = fileSize;
  const bound = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      left -= chunk.length;
      if (left < 0) done(new BadSnapshotError('unpack snapshot: it is larger than announced'));
      else done(null, chunk);
    },
  });
  const params = { [constants.ZSTD_d_windowLogMax]: WINDOW_LOG_MAX };
  const zstd = createZstdDecompress({ params, chunkSize: 1024 * 1024 });
  try {
    await pipeline(createReadStream(from), zstd, bound, createWriteStream(to), { signal });
  } catch (cause) {
    if (String((cause as NodeJS.ErrnoException).code).startsWith('ZSTD_'))
      throw new BadSnapshotError('unpack snapshot: it is damaged', { cause });
    throw cause;
  }
  if (left > 0) throw new BadSnapshotError('unpack snapshot: it is smaller than announced');
}
