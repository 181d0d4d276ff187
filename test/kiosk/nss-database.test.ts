import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importIntoNss, makeNssDatabase, NssError } from '../../src/kiosk/nss/nss-database.ts';
import { runNssTool } from '../../src/kiosk/nss/nss-tool.ts';
import { buildPfx, type PfxKey } from '../../src/pki/pfx.ts';
import { aSoftKey, newPrivateKey } from '../pki/soft-key.ts';

const PASSWORD = 'Grüße, 你好 🔑 42';
const bytes = (text: string) => new TextEncoder().encode(text);

let folder: string;
let database: string;
let temporaryFolder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recard-nss-test-'));
  database = join(folder, 'below/nssdb');
  temporaryFolder = join(folder, 'run');
  mkdirSync(temporaryFolder);
});
afterEach(() => rmSync(folder, { recursive: true }));

const certutil = (...args: readonly string[]) =>
  execFileSync('certutil', ['-d', `sql:${database}`, ...args], { encoding: 'utf8', stdio: 'pipe' });
const openssl = (...args: readonly string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
const aPfx = (keys: readonly PfxKey[], encryption: 'default' | 'legacy' = 'default') =>
  buildPfx({ keys, password: bytes(PASSWORD), encryption });
const given = (pfx: Uint8Array, password = PASSWORD) => ({ pfx, password: bytes(password), temporaryFolder });

async function code(importing: Promise<unknown>): Promise<string> {
  const error = await importing.then(
    () => new Error('it was imported'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof NssError)) throw error;
  expect(error.message).not.toContain(PASSWORD);
  return error.code;
}

describe('a person’s NSS database', () => {
  test.each(['default', 'legacy'] as const)(
    'takes every kind of key from a PFX (%s), with its name and chain',
    async (encryption) => {
      const renewed = newPrivateKey('P-256');
      const keys = [
        await aSoftKey({ kind: 'RSA-2048', friendlyName: 'Schlüssel: «Zoë»' }),
        await aSoftKey({ privateKey: renewed, friendlyName: 'Zweiter' }),
        await aSoftKey({ privateKey: renewed, friendlyName: 'Zweiter, verlängert' }),
        await aSoftKey({ kind: 'P-384', friendlyName: 'Dritter' }),
      ];
      expect(await makeNssDatabase({ folder: database, password: null })).toBe(true);
      expect(statSync(database).mode & 0o777).toBe(0o700);
      expect(await makeNssDatabase({ folder: database, password: null })).toBe(false);
      await importIntoNss({ folder: database, password: null }, given(aPfx(keys, encryption)));
      expect(
        [...certutil('-K').matchAll(/^< *\d+> (rsa|ec) +[0-9a-f]+ +(.*)$/gm)].map(([, kind, name]) => [
          kind,
          name,
        ]),
      ).toEqual(
        expect.arrayContaining([
          ['rsa', 'Schlüssel- «Zoë»'],
          ['ec', expect.stringMatching(/^Zweiter/)],
          ['ec', 'Dritter'],
        ]),
      );
      const listed = certutil('-L');
      for (const name of ['Schlüssel- «Zoë»', 'Zweiter', 'Zweiter, verlängert', 'Dritter'])
        expect(listed).toMatch(new RegExp(`^${name} +u,u,u`, 'm'));
      for (const name of ['Pfx Issuing CA', 'Pfx Root'])
        expect(listed.match(new RegExp(`^${name} `, 'gm'))).toHaveLength(1);
      expect(readdirSync(temporaryFolder)).toEqual([]);
    },
  );

  test('decrypts mail that was encrypted to the certificate', async () => {
    const key = await aSoftKey({ kind: 'RSA-2048', friendlyName: 'mail' });
    await makeNssDatabase({ folder: database, password: null });
    await importIntoNss({ folder: database, password: null }, given(aPfx([key])));
    writeFileSync(join(folder, 'mail'), 'from before');
    writeFileSync(join(folder, 'mail.crt'), key.certificate);
    const der = ['-outform', 'DER', '-out', 'mail.cms', '-aes-256-cbc'];
    openssl('cms', '-encrypt', '-binary', '-in', 'mail', ...der, 'mail.crt');
    const decrypted = execFileSync(
      'cmsutil',
      ['-D', '-d', `sql:${database}`, '-i', join(folder, 'mail.cms')],
      { stdio: 'pipe' },
    );
    expect(String(decrypted)).toBe('from before');
  });

  test('with a password of its own is made and filled by that password only, and takes the same twice', async () => {
    const own = { folder: database, password: bytes('Datenbank ü') };
    await makeNssDatabase(own);
    const pfx = aPfx([await aSoftKey()]);
    expect(await code(importIntoNss({ ...own, password: bytes('wrong') }, given(pfx)))).toBe(
      'KR-08-nss-database-locked',
    );
    expect(await code(importIntoNss({ ...own, password: null }, given(pfx)))).toBe(
      'KR-08-nss-database-locked',
    );
    await importIntoNss(own, given(pfx));
    await importIntoNss(own, given(pfx));
    expect(certutil('-L').match(/^Ada Lovelace, encryption, 2026 +u,u,u/gm)).toHaveLength(1);
  });

  test('takes nothing that is wrong, and says what', async () => {
    const open = { folder: database, password: null };
    await makeNssDatabase(open);
    const pfx = aPfx([await aSoftKey()]);
    expect(await code(importIntoNss(open, given(pfx, 'wrong')))).toBe('KR-08-nss-pfx-refused');
    expect(await code(importIntoNss(open, given(bytes('no PFX'))))).toBe('KR-08-nss-pfx-refused');
    expect(await code(importIntoNss(open, given(pfx, 'two\nlines')))).toBe('KR-08-nss-password-unusable');
    expect(await code(importIntoNss(open, given(pfx, '')))).toBe('KR-08-nss-password-unusable');
    expect(await code(importIntoNss({ ...open, folder: join(folder, 'none') }, given(pfx)))).toBe(
      'KR-08-nss-failed',
    );
    expect(certutil('-L')).not.toContain('Ada');
    expect(readdirSync(temporaryFolder)).toEqual([]);
  });
});

describe('a tool that gets secrets', () => {
  test('reads each at its path, and nobody sees it among the arguments or variables', async () => {
    const script =
      'cat /dev/fd/6 /dev/fd/7; tr "\\0" "\\n" </proc/self/cmdline; cat /proc/self/environ; ls /proc/self/fd';
    const { code, output } = await runNssTool(['sh', '-c', script], [bytes('first ü'), bytes('second')]);
    expect(code).toBe(0);
    expect(output.startsWith('first ü\nsecond\n')).toBe(true);
    expect(output.match(/first|second/g)).toHaveLength(2);
  });

  test('is told as missing where it is, even with secrets for it', async () => {
    expect((await runNssTool(['recard-no-such-program'], [bytes('x')])).code).toBe(127);
  });
});
