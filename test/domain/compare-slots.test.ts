import { describe, expect, it } from 'vitest';
import { compareSlots } from '../../src/domain/compare-slots.ts';
import type { SlotOnCard, SlotOnRecord } from '../../src/domain/desk-pages.ts';
import type { Slot } from '../../src/domain/slot.ts';

const aRecord = (slot: Slot, serialNumber: string): SlotOnRecord => ({
  ...{ slot, serialNumber, subject: 'CN=Ada', notAfter: '2027-12-31T23:59:59Z' },
  ...{ state: 'active', isArchived: false },
});
const onCard = (
  slot: Slot,
  serialNumber: string | null,
  notAfter = '2027-12-31T23:59:59.000Z',
): SlotOnCard => ({
  ...{ slot, serialNumber, subject: null, notAfter: serialNumber === null ? null : notAfter },
});

describe('Card and record', () => {
  it('are compared slot by slot, in the order of the slots', () => {
    const compared = compareSlots(
      [aRecord('82', 'aa'), aRecord('9A', '0b'), aRecord('9C', 'cc'), aRecord('9D', 'dd')],
      [onCard('9D', null), onCard('9C', 'ff'), onCard('9A', '000B'), onCard('9E', 'ee')],
    );
    expect(compared.map(({ slot, verdict }) => [slot, verdict])).toEqual([
      ['9A', 'same'],
      ['9C', 'other'],
      ['9D', 'unreadable'],
      ['9E', 'onlyCard'],
      ['82', 'onlyRecord'],
    ]);
  });

  it("are other ones where the card has another CA's certificate with the same number", () => {
    const compared = compareSlots([aRecord('9A', 'aa')], [onCard('9A', 'aa', '2028-12-31T23:59:59Z')]);
    expect(compared.map(({ verdict }) => verdict)).toEqual(['other']);
  });

  it('are not compared while the card was not read', () => {
    expect(compareSlots([aRecord('9A', 'aa')], null).map(({ verdict }) => verdict)).toEqual(['notRead']);
    expect(compareSlots([aRecord('9A', 'aa')], []).map(({ verdict }) => verdict)).toEqual(['onlyRecord']);
  });
});
