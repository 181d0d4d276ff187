/** How the files of an import are read: rows, lines and what is wrong with them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ImportProblems } from '../../src/central/import/problem.ts';
import { sourceRows } from '../../src/central/import/source.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'recard-import-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const COLUMNS = new Set(['login', 'name', 'mail']);

interface Read {
  readonly rows: { readonly line: number; readonly cells: Record<string, string> }[];
  readonly problems: readonly string[];
}

async function read(content: string | Uint8Array, separator: string | null = null): Promise<Read> {
  const path = join(folder, 'file');
  writeFileSync(path, content);
  const problems = new ImportProblems();
  const rows = [];
  for await (const { line, cells } of sourceRows({
    ...{ path, separator, columns: COLUMNS, problems, onBytes: () => {} },
  })) {
    rows.push({ line, cells: Object.fromEntries(cells) });
  }
  return { rows, problems: problems.list().map(({ line, message }) => `${line}: ${message}`) };
}

const ANNA = { login: 'anna', name: 'Anna Sommer' };

describe('a table', () => {
  test.each([
    ['with commas', 'login,name\nanna,Anna Sommer\n'],
    ['with semicolons, as spreadsheets in Europe write it', 'login;name\nanna;Anna Sommer\n'],
    ['with tabs', 'login\tname\nanna\tAnna Sommer\n'],
    ['from Windows', '\ufefflogin,name\r\nanna,Anna Sommer\r\n'],
    ['without an end of its last line', 'login,name\nanna,Anna Sommer'],
    ['with quotes', '"login","name"\n"anna","Anna Sommer"\n'],
    ['with spaces around what it says', 'Login , NAME\n anna ,Anna Sommer \n'],
    ['with a column that says nothing', 'login,mail,name\nanna,,Anna Sommer\n'],
    ['in JSON', '[{"login": "anna", "name": "Anna Sommer"}]'],
    ['in JSON with nothing in a member', '\n[ {"login": "anna", "name": "Anna Sommer", "mail": null} ]\n'],
  ])('is read %s', async (_what, content) => {
    const { rows, problems } = await read(content);
    expect(problems).toEqual([]);
    expect(rows.map(({ cells }) => cells)).toEqual([ANNA]);
  });

  test('keeps separators and quotes that are in quotes', async () => {
    const { rows } = await read('login,name\nanna,"Sommer, Anna ""Nan"""\n');
    expect(rows[0]?.cells.name).toBe('Sommer, Anna "Nan"');
  });

  test.each([
    [
      'a column that is not known',
      'login,nmae\nanna,Anna\n',
      /^1: no column is called so: write one of login/,
    ],
    ['a column that is there twice', 'login,login\nanna,anna\n', /^1: this column is there twice/],
    [
      'a row with a field too many',
      'login,name\n\nanna,Sommer, Anna\n',
      /^3: it has 3 fields and the header has 2/,
    ],
    [
      'a quote that is never closed',
      'login,name\nanna,Anna\nbert,"Bert\ncarla,Carla\n',
      /^3: a quote is opened/,
    ],
    ['a quote inside a field', 'login,name\nanna,Anna "Nan" Sommer\n', /^2: a quote is in the middle/],
    ['text after a quote', 'login,name\nanna,"Anna" Sommer\n', /^2: text follows a closing quote/],
    ['nothing at all', '', /the file is empty/],
    ['an object where an array should be', '{"login": "anna"}', /^1: it is not an array/],
    [
      'an array that is not closed',
      '[\n{"login": "anna"},\n{"login": "bert"}',
      /^3: the array is not closed/,
    ],
    ['something after the array', '[\n]\nx', /^3: something follows the array/],
    ['an element that is no object', '[\n{"login": "anna"},\n"bert"]', /^3: it is not an object/],
    [
      'an element that is not JSON',
      '[\n{"login": "anna"},\n{"login": bert}]',
      /^3: this element is not JSON/,
    ],
    ['a comma too many', '[{"login": "anna"},\n]', /^2: this element is not JSON/],
    [
      'a number that JavaScript would change',
      '[{"login": 12345678901234567890}]',
      /^1: .*put it into quotes/,
    ],
    ['a member that is not known', '[\n{"lgin": "anna"}]', /^2: nothing is called so/],
  ])('is refused with its line: %s', async (_what, content, message) => {
    expect((await read(content)).problems[0]).toMatch(message);
  });

  test('is refused with the line that is not UTF-8', async () => {
    const latin1 = Buffer.from('login,name\nanna,Anna\nbert,J\xfcrgen\n', 'latin1');
    expect((await read(latin1)).problems).toEqual([expect.stringMatching(/^3: it is not UTF-8/)]);
  });

  test('is read with its lines however large it is', async () => {
    const rows = Array.from(
      { length: 30_000 },
      (_, at) => `u${at},J\u00fcrgen ${'\u{1f600}'.repeat(at % 5)} ${at}`,
    );
    const { rows: found, problems } = await read(`login,name\r\n${rows.join('\r\n')}\r\nx,\xff,z\r\n`);
    expect(problems).toEqual([expect.stringMatching(/^30002: it has 3 fields/)]);
    expect(found.length).toBe(rows.length);
    for (const { line, cells } of found) expect(`${cells.login},${cells.name}`).toBe(rows[line - 2]);
  });

  test('says what is wrong before the place where it cannot be read on', async () => {
    const { rows, problems } = await read('login,name\nanna,Anna,x\nbert,Bert\ncarla,"C\n');
    expect(rows.map(({ line }) => line)).toEqual([3]);
    expect(problems.map((one) => one.slice(0, 2))).toEqual(['2:', '4:']);
  });
});

const text = fc.string({ maxLength: 12 }).map((one) => one.replaceAll('\r', '').trim());
const gap = fc.nat(2);

/** Tables of any text, with the line in which each row begins. */
const tables = fc.array(fc.record({ login: fc.constantFrom('a', 'b'), name: text, before: gap }), {
  maxLength: 30,
});

