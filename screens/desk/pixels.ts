/** A picture as it is to be drawn: a pixel is a cell wide and half a cell high. */
export interface PixelPicture {
  readonly width: number;
  readonly height: number;
  /** Row by row, three bytes a pixel: red, green, blue. */
  readonly rgb: Uint8Array;
}

/** Cells side by side that look the same: the upper pixel, the one below it, and how many. */
export interface PixelRun {
  /** `#rrggbb`. */
  readonly upper: string;
  readonly lower: string;
  readonly count: number;
}

/** Two rows of pixels a line; of an odd height the last row is doubled. */
export function twoPixelLines(picture: PixelPicture): readonly (readonly PixelRun[])[] {
  const { width, height } = picture;
  return Array.from({ length: Math.ceil(height / 2) }, (_, line) => {
    const runs: { upper: string; lower: string; count: number }[] = [];
    for (let x = 0; x < width; x += 1) {
      const upper = colourAt(picture, x, 2 * line);
      const lower = colourAt(picture, x, Math.min(height - 1, 2 * line + 1));
      const last = runs.at(-1);
      if (last !== undefined && last.upper === upper && last.lower === lower) last.count += 1;
      else runs.push({ upper, lower, count: 1 });
    }
    return runs;
  });
}

/** The same by signs, from the darkest to the brightest, each stretched over what brightness the picture has. */
export function shadesOf(picture: PixelPicture, shades: string): readonly string[] {
  const { width, height } = picture;
  const signs = [...shades];
  const lines = Array.from({ length: Math.ceil(height / 2) }, (_, line) =>
    Array.from({ length: width }, (_, x) => {
      const below = Math.min(height - 1, 2 * line + 1);
      return (brightnessAt(picture, x, 2 * line) + brightnessAt(picture, x, below)) / 2;
    }),
  );
  const all = lines.flat();
  const darkest = Math.min(...all);
  const range = Math.max(1, Math.max(...all) - darkest);
  const signOf = (one: number) =>
    signs[Math.min(signs.length - 1, Math.floor(((one - darkest) / range) * signs.length))] ?? ' ';
  return lines.map((line) => line.map(signOf).join(''));
}

function colourAt({ width, rgb }: PixelPicture, x: number, y: number): string {
  const at = 3 * (y * width + x);
  return `#${[0, 1, 2].map((i) => (rgb[at + i] ?? 0).toString(16).padStart(2, '0')).join('')}`;
}

/** 0–255 as the eye weighs it. @see ITU-R BT.601 */
function brightnessAt({ width, rgb }: PixelPicture, x: number, y: number): number {
  const at = 3 * (y * width + x);
  return 0.299 * (rgb[at] ?? 0) + 0.587 * (rgb[at + 1] ?? 0) + 0.114 * (rgb[at + 2] ?? 0);
}

/** The same picture made to fit into so many pixels, its proportions kept: each pixel the mean of those it stands for. Never larger. */
export function fitted(picture: PixelPicture, maxWidth: number, maxHeight: number): PixelPicture {
  const scale = Math.min(1, maxWidth / picture.width, maxHeight / picture.height);
  if (!(scale < 1)) return picture;
  const width = Math.max(1, Math.floor(picture.width * scale));
  const height = Math.max(1, Math.floor(picture.height * scale));
  const rgb = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      rgb.set(
        meanOf(picture, [x / width, (x + 1) / width], [y / height, (y + 1) / height]),
        3 * (y * width + x),
      );
    }
  }
  return { width, height, rgb };
}

type Span = readonly [from: number, to: number];

/** @param across from where to where, as shares of the width; @param down of the height */
function meanOf({ width, height, rgb }: PixelPicture, across: Span, down: Span): readonly number[] {
  const sums = [0, 0, 0];
  let count = 0;
  const to = (share: number, of: number) => Math.min(of, Math.max(1, Math.ceil(share * of)));
  for (let y = Math.floor(down[0] * height); y < to(down[1], height); y += 1) {
    for (let x = Math.floor(across[0] * width); x < to(across[1], width); x += 1) {
      for (const i of [0, 1, 2]) sums[i]! += rgb[3 * (y * width + x) + i] ?? 0;
      count += 1;
    }
  }
  return sums.map((sum) => Math.round(sum / Math.max(1, count)));
}
