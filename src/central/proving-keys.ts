/** The keys on record that prove whoever has a card and its PIN: its holder (ID-01), or an operator who says something (ID-02). */
import type { Slot } from '../domain/slot.ts';
import { algorithmOf, verifySignature } from '../pki/public-key.ts';
import type { ChallengeResponse } from '../protocol/proof.ts';
import type { Database } from './database.ts';
import { RefusedError } from './refused.ts';
import type { CardRow } from './repositories/cards.ts';
import { type CertificateRow, certificatesOnCard } from './repositories/certificates.ts';
import { findOpenOperation, listOperationKeys } from './repositories/operations.ts';

/** Slots whose keys prove a holder. */
export const PROVING_SLOTS: readonly Slot[] = ['9A', '9C'];

export interface ProvingKey {
  readonly slot: Slot;
  readonly publicKey: Uint8Array;
}

/**
 * Those of an operation that was cut off come first.
 * @throws RefusedError `ID-01-key-compromised` when its keys may prove nobody any more, `ID-01-not-proved` when none is on record
 */
export async function provingKeys(database: Database, card: CardRow): Promise<ProvingKey[]> {
  const onCard = await certificatesOnCard(database, card.id);
  const recorded = PROVING_SLOTS.flatMap((slot) => onCard.get(slot) ?? []);
  const sound = recorded.filter((certificate) => !isCompromised(certificate));
  const open = await findOpenOperation(database, card.id);
  const fresh = open ? await listOperationKeys(database, open.id) : [];
  const keys = [
    ...fresh.flatMap(({ slot, publicKey }) =>
      publicKey && PROVING_SLOTS.includes(slot) ? [{ slot, publicKey }] : [],
    ),
    ...sound.map(({ slot, publicKey }) => ({ slot, publicKey })),
  ];
  if (keys.length > 0) return keys;
  if (recorded.length > 0) {
    throw new RefusedError(
      409,
      'ID-01-key-compromised',
      'prove holder: the keys of this card were reported as exposed or put on hold',
    );
  }
  throw new RefusedError(409, 'ID-01-not-proved', 'prove holder: no key of this card is on record');
}

/** As a kiosk is told of them: each slot and algorithm once, best first. */
export function askedSlots(keys: readonly ProvingKey[]): ChallengeResponse['slots'] {
  const slots = keys.map(({ slot, publicKey }) => ({ slot, algorithm: algorithmOf(publicKey) }));
  return slots.filter((one, at) => {
    const isSame = (other: typeof one) => other.slot === one.slot && other.algorithm === one.algorithm;
    return slots.findIndex(isSame) === at;
  });
}

/** Whether one of these keys has signed the message. A signature comes from outside: whatever cannot be read is none. */
export function isSignedByOne(
  keys: readonly ProvingKey[],
  message: Uint8Array,
  { slot, signature }: { readonly slot: Slot; readonly signature: Uint8Array },
): boolean {
  if (signature.length === 0 || signature.length > 1024) return false;
  return keys.some((key) => key.slot === slot && verifySignature(key.publicKey, message, signature));
}

/** Expired, or revoked for another reason, proves its holder all the same (ID-01). */
export function isCompromised({ crlReason }: CertificateRow): boolean {
  return crlReason === 'keyCompromise' || crlReason === 'cACompromise' || crlReason === 'certificateHold';
}
