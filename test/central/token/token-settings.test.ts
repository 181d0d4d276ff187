import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCentralConfiguration } from '../../../src/central/central-configuration.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'recard-token-toml-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function read(table: string, env: NodeJS.ProcessEnv = {}) {
  const file = join(folder, 'central.toml');
  writeFileSync(file, `[token]\n${table}\n`);
  return readCentralConfiguration(file, env).token;
}

const MODULE = 'module = "/usr/lib/hsm.so"';

test('the token is named by module and label or serial number, its PIN by a file beside central.toml', () => {
  const wanted = { module: '/usr/lib/hsm.so', serial: null, pinFile: join(folder, 'pin') };
  expect(read(`${MODULE}\nlabel = "recard"\npin_file = "pin"`)).toEqual({ ...wanted, label: 'recard' });
  expect(read(`${MODULE}\nserial = "17"\npin_file = "pin"`)).toEqual({
    ...wanted,
    label: null,
    serial: '17',
  });
});

test('a PIN that the unit hands over goes before the file that is named', () => {
  const credentials = join(folder, 'credentials');
  mkdirSync(credentials);
  writeFileSync(join(credentials, 'token-pin'), '4711');
  const env = { CREDENTIALS_DIRECTORY: credentials };
  expect(read(`${MODULE}\nlabel = "recard"`, env)).toMatchObject({ pinFile: join(credentials, 'token-pin') });
});

test('commands that need no key run where only the unit has the PIN', () => {
  expect(read(`${MODULE}\nlabel = "recard"`)).toMatchObject({ label: 'recard', pinFile: null });
});

test.each([
  ['label = "recard"\npin_file = "pin"', 'token.module: write the whole path of the PKCS #11 module'],
  ['module = "hsm.so"\nlabel = "recard"\npin_file = "pin"', 'line 2: token.module: write the whole path'],
  [`${MODULE}\npin_file = "pin"`, 'token.label: write either label, or serial'],
  [
    `${MODULE}\nlabel = "a"\nserial = "b"\npin_file = "pin"`,
    'line 3: token.label: write either label, or serial',
  ],
  [
    `${MODULE}\nlabel = "${'ä'.repeat(17)}"\npin_file = "pin"`,
    'token.label: write the label of the token, at most 32',
  ],
  [`${MODULE}\nlabel = "recard"\npin = "4711"`, 'token.pin is not known'],
])('%j is refused in words that help', (table, message) => {
  expect(() => read(table)).toThrow(message);
});
