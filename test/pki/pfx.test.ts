import { createPrivateKey, X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildPfx, type PfxKey } from '../../src/pki/pfx.ts';
import { PfxContentError } from '../../src/pki/pfx-content-error.ts';
import type { PfxEncryption } from '../../src/pki/pfx-encryption.ts';
import { UnusablePasswordError } from '../../src/pki/pfx-key-derivation.ts';
import { openWorkbench, type Workbench } from './openssl.ts';
import { aSoftKey, newPrivateKey, type SoftKeyKind } from './soft-key.ts';

const PASSWORD = 'Grüße, 你好 🔑 42';
const bytes = (text: string) => new TextEncoder().encode(text);

let bench: Workbench;
beforeAll(() => {
  bench = openWorkbench();
});
afterAll(() => bench.dispose());

/** What openssl finds in a PFX: PKCS #8 and certificates, as hex, and all that it says. */
async function opened(pfx: Uint8Array, password: string, encryption: PfxEncryption) {
  const file = bench.put('a.p12', pfx);
  const secret = bench.put('password', `${password}\n`);
  const legacy = encryption === 'legacy' ? ['-legacy'] : [];
  const args = ['pkcs12', '-in', file, '-passin', `file:${secret}`, ...legacy];
  const { code, output } = await bench.run(...args, '-noenc', '-info');
  const keys = [...output.matchAll(/-----BEGIN PRIVATE KEY-----[\s\S]*?-----END PRIVATE KEY-----/g)];
  const certificates = [...output.matchAll(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g)];
  return {
    code,
    output,
    keys: keys.map(([pem]) => createPrivateKey(pem).export({ format: 'der', type: 'pkcs8' }).toString('hex')),
    certificates: certificates.map(([pem]) => new X509Certificate(pem).raw.toString('hex')),
  };
}

const hex = (value: Uint8Array) => Buffer.from(value).toString('hex');
const ownAndAbove = (keys: readonly PfxKey[]) => [
  ...keys.map(({ certificate }) => hex(certificate)),
  ...keys[0]!.chain.map(hex),
];

