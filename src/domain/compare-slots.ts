import type { SlotOnCard, SlotOnRecord } from './desk-pages.ts';
import { SLOTS, type Slot } from './slot.ts';

/** How what is on the card compares with what central has on record, slot by slot. */
export type CompareVerdict = 'same' | 'other' | 'onlyRecord' | 'onlyCard' | 'unreadable' | 'notRead';

/** One slot: what central has on record, what stands on the card itself, and whether that is the same. */
export interface ComparedSlot {
  readonly slot: Slot | 'unknown';
  readonly record: SlotOnRecord | null;
  readonly onCard: SlotOnCard | null;
  readonly verdict: CompareVerdict;
}

/**
 * Record and card side by side, in the order of the slots (OP-01).
 * @param onCard null: the card was not read
 */
export function compareSlots(
  record: readonly SlotOnRecord[],
  onCard: readonly SlotOnCard[] | null,
): readonly ComparedSlot[] {
  const pairs = record.map((one) => ({
    slot: one.slot,
    record: one,
    onCard: onCard?.find(({ slot }) => slot === one.slot) ?? null,
  }));
  const others = (onCard ?? [])
    .filter(({ slot }) => !record.some((one) => one.slot === slot))
    .map((one) => ({ slot: one.slot, record: null, onCard: one }));
  return [...pairs, ...others]
    .sort((a, b) => orderOf(a.slot) - orderOf(b.slot))
    .map((pair) => ({ ...pair, verdict: onCard === null ? 'notRead' : verdictOf(pair) }));
}

function verdictOf({ record, onCard }: Pick<ComparedSlot, 'record' | 'onCard'>): CompareVerdict {
  if (record === null) return 'onlyCard';
  if (onCard === null) return 'onlyRecord';
  if (onCard.serialNumber === null) return 'unreadable';
  return isSameNumber(onCard.serialNumber, record.serialNumber) ? 'same' : 'other';
}

/** Whether two serial numbers are one: hex, however many zeros are before it. */
export function isSameNumber(one: string, other: string): boolean {
  const plain = (number: string) => number.toLowerCase().replace(/^0+/, '');
  return plain(one) === plain(other);
}

function orderOf(slot: Slot | 'unknown'): number {
  return slot === 'unknown' ? SLOTS.length : SLOTS.indexOf(slot);
}
