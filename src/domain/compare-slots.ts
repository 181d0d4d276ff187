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
  return isSameCertificate(onCard, record) ? 'same' : 'other';
}

/** What tells one certificate from another, as far as kiosks are told. */
type Certificate = Pick<SlotOnCard, 'serialNumber' | 'notAfter'>;

/**
 * Whether it is one certificate: by its number, and by its end to the second, since another CA may have given out the same number. What
 * cannot be read is no other one's.
 */
export function isSameCertificate(one: Certificate, other: Certificate): boolean {
  if (one.serialNumber === null || other.serialNumber === null) return false;
  if (one.notAfter === null || other.notAfter === null) return false;
  const isSameEnd = Date.parse(one.notAfter) === Date.parse(other.notAfter);
  return isSameEnd && isSameNumber(one.serialNumber, other.serialNumber);
}

/** Hex, however many zeros are before it. */
function isSameNumber(one: string, other: string): boolean {
  const plain = (number: string) => number.toLowerCase().replace(/^0+/, '');
  return plain(one) === plain(other);
}

function orderOf(slot: Slot | 'unknown'): number {
  return slot === 'unknown' ? SLOTS.length : SLOTS.indexOf(slot);
}
