import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openAuthority } from '../../../src/central/authority/certificate-authority.ts';
import { moveToToken } from '../../../src/central/authority/move-to-token.ts';
import { refusedPins } from '../../../src/central/token/pin-file.ts';
import { openToken, type Token } from '../../../src/central/token/token.ts';
import { TokenError } from '../../../src/central/token/token-error.ts';
import { openSoftToken, type SoftToken } from '../support/soft-token.ts';

let soft: SoftToken;
let folder: string;
let places: { readonly folder: string; readonly keyFile: string };
let token: Token;
beforeEach(async () => {
  soft = openSoftToken();
  folder = mkdtempSync(join(tmpdir(), 'recard-move-fails-'));
  places = { folder: join(folder, 'authority'), keyFile: join(folder, 'authority.key') };
  await openAuthority({
    ...{ ...places, organisation: 'Example' },
    crlUrl: 'http://central.example/crl/issuing.crl',
    rootCrlUrl: 'http://central.example/crl/root.crl',
    caIssuersUrl: 'http://central.example/ca/issuing.cer',
  });
  token = openToken(soft.settings, refusedPins(join(folder, 'refused'), places.keyFile));
});
afterEach(async () => {
  await token.close();
  rmSync(folder, { recursive: true });
  soft.dispose();
});

/** Private and secret keys in the token, as another program sees them. */
const kept = () => soft.list().match(/^(Private|Secret) Key Object/gm)?.length ?? 0;
const move = (changed: Partial<Token>) =>
  moveToToken(places, Object.assign(Object.create(token), changed), async () => undefined);

test('a key that was brought and signs wrongly is not left in the token, so that the next try brings it anew', async () => {
  const before = readFileSync(join(places.folder, 'keys'));
  await expect(move({ sign: async () => randomBytes(96) })).rejects.toMatchObject({ problem: 'unfit' });
  expect(kept()).toBe(3);
  expect(readFileSync(join(places.folder, 'keys'))).toEqual(before);
  expect(await move({})).toHaveLength(4);
  expect(kept()).toBe(4);
});

test('a key that was in the token before, and one whose token went away, are left where they are', async () => {
  const gone = async () => Promise.reject(new TokenError('away', 'it was taken out'));
  await expect(move({ sign: gone })).rejects.toMatchObject({ problem: 'away' });
  expect(kept()).toBe(4);
  await expect(move({ sign: async () => randomBytes(96) })).rejects.toMatchObject({ problem: 'unfit' });
  expect(kept()).toBe(4);
});
