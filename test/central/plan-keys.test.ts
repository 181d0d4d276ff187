/** What becomes of an encryption key: each row of the reason table, on each kind of card. */
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type KeyFacts, type KeyPlan, planKeys } from '../../src/central/planner/plan-keys.ts';
import type { CertificateRow } from '../../src/central/repositories/certificates.ts';
import type { CrlReason } from '../../src/domain/crl-reason.ts';
import type { Profile } from '../../src/domain/profile.ts';
import type { Reason } from '../../src/domain/reason.ts';
import { RETIRED_SLOTS, type Slot } from '../../src/domain/slot.ts';
import { spkiOf } from '../../src/pki/public-key.ts';

const NOW = new Date('2026-06-01T00:00:00Z');
const IN_A_YEAR = new Date('2027-06-01T00:00:00Z');

const REASONS = {
  'profile-updated': { oldEncryptionCertificate: 'keep', encryptionKey: 'same', crlReason: 'superseded' },
  'personal-data-changed': {
    oldEncryptionCertificate: 'replace',
    encryptionKey: 'same',
    crlReason: 'affiliationChanged',
  },
  'card-content-faulty': { oldEncryptionCertificate: 'keep', encryptionKey: 'same', crlReason: 'superseded' },
  'certificate-revoked-elsewhere': {
    oldEncryptionCertificate: 'newIfRevoked',
    encryptionKey: 'newIfRevoked',
    crlReason: 'superseded',
  },
  'pin-or-key-exposed': {
    oldEncryptionCertificate: 'revoke',
    encryptionKey: 'new',
    crlReason: 'keyCompromise',
  },
  'routine-key-rotation': { oldEncryptionCertificate: 'leave', encryptionKey: 'new', crlReason: null },
} as const satisfies Record<string, Partial<Reason>>;
type ReasonCode = keyof typeof REASONS;
const CODES = Object.keys(REASONS) as ReasonCode[];
const SAME = CODES.filter((code) => REASONS[code].encryptionKey !== 'new');
const NEW = CODES.filter((code) => REASONS[code].encryptionKey === 'new');

const CARDS = {
  full: { canMoveKeys: true, canImportKeys: true, hasMetadata: true },
  'without move': { canMoveKeys: false, canImportKeys: true, hasMetadata: true },
  standard: { canMoveKeys: false, canImportKeys: false, hasMetadata: false },
} as const;
type CardKind = keyof typeof CARDS;

interface Case {
  readonly reason?: ReasonCode;
  readonly card?: CardKind;
  /** Central has the key in 9D. */
  readonly isArchived?: boolean;
  /** The profile wants it so. */
  readonly archives?: boolean;
  readonly revokedFor?: CrlReason;
  readonly hasKey?: boolean;
  /** How many of 82–95 are in use. */
  readonly retired?: number;
  readonly aftermath?: KeyFacts['aftermath'];
  readonly loss?: Profile['unarchivedKeyLoss'];
}

function certificate(slot: Slot, revokedFor?: CrlReason): CertificateRow {
  const publicKey = spkiOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey);
  return {
    ...{ serialNumber: slot, cardId: 'card', slot, der: new Uint8Array(), publicKey, subject: 'CN=Anna' },
    ...{ commonName: 'Anna', mail: 'anna@example.org', notBefore: NOW, notAfter: IN_A_YEAR, issuedAt: NOW },
    ...{ state: 'active', isOnCard: true, operationId: null, isOnCrlOnly: true, foreignIssuer: null },
    ...{ isHeldWithCard: false },
    ...{ revokedAt: revokedFor ? NOW : null, crlReason: revokedFor ?? null },
  };
}

function plan(wishes: Case): ReturnType<typeof planKeys> {
  const { reason = 'profile-updated', card = 'full', archives = true, hasKey = true, retired = 0 } = wishes;
  const inUse = RETIRED_SLOTS.slice(0, retired);
  const onCard = new Map<Slot, CertificateRow>(inUse.map((slot) => [slot, certificate(slot)]));
  if (hasKey) onCard.set('9D', certificate('9D', wishes.revokedFor));
  const archived = wishes.isArchived ? [...onCard.keys()] : [];
  const slots = [
    { slot: '9A', algorithm: 'P-256', lifetimeDays: 365 },
    { slot: '9D', algorithm: 'P-256', lifetimeDays: 365, ...(archives ? { isArchived: true } : {}) },
  ] as const;
  return planKeys({
    cardId: 'card',
    profile: { slots, unarchivedKeyLoss: wishes.loss ?? 'refuse' } as unknown as Profile,
    reason: { code: reason, ...REASONS[reason] } as unknown as Reason,
    ...{ onCard, archivedSlots: new Set(archived), ...CARDS[card], now: NOW, cardExpiresAt: IN_A_YEAR },
    aftermath: wishes.aftermath ?? { movedTo: null, isEncryptionKeyGone: false },
    holder: { displayName: 'Anna', mail: 'anna@example.org' },
  });
}

/** Its decision and its encryption keys: `82<9D import, 9D import new`. */
function told(planned: KeyPlan | string): string {
  if (typeof planned === 'string') return planned;
  const keys = planned.keys.filter(({ slot }) => slot !== '9A');
  const texts = keys.map(({ slot, source, movedFrom, record, keepsCertificate }) => {
    const from = movedFrom ? `<${movedFrom}` : '';
    return `${slot}${from} ${source}${record ? (keepsCertificate ? '' : ' recertified') : ' new'}`;
  });
  return [`${planned.encryptionKey}:`, texts.join(', ')].join(' ').trim();
}