describe('a PFX, judged by openssl', () => {
  test.each(['RSA-2048', 'P-256', 'P-384'] as const)(
    'gives the %s key and its chain back with its password, and with no other',
    async (kind) => {
      for (const encryption of ['default', 'legacy'] as const) {
        const key = await aSoftKey({ kind });
        const pfx = buildPfx({ keys: [key], password: bytes(PASSWORD), encryption });
        const found = await opened(pfx, PASSWORD, encryption);
        expect(found.code, found.output).toBe(0);
        expect(found.keys).toEqual([hex(key.privateKey)]);
        expect(found.certificates).toEqual(ownAndAbove([key]));
        const wrong = await opened(pfx, `${PASSWORD}!`, encryption);
        expect(wrong.code).not.toBe(0);
        expect(wrong.output).toContain('Mac verify error');
        expect(wrong.keys).toEqual([]);
      }
    },
  );

  test.each(['RSA-2048', 'P-256'] as const)(
    'decrypts mail that was encrypted to its %s certificate',
    async (kind) => {
      const key = await aSoftKey({ kind });
      const mail = bench.put('mail', 'from before');
      const certificate = bench.put('mail.crt', key.certificate);
      const encrypted = bench.put('mail.cms', '');
      const out = ['-binary', '-aes-256-cbc', '-outform', 'DER', '-out', encrypted];
      expect(await bench.run('cms', '-encrypt', '-in', mail, ...out, certificate)).toMatchObject({ code: 0 });
      const pfx = buildPfx({ keys: [key], password: bytes(PASSWORD), encryption: 'default' });
      const { output } = await opened(pfx, PASSWORD, 'default');
      const own = bench.put('own.pem', output);
      const decrypted = await bench.run('cms', '-decrypt', '-inform', 'DER', '-in', encrypted, '-inkey', own);
      expect(decrypted).toEqual({ code: 0, output: 'from before' });
    },
  );

  test('is encrypted as of today: AES-256, PBKDF2 and MAC with SHA-256', async () => {
    const pfx = buildPfx({ keys: [await aSoftKey()], password: bytes(PASSWORD), encryption: 'default' });
    const { output } = await opened(pfx, PASSWORD, 'default');
    expect(output).toContain('MAC: sha256, Iteration 250000\n');
    const scheme = 'PBES2, PBKDF2, AES-256-CBC, Iteration 125000, PRF hmacWithSHA256\n';
    expect(output).toContain(`PKCS7 Encrypted data: ${scheme}`);
    expect(output).toContain(`Shrouded Keybag: ${scheme}`);
  });

  test('for old programs is encrypted with triple DES throughout, never with RC2', async () => {
    const pfx = buildPfx({ keys: [await aSoftKey()], password: bytes(PASSWORD), encryption: 'legacy' });
    const { output } = await opened(pfx, PASSWORD, 'legacy');
    expect(output).toContain('MAC: sha1, Iteration 20000\n');
    const scheme = 'pbeWithSHA1And3-KeyTripleDES-CBC, Iteration 20000\n';
    expect(output).toContain(`PKCS7 Encrypted data: ${scheme}`);
    expect(output).toContain(`Shrouded Keybag: ${scheme}`);
    expect(output).not.toContain('RC2');
  });

  test('holds twenty keys, their chain once, and no more stretching than .NET reads', async () => {
    const keys = await Promise.all(
      Array.from({ length: 20 }, (_, i) => aSoftKey({ friendlyName: `Key ${i}` })),
    );
    const pfx = buildPfx({ keys, password: bytes(PASSWORD), encryption: 'default' });
    const { output, ...found } = await opened(pfx, PASSWORD, 'default');
    expect(found.keys).toEqual(keys.map(({ privateKey }) => hex(privateKey)));
    expect(found.certificates).toEqual(ownAndAbove(keys));
    const counts = [...output.matchAll(/PBKDF2, AES-256-CBC, Iteration (\d+)/g)].map((match) =>
      Number(match[1]),
    );
    expect(counts).toHaveLength(21);
    expect(counts.reduce((sum, count) => sum + count)).toBeLessThanOrEqual(1_000_000);
    expect(Math.min(...counts)).toBeGreaterThan(40_000);
  });

  test('names each key and its certificate alike, and ties them together', async () => {
    const names = ['Ada: her key\n2026', ' '];
    const keys = await Promise.all(names.map((friendlyName) => aSoftKey({ friendlyName })));
    const pfx = buildPfx({ keys, password: bytes(PASSWORD), encryption: 'default' });
    const { output } = await opened(pfx, PASSWORD, 'default');
    const shown = [...output.matchAll(/friendlyName: (.*)\n/g)].map(([, name]) => name);
    expect(shown).toEqual([...['Ada- her key 2026', 'Certificate'], ...['Ada- her key 2026', 'Certificate']]);
    const ids = [...output.matchAll(/localKeyID: ([0-9A-F ]+?) *\n/g)].map(([, id]) => id);
    expect(ids).toHaveLength(4);
    expect(new Set(ids).size).toBe(2);
    expect(ids.slice(0, 2)).toEqual(ids.slice(2));
  });

  test('opens whatever keys, name and password it was made of', async () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
    const password = text.filter((typed) => !/[\0\n\r]/.test(typed) && typed.isWellFormed());
    const kinds = fc.array(fc.constantFrom<SoftKeyKind>('RSA-2048', 'P-256', 'P-384'), {
      minLength: 1,
      maxLength: 3,
    });
    const encryption = fc.constantFrom<PfxEncryption>('default', 'legacy');
    await fc.assert(
      fc.asyncProperty(kinds, text, password, encryption, async (made, friendlyName, typed, how) => {
        const keys = await Promise.all(made.map((kind) => aSoftKey({ kind, friendlyName })));
        const pfx = buildPfx({ keys, password: bytes(typed), encryption: how });
        const found = await opened(pfx, typed, how);
        expect(found.keys).toEqual(keys.map(({ privateKey }) => hex(privateKey)));
        expect(found.certificates).toEqual(ownAndAbove(keys));
      }),
      { numRuns: 8 },
    );
  });
});

describe('no PFX is made', () => {
  const made = async (change: Partial<Parameters<typeof buildPfx>[0]>) =>
    buildPfx({ keys: [await aSoftKey()], password: bytes(PASSWORD), encryption: 'default', ...change });

  test('of a key and somebody else’s certificate', async () => {
    const key = await aSoftKey();
    const keys = [{ ...key, privateKey: newPrivateKey('P-256') }];
    await expect(made({ keys })).rejects.toThrow(PfxContentError);
  });

  test('of nothing, or of nonsense', async () => {
    const key = await aSoftKey();
    await expect(made({ keys: [] })).rejects.toThrow(PfxContentError);
    for (const nonsense of [{ privateKey: bytes('x') }, { certificate: bytes('x') }])
      await expect(made({ keys: [{ ...key, ...nonsense }] })).rejects.toThrow(PfxContentError);
  });

  test.each([
    ['empty', []],
    ['no UTF-8', [0x41, 0xff]],
    ['cut off in a character', [0x41, 0xe4, 0xbd]],
    ['a surrogate in UTF-8', [0xed, 0xa0, 0x80]],
    ['written longer than needed', [0xc0, 0xaf]],
    ['with a zero character in it', [0x41, 0x00, 0x42]],
    ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80]],
  ])('with a password that is %s', async (_, password) => {
    await expect(made({ password: Uint8Array.from(password) })).rejects.toThrow(UnusablePasswordError);
  });
});