function csv(value: string, separator: string): string {
  return value.includes('"') || value.includes('\n') || value.includes(separator)
    ? `"${value.replaceAll('"', '""')}"`
    : value;
}

describe('whatever a table says', () => {
  test.each([',', ';'])(
    'each row is read back from CSV with the line where it begins (%s)',
    async (separator) => {
      await fc.assert(
        fc.asyncProperty(tables, fc.constantFrom('\n', '\r\n'), async (table, end) => {
          let content = `login${separator}name\n`;
          const expected = [];
          for (const { login, name, before } of table) {
            content += '\n'.repeat(before);
            const line = content.split('\n').length;
            const cells = name === '' ? { login } : { login, name };
            expected.push({ line, cells });
            content += `${login}${separator}${csv(name, separator)}\n`;
          }
          const { rows, problems } = await read(content.replaceAll('\n', end), separator);
          expect(problems).toEqual([]);
          expect(rows).toEqual(expected);
        }),
        { numRuns: 60 },
      );
    },
  );

  test('each row is read back from JSON with the line where it begins', async () => {
    await fc.assert(
      fc.asyncProperty(tables, fc.nat(2), async (table, indent) => {
        let content = '[';
        const expected = [];
        for (const [at, { login, name, before }] of table.entries()) {
          content += `${at > 0 ? ',' : ''}${'\n'.repeat(before)}`;
          expected.push({
            line: content.split('\n').length,
            cells: name === '' ? { login } : { login, name },
          });
          content += JSON.stringify({ login, name }, null, indent);
        }
        const { rows, problems } = await read(`${content}\n]\n`);
        expect(problems).toEqual([]);
        expect(rows).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  test('anything else is rows or problems, and never an error', async () => {
    const anything = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.uint8Array({ maxLength: 60 }),
      fc.string({ maxLength: 30 }).map((one) => `login,name\n${one}`),
      fc.string({ maxLength: 30 }).map((one) => `[${one}`),
    );
    await fc.assert(
      fc.asyncProperty(anything, async (content) => void (await read(content))),
      { numRuns: 200 },
    );
  });
});
