import { expect, test } from 'vitest';
import { writeTable } from '../../src/central/command/listing.ts';

const TABLE = {
  headings: ['LOGIN', 'NAME'],
  rows: [
    ['anna', 'Anna Frost'],
    ['bo', 'Bo'],
  ],
  total: 5,
};

function written(isTTY: boolean): string {
  let text = '';
  const stream = { isTTY, write: (more: string) => (text += more) };
  writeTable({ stdout: stream, stderr: stream }, TABLE);
  return text;
}

test('somebody at a terminal sees columns with their headings', () => {
  expect(written(true)).toBe(
    'LOGIN  NAME\nanna   Anna Frost\nbo     Bo\n… and 3 more: narrow the search, or give --limit\n',
  );
});

test('a program gets what it always got', () => {
  expect(written(false)).toMatch(/^anna\tAnna Frost\nbo\tBo\n/);
});
