import type { Copy } from '../../../src/protocol/copy.ts';

/** People, cards, a profile and reasons for a kiosk to look at. */

export const CARD_ID = '11111111-1111-4111-8111-111111111111';
export const GUID = '22222222-2222-4222-8222-222222222222';
export const HOLDER_ID = '33333333-3333-4333-8333-333333333333';

export const aPerson = (changes: Partial<Copy['people'][number]> = {}): Copy['people'][number] => ({
  id: HOLDER_ID,
  displayName: 'Alice Example',
  state: 'active',
  approvedUntil: null,
  ...changes,
});

/** @param changes serial 1234 is that of the encoder's test card */
export const aCardRecord = (changes: Partial<Copy['cards'][number]> = {}): Copy['cards'][number] => ({
  id: CARD_ID,
  serial: '1234',
  guid: GUID,
  holderId: HOLDER_ID,
  state: 'issued',
  expiresAt: '2099-01-01T00:00:00Z',
  profileName: 'staff',
  hasOpenOperation: false,
  isManagementKeyKnown: true,
  ...changes,
});

export const aProfile = (changes: Partial<Copy['profiles'][number]> = {}): Copy['profiles'][number] => ({
  name: 'staff',
  revision: 3,
  title: 'Staff card',
  slots: [{ slot: '9A', algorithm: 'P-256', lifetimeDays: 365 }],
  objects: { printedInformation: true, facialImage: true, fingerprints: true, discovery: true },
  pinPolicy: { minLength: 6, maxLength: 8, forbidRepeated: true, forbidSequence: true, forbidCurrent: true },
  managementKeyAlgorithm: '3DES',
  requiresApprovedHolder: false,
  validateIssuance: false,
  unarchivedKeyLoss: 'allow',
  abandonAfterHours: 720,
  ...changes,
});

const aReason = (code: string, position: number): Copy['reasons'][number] => ({
  code,
  titles: { en: code, de: code },
  oldCertificates: 'revoke',
  oldEncryptionCertificate: 'keep',
  encryptionKey: 'same',
  crlReason: 'superseded',
  position,
});

let revision = 0;

/** A copy of its own revision. */
export function aCopy(changes: Partial<Copy> = {}): Copy {
  revision += 1;
  return {
    revision: `test-${revision}`,
    madeAt: '2026-11-22T12:00:00Z',
    people: [aPerson()],
    cards: [aCardRecord()],
    certificates: [
      { cardId: CARD_ID, slot: '9A', serialNumber: '0a', notAfter: '2030-01-01T00:00:00Z', state: 'active' },
    ],
    profiles: [aProfile()],
    reasons: [aReason('second', 2), aReason('first', 1)],
    ...changes,
  };
}
