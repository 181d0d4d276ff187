import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type AuthorityOptions,
  openAuthority,
} from '../../../src/central/authority/certificate-authority.ts';
import { createKeyStore, readKeyStore } from '../../../src/central/authority/key-store.ts';
import { KeyStoreError } from '../../../src/central/authority/sealed-file.ts';

let folder: string;
let store: string;
const secret = new Uint8Array(32).fill(1);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recard-keys-'));
  store = join(folder, 'keys');
});
afterEach(() => rmSync(folder, { recursive: true }));

function aKey() {
  return { privateKey: new Uint8Array(randomBytes(120)), certificate: new Uint8Array(randomBytes(500)) };
}

function someKeys() {
  const cardMasterKey = new Uint8Array(randomBytes(32));
  return { root: aKey(), issuing: aKey(), contentSigner: aKey(), cardMasterKey };
}

function authorityOptions(): AuthorityOptions {
  return {
    folder,
    keyFile: join(folder, 'credentials', 'key'),
    crlUrl: 'http://central.example/issuing.crl',
    rootCrlUrl: 'http://central.example/root.crl',
    caIssuersUrl: 'http://central.example/issuing.cer',
    organisation: 'Example',
  };
}

describe('the key store', () => {
  test('gives back what was put in, and no key can be read in the file', async () => {
    const keys = someKeys();
    expect(await createKeyStore(store, secret, keys)).toBe(true);
    expect(await readKeyStore(store, secret)).toEqual(keys);
    const file = readFileSync(store);
    for (const key of [keys.root.privateKey, keys.cardMasterKey])
      expect(file.includes(Buffer.from(key))).toBe(false);
  });

  test('is readable for its owner only, and leaves nothing lying about', async () => {
    await createKeyStore(store, secret, someKeys());
    expect(statSync(store).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['keys']);
  });

  test('is never replaced by a new one', async () => {
    const keys = someKeys();
    await createKeyStore(store, secret, keys);
    expect(await createKeyStore(store, secret, someKeys())).toBe(false);
    expect(await readKeyStore(store, secret)).toEqual(keys);
    expect(readdirSync(folder)).toEqual(['keys']);
  });

  test('does not open with another key, and says so', async () => {
    await createKeyStore(store, secret, someKeys());
    const opened = readKeyStore(store, secret.with(0, 9));
    await expect(opened).rejects.toThrow(KeyStoreError);
    await expect(opened).rejects.toMatchObject({ problem: 'wrongKey' });
  });

  test.each([0, 20, 40, 100, -1])('does not open when byte %i was changed', async (at) => {
    await createKeyStore(store, secret, someKeys());
    const file = readFileSync(store);
    const index = at < 0 ? file.length + at : at;
    writeFileSync(store, Uint8Array.from(file).with(index, file[index]! ^ 1));
    await expect(readKeyStore(store, secret)).rejects.toThrow(KeyStoreError);
  });

  test('does not open when it was cut off', async () => {
    await createKeyStore(store, secret, someKeys());
    for (const length of [0, 10, 59, 500]) {
      writeFileSync(store, readFileSync(store).subarray(0, length));
      await expect(readKeyStore(store, secret)).rejects.toThrow(KeyStoreError);
    }
  });
});

describe('the key file', () => {
  test('is made at the first start, for its owner only', async () => {
    const options = authorityOptions();
    await openAuthority(options);
    expect(statSync(options.keyFile).mode & 0o777).toBe(0o600);
  });

  test('is not made anew when it was lost', async () => {
    const options = authorityOptions();
    await openAuthority(options);
    rmSync(options.keyFile);
    await expect(openAuthority(options)).rejects.toMatchObject({ problem: 'missing', path: options.keyFile });
  });

  test('is refused when others may read it or it is too short', async () => {
    const options = authorityOptions();
    await openAuthority(options);
    chmodSync(options.keyFile, 0o644);
    await expect(openAuthority(options)).rejects.toMatchObject({ problem: 'weakKey' });
    chmodSync(options.keyFile, 0o600);
    writeFileSync(options.keyFile, 'short');
    await expect(openAuthority(options)).rejects.toMatchObject({ problem: 'weakKey' });
  });
});
