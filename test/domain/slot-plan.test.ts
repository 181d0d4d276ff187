import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Difference, DifferenceEntry, ListedCertificate } from '../../src/domain/difference.ts';
import { RETIRED_SLOTS, SLOTS, type Slot } from '../../src/domain/slot.ts';
import {
  canRelocate,
  closeGaps,
  type KeyedCertificate,
  type PlacedCertificate,
  planSlots,
  type SlotFacts,
} from '../../src/domain/slot-plan.ts';

function keyed(
  name: string,
  change: Partial<ListedCertificate> = {},
  key = `key of ${name}`,
): KeyedCertificate {
  const certificate: ListedCertificate = {
    ...{ serialNumber: name, subject: `CN=${name}`, notBefore: '2020-01-01T00:00:00Z' },
    ...{ notAfter: '2030-01-01T00:00:00Z', state: 'superseded', isArchived: true, ...change },
  };
  return { certificate, key };
}

function placed(slot: Slot, name: string, change: Partial<ListedCertificate> = {}, key?: string) {
  return { ...keyed(name, change, key), slot, isInDoubt: false };
}

const FACTS: SlotFacts = {
  ...{ onCard: [], wanted: [], unwanted: new Set(), leavesOut: new Set(), hasOwnKey: true },
  ...{ canMoveKeys: true, canImportKeys: true },
};

function plan(change: Partial<SlotFacts>): Difference {
  return planSlots({ ...FACTS, ...change });
}

/** `change name: from→to`. */
function lines({ entries, problem }: Difference): string[] {
  const told = entries.map(
    ({ change, from, to, certificate }) =>
      `${change} ${certificate.serialNumber}: ${from ?? '-'}→${to ?? '-'}`,
  );
  return problem === null ? told : [...told, problem];
}

const three = [placed('82', 'a'), placed('83', 'b'), placed('84', 'c')];
const full = RETIRED_SLOTS.map((slot, index) => placed(slot, `r${index + 1}`));

