import type { ListedCertificate } from '../../src/domain/difference.ts';
import { PLANNED_CHANGES, type PlannedChange } from '../../src/domain/planned-change.ts';
import { RETIRED_SLOTS } from '../../src/domain/slot.ts';

/** What an operation does to the keys of a card, as central tells it. */
export function aPlannedChange(changes: Partial<PlannedChange> = {}): PlannedChange {
  return {
    ...{ change: 'replaced', from: '9A', to: '9A', notAfter: '2029-11-22T10:00:00Z' },
    certificate: aListed(1),
    ...changes,
  };
}

function aListed(number: number): ListedCertificate {
  return {
    ...{ serialNumber: `0b${number}`, subject: 'CN=Ada Lovelace', state: 'active', isArchived: true },
    ...{ notBefore: `${2000 + number}-09-30T10:00:00Z`, notAfter: `${2003 + number}-09-30T10:00:00Z` },
  };
}

/** A usual card. */
export const PLANNED: readonly PlannedChange[] = [
  aPlannedChange(),
  aPlannedChange({ from: '9C', to: '9C', certificate: aListed(2) }),
  aPlannedChange({ change: 'new', from: null, to: '9D', certificate: null }),
  aPlannedChange({ from: '9E', to: '9E', certificate: aListed(3) }),
  aPlannedChange({ change: 'moved', from: '9D', to: '82', certificate: aListed(4) }),
];

export const LOST = aPlannedChange({
  ...{ change: 'lost', from: '9D', to: null, certificate: aListed(5), notAfter: null },
});

export const A_LOSING_PLAN: readonly PlannedChange[] = [...PLANNED.slice(0, 4), LOST];

/** Something of everything, and more than a small terminal shows. */
export const A_LONG_PLAN: readonly PlannedChange[] = [
  ...PLANNED.slice(0, 4),
  ...RETIRED_SLOTS.slice(0, 16).map((slot, i) =>
    aPlannedChange({ change: 'kept', from: slot, to: slot, certificate: aListed(i) }),
  ),
  ...PLANNED_CHANGES.map((change, i) => aPlannedChange({ change, to: '94', certificate: aListed(i) })),
  aPlannedChange({ change: 'unknown' }),
];
