import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { KeyAlgorithm, Slot } from '../../src/domain/slot.ts';
import { PlanError } from '../../src/encoder/errors.ts';
import { privateKeyParts } from '../../src/encoder/private-key-parts.ts';
import { INS_IMPORT_KEY } from '../../src/piv/apdu.ts';
import { TlvError } from '../../src/piv/tlv.ts';
import type { ImageKey } from '../../src/protocol/operation.ts';
import { PERSONALITIES, type PersonalityName } from '../../src/virtual-card/personality.ts';
import type { VirtualCard } from '../../src/virtual-card/virtual-card.ts';
import { aCard, aCentral, anImage, FACTORY_KEY, NEW_PIN, run } from './support/card-run.ts';
import type { SmallCentral } from './support/small-central.ts';

/** Those that take keys; as fast as the others, whatever their make takes. */
const FAMILIES = (Object.keys(PERSONALITIES) as PersonalityName[]).filter((name) => name !== 'standard');
const ALGORITHMS: readonly KeyAlgorithm[] = ['RSA-2048', 'P-256'];

function newKey(algorithm: KeyAlgorithm): KeyObject {
  return algorithm.startsWith('RSA')
    ? generateKeyPairSync('rsa', { modulusLength: Number(algorithm.slice(4)) }).privateKey
    : generateKeyPairSync('ec', { namedCurve: algorithm }).privateKey;
}

const key = (slot: Slot, source: ImageKey['source'], algorithm: KeyAlgorithm = 'P-256') => ({
  ...{ slot, algorithm, source, publicKey: null },
});

/** 9A and 9C are made by the card, 9D comes from the archive. */
async function rewrite(
  personality: PersonalityName,
  algorithm: KeyAlgorithm,
): Promise<{ card: VirtualCard; central: SmallCentral }> {
  const card = aCard(personality);
  Object.assign(card.faults, { delayMs: 0, keyGenerationMs: 0 });
  const image = anImage('P-256', {
    keys: [
      key('9A', { kind: 'generate' }),
      key('9D', { kind: 'import', from: null }, algorithm),
      key('9C', { kind: 'generate' }),
    ],
  });
  const factory = PERSONALITIES[personality].factoryManagementKeyAlgorithm;
  const central = aCentral(image, { ...FACTORY_KEY, algorithm: factory });
  await central.archive('9D', newKey(algorithm));
  return { card, central };
}

describe.each(ALGORITHMS)('an archived key, %s', (algorithm) => {
  // What is on a small card leaves no room for longer certificates.
  test.each(FAMILIES.filter((name) => name !== 'small' || algorithm === 'P-256'))(
    'is brought onto a card of the family %s, and proves itself there',
    async (family) => {
      const { card, central } = await rewrite(family, algorithm);
      const seen = await run(card, central);
      expect(seen.error).toBeNull();
      expect(seen.outcome?.kind).toBe('completed');
      expect(central.calls.filter((call) => call === 'release:9D')).toHaveLength(1);
      expect(seen.opened.every((secret) => secret.every((byte) => byte === 0))).toBe(true);
      const imports = seen.commands.filter(({ ins }) => ins === INS_IMPORT_KEY);
      expect(imports.length).toBeGreaterThan(0);
      expect(imports.every(({ step, p2 }) => step === 'key:9D' && p2 === 0x9d)).toBe(true);
    },
  );

  test('is not asked for again by a run that finds it on the card', async () => {
    const { card, central } = await rewrite('full', algorithm);
    expect((await run(card, central)).error).toBeNull();
    card.reset();
    const again = await run(card, central, { isResumed: true, oldPin: NEW_PIN });
    expect(again.error).toBeNull();
    expect(again.commands.some(({ ins }) => ins === INS_IMPORT_KEY)).toBe(false);
    expect(central.calls.filter((call) => call === 'release:9D')).toHaveLength(1);
  });
});

describe('an archived key that is on the card already', () => {
  test('in the slot that it is moved from is moved there, and stays at central', async () => {
    const card = aCard();
    const privateKey = newKey('P-256');
    card.putKey('9D', privateKey);
    const central = aCentral(anImage('P-256', { keys: [key('82', { kind: 'import', from: '9D' })] }));
    await central.archive('82', privateKey);
    const { error, commands } = await run(card, central);
    expect(error).toBeNull();
    expect(central.calls).not.toContain('release:82');
    expect(commands.some(({ ins }) => ins === INS_IMPORT_KEY)).toBe(false);
  });
});

test('no plan has a key for signing imported', async () => {
  const image = anImage('P-256', { keys: [key('9A', { kind: 'import', from: null })] });
  const central = aCentral(image);
  await central.archive('9A', newKey('P-256'));
  const { error, commands } = await run(aCard(), central);
  expect(error).toBeInstanceOf(PlanError);
  expect(commands).toEqual([]);
});

describe('the parts of a private key', () => {
  test.each(['RSA-2048', 'RSA-3072', 'P-256', 'P-384'] as const)(
    'of %s are views of its PKCS #8',
    (algorithm) => {
      const pkcs8 = new Uint8Array(newKey(algorithm).export({ format: 'der', type: 'pkcs8' }));
      const parts = privateKeyParts(pkcs8);
      pkcs8.fill(0);
      const all = parts.kind === 'EC' ? [parts.scalar] : [parts.p, parts.q, parts.dp, parts.dq, parts.qInv];
      expect(all.every((part) => part.length > 30 && part.every((byte) => byte === 0))).toBe(true);
    },
  );

  test('of anything else are not read', () => {
    const ed25519 = generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' });
    for (const bytes of [new Uint8Array(), Uint8Array.of(0x30, 0), new Uint8Array(ed25519)]) {
      expect(() => privateKeyParts(bytes)).toThrow(TlvError);
    }
  });
});
