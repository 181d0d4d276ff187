import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ConsoleFont } from '../../src/kiosk/console-font.ts';

const ROOMY = { columns: 240, rows: 67 };
const SMALL = { columns: 128, rows: 48 };

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recard-font-'));
  file = join(folder, 'large-font-tty1');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('root is asked for large letters while the theme is the large one, and only then', () => {
  const font = new ConsoleFont(file);
  for (const theme of ['standard', 'contrast'] as const) {
    font.follow({ theme, size: ROOMY });
    expect(existsSync(file)).toBe(false);
  }
  font.follow({ theme: 'large', size: ROOMY });
  expect(existsSync(file)).toBe(true);
  // The letters are twice as large now, and the cells half as many.
  font.follow({ theme: 'large', size: { columns: 120, rows: 33 } });
  expect(existsSync(file)).toBe(true);
  font.follow({ theme: 'standard', size: { columns: 120, rows: 33 } });
  expect(existsSync(file)).toBe(false);
});

test('nobody is asked where the screens would not fit any more', () => {
  new ConsoleFont(file).follow({ theme: 'large', size: SMALL });
  expect(existsSync(file)).toBe(false);
});

test('a kiosk that ends leaves the usual letters behind', () => {
  const font = new ConsoleFont(file);
  font.follow({ theme: 'large', size: ROOMY });
  font.close();
  expect(existsSync(file)).toBe(false);
});

test('where nobody can be asked, the letters stay as they are', () => {
  for (const font of [new ConsoleFont(undefined), new ConsoleFont(join(folder, 'gone', 'file'))]) {
    font.follow({ theme: 'large', size: ROOMY });
    font.follow({ theme: 'standard', size: ROOMY });
    font.close();
  }
});
