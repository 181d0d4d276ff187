/** What comes onto a blank card, by its profile, the reason and what the card can. */
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type IssueFacts, planIssue } from '../../src/central/planner/plan-issue.ts';
import type { CertificateRow } from '../../src/central/repositories/certificates.ts';
import type { CrlReason } from '../../src/domain/crl-reason.ts';
import type { Profile } from '../../src/domain/profile.ts';
import type { EncryptionKey } from '../../src/domain/reason.ts';
import type { KeyAlgorithm } from '../../src/domain/slot.ts';
import { spkiOf } from '../../src/pki/public-key.ts';

const NOW = new Date('2026-06-01T00:00:00Z');

let count = 0;
function archived(revokedFor?: CrlReason, state: CertificateRow['state'] = 'active'): CertificateRow {
  count += 1;
  const publicKey = spkiOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey);
  return {
    ...{ serialNumber: String(count), cardId: 'old', slot: '9D', der: new Uint8Array(), publicKey },
    ...{ subject: 'CN=Anna', commonName: 'Anna', mail: 'anna@example.org', issuedAt: NOW },
    ...{ notBefore: new Date(NOW.getTime() + count * 1000), notAfter: new Date('2027-06-01T00:00:00Z') },
    ...{ state, isOnCard: false, operationId: null, isOnCrlOnly: true, foreignIssuer: null },
    ...{ isHeldWithCard: false, revokedAt: revokedFor ? NOW : null, crlReason: revokedFor ?? null },
  };
}

function profile(isKeyRecoveryOnly = false, algorithm: KeyAlgorithm = 'P-256'): Profile {
  const slots = (['9A', '9C', '9D', '9E'] as const).map((slot) => ({ slot, algorithm, lifetimeDays: 365 }));
  return { slots, isKeyRecoveryOnly } as unknown as Profile;
}

function plan(wishes: Partial<IssueFacts> = {}) {
  return planIssue({
    ...{ profile: profile(), wanted: [], replaced: null, reason: null, leftovers: new Set() },
    ...{ leavesOut: new Set<string>(), canMoveKeys: true, canImportKeys: true, hasMetadata: true, ...wishes },
  });
}
const slots = ({ keys }: ReturnType<typeof plan>) => keys.map(({ slot, source }) => `${slot} ${source}`);
const because = (encryptionKey: EncryptionKey) => ({ encryptionKey });

describe('a profile for key recovery only', () => {
  test('gives no key to sign in or sign with, also where an old revision of it names one', () => {
    const newest = archived();
    const wanted = [archived(undefined, 'superseded'), archived('superseded'), newest];
    const planned = plan({ profile: profile(true), wanted });
    expect(slots(planned)).toEqual(['82 import', '83 import', '9D import']);
    expect(planned.keys.at(-1)!.record).toBe(newest);
    expect(planned.emptiedCertificates).toEqual(expect.arrayContaining(['9A', '9C', '9E']));
  });
});

describe('the encryption key of the card that is replaced', () => {
  const cases: [EncryptionKey, CrlReason | undefined, boolean][] = [
    ['same', undefined, true],
    ['same', 'superseded', true],
    ['same', 'keyCompromise', false],
    ['new', undefined, false],
    ['newIfRevoked', undefined, true],
    ['newIfRevoked', 'superseded', false],
  ];
  test.each(cases)('%s, revoked for %s: is in 9D again: %s', (encryptionKey, revokedFor, staysSame) => {
    const replaced = archived(revokedFor);
    const planned = plan({ replaced, wanted: [replaced], reason: because(encryptionKey) });
    const main = planned.keys.find(({ slot }) => slot === '9D')!;
    expect(main.record).toBe(staysSame ? replaced : null);
    expect(planned.keys.some(({ slot }) => slot === '82')).toBe(!staysSame);
    // A certificate that names the new card.
    expect(main.keepsCertificate).toBe(false);
  });

  test('is retired where the profile wants another algorithm', () => {
    const replaced = archived();
    const planned = plan({
      replaced,
      wanted: [replaced],
      reason: because('same'),
      profile: profile(false, 'RSA-2048'),
    });
    expect(slots(planned)).toEqual(['9A generate', '82 import', '9D generate', '9E generate', '9C generate']);
  });
});

describe('a chip on which an issue was given up', () => {
  test('is rid of what is on record, also where it does not tell what it has', () => {
    const leftovers = new Set(['82', '83', '9D'] as const);
    const standard = { canMoveKeys: false, canImportKeys: false, hasMetadata: false };
    expect(plan({ leftovers, ...standard }).removedKeys).toEqual(['82', '83']);
    expect(plan({ leftovers }).removedKeys).toHaveLength(20);
  });
});

test('a card that takes no key is refused for what is wanted, not for what is left out', () => {
  const wanted = [archived()];
  const card = { canImportKeys: false };
  expect(plan({ wanted, ...card }).problem).toBe('KR-11-cannot-import');
  const leavesOut = new Set([wanted[0]!.serialNumber]);
  expect(plan({ wanted, leavesOut, ...card })).toMatchObject({ problem: null, left: wanted });
});