describe('a key that is archived', () => {
  test.each(SAME)('is the same afterwards, and is put back where it is gone: %s', (reason) => {
    const recertified = REASONS[reason].oldEncryptionCertificate === 'replace' ? ' recertified' : '';
    for (const card of ['full', 'without move'] as const) {
      expect(told(plan({ reason, card, isArchived: true }))).toBe(`recover: 9D import${recertified}`);
    }
    expect(told(plan({ reason, card: 'standard', isArchived: true }))).toBe(`keep: 9D keep${recertified}`);
  });

  test.each(NEW)('makes way for a new one and stays on the card as a retired one: %s', (reason) => {
    for (const card of ['full', 'without move'] as const) {
      const wishes = { reason, card, isArchived: true };
      expect(told(plan(wishes))).toBe('move: 82<9D import, 9D import new');
      expect(told(plan({ ...wishes, retired: 2 }))).toBe(
        'move: 82 import, 83 import, 84<9D import, 9D import new',
      );
    }
  });

  test('stays at central only, where all twenty retired places are taken', () => {
    const wishes = { reason: 'pin-or-key-exposed', isArchived: true, retired: 20 } as const;
    expect(told(plan(wishes))).toMatch(/^shelve: 82 import, .*95 import, 9D import new$/);
  });

  test('cannot be replaced by another archived one on a card that takes none', () => {
    for (const reason of NEW) {
      expect(plan({ reason, card: 'standard', isArchived: true })).toBe('KR-11-cannot-import');
    }
  });

  test.each(['keyCompromise', 'unspecified'] as const)(
    'is replaced when revoked for %s, whatever the reason',
    (revokedFor) => {
      for (const reason of CODES) {
        const planned = told(plan({ reason, isArchived: true, revokedFor }));
        expect(planned, reason).toBe('move: 82<9D import, 9D import new');
      }
    },
  );

  test('is certified anew when revoked for another reason', () => {
    for (const reason of SAME) {
      const planned = told(plan({ reason, isArchived: true, revokedFor: 'superseded' }));
      expect(planned, reason).toBe('recover: 9D import recertified');
    }
  });

  test('is never lost, even where the profile would allow it', () => {
    for (const archives of [true, false]) {
      for (const card of ['full', 'without move'] as const) {
        for (const reason of CODES) {
          for (const retired of [0, 20]) {
            const planned = told(plan({ reason, card, archives, retired, isArchived: true, loss: 'allow' }));
            expect(planned).toMatch(/^(recover|move|shelve):/);
          }
        }
      }
    }
  });

  test('is found by a move that an abandoned operation has begun', () => {
    const aftermath = { movedTo: '82', isEncryptionKeyGone: false } as const;
    expect(told(plan({ isArchived: true, aftermath }))).toBe('move: 82<9D import, 9D import new');
  });
});

describe('a key that is not archived', () => {
  test('makes way for one that is, where the card can move it', () => {
    for (const reason of CODES) expect(told(plan({ reason }))).toBe('move: 82<9D move, 9D import new');
  });

  test('stays as long as nothing asks for another, where the card cannot move it', () => {
    for (const card of ['without move', 'standard'] as const) {
      expect(told(plan({ card }))).toBe('keep: 9D keep');
      expect(told(plan({ card, reason: 'personal-data-changed' }))).toBe('keep: 9D keep recertified');
    }
  });

  test('is not overwritten by one that is, unless its loss is allowed', () => {
    const wishes = { card: 'without move', reason: 'pin-or-key-exposed' } as const;
    expect(plan(wishes)).toBe('RP-20-key-would-be-lost');
    expect(told(plan({ ...wishes, loss: 'allow' }))).toBe('lose: 9D import new');
  });

  test('is told to be impossible to replace on a card that takes none, before anything is begun', () => {
    const wishes = { card: 'standard', reason: 'pin-or-key-exposed', loss: 'allow' } as const;
    expect(plan(wishes)).toBe('KR-11-cannot-import');
  });
});

describe('a card without an encryption key', () => {
  test('gets an archived one, if it takes it', () => {
    for (const reason of CODES) {
      expect(told(plan({ reason, hasKey: false }))).toBe('generate: 9D import new');
      expect(plan({ reason, hasKey: false, card: 'standard' })).toBe('KR-11-cannot-import');
    }
  });
});

describe('a profile that archives nothing', () => {
  test('has it as ever', () => {
    const wishes = { archives: false } as const;
    for (const reason of NEW) {
      expect(told(plan({ ...wishes, reason }))).toBe('move: 82<9D move, 9D generate new');
      expect(plan({ ...wishes, reason, card: 'standard' })).toBe('RP-20-key-would-be-lost');
      expect(plan({ ...wishes, reason, retired: 20 })).toBe('RP-20-key-would-be-lost');
    }
    for (const card of Object.keys(CARDS) as CardKind[]) {
      expect(told(plan({ ...wishes, card }))).toBe('keep: 9D keep');
      expect(told(plan({ ...wishes, card, hasKey: false }))).toBe('generate: 9D generate new');
    }
  });

  test('leaves an archived key recoverable, and has the card make the next one', () => {
    const wishes = { archives: false, isArchived: true } as const;
    expect(told(plan(wishes))).toBe('recover: 9D import');
    expect(told(plan({ ...wishes, reason: 'routine-key-rotation' }))).toBe(
      'move: 82<9D import, 9D generate new',
    );
  });
});