describe('an update of a card', () => {
  test.each<[string, Partial<SlotFacts>, string[]]>([
    [
      'puts what is wanted into the free places from 82 on, in the order in which it was chosen',
      { onCard: [placed('9D', 'own'), placed('82', 'a')], wanted: [keyed('x'), keyed('w')] },
      ['kept own: 9D→9D', 'kept a: 82→82', 'added x: -→83', 'added w: -→84'],
    ],
    [
      'closes the gap that a removal leaves with the last one',
      { onCard: three, unwanted: new Set(['a']) },
      ['kept b: 83→83', 'moved c: 84→82', 'removed a: 82→-'],
    ],
    [
      'puts what comes into the gap, and moves nothing',
      { onCard: three, unwanted: new Set(['b']), wanted: [keyed('x')] },
      ['kept a: 82→82', 'kept c: 84→84', 'added x: -→83', 'removed b: 83→-'],
    ],
    [
      'leaves what the card has already where it is, also when it was to be left out',
      { onCard: three, wanted: [keyed('b')], leavesOut: new Set(['b']) },
      ['kept a: 82→82', 'kept b: 83→83', 'kept c: 84→84'],
    ],
    [
      'leaves out what the person chooses, and what nobody has the key of',
      { wanted: [keyed('x'), keyed('y'), keyed('z', { isArchived: false })], leavesOut: new Set(['x']) },
      ['added y: -→82', 'left x: -→-', 'left z: -→-'],
    ],
    [
      'puts the newest active one into an empty 9D where the card has no key of its own',
      {
        hasOwnKey: false,
        wanted: [
          keyed('old', { state: 'active', notBefore: '2021-01-01T00:00:00Z' }),
          keyed('new', { state: 'active', notBefore: '2023-01-01T00:00:00Z' }),
          keyed('newest', { state: 'revoked', notBefore: '2025-01-01T00:00:00Z' }),
        ],
      },
      ['added new: -→9D', 'added old: -→82', 'added newest: -→83'],
    ],
    [
      'puts none there that is not active',
      { hasOwnKey: false, wanted: [keyed('x', { state: 'revoked' })] },
      ['added x: -→82'],
    ],
    [
      'says that a card takes no keys, though others may go',
      { onCard: three, unwanted: new Set(['c']), wanted: [keyed('x')], canImportKeys: false },
      ['kept a: 82→82', 'kept b: 83→83', 'added x: -→84', 'removed c: 84→-', 'KR-11-cannot-import'],
    ],
    [
      'never removes the last copy of a key that is not archived',
      { onCard: [placed('82', 'a', { isArchived: false })], unwanted: new Set(['a']) },
      ['removed a: 82→-', 'KR-05-last-copy'],
    ],
    [
      'removes it where the same key stays in another slot',
      {
        onCard: [
          placed('9D', 'own', { isArchived: false }, 'k'),
          placed('82', 'a', { isArchived: false }, 'k'),
        ],
        unwanted: new Set(['a']),
      },
      ['kept own: 9D→9D', 'removed a: 82→-'],
    ],
    [
      'does not remove both copies',
      {
        onCard: [
          placed('83', 'b', { isArchived: false }, 'k'),
          placed('82', 'a', { isArchived: false }, 'k'),
        ],
        unwanted: new Set(['a', 'b']),
      },
      ['removed a: 82→-', 'removed b: 83→-', 'KR-05-last-copy'],
    ],
    [
      'cannot close a gap on a card that moves no keys, where the key is not archived',
      {
        onCard: [placed('82', 'a'), placed('83', 'b', { isArchived: false })],
        ...{ unwanted: new Set(['a']), canMoveKeys: false },
      },
      ['moved b: 83→82', 'removed a: 82→-', 'KR-07-gap'],
    ],
    [
      'closes it with an archived key there',
      { onCard: three, unwanted: new Set(['a']), canMoveKeys: false },
      ['kept b: 83→83', 'moved c: 84→82', 'removed a: 82→-'],
    ],
    [
      'does not move a key of which nobody knows where it is, unless it is archived',
      {
        onCard: [placed('82', 'a'), { ...placed('83', 'b', { isArchived: false }), isInDoubt: true }],
        unwanted: new Set(['a']),
      },
      ['moved b: 83→82', 'removed a: 82→-', 'KR-07-gap'],
    ],
  ])('%s', (_what, facts, expected) => {
    expect(lines(plan(facts))).toEqual(expected);
  });

  test('has the person choose when there are more keys than places, and names what has none', () => {
    const wanted = [keyed('x'), keyed('y')];
    const onCard = full.slice(0, 19);
    const tooMany = plan({ onCard, wanted });
    expect(tooMany.problem).toBe('KR-07-too-few-slots');
    expect(tooMany.entries.filter(({ change }) => change === 'added').map(({ to }) => to)).toEqual([
      '95',
      null,
    ]);
    expect(plan({ onCard, wanted, leavesOut: new Set(['x']) }).problem).toBeNull();
  });

  test('fills 21 places where 9D is free for a recovered key', () => {
    const wanted = Array.from({ length: 21 }, (_, index) => keyed(`w${index}`, { state: 'active' }));
    expect(plan({ wanted, hasOwnKey: false }).problem).toBeNull();
    expect(plan({ wanted, hasOwnKey: true }).problem).toBe('KR-07-too-few-slots');
  });
});

/** Any card, with gaps or without, any list, any card's abilities. */
const anyFacts: fc.Arbitrary<SlotFacts> = fc
  .record({
    slots: fc.uniqueArray(fc.constantFrom<Slot>('9D', ...RETIRED_SLOTS), { maxLength: 21 }),
    isContiguous: fc.boolean(),
    traits: fc.array(
      fc.record({
        isArchived: fc.boolean(),
        key: fc.nat(12),
        isActive: fc.boolean(),
        isUnwanted: fc.boolean(),
      }),
      { minLength: 21, maxLength: 21 },
    ),
    wanted: fc.array(
      fc.record({
        isArchived: fc.boolean(),
        isActive: fc.boolean(),
        isLeft: fc.boolean(),
        day: fc.integer({ min: 10, max: 28 }),
      }),
      { maxLength: 30 },
    ),
    wantsPresent: fc.boolean(),
    abilities: fc.record({ hasOwnKey: fc.boolean(), canMoveKeys: fc.boolean(), canImportKeys: fc.boolean() }),
  })
  .map(({ slots, isContiguous, traits, wanted, wantsPresent, abilities }) => {
    const retired = slots.filter((slot) => slot !== '9D').length;
    const places = isContiguous
      ? [...(slots.includes('9D') ? (['9D'] as const) : []), ...RETIRED_SLOTS.slice(0, retired)]
      : slots;
    const onCard: PlacedCertificate[] = places.map((slot, index) => {
      const { isArchived, key, isActive } = traits[index]!;
      const state = isActive ? 'active' : 'superseded';
      return { ...keyed(`c${index}`, { isArchived, state }, `k${key}`), slot, isInDoubt: false };
    });
    const isGone = (_one: PlacedCertificate, index: number) => traits[index]!.isUnwanted;
    const gone = onCard.filter(isGone).map(({ certificate }) => certificate.serialNumber);
    const more = wanted.map(({ isArchived, isActive, day }, index) =>
      keyed(`w${index}`, {
        ...{ isArchived, state: isActive ? 'active' : 'revoked', notBefore: `2024-01-${day}T00:00:00Z` },
      }),
    );
    const stays = onCard.filter(({ certificate }) => !gone.includes(certificate.serialNumber));
    return {
      ...{ onCard, unwanted: new Set(gone), ...abilities },
      wanted: wantsPresent ? [...stays, ...more] : more,
      leavesOut: new Set(wanted.flatMap(({ isLeft }, index) => (isLeft ? [`w${index}`] : []))),
    };
  });

