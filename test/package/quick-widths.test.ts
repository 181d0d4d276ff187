import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { quickWidths } from '../../packaging/first-frame.ts';

type Width = (text: string) => number;

const folder = mkdtempSync(join(tmpdir(), 'recard-widths-'));
let quick: Width;
let usual: Width;
beforeAll(async () => {
  quick = await widthOf('quick', [quickWidths]);
  usual = await widthOf('usual', []);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** As Ink has it in a bundle. */
async function widthOf(name: string, plugins: Plugin[]): Promise<Width> {
  const outfile = join(folder, `${name}.mjs`);
  const resolveDir = join(import.meta.dirname, '../../node_modules/ink/build');
  const contents = "export { default } from 'string-width';";
  await build({ stdin: { contents, resolveDir }, outfile, bundle: true, format: 'esm', plugins });
  const made = (await import(pathToFileURL(outfile).href)) as { readonly default: Width };
  return made.default;
}

/** Signs of all kinds: ours, wide ones, emoji, marks that are put together with what is before them, and what is between texts and codes. */
const SIGNS = [
  '─',
  '│',
  '█',
  'é',
  'ß',
  '…',
  '—',
  '→',
  '©',
  '↔',
  '한',
  '漢',
  '👩',
  '\u200d',
  '\ufe0f',
  '\u0301',
  '\u00ad',
];
const CODES = ['\u001b[1m', '\u001b[38;5;4m', '\u001b[', '\u001b]8;;x\u0007', '\t', '\n', '\u009b'];

describe('how wide a text is, in the bundle', () => {
  test('is for every single sign below the East Asian ones what it is without the bundle', () => {
    const other: number[] = [];
    for (let code = 0; code < 0x3000; code += 1) {
      const sign = String.fromCharCode(code);
      if (quick(sign) !== usual(sign)) other.push(code);
    }
    expect(other).toEqual([]);
  });

  test('is for texts of several signs what it is without the bundle', () => {
    const part = fc.oneof(
      fc.constantFrom(...SIGNS),
      fc.constantFrom(...CODES),
      fc.string({ unit: 'binary' }),
    );
    const text = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (one) => {
        expect(quick(one)).toBe(usual(one));
      }),
      { numRuns: 60 },
    );
  });
});
