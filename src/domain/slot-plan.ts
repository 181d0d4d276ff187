/** Where recovered keys go on a card, and what has to move for it: 9D and the retired slots, 21 places (KR-05, KR-07). */
import type { CollectionProblem, Difference, DifferenceEntry, ListedCertificate } from './difference.ts';
import { DIFFERENCE_CHANGES } from './difference.ts';
import { RETIRED_SLOTS, SLOTS, type Slot } from './slot.ts';

/** A certificate and the key that it is over. */
export interface KeyedCertificate {
  readonly certificate: ListedCertificate;
  /** Any name that two certificates have in common exactly when they are over the same key. */
  readonly key: string;
}

/** One that the card has by central's record, in an encryption slot. */
export interface PlacedCertificate extends KeyedCertificate {
  readonly slot: Slot;
  /** An abandoned collection may have moved it there, or not: only an archived one can be sent elsewhere. */
  readonly isInDoubt: boolean;
}

export interface SlotFacts {
  /** No two in one slot. */
  readonly onCard: readonly PlacedCertificate[];
  /** In the order in which they were chosen; those that the card has already stay where they are. */
  readonly wanted: readonly KeyedCertificate[];
  /** Serial numbers of what is on the card and shall not be. */
  readonly unwanted: ReadonlySet<string>;
  /** Serial numbers that the person leaves for another time. */
  readonly leavesOut: ReadonlySet<string>;
  /** The card's profile has a key of the card's own in 9D: no recovered one goes there. */
  readonly hasOwnKey: boolean;
  readonly canMoveKeys: boolean;
  readonly canImportKeys: boolean;
}

type Abilities = Pick<SlotFacts, 'canMoveKeys' | 'canImportKeys'>;

/**
 * Plans an update of a card. What stays keeps its slot, unless a gap would be left before it among the retired ones: the last
 * ones close it. What is added fills the free places from 82 on; an empty 9D of a profile without a key of its own gets the
 * newest active one. An added entry that has no place (`KR-07-too-few-slots`) goes nowhere (`to` is null).
 */
export function planSlots(facts: SlotFacts): Difference {
  const { onCard, unwanted } = facts;
  const stays = onCard.filter(({ certificate }) => !unwanted.has(certificate.serialNumber));
  const gone = onCard.filter(({ certificate }) => unwanted.has(certificate.serialNumber));
  const { added, left } = sortWanted(facts);
  const main = mainKey(facts, stays, added);
  const retired = stays.filter(({ slot }) => slot !== '9D').sort(bySlot);
  const more = added.filter((one) => one !== main);
  const moves = closeGaps(
    retired.map(({ slot }) => slot),
    more.length,
  );
  const taken = new Set(retired.map(({ slot }) => moves.get(slot) ?? slot));
  const free = RETIRED_SLOTS.filter((slot) => !taken.has(slot));
  const entries: DifferenceEntry[] = [
    ...stays.map(({ slot, certificate }): DifferenceEntry => {
      const to = moves.get(slot) ?? slot;
      return { change: to === slot ? 'kept' : 'moved', from: slot, to, certificate };
    }),
    ...(main ? [entry('added', '9D', main)] : []),
    ...more.map((one, index) => entry('added', free[index] ?? null, one)),
    ...gone.map(({ slot, certificate }): DifferenceEntry => {
      return { change: 'removed', from: slot, to: null, certificate };
    }),
    ...left.map((one) => entry('left', null, one)),
  ];
  const movers = stays.filter(({ slot }) => moves.has(slot));
  return { entries: entries.sort(byChange), problem: findProblem(facts, entries, movers) };
}

/**
 * How retired keys stay contiguous from 82: the last ones fill the gaps, each from a slot that nothing is put into.
 * @param occupied in the order of their slots
 * @param more so many keys come into gaps and behind
 * @returns where each goes that cannot stay
 */
export function closeGaps(occupied: readonly Slot[], more: number): ReadonlyMap<Slot, Slot> {
  const slots: readonly Slot[] = RETIRED_SLOTS.slice(0, occupied.length + more);
  const gaps = slots.filter((slot) => !occupied.includes(slot));
  const behind = occupied.filter((slot) => !slots.includes(slot));
  return new Map(behind.map((slot, index) => [slot, gaps[index]!]));
}

/** Whether a key can be brought into another slot of the same card. */
export function canRelocate(
  {
    certificate,
    isInDoubt,
  }: Pick<PlacedCertificate, 'isInDoubt'> & {
    readonly certificate: Pick<ListedCertificate, 'isArchived'>;
  },
  { canMoveKeys, canImportKeys }: Abilities,
): boolean {
  if (certificate.isArchived && canImportKeys) return true;
  return canMoveKeys && !isInDoubt;
}

/** What is neither on the card nor archived cannot be put there, whoever wants it: it is left. */
function sortWanted({ onCard, wanted, leavesOut }: SlotFacts) {
  const present = new Set(onCard.map(({ certificate }) => certificate.serialNumber));
  const absent = wanted.filter(({ certificate }) => !present.has(certificate.serialNumber));
  const isAdded = ({ certificate }: KeyedCertificate) =>
    certificate.isArchived && !leavesOut.has(certificate.serialNumber);
  return { added: absent.filter(isAdded), left: absent.filter((one) => !isAdded(one)) };
}

/** The one for an empty 9D. */
function mainKey(
  { hasOwnKey }: SlotFacts,
  stays: readonly PlacedCertificate[],
  added: readonly KeyedCertificate[],
): KeyedCertificate | undefined {
  if (hasOwnKey || stays.some(({ slot }) => slot === '9D')) return undefined;
  const active = added.filter(({ certificate }) => certificate.state === 'active');
  return active.sort((a, b) => compare(b.certificate.notBefore, a.certificate.notBefore))[0];
}

function findProblem(
  facts: SlotFacts,
  entries: readonly DifferenceEntry[],
  movers: readonly PlacedCertificate[],
): CollectionProblem | null {
  const added = entries.filter(({ change }) => change === 'added');
  if (added.length > 0 && !facts.canImportKeys) return 'KR-11-cannot-import';
  if (facts.onCard.some((one) => isLastCopy(facts, one))) return 'KR-05-last-copy';
  if (added.some(({ to }) => to === null)) return 'KR-07-too-few-slots';
  return movers.every((one) => canRelocate(one, facts)) ? null : 'KR-07-gap';
}

/** It is to go, central does not have its key, and no slot that stays does. */
function isLastCopy({ onCard, unwanted }: SlotFacts, { certificate, key }: PlacedCertificate): boolean {
  if (!unwanted.has(certificate.serialNumber) || certificate.isArchived) return false;
  return !onCard.some((other) => other.key === key && !unwanted.has(other.certificate.serialNumber));
}

function entry(
  change: 'added' | 'left',
  to: Slot | null,
  { certificate }: KeyedCertificate,
): DifferenceEntry {
  return { change, from: null, to, certificate };
}

/** As `Difference.entries` are ordered. */
export function byChange(a: DifferenceEntry, b: DifferenceEntry): number {
  const order = DIFFERENCE_CHANGES.indexOf(a.change) - DIFFERENCE_CHANGES.indexOf(b.change);
  return order === 0 ? slotIndex(a.to ?? a.from) - slotIndex(b.to ?? b.from) : order;
}

function bySlot(a: PlacedCertificate, b: PlacedCertificate): number {
  return slotIndex(a.slot) - slotIndex(b.slot);
}

/** What has no place comes last. */
function slotIndex(slot: Slot | null): number {
  return slot === null ? SLOTS.length : SLOTS.indexOf(slot);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
