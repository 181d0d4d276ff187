import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { makePfx, PfxNotMadeError } from '../../src/kiosk/pfx/make-pfx.ts';
import { PfxContentError } from '../../src/pki/pfx-content-error.ts';
import { UnusablePasswordError } from '../../src/pki/pfx-key-derivation.ts';
import { aSoftKey } from '../pki/soft-key.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const isWiped = (secret: Uint8Array) => secret.every((byte) => byte === 0);

test('a PFX is made aside, while the kiosk goes on, and opens', async () => {
  const key = await aSoftKey({ kind: 'RSA-2048' });
  const making = makePfx({ keys: [key], password: bytes('abc'), encryption: 'default' });
  let turns = 0;
  let isMade = false;
  const turn = () => {
    turns += 1;
    if (!isMade) setImmediate(turn);
  };
  turn();
  const pfx = await making;
  isMade = true;
  expect(turns).toBeGreaterThan(100);
  const args = ['pkcs12', '-passin', 'pass:abc', '-noenc', '-nocerts'];
  expect(String(execFileSync('openssl', args, { input: pfx }))).toContain('BEGIN PRIVATE KEY');
});

test('the key and the password are wiped, whether the PFX is made or not', async () => {
  const good = await aSoftKey();
  const shared = { ...(await aSoftKey({ privateKey: good.privateKey })), privateKey: good.privateKey };
  const password = bytes('abc');
  await makePfx({ keys: [good, shared], password, encryption: 'legacy' });
  expect([password, good.privateKey].every(isWiped)).toBe(true);

  const bad = { ...(await aSoftKey()), certificate: bytes('nonsense') };
  const other = bytes('abc');
  const refused = makePfx({ keys: [bad], password: other, encryption: 'default' });
  await expect(refused).rejects.toThrow(PfxContentError);
  expect([other, bad.privateKey].every(isWiped)).toBe(true);
});

test('an unusable password is told as one', async () => {
  const made = makePfx({ keys: [await aSoftKey()], password: Uint8Array.of(0xff), encryption: 'default' });
  await expect(made).rejects.toThrow(UnusablePasswordError);
});

test('it can be called off at any moment, and everything is wiped', async () => {
  const key = await aSoftKey();
  const password = bytes('abc');
  const calledOff = new AbortController();
  const making = makePfx({ keys: [key], password, encryption: 'default' }, calledOff.signal);
  calledOff.abort();
  await expect(making).rejects.toThrow(PfxNotMadeError);
  expect([password, key.privateKey].every(isWiped)).toBe(true);
  const late = await aSoftKey();
  const again = makePfx({ keys: [late], password: bytes('abc'), encryption: 'default' }, calledOff.signal);
  await expect(again).rejects.toThrow('called off');
  expect(isWiped(late.privateKey)).toBe(true);
});
