/** The image of a collection: which keys come, move and go. What stays where it is is no part of it. */
import type { CardCapabilities } from '../../domain/capabilities.ts';
import type { Difference, DifferenceEntry } from '../../domain/difference.ts';
import { SLOTS, type Slot } from '../../domain/slot.ts';
import { algorithmOf } from '../../pki/public-key.ts';
import type { PlannedKey } from '../planner/plan-keys.ts';
import type { CertificateRow } from '../repositories/certificates.ts';
import { type CollectionFacts, keyName } from './find-difference.ts';

export interface CollectionImage {
  /** In writing order: what closes a gap leaves its slot before anything else is put on the card. */
  readonly keys: readonly PlannedKey[];
  readonly emptiedCertificates: readonly Slot[];
  readonly removedKeys: readonly Slot[];
  /** Retired keys that the card has afterwards, as the Key History counts them. */
  readonly retiredCount: number;
}

/**
 * Turns a difference without a problem into an image. Kept keys are left out of it, so that none of them has to prove itself again and
 * nothing of theirs is written; but those that an abandoned collection has left in doubt are brought to where the record has them.
 */
export function planCollection(
  facts: CollectionFacts,
  { entries }: Difference,
  capabilities: Pick<CardCapabilities, 'canImportKeys'>,
): CollectionImage {
  const plan = (one: DifferenceEntry) => planKey(facts, one, capabilities);
  const of = (change: DifferenceEntry['change']) => entries.filter((one) => one.change === change);
  const isInDoubt = ({ from }: DifferenceEntry) => from !== null && facts.doubt.slots.has(from);
  const keys = [...of('kept').filter(isInDoubt), ...of('moved'), ...of('added')].map(plan);
  const isLeft = (slot: Slot) =>
    facts.doubt.leftovers.includes(slot) ||
    [...facts.doubt.slots.values()].includes(slot) ||
    entries.some(({ change, from }) => from === slot && (change === 'moved' || change === 'removed'));
  const hasPlace = entries.flatMap(({ to }) => to ?? []);
  const emptied = SLOTS.filter((slot) => isLeft(slot) && !hasPlace.includes(slot));
  const retiredCount = hasPlace.filter((slot) => slot !== '9D').length;
  return { keys, emptiedCertificates: emptied, removedKeys: emptied, retiredCount };
}

function planKey(
  { onCard, list, archived, doubt }: CollectionFacts,
  { from, to, certificate, change }: DifferenceEntry,
  { canImportKeys }: Pick<CardCapabilities, 'canImportKeys'>,
): PlannedKey {
  const record = findRow(onCard, list, certificate.serialNumber);
  const isKept = change === 'kept';
  // Of a kept one in doubt: where it may be instead.
  const movedFrom = isKept && from ? (doubt.slots.get(from) ?? null) : from;
  const canImport = canImportKeys && archived.has(keyName(record));
  const fallback = movedFrom === null ? 'keep' : 'move';
  return {
    ...{ slot: to!, algorithm: algorithmOf(record.publicKey), record, movedFrom },
    ...{ source: canImport ? 'import' : fallback, lifetimeDays: 0, keepsCertificate: true },
  };
}

/** Every entry of a difference is one of these. */
function findRow(
  onCard: CollectionFacts['onCard'],
  list: CollectionFacts['list'],
  serialNumber: string,
): CertificateRow {
  const rows = [...onCard.values(), ...list.map(({ row }) => row)];
  return rows.find((row) => row.serialNumber === serialNumber)!;
}
