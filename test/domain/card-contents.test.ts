import { describe, expect, test } from 'vitest';
import type { CertificateSummary } from '../../src/domain/card.ts';
import { certificatesOnCard } from '../../src/domain/card-contents.ts';
import type { SlotOnCard } from '../../src/domain/desk-pages.ts';
import type { Slot } from '../../src/domain/slot.ts';

const NOW = '2026-11-22T12:00:00Z';
const CARD = { id: 'c1', isUnfinished: false };

const read = (slot: Slot, serialNumber: string | null, notAfter = '2029-01-01T00:00:00Z'): SlotOnCard => ({
  ...{ slot, serialNumber, subject: null },
  notAfter: serialNumber === null ? null : notAfter,
});
const record = (slot: Slot, serialNumber: string, changes: Partial<CertificateSummary> = {}) => ({
  ...{ cardId: 'c1', slot, serialNumber, notAfter: '2029-01-01T00:00:00Z', state: 'active' as const },
  ...changes,
});
const states = (...asked: Parameters<typeof certificatesOnCard>) =>
  certificatesOnCard(...asked).map(({ slot, state }) => `${slot} ${state}`);

describe('A certificate on a card', () => {
  test('is the one on record by its number, with or without zeros and in either case', () => {
    expect(states([record('9A', '0AB1')], [read('9A', 'ab1')], CARD, NOW)).toEqual(['9A works']);
  });

  test('is the same when its key has moved to the old ones, and missing nowhere', () => {
    expect(
      states([record('9D', '01'), record('9D', '02')], [read('9D', '02'), read('82', '01')], CARD, NOW),
    ).toEqual(['9D works', '82 works']);
  });

  test("is not known when it is another CA's that has the same number, whatever became of ours", () => {
    const others = [read('9A', '01', '2029-01-01T00:00:01Z')];
    for (const state of ['active', 'revoked', 'superseded'] as const)
      expect(states([record('9A', '01', { state })], others, CARD, NOW)).toEqual(['9A notKnown']);
  });

  test('is revoked rather than expired', () => {
    const old = '2020-01-01T00:00:00Z';
    const gone = record('9A', '01', { state: 'revoked', notAfter: old });
    expect(states([gone], [read('9A', '01', old)], CARD, NOW)).toEqual(['9A revoked']);
  });

  test('is missing where its place is empty, and only where it should be in force on this very card', () => {
    const records = [
      record('9A', '01'),
      record('9C', '02', { state: 'superseded' }),
      record('9D', '03', { cardId: 'c0' }),
    ];
    expect(states(records, [], CARD, NOW)).toEqual(['9A missing']);
    expect(states(records, [read('9A', '99')], CARD, NOW)).toEqual(['9A notKnown']);
  });

  test('counts for nothing while the card is not finished, and is missing nowhere then', () => {
    const unfinished = { ...CARD, isUnfinished: true };
    const [records, slots] = [
      [record('9A', '01'), record('9C', '02')],
      [read('9A', '01'), read('9D', '77')],
    ];
    expect(states(records, slots, unfinished, NOW)).toEqual(['9A unfinished', '9D unfinished']);
  });
});