const of = ({ entries }: Difference, ...changes: DifferenceEntry['change'][]) =>
  entries.filter(({ change }) => changes.includes(change));

/** The card afterwards. */
function applied(facts: SlotFacts, difference: Difference): PlacedCertificate[] {
  const all = [...facts.onCard, ...facts.wanted];
  return of(difference, 'kept', 'moved', 'added').flatMap(({ to, certificate }) => {
    const one = all.find((other) => other.certificate.serialNumber === certificate.serialNumber)!;
    return to === null ? [] : [{ certificate, key: one.key, slot: to, isInDoubt: false }];
  });
}

describe('whatever is on a card and wanted of it', () => {
  test('every certificate is in the plan once, and no two are in one slot', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const difference = planSlots(facts);
        const names = difference.entries.map(({ certificate }) => certificate.serialNumber);
        const expected = new Set(
          [...facts.onCard, ...facts.wanted].map(({ certificate }) => certificate.serialNumber),
        );
        expect(names.toSorted()).toEqual([...expected].toSorted());
        const slots = applied(facts, difference).map(({ slot }) => slot);
        expect(new Set(slots).size).toBe(slots.length);
        expect(slots.length).toBeLessThanOrEqual(21);
      }),
    );
  });

  test('retired keys are contiguous from 82 afterwards', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const retired = applied(facts, planSlots(facts)).filter(({ slot }) => slot !== '9D');
        const slots = retired.map(({ slot }) => slot).sort((a, b) => SLOTS.indexOf(a) - SLOTS.indexOf(b));
        expect(slots).toEqual(RETIRED_SLOTS.slice(0, slots.length));
      }),
    );
  });

  test('nothing is put into a slot that another key still has to leave', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const difference = planSlots(facts);
        const left = of(difference, 'moved').map(({ from }) => from);
        const filled = of(difference, 'added', 'moved').map(({ to }) => to);
        expect(left.filter((slot) => filled.includes(slot))).toEqual([]);
        const taken = of(difference, 'kept').map(({ to }) => to);
        expect(filled.filter((slot) => slot !== null && taken.includes(slot))).toEqual([]);
      }),
    );
  });

  test('a plan without a problem loses no key that is not archived, and the card can carry it out', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const difference = planSlots(facts);
        fc.pre(difference.problem === null);
        const after = applied(facts, difference);
        for (const { certificate, key } of facts.onCard) {
          expect(certificate.isArchived || after.some((one) => one.key === key)).toBe(true);
        }
        const moved = of(difference, 'moved').map(({ certificate }) => certificate);
        expect(moved.every((certificate) => canRelocate({ certificate, isInDoubt: false }, facts))).toBe(
          true,
        );
        const added = of(difference, 'added');
        expect(added.every(({ to, certificate }) => to !== null && certificate.isArchived)).toBe(true);
        expect(added.length === 0 || facts.canImportKeys).toBe(true);
      }),
    );
  });

  test('planned again when it is done, it comes to nothing more', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const difference = planSlots(facts);
        fc.pre(difference.problem === null);
        const onCard = applied(facts, difference);
        const again = planSlots({ ...facts, onCard });
        expect(of(again, 'moved', 'added', 'removed')).toEqual([]);
        expect(again.problem).toBeNull();
        expect(planSlots(facts)).toEqual(difference);
      }),
    );
  });
});

test('gaps are closed from the first on by the last ones', () => {
  expect([...closeGaps(['83', '85', '86'], 0)]).toEqual([
    ['85', '82'],
    ['86', '84'],
  ]);
  expect([...closeGaps(['82', '85'], 2)]).toEqual([]);
});
