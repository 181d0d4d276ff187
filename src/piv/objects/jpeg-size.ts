import { ObjectFormatError } from './fields.ts';

const NAME = 'JPEG image';
const MARKER = 0xff;
const START_OF_SCAN = 0xda;
/** C4, C8 and CC look like start-of-frame markers and are not. */
const NOT_FRAMES: ReadonlySet<number> = new Set([0xc4, 0xc8, 0xcc]);

/** Width and height in pixels, from the first frame header. @throws ObjectFormatError @see ITU-T T.81, annex B */
export function readJpegSize(jpeg: Uint8Array): { readonly width: number; readonly height: number } {
  if (jpeg[0] !== MARKER || jpeg[1] !== 0xd8) throw new ObjectFormatError(NAME, 'it is not one');
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.length);
  let at = 2;
  while (at + 9 <= jpeg.length && view.getUint8(at) === MARKER) {
    const marker = view.getUint8(at + 1);
    if (marker === START_OF_SCAN) break;
    if (marker >= 0xc0 && marker <= 0xcf && !NOT_FRAMES.has(marker)) {
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    }
    at += marker === MARKER ? 1 : 2 + view.getUint16(at + 2);
  }
  throw new ObjectFormatError(NAME, 'it has no frame header');
}
