/** What goes with the card that a new one takes the place of, and nothing brings back (RP-20). */
import type { PlannedChange } from '../../domain/planned-change.ts';
import { isEncryptionSlot, SLOTS } from '../../domain/slot.ts';
import { keyName, listed } from '../collection/find-difference.ts';
import type { Database } from '../database.ts';
import { archivedAmong } from '../repositories/archived-keys.ts';
import { certificatesOnCard } from '../repositories/certificates.ts';
import type { RequestRow } from '../repositories/requests.ts';

/**
 * The old card is cancelled at the latest with the issue of the new one: an encryption key that it has and the archive has not is lost to
 * its holder. Each key once, in the order of the slots; `from` is its slot on the old card.
 */
export async function lostWithOld(
  transaction: Database,
  { cardId, ownerId }: Pick<RequestRow, 'cardId' | 'ownerId'>,
): Promise<PlannedChange[]> {
  if (cardId === null) return [];
  const onCard = await certificatesOnCard(transaction, cardId);
  const present = SLOTS.filter(isEncryptionSlot).flatMap((slot) => {
    const row = onCard.get(slot);
    return row ? [{ slot, row }] : [];
  });
  const publicKeys = present.map(({ row }) => row.publicKey);
  const archived = await archivedAmong(transaction, ownerId, publicKeys);
  const byKey = new Map(present.toReversed().map((one) => [keyName(one.row), one]));
  return present
    .filter((one) => !archived.has(keyName(one.row)) && byKey.get(keyName(one.row)) === one)
    .map(({ slot, row }) => ({
      ...{ change: 'lost', from: slot, to: null, certificate: listed(row, archived), notAfter: null },
    }));
}
