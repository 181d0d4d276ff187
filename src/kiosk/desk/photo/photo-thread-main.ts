/** The thread that reads one photo and ends: whatever a hostile file does to a decoder it does here. Started by draw-photo.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { decode } from 'jpeg-js';
import type { DrawnPhoto, PhotoOrder } from './photo-messages.ts';
import { shrinkPicture } from './shrink-picture.ts';

/** Of the decoder's own tables and pixels. */
const MAX_MEMORY_MB = 160;
const MAX_MEGAPIXELS = 4;

const port = parentPort;
if (port === null) throw new Error('draw photo: this is no thread');

function draw({ jpeg, limits }: PhotoOrder): DrawnPhoto {
  try {
    const { width, height, data } = decode(jpeg, {
      ...{ useTArray: true, formatAsRGBA: false, tolerantDecoding: true },
      ...{ maxResolutionInMP: MAX_MEGAPIXELS, maxMemoryUsageInMB: MAX_MEMORY_MB },
    });
    const isWhole = width > 0 && height > 0 && data.length === width * height * 3;
    return isWhole ? shrinkPicture({ width, height, rgb: data }, limits) : null;
  } catch {
    return null;
  }
}

port.postMessage(draw(workerData as PhotoOrder));
