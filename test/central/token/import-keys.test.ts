import { createDecipheriv, generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pkcs11 from 'pkcs11js';
import { describe, expect, test } from 'vitest';
import { tokenSigningKey } from '../../../src/central/authority/token-signing-key.ts';
import { refusedPins } from '../../../src/central/token/pin-file.ts';
import { importSecret } from '../../../src/central/token/pkcs11-keys.ts';
import { openToken, type Token } from '../../../src/central/token/token.ts';
import { spkiOf } from '../../../src/pki/public-key.ts';
import { openSoftToken, SPY } from '../support/soft-token.ts';

const id = (byte: number) => Buffer.alloc(16, byte).toString('hex');

/** What another program has written down of every call while `use` used a token. */
async function callsOf(mechanisms: string, use: (token: Token) => Promise<void>): Promise<string> {
  const soft = openSoftToken(mechanisms);
  const folder = mkdtempSync(join(tmpdir(), 'recard-import-'));
  const [keyFile, calls] = [join(folder, 'authority.key'), join(folder, 'calls')];
  writeFileSync(keyFile, 'x'.repeat(32), { mode: 0o600 });
  Object.assign(process.env, { PKCS11SPY: soft.settings.module, PKCS11SPY_OUTPUT: calls });
  const token = openToken({ ...soft.settings, module: SPY }, refusedPins(join(folder, 'refused'), keyFile));
  try {
    await use(token);
    return readFileSync(calls, 'latin1');
  } finally {
    await token.close();
    for (const name of ['PKCS11SPY', 'PKCS11SPY_OUTPUT']) delete process.env[name];
    rmSync(folder, { recursive: true });
    soft.dispose();
  }
}

async function importAll(token: Token): Promise<void> {
  for (const [byte, namedCurve] of ['P-256', 'P-384'].entries()) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve });
    const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' });
    await token.importPair(id(byte), 'a pair', pkcs8, spkiOf(publicKey));
    expect(await token.describe(id(byte))).toEqual({
      isSensitive: true,
      isExtractable: false,
      isLocal: false,
    });
    // It is verified before it is given out.
    await tokenSigningKey(token, id(byte), spkiOf(publicKey)).sign(randomBytes(50));
  }
  const key = randomBytes(32);
  await token.importSecret(id(9), 'a secret', key);
  expect(await token.describe(id(9))).toEqual({ isSensitive: true, isExtractable: false, isLocal: false });
  const sealed = await token.seal(id(9), Buffer.from('content'), Buffer.from('place'));
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
  decipher.setAAD(Buffer.from('place')).setAuthTag(sealed.subarray(-16));
  expect(Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]).toString()).toBe(
    'content',
  );
}

/** How often a key was unwrapped, and how often its value stood in a template. */
const ways = (calls: string) => ({
  unwrapped: calls.match(/: C_UnwrapKey\n/g)?.length ?? 0,
  inClear: calls.match(/CKA_VALUE /g)?.length ?? 0,
});

/** A module that unwraps, and then destroys nothing. @param calls told of each */
function untidyModule(calls: string[]): pkcs11.PKCS11 {
  const { n } = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' });
  const modulus = Buffer.from(n ?? '', 'base64url');
  const answers = {
    C_GetSessionInfo: { slotID: Buffer.of(1) },
    C_GetMechanismList: [
      ...[pkcs11.CKM_RSA_PKCS_KEY_PAIR_GEN, pkcs11.CKM_RSA_PKCS_OAEP, pkcs11.CKM_AES_KEY_WRAP_PAD],
    ],
    C_GenerateKeyPair: { privateKey: Buffer.of(1), publicKey: Buffer.of(2) },
    C_GetAttributeValue: [{ type: pkcs11.CKA_MODULUS, value: modulus }],
    C_UnwrapKey: Buffer.of(3),
    C_CreateObject: Buffer.of(4),
  };
  const functions = Object.entries(answers).map(([name, answer]) => {
    const call = () => {
      calls.push(name);
      return answer;
    };
    return [name, call] as const;
  });
  const destroy = () => {
    calls.push('C_DestroyObject');
    throw new pkcs11.Pkcs11Error('CKR_ACTION_PROHIBITED', 0x1b, 'C_DestroyObject');
  };
  return Object.fromEntries([...functions, ['C_DestroyObject', destroy]]) as unknown as pkcs11.PKCS11;
}

describe('keys from files', () => {
  test('go in once, even where what they were wrapped under cannot be taken away again', () => {
    const calls: string[] = [];
    const session = {
      ...{ binding: untidyModule(calls), handle: Buffer.of(0), keys: new Map() },
      facts: { label: 'recard', serial: '17', model: 'a model' },
    };
    importSecret(session, { id: id(1), label: 'a secret' }, randomBytes(32));
    expect(calls.slice(-5)).toEqual([
      ...['C_UnwrapKey', 'C_UnwrapKey'],
      ...['C_DestroyObject', 'C_DestroyObject', 'C_DestroyObject'],
    ]);
  });

  test('go into a token wrapped, never in clear, where it can unwrap', async () => {
    expect(ways(await callsOf('ALL', importAll))).toEqual({ unwrapped: 6, inClear: 0 });
  });

  test('go into one that cannot unwrap as they are', async () => {
    const calls = await callsOf('CKM_EC_KEY_PAIR_GEN,CKM_ECDSA,CKM_AES_GCM,CKM_AES_KEY_GEN', importAll);
    expect(ways(calls)).toEqual({ unwrapped: 0, inClear: 3 });
  });
});
