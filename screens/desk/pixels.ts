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
