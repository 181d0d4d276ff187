import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cardMasterKey } from '../../../src/central/authority/card-master-key.ts';
import { isWeakTripleDesKey, withOddParity } from '../../../src/central/authority/triple-des-key.ts';
import { deriveKey } from '../../../src/pki/key-derivation.ts';
import { openWorkbench, type Workbench } from '../../pki/openssl.ts';

const master = cardMasterKey(new Uint8Array(32).fill(7));
const CARD = '0192f0c1-0000-7000-8000-000000000001';
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('the secrets of a card', () => {
  test.each([
    ['3DES', 24],
    ['AES-128', 16],
    ['AES-192', 24],
    ['AES-256', 32],
  ] as const)('a management key of %s has %i bytes and is the same each time', (algorithm, length) => {
    const key = master.deriveManagementKey(CARD, 1, algorithm);
    expect(key).toHaveLength(length);
    expect(master.deriveManagementKey(CARD, 1, algorithm)).toEqual(key);
  });

  test('no two cards, versions, algorithms or purposes share a secret', () => {
    const secrets = [
      master.deriveManagementKey(CARD, 1, 'AES-192'),
      master.deriveManagementKey(CARD, 2, 'AES-192'),
      master.deriveManagementKey(CARD, 1, 'AES-256'),
      master.deriveManagementKey(CARD, 1, '3DES'),
      master.deriveManagementKey(`${CARD}x`, 1, 'AES-192'),
      master.derivePuk(CARD, 1),
      master.derivePuk(CARD, 2),
      cardMasterKey(new Uint8Array(32)).derivePuk(CARD, 1),
    ].map(hex);
    expect(new Set(secrets).size).toBe(secrets.length);
  });

  test('a Triple-DES key has odd parity and is not weak', () => {
    const versions = fc.integer({ min: 1, max: 0xffffffff });
    fc.assert(
      fc.property(versions, (version) => {
        const key = master.deriveManagementKey(CARD, version, '3DES');
        const isOdd = (byte: number) => byte.toString(2).replaceAll('0', '').length % 2 === 1;
        return key.every(isOdd) && !isWeakTripleDesKey(key);
      }),
    );
  });

  test.each([
    ['all zero', '00'.repeat(24)],
    ['semi-weak', `01fe01fe01fe01fe${'23'.repeat(8)}${'45'.repeat(8)}`],
    ['two thirds alike', `0123456789abcdef${'23'.repeat(8)}0123456789abcdef`],
  ])('a Triple-DES key that is %s counts as weak', (_why, key) => {
    expect(isWeakTripleDesKey(withOddParity(Uint8Array.from(Buffer.from(key, 'hex'))))).toBe(true);
  });

  test('a PUK is eight digits, none likelier than another', () => {
    const counts = new Array<number>(10).fill(0);
    for (let version = 1; version <= 2500; version += 1) {
      const puk = Buffer.from(master.derivePuk(CARD, version)).toString('ascii');
      expect(puk).toMatch(/^[0-9]{8}$/);
      for (const digit of puk) counts[Number(digit)]! += 1;
    }
    // 2,000 of each are expected, with a standard deviation of 42; what is drawn is always the same.
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(5 * 42);
  });

  test.each([0, -1, 1.5, Number.NaN, 2 ** 32])('version %d is not made here', (version) => {
    expect(() => master.derivePuk(CARD, version)).toThrow(RangeError);
    expect(() => master.deriveManagementKey(CARD, version, '3DES')).toThrow(RangeError);
  });
});

describe('key derivation', () => {
  let bench: Workbench;
  beforeAll(() => {
    bench = openWorkbench();
  });
  afterAll(() => bench.dispose());

  test.each([8, 16, 32, 33, 64, 100])('derives the same %i bytes as openssl', async (length) => {
    const bytes = (first: number) => Uint8Array.from({ length: 20 }, (_, i) => first + i);
    const [key, label, context] = [bytes(1), bytes(50), bytes(100)];
    const { output } = await bench.run(
      ...['kdf', '-keylen', String(length), '-kdfopt', 'mac:HMAC', '-kdfopt', 'digest:SHA256'],
      ...['-kdfopt', 'mode:COUNTER', '-kdfopt', `hexkey:${hex(key)}`],
      ...['-kdfopt', `hexsalt:${hex(label)}`, '-kdfopt', `hexinfo:${hex(context)}`, 'KBKDF'],
    );
    const expected = output.trim().replaceAll(':', '').toLowerCase();
    expect(hex(deriveKey(key, label, context, length))).toBe(expected);
  });
});
