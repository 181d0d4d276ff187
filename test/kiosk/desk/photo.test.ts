import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { encode } from 'jpeg-js';
import { describe, expect, test } from 'vitest';
import { drawPhoto, MAX_JPEG_BYTES, PhotoError } from '../../../src/kiosk/desk/photo/draw-photo.ts';
import { shrinkPicture } from '../../../src/kiosk/desk/photo/shrink-picture.ts';
import { ownTime } from '../../support/own-time.ts';

/** The photo beside a person's name, of whatever file central has (OP-01, SE-07). */

const SIGNAL = new AbortController().signal;
const GOLDEN = new Uint8Array(
  readFileSync(join(import.meta.dirname, '../../../src/demo/photos/golden-piv.jpg')),
);

function draw(jpeg: Uint8Array) {
  return drawPhoto(jpeg, SIGNAL);
}

/** A picture of one colour. */
function plain(width: number, height: number, colour: readonly [number, number, number]): Uint8Array {
  const data = new Uint8Array(width * height * 4);
  for (let at = 0; at < data.length; at += 4) data.set([...colour, 255], at);
  return new Uint8Array(encode({ width, height, data }, 80).data);
}

describe('a photo is drawn', () => {
  test('whole, in its proportions, as small as half a terminal', async () => {
    const photo = await draw(GOLDEN);
    expect(photo).toMatchObject({ width: 40, height: 32 });
    expect(photo.rgb).toHaveLength(40 * 32 * 3);
    expect(new Set(photo.rgb).size).toBeGreaterThan(50);
  });

  test('in its colours', async () => {
    const { rgb } = await draw(plain(90, 120, [200, 40, 80]));
    for (const [i, expected] of [200, 40, 80].entries()) expect(Math.abs(rgb[i]! - expected)).toBeLessThan(6);
  });

  test('as it is where it is small enough', async () => {
    expect(await draw(plain(16, 24, [9, 9, 9]))).toMatchObject({ width: 16, height: 24 });
  });
});

describe('a file from outside', () => {
  test('that is no photo is refused', async () => {
    for (const bytes of [new Uint8Array(), new Uint8Array(500), new TextEncoder().encode('GIF89a')])
      await expect(draw(bytes)).rejects.toThrow(PhotoError);
  });

  test('that says it is too large is refused before anything is done for it', async () => {
    await expect(draw(new Uint8Array(MAX_JPEG_BYTES + 1))).rejects.toThrow(/too many/);
    const huge = GOLDEN.slice();
    const frame = huge.findIndex((byte, at) => byte === 0xff && huge[at + 1] === 0xc0);
    huge.set([0xff, 0xff, 0xff, 0xff], frame + 5);
    await expect(draw(huge)).rejects.toThrow(/65535 × 65535 pixels are too many/);
  });

  test('that says its true size only to the decoder costs no more than the limits', async () => {
    const frame = GOLDEN.findIndex((byte, at) => byte === 0xff && GOLDEN[at + 1] === 0xc0);
    const length = 2 + ((GOLDEN[frame + 2]! << 8) | GOLDEN[frame + 3]!);
    const second = GOLDEN.slice(frame, frame + length);
    second.set([0xff, 0xff, 0xff, 0xff], 5);
    const twice = new Uint8Array([
      ...GOLDEN.slice(0, frame + length),
      ...second,
      ...GOLDEN.slice(frame + length),
    ]);
    const elapsedMs = ownTime();
    await draw(twice).catch((error) => expect(error).toBeInstanceOf(PhotoError));
    expect(elapsedMs()).toBeLessThan(8_000);
  });

  test('that is damaged anywhere is drawn or refused, and never anything else', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(GOLDEN.length - 1), fc.nat(255)), { minLength: 1, maxLength: 40 }),
        fc.option(fc.nat(GOLDEN.length), { nil: undefined }),
        async (changes, end) => {
          const damaged = GOLDEN.slice(0, end);
          for (const [at, byte] of changes) if (at < damaged.length) damaged[at] = byte;
          const drawn = await draw(damaged).catch((error) => error);
          if (drawn instanceof PhotoError) return;
          expect(drawn.width * drawn.height * 3).toBe(drawn.rgb.length);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('is let go when nobody looks any more', async () => {
    const left = new AbortController();
    const drawing = drawPhoto(GOLDEN, left.signal);
    left.abort();
    await expect(drawing).rejects.toThrow(/abort/i);
  });
});

test('a smaller picture keeps the mean of what it stands for', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 60 }),
      fc.nat(255),
      (width, height, grey) => {
        const rgb = new Uint8Array(width * height * 3).fill(grey);
        const small = shrinkPicture({ width, height, rgb }, { width: 7, height: 9 });
        expect(small.width).toBeLessThanOrEqual(7);
        expect(small.height).toBeLessThanOrEqual(9);
        expect(new Set(small.rgb)).toEqual(new Set([grey]));
      },
    ),
  );
});
