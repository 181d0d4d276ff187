import type { Photo } from '../../../flows/desk-data.ts';

/** Pixels as a decoder gives them: row by row, red, green and blue of each, and nothing else. */
export type Pixels = Photo;

/** How many pixels a picture may have at most. */
export interface PictureLimits {
  readonly width: number;
  readonly height: number;
}

/**
 * Makes a picture as small as it must be, whole and in its proportions: each pixel is the mean of those that it stands for. One that is
 * small enough stays as it is.
 */
export function shrinkPicture(picture: Pixels, limits: PictureLimits): Photo {
  const scale = Math.min(1, limits.width / picture.width, limits.height / picture.height);
  if (scale === 1) return picture;
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const columns = spanOf(x, width, picture.width);
      const rows = spanOf(y, height, picture.height);
      rgb.set(meanOf(picture, columns, rows), (y * width + x) * 3);
    }
  }
  return { width, height, rgb };
}

type Span = readonly [from: number, to: number];

/** Which pixels of before one of now stands for; at least one. */
function spanOf(at: number, count: number, before: number): Span {
  const from = Math.floor((at * before) / count);
  return [from, Math.max(from + 1, Math.floor(((at + 1) * before) / count))];
}

function meanOf({ width, rgb }: Pixels, [left, right]: Span, [top, bottom]: Span): [number, number, number] {
  let [red, green, blue] = [0, 0, 0];
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      const at = (y * width + x) * 3;
      red += rgb[at]!;
      green += rgb[at + 1]!;
      blue += rgb[at + 2]!;
    }
  }
  const count = (right - left) * (bottom - top);
  return [Math.round(red / count), Math.round(green / count), Math.round(blue / count)];
}
