import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileArchiveKey } from '../../../src/central/authority/archive-key.ts';
import { openAuthority } from '../../../src/central/authority/certificate-authority.ts';
import { referTo, tokenArchiveKey } from '../../../src/central/authority/token-archive-key.ts';
import { refusedPins } from '../../../src/central/token/pin-file.ts';
import { openToken, type Token } from '../../../src/central/token/token.ts';
import { TokenError } from '../../../src/central/token/token-error.ts';
import { openSoftToken, type SoftToken } from '../support/soft-token.ts';

let soft: SoftToken;
let folder: string;
let token: Token;
beforeEach(() => {
  soft = openSoftToken();
  folder = mkdtempSync(join(tmpdir(), 'recard-founding-'));
  token = openToken(soft.settings, refusedPins(join(folder, 'refused'), join(folder, 'authority.key')));
});
afterEach(async () => {
  await token.close();
  rmSync(folder, { recursive: true });
  soft.dispose();
});

/** The token, but for some of what it does. */
function but(changed: Partial<Token>): Token {
  return Object.assign(Object.create(token), changed);
}

function found(inToken: Token) {
  return openAuthority({
    ...{ folder: join(folder, 'authority'), keyFile: join(folder, 'authority.key') },
    ...{ organisation: 'Example', token: inToken },
    crlUrl: 'http://central.example/crl/issuing.crl',
    rootCrlUrl: 'http://central.example/crl/root.crl',
    caIssuersUrl: 'http://central.example/ca/issuing.cer',
  });
}

/** Objects by kind, as another program sees them. */
const kept = () => (soft.list().match(/^\w+ Key Object/gm) ?? []).sort();
const refuse = async () => Promise.reject(new TokenError('refused', 'it does not do this'));

test('a central that cannot be founded leaves no keys in the token, however often it is started', async () => {
  const withoutSigner = but({
    makePair: (id, label, curve) => (curve === 'P-256' ? refuse() : token.makePair(id, label, curve)),
  });
  for (let start = 0; start < 2; start += 1)
    await expect(found(withoutSigner)).rejects.toThrow('it does not do this');
  expect(kept()).toEqual([]);
  expect(existsSync(join(folder, 'authority', 'keys'))).toBe(false);
});

test('an archive key that the token cannot seal with does not stay there, the keys of the CA do', async () => {
  for (let start = 0; start < 2; start += 1)
    await expect(found(but({ seal: refuse }))).rejects.toThrow('it does not do this');
  const pairs = ['Private Key Object', 'Private Key Object', 'Private Key Object'];
  expect(kept()).toEqual([...pairs, ...pairs.map(() => 'Public Key Object')]);
});

test('of two centrals that are founded at once in one folder, one keeps its keys, and the other none', async () => {
  const other = openToken(soft.settings, refusedPins(join(folder, 'other'), join(folder, 'authority.key')));
  const [first, second] = await Promise.all([found(token), found(other)]);
  await other.close();
  expect(first.custody.tokenIds).toEqual(second.custody.tokenIds);
  expect(kept().filter((kind) => kind !== 'Public Key Object')).toHaveLength(4);
});

test('a central whose archive key is in a file opens what one that went over has sealed with it', async () => {
  const key = randomBytes(32);
  const id = randomBytes(16).toString('hex');
  const inFile = fileArchiveKey('archive-key', key);
  await token.importSecret(id, 'recard archive key', key);
  const inToken = tokenArchiveKey('archive-key', token, await referTo(token, id, inFile.fingerprint));
  const place = { id: randomUUID(), publicKey: randomBytes(91) };
  const sealed = await inToken.seal(Buffer.from('a private key'), place);
  expect(Buffer.from(await inFile.open(sealed, place)).toString()).toBe('a private key');
  const changed = (at: number) => sealed.map((byte, index) => (index === at ? byte ^ 1 : byte));
  for (const record of [changed(3), changed(10), changed(sealed.length - 1), sealed.subarray(0, 20)])
    await expect(inFile.open(record, place)).rejects.toMatchObject({ problem: 'wrongKey' });
  await expect(inFile.open(sealed, { ...place, id: randomUUID() })).rejects.toMatchObject({
    problem: 'wrongKey',
  });
});
