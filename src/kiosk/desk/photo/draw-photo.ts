import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Photo } from '../../../flows/desk-data.ts';
import { ObjectFormatError } from '../../../piv/objects/fields.ts';
import { readJpegSize } from '../../../piv/objects/jpeg-size.ts';
import type { DrawnPhoto, PhotoOrder } from './photo-messages.ts';
import type { PictureLimits } from './shrink-picture.ts';

/** A photo that cannot be drawn: too large, damaged, or no photo at all. */
export class PhotoError extends Error {
  override readonly name = 'PhotoError';
  readonly code = 'OP-01-photo-unreadable';
  constructor(why: string, options?: ErrorOptions) {
    super(`draw photo: ${why}; compare the face with the card itself`, options);
  }
}

/** Half a terminal of 80 columns, and what lines of 24 are left: a pixel is a cell wide and half a cell high. */
const DRAWN: PictureLimits = { width: 40, height: 36 };
/** Of the file. Central takes an eighth of it. */
export const MAX_JPEG_BYTES = 256 * 1024;
const MAX_SIDE = 4096;
const MAX_AREA = 4_000_000;
/** Of JavaScript's own memory in the thread. */
const MAX_HEAP_MB = 64;
/** A photo of central's takes a tenth of it. */
const TIMEOUT_MS = 5_000;

/**
 * Draws a face as small as a terminal can show it. The file is from outside: it is read in a thread of its own, with limits for what it may
 * cost, and nothing of it is kept (OP-01, SE-07).
 * @throws PhotoError; AbortError
 */
export async function drawPhoto(jpeg: Uint8Array, signal: AbortSignal): Promise<Photo> {
  signal.throwIfAborted();
  checkSize(jpeg);
  const workerData: PhotoOrder = { jpeg, limits: DRAWN };
  const worker = new Worker(new URL('./photo-thread-main.ts', import.meta.url), {
    ...{ workerData, name: 'photo', execArgv: [] },
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB, maxYoungGenerationSizeMb: 16 },
  });
  // After its answer nobody waits for it any more.
  worker.on('error', () => undefined);
  try {
    const drawn = await answerOf(worker, signal);
    if (drawn === null) throw new PhotoError('it is damaged, or of a kind that nobody here can read');
    return drawn;
  } finally {
    await worker.terminate();
  }
}

/** What the file says of itself, before anything is done for it. */
function checkSize(jpeg: Uint8Array): void {
  if (jpeg.length > MAX_JPEG_BYTES) throw new PhotoError(`${jpeg.length} bytes are too many`);
  let size: { readonly width: number; readonly height: number };
  try {
    size = readJpegSize(jpeg);
  } catch (cause) {
    if (!(cause instanceof ObjectFormatError)) throw cause;
    throw new PhotoError('it is no JPEG', { cause });
  }
  const { width, height } = size;
  if (width < 1 || height < 1 || Math.max(width, height) > MAX_SIDE || width * height > MAX_AREA)
    throw new PhotoError(`${width} × ${height} pixels are too many, or none`);
}

async function answerOf(worker: Worker, signal: AbortSignal): Promise<DrawnPhoto> {
  const ended = new AbortController();
  const limit = AbortSignal.any([signal, ended.signal, AbortSignal.timeout(TIMEOUT_MS)]);
  const exit = once(worker, 'exit', { signal: ended.signal }).then(() => {
    throw new PhotoError('its thread has ended');
  });
  try {
    const [message] = await Promise.race([once(worker, 'message', { signal: limit }), exit]);
    return message as DrawnPhoto;
  } catch (cause) {
    signal.throwIfAborted();
    throw cause instanceof PhotoError ? cause : new PhotoError('it takes too long, or too much', { cause });
  } finally {
    ended.abort();
    exit.catch(() => undefined);
  }
}
