/** What a collection has done to its card, by central's record: when it is completed, and when it is abandoned (RP-17, RP-18). */
import { SLOTS, type Slot } from '../../domain/slot.ts';
import type { Database } from '../database.ts';
import { mayHaveWritten } from '../operation/aftermath.ts';
import { findArchivedKey, releasedKeys } from '../repositories/archived-keys.ts';
import {
  certificatesOnCard,
  findCertificate,
  placeOnCard,
  takeOffCard,
} from '../repositories/certificates.ts';
import { listOperationKeys, type OperationKeyRow, type OperationRow } from '../repositories/operations.ts';

type Collected = Pick<OperationRow, 'id' | 'cardId' | 'image'>;

/** Everything is where the image has it; what is gone is superseded, and nothing is revoked: the keys are in the archive. */
export async function recordCollected(transaction: Database, operation: Collected): Promise<void> {
  await place(transaction, operation, await listOperationKeys(transaction, operation.id));
}

/**
 * Puts on record what an abandoned collection may have left on its card. A key that was given out counts as there, one that was to be moved
 * as moved, what was to be removed as gone: that was confirmed, and is in the archive. Whether it is so, the next operation finds out
 * (`readCollectionDoubt`).
 */
export async function recordAbandoned(transaction: Database, operation: Collected): Promise<void> {
  if (!(await mayHaveWritten(transaction, operation))) return;
  const released = await releasedKeys(transaction, operation.id);
  const done: OperationKeyRow[] = [];
  for (const key of await listOperationKeys(transaction, operation.id)) {
    const archived = key.publicKey ? await findArchivedKey(transaction, key.publicKey) : undefined;
    const isGivenOut = archived !== undefined && released.has(archived.id);
    if (key.movedFrom !== null || key.source === 'keep' || isGivenOut) done.push(key);
  }
  await place(transaction, operation, done);
}

/** @param keys that are, or may be, where the image has them */
async function place(
  transaction: Database,
  { cardId, image }: Collected,
  keys: readonly OperationKeyRow[],
): Promise<void> {
  const cleared: readonly Slot[] = [...image.emptiedCertificates, ...keys.map(({ slot }) => slot)];
  for (const [slot, row] of await certificatesOnCard(transaction, cardId)) {
    const isPlaced = keys.some(({ certificate }) => certificate === row.serialNumber);
    if (cleared.includes(slot) && !isPlaced) await takeOffCard(transaction, cardId, row);
  }
  // From 82 on: what closes a gap has left its slot before another one comes there.
  const inOrder = [...keys].sort((a, b) => SLOTS.indexOf(a.slot) - SLOTS.indexOf(b.slot));
  for (const { slot, certificate } of inOrder) {
    const row = certificate ? await findCertificate(transaction, certificate) : undefined;
    if (row) await placeOnCard(transaction, cardId, row, slot);
  }
}
